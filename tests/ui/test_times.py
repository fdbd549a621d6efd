"""Times as they are shown and typed: London on the wall, UTC underneath, both clock changes included."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import time_text
from ui.time_entry import NotATime, read_time

NOW = dt.datetime(2026, 7, 15, 13, 5, 30, tzinfo=dt.UTC)  # Wednesday, 14:05:30 in London


def after(**parts: float) -> dt.datetime:
    """A time that long after now."""
    return NOW + dt.timedelta(**parts)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (after(seconds=750), "12:30 left"),
        (after(minutes=59, seconds=59, milliseconds=500), "60:00 left"),
        (after(milliseconds=200), "00:01 left"),
        (after(hours=1), "due 15:05"),
        (after(hours=20), "due Thu 10:05"),
        (after(days=30), "due 14 Aug 14:05"),
        (after(days=300), "due 11 May 2027 14:05"),
        (after(seconds=-240), "over by 4 min"),
        (after(seconds=0), "over by 0 s"),
        (after(minutes=-75), "over by 1 h 15 min"),
        (after(days=-2), "over by 2 days"),
    ],
)
def test_that_a_due_time_counts_down_in_the_last_hour_and_then_says_over(at: dt.datetime, text: str) -> None:
    assert time_text.due_text(at, NOW) == text


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (after(seconds=45), "due 14:06, 45 seconds left"),
        (after(minutes=12), "due 14:17, 12 minutes left"),
        (after(hours=20), "due Thu 10:05"),
        (after(seconds=-1), "due 14:05, late 1 second"),
        (after(minutes=-5), "due 14:00, late 5 minutes"),
        (after(minutes=-61), "due 13:04, late 1 hour 1 minute"),
        (after(hours=-2), "due 12:05, late 2 hours"),
        (after(days=-2), "due Mon 14:05, late 2 days"),
    ],
)
def test_that_a_due_time_is_read_aloud_in_whole_words(at: dt.datetime, said: str) -> None:
    assert time_text.due_spoken(at, NOW) == said


def test_that_ages_and_clocks_are_said_in_london() -> None:
    assert time_text.clock_seconds(NOW) == "14:05:30"
    assert time_text.age(after(seconds=-1), NOW) == "1 s ago"
    assert time_text.age_in_years(dt.date(1941, 7, 16), NOW) == 84
    assert time_text.day(dt.date(1941, 10, 3)) == "03-Oct-1941"


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("now", NOW),
        (" -10 ", after(minutes=-10)),
        ("14:05", NOW - dt.timedelta(seconds=30)),
        ("1405", NOW - dt.timedelta(seconds=30)),
        ("14:06", NOW),
        ("23:50", dt.datetime(2026, 7, 14, 22, 50, tzinfo=dt.UTC)),
        ("yesterday 9:15", dt.datetime(2026, 7, 14, 8, 15, tzinfo=dt.UTC)),
        ("sat 9:15", dt.datetime(2026, 7, 11, 8, 15, tzinfo=dt.UTC)),
        ("3/7 09:15", dt.datetime(2026, 7, 3, 8, 15, tzinfo=dt.UTC)),
        ("25/12/2025 09:15", dt.datetime(2025, 12, 25, 9, 15, tzinfo=dt.UTC)),
    ],
)
def test_that_a_time_is_read_as_it_was_meant(typed: str, at: dt.datetime) -> None:
    assert read_time(typed, NOW) == at


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("14:05", dt.datetime(2026, 7, 16, 13, 5, tzinfo=dt.UTC)),
        ("18:30", dt.datetime(2026, 7, 15, 17, 30, tzinfo=dt.UTC)),
        ("sat 9:15", dt.datetime(2026, 7, 18, 8, 15, tzinfo=dt.UTC)),
        ("+30", after(minutes=30)),
    ],
)
def test_that_a_time_ahead_is_the_next_one(typed: str, at: dt.datetime) -> None:
    assert read_time(typed, NOW, ahead=True) == at


@pytest.mark.parametrize("typed", ["", "soon", "25:00", "14:61", "31/2 09:00", "someday 9:15", "1/13 10:00"])
def test_that_what_is_no_time_is_answered_with_a_sentence(typed: str) -> None:
    with pytest.raises(NotATime, match=r"^[A-Z].*\.$"):
        read_time(typed, NOW)


def test_that_the_hour_that_comes_twice_means_the_newest_one_past() -> None:
    before_second = dt.datetime(2026, 10, 25, 1, 10, tzinfo=dt.UTC)  # 01:10 for the second time
    assert read_time("01:30", before_second) == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    after_both = dt.datetime(2026, 10, 25, 3, 0, tzinfo=dt.UTC)
    assert read_time("01:30", after_both) == dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)


def test_that_the_hour_that_never_was_is_refused() -> None:
    with pytest.raises(NotATime, match="went forward"):
        read_time("01:30", dt.datetime(2026, 3, 29, 9, 0, tzinfo=dt.UTC))


MINUTES = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: NOW + dt.timedelta(minutes=minutes))


@given(MINUTES, st.times())
def test_that_a_typed_clock_time_is_past_and_at_most_a_day_old(now: dt.datetime, typed: dt.time) -> None:
    try:
        at = read_time(f"{typed:%H:%M}", now)
    except NotATime:
        return
    assert now - dt.timedelta(hours=25, minutes=1) <= at <= now
