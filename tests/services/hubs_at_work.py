"""A service whose hubs have opening hours and hold patients, for the tests of queue, reports and closing."""

import datetime as dt
from dataclasses import replace
from typing import Any

from console.domain.clinical_words import Consciousness
from console.domain.news2 import Observations
from console.domain.report_content import ReportContent
from console.domain.words import OutcomeDisposition, Source, Stream
from console.services.desk import Desk
from db.models import HubHours, QueueEntry, Report, Task
from db.queries.board import read_board
from tests.services.team import Team, new_referral


def open_from_8_to_8(team: Team) -> None:
    """Give both hubs their hours on all seven days."""
    with team.database.work(team.actors["jo"], team.clock()) as work:
        for hub in ("folkestone", "dover"):
            for weekday in range(7):
                hours = HubHours(hub_id=team.ids[hub], weekday=weekday, opens=dt.time(8), closes=dt.time(20))
                work.add(hours)


def sam(team: Team) -> Desk:
    """Sam's own desk."""
    return team.desk("sam_self")


def walk_in(team: Team, hub: str = "folkestone", **changes: Any) -> int:
    """Let a patient walk into a hub; gives the queue entry."""
    form = new_referral(source=Source.HUB, practice_id=team.ids["practice"], hub_id=team.ids[hub], **changes)
    return team.jo.hub_queue.arrive(form)


def streamed(team: Team, stream: Stream = Stream.PARAMEDIC_PRACTITIONER, **changes: Any) -> int:
    """Let a patient walk in and Ann stream them; gives the queue entry."""
    entry = walk_in(team, **changes)
    gp_needed = stream is Stream.GP_NEEDED
    team.ann.hub_queue.stream(entry, entry_version(team, entry), stream, 3, gp_needed, "Judged at the desk")
    return entry


def seen(team: Team) -> tuple[int, int]:
    """Let Sam see a patient at the hub; gives the referral and the report that is owed."""
    entry = streamed(team)
    queue = team.jo.hub_queue
    queue.call(entry, entry_version(team, entry))
    queue.begin(entry, entry_version(team, entry), team.ids["sam"])
    team.clock.pass_minutes(20)
    report = queue.finish(entry, entry_version(team, entry))
    return team.stored(QueueEntry, entry).referral_id, report


def entry_version(team: Team, entry: int) -> int:
    """Give the version of a queue entry."""
    return team.stored(QueueEntry, entry).version


def report_version(team: Team, report: int) -> int:
    """Give the version of a report."""
    return team.stored(Report, report).version


def open_tasks(team: Team, kind: str) -> list[Task]:
    """Give the open tasks of one kind on the board, as they are stored."""
    with team.database.read() as session:
        board = read_board(session, [team.ids["folkestone"], team.ids["dover"]], team.clock())
        return [session.get_one(Task, row.id) for row in board.tasks if row.kind.value == kind]


def filled(content: ReportContent) -> ReportContent:
    """Write everything that a report of a consultation owes."""
    return replace(
        content,
        history="Two days of cough",
        examination="Chest clear",
        observations=Observations(
            respiratory_rate=16,
            spo2=97,
            on_oxygen=False,
            systolic=130,
            pulse=80,
            consciousness=Consciousness.ALERT,
            temperature=36.9,
        ),
        diagnosis="Viral cough",
        allergies="None known",
        advice="Ring 111 if breathless",
        disposition=content.disposition or OutcomeDisposition.ADVICE,
        safeguarding=False,
        admission_prevented=False,
        clinician="Sam Hill",
    )


def written(team: Team) -> int:
    """Let Sam write the report of a consultation; gives the report."""
    _, report = seen(team)
    reports = sam(team).reports
    reports.draft(report, report_version(team, report), filled(reports.content(report)))
    return report


def signed(team: Team) -> int:
    """Let Sam sign the report of a consultation; gives the report."""
    report = written(team)
    sam(team).reports.sign(report, report_version(team, report))
    return report
