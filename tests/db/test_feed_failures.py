"""The feed notices every way in which PostgreSQL can go away, and comes back by itself."""

import datetime as dt
import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event
from time import monotonic

import pytest

from db.change_feed import ChangeFeed
from db.connect import for_writing
from db.engine import Database, open_database
from tests.support.databases import upgrade
from tests.support.feeds import KeptBoard, following
from tests.support.postgresql import Server, running_server
from tests.support.service_data import Service, add_referral, found_service

FEEDS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'doorstep feed'"


@pytest.fixture
def server(postgresql_server: Server) -> Iterator[Server]:
    """A server of this test's own, since it is going to fail."""
    with running_server() as server:
        yield server


@contextmanager
def followed(server: Server, now: dt.datetime) -> Iterator[tuple[KeptBoard, Database, Service]]:
    """A live feed on a new database."""
    with server.database() as name:
        upgrade(server.url(name))
        with closing(open_database(server.url(name))) as database:
            with for_writing(database.engine).connect() as connection:
                service = found_service(connection, now)
                connection.commit()
            with following(database, service.hubs, lambda: now) as kept:
                kept.wait_until(lambda: kept.is_live)
                yield kept, database, service


def feed_process(server: Server, besides: int = 0) -> int:
    """Return the server's process that serves the feed."""
    with server.connect("postgres") as connection:
        (found,) = (pid for (pid,) in connection.execute(FEEDS) if pid != besides)
    return int(found)


def wait_until_lost(kept: KeptBoard) -> float:
    """Wait until the feed says that it is not live; return how long it took."""
    began = monotonic()
    kept.wait_until(lambda: not kept.is_live)
    return monotonic() - began


def assert_follows_again(kept: KeptBoard, database: Database, service: Service, now: dt.datetime) -> None:
    """The whole board has come again, and a new change comes too."""
    kept.wait_until(lambda: kept.boards >= 2 and kept.is_live)
    with for_writing(database.engine).connect() as connection:
        referral = add_referral(connection, service, now)
        connection.commit()
    kept.wait_until(lambda: referral in kept.rows["referrals"])


def test_that_the_feed_comes_back_after_the_server_restarted(server: Server, now: dt.datetime) -> None:
    with followed(server, now) as (kept, database, service):
        with server.connect("postgres") as connection:
            connection.execute("CHECKPOINT")  # test servers do not wait for their disk
        # One process that is killed makes the server end all others and start again from its log.
        os.kill(feed_process(server), signal.SIGKILL)
        assert wait_until_lost(kept) < 1
        assert_follows_again(kept, database, service, now)


def test_that_a_server_that_says_nothing_is_noticed_within_five_seconds(
    server: Server, now: dt.datetime
) -> None:
    with followed(server, now) as (kept, database, service):
        silent = feed_process(server)
        os.kill(silent, signal.SIGSTOP)
        try:
            assert wait_until_lost(kept) < 6  # five, counted from the question; one is asked each second
            assert_follows_again(kept, database, service, now)
        finally:
            os.kill(silent, signal.SIGCONT)


def test_that_stopping_does_not_wait_for_a_server_that_says_nothing(server: Server, now: dt.datetime) -> None:
    with followed(server, now) as (kept, database, service):
        feed = ChangeFeed(
            database, service.hubs, kept.take_board, kept.take_delta, kept.take_state, lambda: now
        )
        before = feed_process(server)
        feed.start()
        kept.wait_until(lambda: kept.boards == 2)
        silent = feed_process(server, besides=before)
        os.kill(silent, signal.SIGSTOP)
        try:
            Event().wait(1.2)  # by then it has asked something, and has no answer
            began = monotonic()
            feed.stop()
            assert monotonic() - began < 1
        finally:
            os.kill(silent, signal.SIGCONT)
