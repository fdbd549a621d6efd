"""Every job of the timetable with a worker's own login at a secured database, each with something to do."""

import datetime as dt
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from console.domain.chase_words import ChaseState, MessageStatus, Subject
from console.domain.position import PositionAnswer
from console.domain.words import Channel
from console.exchange.positions import Fix
from console.jobs.timetable import TIMETABLE, Job
from console.services import devices, setup
from console.services.positions import Told, token_hash
from db.alone import Alone, is_alone
from db.models import Chase, Task
from tests.services import reminding
from tests.services.hubs_at_work import open_from_8_to_8, report_version, signed, walk_in
from tests.services.sealed import head
from tests.support.mail_server import mail_server, wait_until
from tests.support.secured import SecuredTeam

Do = Callable[[], Any]
A_DAY = 24 * 60
AGED = "UPDATE change_log SET at = at - interval '25 hours'"
FORGOTTEN = (
    "INSERT INTO worker_heartbeat (worker, beat_at, program_version)"
    " VALUES ('gone', now() - interval '8 days', '0')"
)
LADDERS_OF = {Subject.REFERRAL, Subject.VISIT, Subject.SHIFT, Subject.REPORT, Subject.PRACTICE, Subject.HUB}


def run(team: SecuredTeam, statement: str) -> None:
    """Do something that no part of the program does."""
    with team.database.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def count(team: SecuredTeam, table: str) -> int:
    """Count as one who sees every row."""
    with team.database.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 - our own


def put(team: SecuredTeam, name: str, value: object) -> None:
    with team.database.work(team.actors["jo"], team.clock()) as work:
        setup.put_setting(work, name, value, "For the tests.", work.actor.staff_id)


def _reminders(team: SecuredTeam, do: Do) -> None:
    reminding.reachable(team)
    for recipient in (None, "supervisor", "clinician"):  # nobody has said where the last one's goes
        reminding.step(team, reminding.owed(team), recipient)
    do()
    team.clock.pass_minutes(1)
    do()
    assert [one.state for one in reminding.messages(team)] == [MessageStatus.SENT] * 2
    assert [one.state for one in reminding.steps(team)].count(ChaseState.FAILED) == 1


def _chasing(team: SecuredTeam, do: Do) -> None:
    sent = signed(team)
    team.jo.reports.sent(sent, report_version(team, sent), Channel.MAIL, "")
    team.on_scene()
    team.received()
    walk_in(team, family_name="Brook", nhs_number=None)
    reminding.owed(team)
    for minutes in (0, 5 * 60, 20 * 60, A_DAY):  # the hubs are about to close, then practices can be called
        team.clock.pass_minutes(minutes)
        while do():
            pass
    with team.database.read() as session:
        assert set(session.scalars(select(Chase.subject_kind))) == LADDERS_OF
        asked = session.scalars(select(Task).where(Task.accepted_at.is_(None)).order_by(Task.id)).all()[-1]
    desk = {"clinician": team.ann, "supervisor": team.mo}.get(asked.role.value, team.jo)
    desk.tasks.accept(asked.id, asked.version)
    team.clock.pass_minutes(A_DAY)
    while do():
        pass
    assert team.stored(Task, asked.id).accepted_at is None, "what leads to nothing returns to everybody"


def _chasing_anew(team: SecuredTeam, do: Do) -> None:
    team.received()
    before = count(team, "watch")
    do()
    assert count(team, "watch") > before


def _heartbeat(team: SecuredTeam, do: Do) -> None:
    run(team, FORGOTTEN)
    do()
    do()
    assert count(team, "worker_heartbeat") == 1, "the one that was long gone is forgotten"


def _training_players(team: SecuredTeam, do: Do) -> None:
    before = count(team, "step")
    do()
    assert count(team, "step") == before, "no training database is secured: its day is not played here"


def _audit_sealing(team: SecuredTeam, do: Do) -> None:
    team.received()
    wait_until(lambda: do() > 0)  # what somebody may still be writing is not final
    assert head(team.database).lines


def _audit_head(team: SecuredTeam, do: Do) -> None:
    put(team, "mail.audit", reminding.MO)
    wait_until(lambda: team.doorstep.sealing.seal() > 0)
    do()
    assert [one.address for one in reminding.messages(team)] == [reminding.MO]


def _change_log(team: SecuredTeam, do: Do) -> None:
    team.received()
    run(team, AGED)
    do()
    assert count(team, "change_log") == 0


WORK = {
    "reminders": _reminders,
    "chasing": _chasing,
    "chasing-anew": _chasing_anew,
    "heartbeat": _heartbeat,
    "training-players": _training_players,
    "audit-sealing": _audit_sealing,
    "audit-head": _audit_head,
    "change-log": _change_log,
}


@pytest.mark.parametrize("job", TIMETABLE, ids=lambda job: job.name)
def test_that_a_worker_may_do_all_of(
    job: Job, secured_team: SecuredTeam, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    open_from_8_to_8(secured_team)
    desk = secured_team.doorstep
    with mail_server(tmp_path) as server:
        server.write_settings(tmp_path / "doorstep-home")
        WORK[job.name](secured_team, lambda: job.call(desk))
    wrong = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert wrong == [], "a look that fails is logged and put off"


def test_that_a_second_worker_leaves_the_trimming_to_the_first(secured_team: SecuredTeam) -> None:
    run(secured_team, AGED)
    before = count(secured_team, "change_log")
    first, second = secured_team.doorstep, secured_team.doorstep.housekeeping
    with first.basis.database.work(first.actor, secured_team.clock()) as work:
        assert is_alone(work.session, Alone.TRIMMING)
        assert second.trim_change_log() == 0
    assert count(secured_team, "change_log") == before
    assert second.trim_change_log() == before


def test_that_a_worker_keeps_what_devices_tell_and_counts_the_rest(secured_team: SecuredTeam) -> None:
    database, now = secured_team.database_of("al"), secured_team.clock()
    _, token = devices.add(database, now, practitioner="Sam Hill", label="telephone")
    at = now - dt.timedelta(minutes=1)
    told = [
        Told(Fix(51.08, 1.17, at, 10.0, None, "OwnTracks"), token_hash(one)) for one in (token, "x", token)
    ]
    answers = secured_team.doorstep.positions.take(told, {PositionAnswer.MALFORMED: 2})
    assert answers == (PositionAnswer.KEPT, PositionAnswer.FOREIGN, PositionAnswer.REPLAYED)
    assert count(secured_team, "position") == 1
