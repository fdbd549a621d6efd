"""Consoles go by the server's time, whatever the clock of the workstation says."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from console.services.server_clock import ServerClock
from console.steady import steady
from db.change_feed import ASLEEP_AFTER_S, ChangeFeed
from db.connect import for_writing
from db.engine import Database, open_database
from tests.support.feeds import KeptBoard
from tests.support.service_data import found_service

NOW = dt.datetime(2026, 3, 29, 0, 59, 30, tzinfo=dt.UTC)  # half a minute before British Summer Time


class Times:
    """A server's clock and a steady one, both moved by the test; an answer takes `way_s`."""

    def __init__(self) -> None:
        self.server, self.seconds, self.way_s = NOW, 500.0, 0.0
        self.asked = 0

    def ask(self) -> dt.datetime:
        self.asked += 1
        self.go_on(self.way_s / 2)
        told = self.server
        self.go_on(self.way_s / 2)
        return told

    def steady(self) -> float:
        return self.seconds

    def go_on(self, seconds: float) -> None:
        self.server += dt.timedelta(seconds=seconds)
        self.seconds += seconds


def test_that_time_goes_on_from_what_the_server_said() -> None:
    times = Times()
    clock = ServerClock(times.ask, times.steady)
    times.go_on(3600)
    assert clock() == times.server == NOW + dt.timedelta(hours=1)


def test_that_the_way_to_the_server_and_back_is_counted() -> None:
    times = Times()
    times.way_s = 0.8
    clock = ServerClock(times.ask, times.steady)
    assert clock() == times.server


def test_that_a_server_that_set_its_clock_is_followed() -> None:
    times = Times()
    clock = ServerClock(times.ask, times.steady)
    times.server += dt.timedelta(minutes=7)
    assert clock() == NOW
    clock.measure(times.ask)
    assert clock() == NOW + dt.timedelta(minutes=7)


def test_that_an_answer_that_took_long_is_better_than_none_and_no_better_than_one() -> None:
    times = Times()
    times.way_s = 9.0
    clock = ServerClock(times.ask, times.steady)
    assert abs(clock() - times.server) < dt.timedelta(seconds=5)
    times.way_s = 0.0
    clock.measure(times.ask)
    assert clock() == times.server
    times.way_s = 9.0
    times.server += dt.timedelta(hours=1)
    clock.measure(times.ask)
    assert clock() == times.server - dt.timedelta(hours=1)


def test_that_the_steady_clock_never_goes_back() -> None:
    told = [steady() for _ in range(1000)]
    assert told == sorted(told)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A small service."""
    with closing(open_database(database_url)) as opened:
        with for_writing(opened.engine).connect() as connection:
            found_service(connection, NOW)
            connection.commit()
        yield opened


@contextmanager
def followed(database: Database, times: Times, clock: ServerClock) -> Iterator[KeptBoard]:
    """A feed that goes by these clocks and lets the server's time be taken, without its own answer."""
    kept = KeptBoard()
    feed = ChangeFeed(
        database,
        (1, 2),
        kept.take_board,
        kept.take_delta,
        kept.take_state,
        clock,
        measure=lambda _: clock.measure(times.ask),
        steady=times.steady,
    )
    feed.start()
    try:
        kept.wait_until(lambda: kept.is_live)
        yield kept
    finally:
        feed.stop()


def test_that_the_server_s_time_is_asked_for_on_each_connection_and_every_minute(database: Database) -> None:
    times = Times()
    clock = ServerClock(times.ask, times.steady)
    assert times.asked == 1
    with followed(database, times, clock) as kept:
        assert times.asked == 2
        for _ in range(20):  # a minute, in steps that are no sleep
            told = len(kept.states)
            times.go_on(ASLEEP_AFTER_S * 0.9)
            kept.wait_until(lambda told=told: len(kept.states) > told or times.asked > 2)  # type: ignore[misc]
            if times.asked > 2:
                break
        assert times.asked == 3
        assert kept.boards == 1


def test_that_after_a_sleep_the_board_is_not_live_until_it_is_read_anew(database: Database) -> None:
    times = Times()
    clock = ServerClock(times.ask, times.steady)
    with followed(database, times, clock) as kept:
        asked = times.asked
        times.go_on(ASLEEP_AFTER_S + 3600)
        kept.wait_until(lambda: any(not state.is_live for state in kept.states))
        kept.wait_until(lambda: kept.boards == 2 and kept.is_live)
        assert times.asked == asked + 1
        assert kept.states[-1].as_of is not None
        assert kept.states[-1].as_of >= NOW + dt.timedelta(hours=1)
