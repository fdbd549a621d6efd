"""Local time and working days in England: what the clock on the wall says, and when practices are at work.

Code keeps aware UTC; these functions are the only way to and from the wall clock of Europe/London.
"""

import datetime as dt
from collections.abc import Callable, Container
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
# No run of days off in England comes near this; beyond it the bank holidays passed in must be wrong.
LONGEST_BREAK_DAYS = 30


def local(at: dt.datetime) -> dt.datetime:
    """Give the wall-clock time in London of an aware moment; ValueError when it has no zone."""
    if at.tzinfo is None:
        raise ValueError("A time without a zone cannot be placed on the calendar.")
    return at.astimezone(LONDON)


def said(at: dt.datetime) -> str:
    """Say a time as people do: Wednesday 14 January at 15:00."""
    there = local(at)
    return f"{there:%A} {there.day} {there:%B} at {there:%H:%M}"


def local_day(at: dt.datetime) -> dt.date:
    """Give the date in London on which a moment falls."""
    return local(at).date()


def age_in_years(birth_date: dt.date, day: dt.date) -> int:
    """Give the whole years lived on this day; born on 29 February, one turns a year older on 1 March."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)


def moments_of(day: dt.date, wall: dt.time) -> tuple[dt.datetime, ...]:
    """Give every UTC moment at which London's clocks show this time on this day: one, none or two.

    None in the hour skipped in March, two in the hour repeated in October; then ask the person which they
    mean.
    """
    return _moments(dt.datetime.combine(day, wall.replace(tzinfo=None)))


@lru_cache(maxsize=4096)  # ladders ask for the same few evenings and mornings again and again
def _moments(naive: dt.datetime) -> tuple[dt.datetime, ...]:
    readings = {naive.replace(tzinfo=LONDON, fold=fold).astimezone(dt.UTC) for fold in (0, 1)}
    return tuple(sorted(at for at in readings if local(at).replace(tzinfo=None, fold=0) == naive))


def from_local(day: dt.date, wall: dt.time) -> dt.datetime:
    """Give the UTC moment of a wall-clock time in London.

    A time that occurs twice (October) means its first occurrence, so that nothing falls due later than meant.
    A time that the clocks skip (March) means the moment at which they jump.
    """
    moments = moments_of(day, wall)
    if moments:
        return moments[0]
    # London's clocks jump on the full hour: read by the clock after the jump, that hour is the one now
    # ending.
    before = dt.datetime.combine(day, wall.replace(tzinfo=None, fold=1), LONDON).astimezone(dt.UTC)
    return before.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)


class WorkingCalendar:
    """Working days in England: Monday to Friday without the bank holidays that are passed in."""

    def __init__(self, bank_holidays: Container[dt.date] | Callable[[dt.date], bool]) -> None:
        """Take the bank holidays as anything that can tell whether a date is one."""
        self._is_bank_holiday: Callable[[dt.date], bool] = (
            bank_holidays if callable(bank_holidays) else bank_holidays.__contains__
        )

    def is_working_day(self, day: dt.date) -> bool:
        """Tell whether practices in England work on this date."""
        return day.weekday() < 5 and not self._is_bank_holiday(day)

    def next_working_day(self, day: dt.date) -> dt.date:
        """Give the first working day after this date; ValueError when there is none within 30 days."""
        for ahead in range(1, LONGEST_BREAK_DAYS + 1):
            later = day + dt.timedelta(days=ahead)
            if self.is_working_day(later):
                return later
        raise ValueError(
            f"No working day within {LONGEST_BREAK_DAYS} days after {day}: check the bank holidays."
        )

    def working_days_after(self, day: dt.date, count: int) -> dt.date:
        """Give the date that lies `count` working days after this one; `count` is at least 1."""
        if count < 1:
            raise ValueError("Count at least one working day.")
        for _ in range(count):
            day = self.next_working_day(day)
        return day

    def working_morning_after(self, at: dt.datetime, wall: dt.time) -> dt.datetime:
        """Give the first moment, at or after `at`, when it is this wall-clock time on a working day (UTC)."""
        day = local_day(at)
        if self.is_working_day(day) and from_local(day, wall) >= at:
            return from_local(day, wall)
        return from_local(self.next_working_day(day), wall)

    def end_of_next_working_day(self, at: dt.datetime) -> dt.datetime:
        """Give the midnight that ends the working day after the local day of `at` (UTC)."""
        return from_local(self.next_working_day(local_day(at)) + dt.timedelta(days=1), dt.time())
