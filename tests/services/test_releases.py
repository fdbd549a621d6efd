"""A report that nobody has signed goes when the supervisor releases it, and says so wherever it stands."""

import datetime as dt

import pytest
from sqlalchemy import select

from console.domain.acting import Happened
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.rows import ReferralRecord, ReportRow
from console.domain.words import Channel, ReportStatus, Role, TaskKind
from db.models import Report, Shift
from db.queries.record import read_record
from tests.services.hubs_at_work import (
    entry_version,
    filled,
    open_from_8_to_8,
    report_version,
    sam,
    seen,
    streamed,
    written,
)
from tests.services.team import Team
from tests.services.test_chasing import later, open_tasks, task

WHY = "Sam Hill has left the service"


@pytest.fixture(autouse=True)
def _hours(team: Team) -> None:
    open_from_8_to_8(team)


def released(team: Team) -> int:
    """Let Sam write a report and Mo release it; gives the report."""
    report = written(team)
    team.mo.reports.release(report, report_version(team, report), WHY)
    return report


def send(team: Team, report: int) -> None:
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")


def row(team: Team, report: int) -> ReportRow:
    """Give the report as everybody is shown it."""
    return next(one for one in _record(team, report).reports if one.id == report)


def words(team: Team, report: int) -> list[str]:
    """Give what the timeline says of the report, the oldest first."""
    return [one.words for one in _record(team, report).timeline if one.kind.startswith(("report.", "undo"))]


def _record(team: Team, report: int) -> ReferralRecord:
    with team.database.read() as session:
        return read_record(session, session.get_one(Report, report).referral_id, team.clock(), 0)


def test_that_a_released_report_is_sent_and_says_that_nobody_signed_it(team: Team) -> None:
    report = released(team)
    shown = row(team, report)
    assert (shown.is_released, shown.standing, shown.status) == (True, "Released", ReportStatus.DRAFTED)
    assert (shown.released_by, shown.released_at, shown.released_because) == ("Mo Khan", team.clock(), WHY)
    assert words(team, report)[-1] == f"Report version 1 released without a signature: {WHY}"
    send(team, report)
    shown = row(team, report)
    assert (shown.status, shown.standing, shown.is_released) == (ReportStatus.SENT, "Sent", True)
    assert (shown.signed_at, shown.signed_by) == (None, None)
    assert words(team, report)[-1] == (
        "Report version 1, not signed but released by Mo Khan, sent to Sea Road Surgery by secure mail"
    )
    team.jo.reports.accepted(report, report_version(team, report), "Dr Lowe")
    assert row(team, report).is_released


def test_that_only_a_supervisor_releases_and_only_a_whole_draft(team: Team) -> None:
    _, report = seen(team)
    release, version = team.mo.reports.release, report_version
    with pytest.raises(Refused, match="write it first"):
        release(report, version(team, report), WHY)
    mine = sam(team).reports
    mine.draft(report, version(team, report), mine.content(report))
    with pytest.raises(Refused, match="Give the working diagnosis"):
        release(report, version(team, report), WHY)
    mine.draft(report, version(team, report), filled(mine.content(report)))
    with pytest.raises(Refused, match="Say why"):
        release(report, version(team, report), " ")
    for desk in (team.jo, team.ann, sam(team)):
        with pytest.raises(Refused, match="may not release a report that is not signed"):
            desk.reports.release(report, version(team, report), WHY)
    with pytest.raises(Refused, match="not sent"):
        send(team, report)
    release(report, version(team, report), WHY)
    with pytest.raises(Refused, match="released already"):
        release(report, version(team, report), WHY)


def test_that_a_second_supervisor_learns_that_it_was_written_meanwhile(team: Team) -> None:
    report = written(team)
    looked = report_version(team, report)
    mine = sam(team).reports
    mine.draft(report, looked, filled(mine.content(report)))
    with pytest.raises(ChangedElsewhere):
        team.mo.reports.release(report, looked, WHY)


def test_that_who_signs_afterwards_has_signed_it(team: Team) -> None:
    report = released(team)
    team.clock.pass_minutes(5)
    sam(team).reports.sign(report, report_version(team, report))
    shown = row(team, report)
    assert (shown.is_released, shown.standing, shown.signed_by) == (False, "Signed", "Sam Hill")
    send(team, report)
    assert words(team, report)[-1].startswith("Report version 1 sent to")


def test_that_after_it_was_sent_signing_is_of_the_next_version(team: Team) -> None:
    report = released(team)
    send(team, report)
    mine = sam(team).reports
    with pytest.raises(Refused, match="not signed"):
        mine.sign(report, report_version(team, report))
    mine.draft(report, report_version(team, report), mine.content(report))
    assert (row(team, report).is_released, row(team, report).standing) == (False, "Drafted")
    mine.sign(report, report_version(team, report))
    assert (row(team, report).standing, row(team, report).content_version) == ("Signed", 2)


