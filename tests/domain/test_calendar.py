"""Local time and working days, over both clock changes, bank holidays and year ends."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.calendar import WorkingCalendar, age_in_years, from_local, local, local_day, moments_of
from tests.domain.england import ENGLAND, london, moments, utc


def test_that_a_time_in_the_skipped_hour_of_march_occurs_at_no_moment() -> None:
    assert moments_of(dt.date(2026, 3, 29), dt.time(1, 30)) == ()


def test_that_a_skipped_time_means_the_moment_of_the_jump() -> None:
    for minute in (0, 1, 30, 59):
        assert from_local(dt.date(2026, 3, 29), dt.time(1, minute)) == utc("2026-03-29 01:00")


def test_that_a_time_in_the_repeated_hour_of_october_occurs_twice_and_means_the_first() -> None:
    day, wall = dt.date(2026, 10, 25), dt.time(1, 30)
    assert moments_of(day, wall) == (utc("2026-10-25 00:30"), utc("2026-10-25 01:30"))
    assert from_local(day, wall) == utc("2026-10-25 00:30")


def test_that_the_day_of_a_moment_is_the_one_in_london() -> None:
    assert local_day(utc("2026-06-30 23:30")) == dt.date(2026, 7, 1)
    assert local_day(utc("2026-12-31 23:30")) == dt.date(2026, 12, 31)


def test_that_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        local(dt.datetime(2026, 1, 1))  # noqa: DTZ001


@given(moments())
def test_that_a_moment_is_among_those_of_its_own_wall_time(at: dt.datetime) -> None:
    wall = local(at)
    assert at in moments_of(wall.date(), wall.time())
    assert from_local(wall.date(), wall.time()) <= at


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.times())
def test_that_a_wall_time_is_never_placed_on_another_day(day: dt.date, wall: dt.time) -> None:
    assert local_day(from_local(day, wall)) == day


@given(moments())
def test_that_the_next_working_day_is_a_later_weekday_and_no_bank_holiday(at: dt.datetime) -> None:
    day = local_day(at)
    following = ENGLAND.next_working_day(day)
    assert following > day
    assert ENGLAND.is_working_day(following)
    between = (day + dt.timedelta(days=ahead) for ahead in range(1, (following - day).days))
    assert not any(ENGLAND.is_working_day(one) for one in between)


def test_that_christmas_and_new_year_are_stepped_over() -> None:
    # In 2026 Boxing Day is a Saturday, so Monday 28 December is the bank holiday for it.
    assert ENGLAND.next_working_day(dt.date(2026, 12, 24)) == dt.date(2026, 12, 29)
    assert ENGLAND.next_working_day(dt.date(2026, 12, 31)) == dt.date(2027, 1, 4)


def test_that_two_working_days_after_maundy_thursday_is_the_wednesday_after_easter() -> None:
    assert ENGLAND.working_days_after(dt.date(2026, 4, 2), 2) == dt.date(2026, 4, 8)


def test_that_the_next_working_day_ends_at_midnight_in_london() -> None:
    assert ENGLAND.end_of_next_working_day(london("2026-08-28 19:50")) == london("2026-09-02 00:00")


def test_that_bank_holidays_may_come_as_a_question() -> None:
    calendar = WorkingCalendar(lambda day: day == dt.date(2026, 6, 1))
    assert calendar.next_working_day(dt.date(2026, 5, 29)) == dt.date(2026, 6, 2)


def test_that_a_calendar_without_any_working_day_says_so_instead_of_searching_for_ever() -> None:
    with pytest.raises(ValueError, match="check the bank holidays"):
        WorkingCalendar(lambda _: True).next_working_day(dt.date(2026, 1, 1))


def test_that_someone_born_on_the_leap_day_is_a_year_older_on_the_first_of_march() -> None:
    born = dt.date(2008, 2, 29)
    assert age_in_years(born, dt.date(2026, 2, 28)) == 17
    assert age_in_years(born, dt.date(2026, 3, 1)) == 18
