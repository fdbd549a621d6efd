"""The runner calls each job at its time, survives a job's fault, and stops."""

import datetime as dt
import logging
import threading
from dataclasses import replace

import pytest

from console.domain.words import Role
from console.jobs.runner import Runner
from console.jobs.timetable import TIMETABLE, Job
from console.services.desk import Desk
from tests.services.team import Team

SOON = dt.timedelta(0)
TICK = dt.timedelta(seconds=0.05)


def own_desk(team: Team) -> Desk:
    """Give the desk of Doorstep itself."""
    return Desk(team.database, replace(team.actors["jo"], role=Role.SYSTEM), team.clock)


def test_that_every_job_of_the_timetable_can_be_done_by_doorstep_itself(team: Team) -> None:
    desk = own_desk(team)
    for job in TIMETABLE:
        assert isinstance(job.call(desk), int), job.name
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
