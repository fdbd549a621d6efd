"""The live feed says when a worker last looked, so that a console can tell that nobody chases."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing

import pytest

from console.domain.acting import Actor
from console.domain.words import Role
from db import change_feed
from db.connect import for_writing
from db.engine import Database, open_database
from db.queries import workers
from tests.support.feeds import KeptBoard, following
from tests.support.service_data import Service, found_service


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database in its newest shape, open."""
    with closing(open_database(database_url)) as database:
        yield database


@pytest.fixture
def service(database: Database, now: dt.datetime) -> Service:
    """Two hubs with four people on shift."""
    with for_writing(database.engine).connect() as connection:
        service = found_service(connection, now)
        connection.commit()
    return service


def look(database: Database, now: dt.datetime, ago_s: float | None, worker: str = "one") -> None:
    """Let a worker tell that it looked so long ago, or has not."""
    ago = None if ago_s is None else dt.timedelta(seconds=ago_s)
    with database.work(Actor(0, "Doorstep", Role.SYSTEM), now) as work:
        workers.beat(work.session, worker, "0.1.0", ago)


def chaser_at(kept: KeptBoard) -> dt.datetime | None:
    """Give what the feed told last."""
    return kept.states[-1].chaser_at


def test_that_the_feed_tells_the_newest_complete_look_and_each_later_one(
    database: Database, service: Service, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_feed, "CHASER_EVERY_S", 0.1)
    with following(database, service.hubs, lambda: now) as kept:
        kept.wait_until(lambda: kept.is_live)
        assert chaser_at(kept) is None
        look(database, now, None)
        look(database, now, 40)
        look(database, now, 90, "two")
        kept.wait_until(lambda: chaser_at(kept) is not None)
        told = chaser_at(kept)
        assert told is not None
        age = database.server_now() - told
        assert dt.timedelta(seconds=40) <= age < dt.timedelta(seconds=60)
        look(database, now, None)
        look(database, now, 0)
        kept.wait_until(lambda: (chaser_at(kept) or told) > told)


def test_that_the_first_state_of_a_board_knows_already(
    database: Database, service: Service, now: dt.datetime
) -> None:
    look(database, now, 3)
    with following(database, service.hubs, lambda: now) as kept:
        kept.wait_until(lambda: kept.is_live)
        assert chaser_at(kept) is not None


def test_that_workers_that_are_long_gone_are_forgotten(database: Database, now: dt.datetime) -> None:
    look(database, now, 1, "gone")
    with database.work(Actor(0, "Doorstep", Role.SYSTEM), now) as work:
        for one in workers.workers(work.session):
            one.beat_at -= dt.timedelta(days=8)
    look(database, now, 1, "here")
    with database.read() as session:
        assert [one.worker for one in workers.workers(session)] == ["here"]