def test_that_what_is_written_after_a_release_is_not_released(team: Team) -> None:
    report = released(team)
    mine = sam(team).reports
    mine.draft(report, report_version(team, report), filled(mine.content(report)))
    assert not row(team, report).is_released
    with pytest.raises(Refused, match="not sent"):
        send(team, report)


def test_that_a_release_is_taken_back_until_the_report_is_sent(team: Team) -> None:
    report = released(team)
    desk = team.mo
    step = desk.last_undoable()
    assert step is not None
    desk.undo(step.id)
    assert (row(team, report).is_released, row(team, report).released_by) == (False, None)
    with pytest.raises(Refused, match="not sent"):
        send(team, report)
    desk.reports.release(report, report_version(team, report), WHY)
    step = desk.last_undoable()
    assert step is not None
    send(team, report)
    with pytest.raises(Refused, match="changed since"):
        desk.undo(step.id)


def test_that_an_older_release_comes_back_when_the_newer_one_is_taken_back(team: Team) -> None:
    report = released(team)
    mine, desk = sam(team).reports, team.mo
    mine.draft(report, report_version(team, report), filled(mine.content(report)))
    desk.reports.release(report, report_version(team, report), "He is ill")
    assert row(team, report).is_released
    step = desk.last_undoable()
    assert step is not None
    desk.undo(step.id)
    shown = row(team, report)
    assert (shown.is_released, shown.released_version, shown.released_because) == (False, 1, WHY)


def test_that_a_release_on_paper_comes_before_the_sending_on_paper(team: Team) -> None:
    report = written(team)
    team.clock.pass_minutes(30)
    at = team.clock() - dt.timedelta(minutes=20)
    team.mo.reports.release(report, report_version(team, report), WHY, Happened(at=at))
    early = Happened(at=at - dt.timedelta(minutes=1))
    with pytest.raises(Refused, match="before"):
        team.jo.reports.sent(report, report_version(team, report), Channel.POST, "", early)
    team.jo.reports.sent(report, report_version(team, report), Channel.POST, "", Happened(at=at))
    assert row(team, report).released_at == row(team, report).sent_at == at


def test_that_a_released_report_is_held_like_a_signed_one(team: Team) -> None:
    report = released(team)
    team.jo.reports.hold(report, report_version(team, report), "The patient has moved")
    assert row(team, report).is_released
    send(team, report)


def test_that_nobody_asks_the_clinician_for_what_was_released(team: Team) -> None:
    report = written(team)
    later(team, 180)
    assert open_tasks(team, TaskKind.REPORT_LATE) == [(TaskKind.REPORT_LATE, Role.PRACTITIONER)]
    team.mo.reports.release(report, report_version(team, report), WHY)
    team.look()
    assert open_tasks(team, TaskKind.REPORT_LATE) == []
    later(team, 120)
    assert open_tasks(team, TaskKind.REPORT_LATE) == [(TaskKind.REPORT_LATE, Role.COORDINATOR)]
    assert "the report is not sent" in task(team, TaskKind.REPORT_LATE).words


def _shift_ends(team: Team, whose: str) -> None:
    """Let a shift end in an hour and a half."""
    with team.database.work(team.actors["jo"], team.clock()) as work:
        shift = work.session.scalars(select(Shift).where(Shift.practitioner_id == team.ids[whose])).one()
        shift.ends_at = team.clock() + dt.timedelta(minutes=90)


@pytest.mark.parametrize("days", [0, 3])
def test_that_a_released_report_is_not_among_those_to_sign_at_shift_end(team: Team, days: int) -> None:
    _shift_ends(team, "sam")
    report = written(team)
    later(team, 90)
    assert open_tasks(team, TaskKind.REPORTS_UNSIGNED) == [(TaskKind.REPORTS_UNSIGNED, Role.PRACTITIONER)]
    later(team, days * 24 * 60)
    team.mo.reports.release(report, report_version(team, report), WHY)
    team.look()
    assert open_tasks(team, TaskKind.REPORTS_UNSIGNED) == []


def test_that_the_coordinator_is_asked_no_more_about_who_has_no_account(team: Team) -> None:
    _shift_ends(team, "gil")
    entry, queue, reports = streamed(team), team.jo.hub_queue, team.jo.reports
    queue.call(entry, entry_version(team, entry))
    queue.begin(entry, entry_version(team, entry), team.ids["gil"])
    report = queue.finish(entry, entry_version(team, entry))
    reports.draft(report, report_version(team, report), filled(reports.content(report)))
    later(team, 90)
    assert open_tasks(team, TaskKind.REPORTS_UNSIGNED) == [(TaskKind.REPORTS_UNSIGNED, Role.COORDINATOR)]
    team.mo.reports.release(report, report_version(team, report), "Gil Frost is ill")
    team.look()
    assert open_tasks(team, TaskKind.REPORTS_UNSIGNED) == []
