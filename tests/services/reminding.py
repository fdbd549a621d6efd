"""Reports that are late and steps that wait to go by mail, for the tests of reminders."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from console.domain.chase_words import ChaseState, Subject, Way
from console.domain.rows import TaskRow
from console.domain.words import ReportStatus, TaskKind
from console.exchange.mail import Server
from console.services import setup
from console.services.desk import Desk
from console.services.outgoing import Outgoing
from db.connect import for_writing
from db.models import Chase, OutgoingMessage, Report, Staff, Task, Watch
from db.queries.service import SYSTEM_LOGIN
from db.queries.tasks import read_tasks
from tests.services.team import Team
from tests.support.service_data import Service, add_referral, add_report

JO, MO = "jo.bates@example.nhs.uk", "control@example.nhs.uk"
LATE_BY = dt.timedelta(minutes=182)


def system(team: Team, worker: str = "worker 1") -> Desk:
    """Give the desk of Doorstep itself, at a worker; where people have logins of their own, a worker's."""
    own = team.doorstep
    return Desk(own.basis.database, replace(own.actor, device=worker), team.clock)


def sender(team: Team, server: Callable[[], Server | None], worker: str = "worker 1") -> Outgoing:
    """Give what a worker sends with, through this mail server."""
    return Outgoing(system(team, worker).basis, server)


def let_doorstep_act(team: Team) -> None:
    """Let there be the account of Doorstep itself, by which a worker acts."""
    with team.database.work(system(team).actor, team.clock()) as work:
        work.add(Staff(login=SYSTEM_LOGIN, name="Doorstep"))


def reachable(team: Team) -> None:
    """Let Jo have a mail address, and the supervisor's be known."""
    with team.database.work(system(team).actor, team.clock()) as work:
        work.get(Staff, team.actors["jo"].staff_id).mail = JO
        setup.put_setting(work, "mail.supervisor", MO, "For the tests.", team.actors["jo"].staff_id)


def at_night_too(team: Team) -> None:
    """Let whoever writes a report have no quiet hours: a worker goes by the clock of the server."""
    with team.database.work(system(team).actor, team.clock()) as work:
        for end in ("from", "until"):
            setup.put_setting(
                work,
                f"ladder.clinician_quiet_{end}",
                dt.time(7),
                "For the tests.",
                team.actors["jo"].staff_id,
            )


def deduplicating(team: Team) -> None:
    """Let the mail server be known to drop what it has accepted before."""
    with team.database.work(system(team).actor, team.clock()) as work:
        setup.put_setting(work, "mail.deduplicates", True, "For the tests.", team.actors["jo"].staff_id)


def owed(team: Team, hub: str = "folkestone") -> int:
    """Let a report be due since two minutes; gives its id."""
    service = Service(
        (team.ids["folkestone"], team.ids["dover"]), team.actors["jo"].staff_id, team.ids["practice"], ()
    )
    with for_writing(team.database.engine).connect() as connection:
        then = team.clock() - LATE_BY
        report = add_report(
            connection, service, add_referral(connection, service, then, hub=team.ids[hub]), then
        )
        connection.commit()
    return report


def step(team: Team, report: int, recipient: str | None = None, **values: Any) -> int:
    """Let a step of the ladder of a report wait to go by mail; it is Jo's unless another is named."""
    now = team.clock()
    with team.database.work(system(team).actor, now) as work:
        chase = Chase(
            **{
                "subject_kind": Subject.REPORT,
                "subject_id": report,
                "ladder": "report_not_sent",
                "step": "due_mail",
                "recipient": recipient or f"staff:{team.actors['jo'].staff_id}",
                "round": 0,
                "hub_id": work.get(Report, report).hub_id,
                "way": Way.MAIL,
                "state": ChaseState.QUEUED,
                "due_at": now,
                "not_before": now,
                "planned_at": now,
            }
            | values
        )
        work.add(chase)
    return chase.id


def sent_meanwhile(team: Team, report: int) -> None:
    """Let a report be sent."""
    with team.database.work(system(team).actor, team.clock()) as work:
        row = work.lock(Report, report)
        row.signed_at = row.sent_at = team.clock()
        row.status = ReportStatus.SENT


def released_meanwhile(team: Team, report: int) -> None:
    """Let a report be written, and the supervisor release it."""
    with team.database.work(system(team).actor, team.clock()) as work:
        row = work.lock(Report, report)
        row.status, row.content_version = ReportStatus.DRAFTED, 1
        row.released_version, row.released_at, row.released_because = 1, team.clock(), "Jo Bates is ill"
        row.released_by_id = team.actors["mo"].staff_id


def let_lease_run_out(team: Team) -> None:
    """Let the server's clock be beyond every lease."""
    from sqlalchemy import update

    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    with team.database.work(system(team).actor, team.clock()) as work:
        work.session.execute(
            update(OutgoingMessage)
            .where(OutgoingMessage.lease_until.is_not(None))
            .values(lease_until=long_ago)
        )


def broken_off(team: Team) -> TaskRow:
    """Let a worker be killed while it reminds Jo, once; gives what a coordinator is asked."""
    if (asked := _asked_about(team)) is not None:
        return asked
    reachable(team)
    outgoing = sender(team, lambda: Server("localhost", 1, "tls", JO))
    step(team, owed(team))
    outgoing.bundle()
    team.clock.pass_minutes(1)
    outgoing.claim()
    let_lease_run_out(team)
    outgoing.look()
    asked = _asked_about(team)
    assert asked is not None
    return asked


def _asked_about(team: Team) -> TaskRow | None:
    with team.database.read() as session:
        tasks = read_tasks(session, [team.ids["folkestone"]])
    return next((one for one in tasks if one.kind is TaskKind.REMINDER_UNCERTAIN), None)


def messages(team: Team) -> list[OutgoingMessage]:
    """Give every outgoing message, oldest first."""
    return _all(team, OutgoingMessage)


def steps(team: Team) -> list[Chase]:
    """Give every step, oldest first."""
    return _all(team, Chase)


def tasks(team: Team) -> list[Task]:
    """Give every task, oldest first."""
    return _all(team, Task)


def looked_at_now(team: Team, report: int) -> bool:
    """Tell whether a report is to be looked at at this moment of the test."""
    return any(one.subject_id == report and one.next_at == team.clock() for one in _all(team, Watch))


def _all(team: Team, model: Any) -> list[Any]:
    from sqlalchemy import select

    with team.database.read() as session:
        return list(session.scalars(select(model).order_by(model.id)))
