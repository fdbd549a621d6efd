"""What the time alone changes is read once a minute, by each console at another second of it."""

import datetime as dt

from console.domain.rows import Board
from db.board_clock import BoardClock

AT = dt.datetime(2026, 1, 14, 14, 0, tzinfo=dt.UTC)


def seconds(after: float) -> dt.datetime:
    """Give a moment so long after two o'clock."""
    return AT + dt.timedelta(seconds=after)


def begun(late: float, at: float) -> BoardClock:
    """Give the clock of a console that read its board at a moment after two o'clock."""
    clock = BoardClock({1}, dt.timedelta(seconds=late))
    clock.begin(Board(seconds(at), (), (), (), (), (), ()))
    return clock


def test_that_a_minute_is_due_when_it_begins() -> None:
    clock = begun(late=0, at=3)
    assert [clock.is_due(seconds(at)) for at in (4, 59.9, 60)] == [False, False, True]


def test_that_a_console_that_reads_late_waits_for_its_second_of_each_minute() -> None:
    clock = begun(late=7, at=3)
    assert [clock.is_due(seconds(at)) for at in (4, 6.9, 7, 60)] == [False, False, True, True]
    clock = begun(late=7, at=8)
    assert [clock.is_due(seconds(at)) for at in (9, 60, 66.9, 67)] == [False, False, False, True]
