"""Everything of a database goes by one clock: the server's, or in training the training's."""

import datetime as dt
import json
from collections.abc import Iterator

import pytest

from console import commands
from console.domain.refusals import Refused
from console.services import outbound, setup
from console.services.clock import clock_of
from db.engine import Database, open_database
from db.models import Training
from db.queries.training import ONLY, is_training
from tests.support.marked import mark

EPOCH = dt.datetime(2026, 1, 14, 13, 30, tzinfo=dt.UTC)


@pytest.fixture
def database(database_url: str, now: dt.datetime) -> Iterator[Database]:
    opened = open_database(database_url)
    setup.apply(opened, now, with_demo=True)
    yield opened
    opened.close()


def test_that_an_ordinary_database_has_the_servers_time(database: Database, now: dt.datetime) -> None:
    clock = clock_of(database, lambda: now)
    assert (clock(), clock.is_training, clock.speed) == (now, False, 1)


def test_that_training_time_runs_from_its_epoch_at_its_speed(database: Database, now: dt.datetime) -> None:
    mark(database, Training(id=ONLY, epoch=EPOCH, started_at=now, speed=10, seed=7))
    later = now + dt.timedelta(seconds=30)
    clock = clock_of(database, lambda: later)
    assert clock() == EPOCH + dt.timedelta(minutes=5)
    assert clock.server() == later
    assert (clock.is_training, clock.speed) == (True, 10)


def test_that_a_second_console_has_the_same_training_time(database: Database, now: dt.datetime) -> None:
    mark(database, Training(id=ONLY, epoch=EPOCH, started_at=now, speed=60, seed=7))
    assert clock_of(database, lambda: now)() == clock_of(database, lambda: now)()


def test_that_nothing_leaves_a_training_database(database: Database, now: dt.datetime) -> None:
    outbound.require_outbound(database)
    mark(database, Training(id=ONLY, epoch=EPOCH, started_at=now, speed=1, seed=7))
    with database.read() as session:
        assert is_training(session)
    with pytest.raises(Refused, match="nothing leaves it"):
        outbound.require_outbound(database)


def test_that_commands_go_by_the_training_time(database: Database, database_url: str) -> None:
    told: list[str] = []
    voice = commands.Voice(told.append, told.append)
    mark(database, Training(id=ONLY, epoch=EPOCH, started_at=database.server_now(), speed=1, seed=7))
    commands.board(database_url, voice, as_json=True)
    at = dt.datetime.fromisoformat(json.loads(told.pop())["as_of"])
    assert EPOCH <= at < EPOCH + dt.timedelta(minutes=2)
    commands.doctor(database_url, voice)
    assert "training database: its time is Wed 14 Jan 2026, 13:3" in " ".join(told)
