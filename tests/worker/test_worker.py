"""`main.py worker`: it chases and reminds at a shared database, and nothing but a signal ends it."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.chase_words import ChaseState, MessageStatus
from db.engine import open_database
from db.models import Patient
from db.queries import workers
from tests.services import reminding
from tests.services.team import Team, build
from tests.support.line import line_to
from tests.support.mail_server import MailServer, mail_server, wait_until
from tests.support.postgresql import Server
from tests.support.worker import Worker, worker

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ worker \d+ [A-Z]+ [\w.]+: .+")


@pytest.fixture
def team(postgresql_url: str) -> Iterator[Team]:
    """The small service, now: a worker goes by the server's time."""
    database = open_database(postgresql_url)
    made = build(database, database.server_now())
    reminding.let_doorstep_act(made)
    reminding.at_night_too(made)
    yield made
    database.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path) as running:
        running.write_settings(tmp_path / "worker")
        yield running


def beats(team: Team) -> dict[str, tuple[dt.datetime, dt.datetime | None]]:
    with team.database.read() as session:
        return {one.worker: (one.beat_at, one.looked_at) for one in workers.workers(session)}


def looks_of(team: Team, name: str) -> dt.datetime | None:
    return beats(team).get(name, (None, None))[1]


def test_that_a_worker_reminds_says_that_it_lives_and_stops_when_told(
    team: Team, server: MailServer, tmp_path: Path
) -> None:
    reminding.reachable(team)
    reminding.step(team, reminding.owed(team))
    with worker(team.database.url, "one", tmp_path / "worker") as one:
        wait_until(lambda: len(server.taken) == 1, 40)
        wait_until(lambda: reminding.messages(team)[0].state is MessageStatus.SENT)
        wait_until(lambda: looks_of(team, "one") is not None)
        assert one.stop() == 0
    (message,) = reminding.messages(team)
    assert (message.worker, reminding.steps(team)[0].state) == ("one", ChaseState.SENT)
    beat_at, looked_at = beats(team)["one"]
    assert looked_at is not None
    assert looked_at <= beat_at <= team.database.server_now()
    assert "worker one is at work" in one.said
    assert "worker one stops" in one.said
    for line in one.said.splitlines():
        assert LINE.fullmatch(line), line
    with team.database.read() as session:
        patient = session.query(Patient).one()
        for value in (patient.family_name, patient.given_name, patient.home_address, reminding.JO):
            assert str(value) not in one.said


def test_that_a_worker_survives_the_database_going_away(
    postgresql_server: Server, team: Team, server: MailServer, tmp_path: Path
) -> None:
    reminding.reachable(team)
    with line_to(postgresql_server.port) as line:
        url = team.database.url.replace(f":{postgresql_server.port}/", f":{line.port}/")
        with worker(url, "one", tmp_path / "worker") as one:
            wait_until(lambda: looks_of(team, "one") is not None, 40)
            line.cut()
            wait_until(lambda: "job reminders waits" in one.said, 40)
            reminding.step(team, reminding.owed(team))
            line.mend()
            wait_until(lambda: len(server.taken) == 1, 40)
            wait_until(lambda: "goes on" in one.said)
            assert one.said.count("job reminders waits") == 1
            assert one.stop() == 0
    assert reminding.steps(team)[0].state is ChaseState.SENT


def test_that_several_workers_share_the_work(team: Team, server: MailServer, tmp_path: Path) -> None:
    reminding.reachable(team)
    with (
        worker(team.database.url, "one", tmp_path / "worker"),
        worker(team.database.url, "two", tmp_path / "worker"),
    ):
        wait_until(lambda: {"one", "two"} <= beats(team).keys(), 60)
        for _ in range(3):
            reminding.step(team, reminding.owed(team))
        wait_until(lambda: {one.state for one in reminding.steps(team)} == {ChaseState.SENT}, 40)
    assert len(set(server.keys)) == len(server.keys) >= 1


def _ended(url: str, home: Path) -> Worker:
    with worker(url, "one", home) as one:
        one.process.wait(60)
    return one


def test_that_a_local_database_needs_no_worker(sqlite_url: str, tmp_path: Path) -> None:
    one = _ended(sqlite_url, tmp_path / "worker")
    assert one.process.returncode == 2
    assert "the console that opens it does the work of a worker itself" in one.said


def test_that_a_database_of_another_shape_is_refused(empty_postgresql_url: str, tmp_path: Path) -> None:
    one = _ended(empty_postgresql_url, tmp_path / "worker")
    assert one.process.returncode == 2
    assert "Run: main.py migrate" in one.said


def test_that_a_database_without_a_service_is_refused(postgresql_url: str, tmp_path: Path) -> None:
    one = _ended(postgresql_url, tmp_path / "worker")
    assert one.process.returncode == 2
    assert "Run: main.py setup" in one.said
