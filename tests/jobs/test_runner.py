"""The runner calls each job at its time, survives a job's fault, and stops."""

import datetime as dt
import logging
import threading
from dataclasses import replace

import pytest

from console.domain.refusals import Unreachable
from console.domain.words import Role
from console.jobs.clock_watch import ClockWatch
from console.jobs.late_runner import LateRunner
from console.jobs.runner import Runner
from console.jobs.timetable import TIMETABLE, Job
from console.services.desk import Desk
from db.audit_chain import Block
from db.models import WorkerHeartbeat
from tests.services.team import Team
from tests.support.mail_server import wait_until

SOON = dt.timedelta(0)
TICK = dt.timedelta(seconds=0.05)


def own_desk(team: Team) -> Desk:
    """Give the desk of Doorstep itself."""
    return Desk(team.database, replace(team.actors["jo"], role=Role.SYSTEM), team.clock)


def test_that_every_job_of_the_timetable_can_be_done_by_doorstep_itself(team: Team) -> None:
    desk = own_desk(team)
    for job in TIMETABLE:
        assert isinstance(job.call(desk), int | Block | None), job.name
    while desk.chasing.look():
        pass
    assert desk.chasing.look() == 0  # what was looked at is not looked at again


def test_that_a_job_runs_again_and_again_until_the_runner_stops(team: Team) -> None:
    seen: list[Desk] = []
    third = threading.Event()

    def look(desk: Desk) -> None:
        seen.append(desk)
        if len(seen) == 3:
            third.set()

    desk = own_desk(team)
    runner = Runner(desk, [Job("look", TICK, look)], first_after=SOON)
    runner.start()
    assert third.wait(10)
    runner.stop()
    after = len(seen)
    assert seen == [desk] * after
    runner.stop()
    assert len(seen) == after


def test_that_a_faulty_job_is_logged_without_its_words_and_runs_again(
    team: Team, caplog: pytest.LogCaptureFixture
) -> None:
    again = threading.Event()
    calls: list[int] = []

    def fail(_: Desk) -> None:
        calls.append(1)
        if len(calls) > 1:
            again.set()
        raise ValueError("SMITH, John")

    runner = Runner(own_desk(team), [Job("fail", TICK, fail)], first_after=SOON)
    with caplog.at_level(logging.INFO):
        runner.start()
        assert again.wait(10)
        runner.stop()
    assert "job fail failed: ValueError" in caplog.text
    assert "SMITH" not in caplog.text


def heartbeat(team: Team, desk: Desk) -> WorkerHeartbeat:
    """Let a worker beat, and give what it told."""
    desk.heartbeat.beat()
    return _stored(team)


def _stored(team: Team) -> WorkerHeartbeat:
    with team.database.read() as session:
        return session.get_one(WorkerHeartbeat, "Folkestone 1")


def test_that_only_a_complete_look_is_told_with_the_heartbeat(team: Team) -> None:
    desk, done, falls = own_desk(team), threading.Event(), threading.Event()
    falls.set()

    def look(_: Desk) -> None:
        if falls.is_set():
            done.set()
            raise Unreachable("The database cannot be reached.")

    runner = Runner(desk, [Job("look", TICK, look, is_look=True)], first_after=SOON)
    assert heartbeat(team, desk).looked_at is None
    runner.start()
    assert done.wait(10)
    assert heartbeat(team, desk).looked_at is None
    falls.clear()
    wait_until(lambda: heartbeat(team, desk).looked_at is not None)
    runner.stop()
    told = _stored(team)
    assert told.looked_at is not None
    assert told.looked_at <= told.beat_at <= team.database.server_now()
    assert told.program_version == "0.1.0"


def test_that_a_job_that_waits_for_the_database_says_so_once_and_when_it_goes_on(
    team: Team, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[int] = []

    def look(_: Desk) -> None:
        calls.append(1)
        if len(calls) < 4:
            raise Unreachable("The database cannot be reached.")

    runner = Runner(own_desk(team), [Job("look", TICK, look)], first_after=SOON)
    with caplog.at_level(logging.INFO):
        runner.start()
        wait_until(lambda: len(calls) > 4)
        runner.stop()
    said = [one.message for one in caplog.records if one.name == "console.jobs.runner"]
    assert said == ["job look waits: Unreachable", "job look goes on"]


def test_that_a_clock_that_is_set_back_holds_no_job_up(team: Team) -> None:
    calls: list[int] = []
    hour = dt.timedelta(hours=1)
    runner = Runner(own_desk(team), [Job("look", hour, lambda _: calls.append(1))], first_after=hour)
    runner.start()
    runner.tick_anew()
    wait_until(lambda: calls == [1])
    runner.stop()


@pytest.mark.parametrize("step", [-3600.0, 3600.0])
def test_that_a_step_of_the_clock_is_noticed_once(step: float) -> None:
    wall, steps, looks = [1000.0], list[int](), list[int]()

    def steady() -> float:
        looks.append(1)
        return 5.0

    watch = ClockWatch(lambda: steps.append(1), wall=lambda: wall[0], steady=steady, every_s=0.01)
    watch.start()
    wait_until(lambda: len(looks) > 3)
    assert steps == []
    wall[0] += step
    wait_until(lambda: steps == [1])
    seen = len(looks)
    wait_until(lambda: len(looks) > seen + 3)
    watch.stop()
    assert steps == [1]


def test_that_the_jobs_of_a_console_begin_a_moment_after_it_was_opened_or_never_when_it_is_closed_first(
    team: Team,
) -> None:
    asked = threading.Event()

    def desk() -> Desk:
        asked.set()
        return own_desk(team)

    closed = LateRunner(desk, [], after=dt.timedelta(hours=1))
    closed.start()
    closed.stop()
    LateRunner(desk, []).stop()
    assert not asked.is_set()
    opened = LateRunner(desk, [], after=SOON)
    opened.start()
    assert asked.wait(10)
    opened.stop()
