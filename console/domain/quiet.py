"""Quiet hours: when a step of a ladder does not go out, by the wall clock in London, and when they end.

A step that falls into quiet hours moves to their end. Safety steps know none.
"""

import datetime as dt

from console.domain.calendar import WorkingCalendar, from_local, local
from console.domain.ladder_settings import LadderSettings
from console.domain.word import Word

_DAY = dt.timedelta(days=1)


class Quiet(Word):
    """Whose quiet hours a step keeps."""

    CLINICIAN = "clinician", "The night of whoever writes the report"
    COORDINATOR = "coordinator", "The hours in which no hub is open"
    PRACTICE = "practice", "The hours in which practices are closed"


def may_go_at(
    at: dt.datetime, quiet: Quiet | None, calendar: WorkingCalendar, figures: LadderSettings
) -> dt.datetime:
    """Give the first moment (UTC), at or after `at`, that is outside these quiet hours."""
    if quiet is None:
        return at
    if quiet is Quiet.PRACTICE:
        return _practice_open_at(at, calendar, figures)
    if quiet is Quiet.CLINICIAN:
        return _end_of_night(at, figures.clinician_quiet_from, figures.clinician_quiet_until)
    return _end_of_night(at, figures.coordinator_quiet_from, figures.coordinator_quiet_until)


def _end_of_night(at: dt.datetime, starts: dt.time, ends: dt.time) -> dt.datetime:
    """Move a moment of the night to its end; hours that start and end alike are none."""
    wall, day = local(at).time(), local(at).date()
    if starts < ends:
        return max(at, from_local(day, ends)) if starts <= wall < ends else at
    if starts == ends or ends <= wall < starts:
        return at
    # After the night's start it ends tomorrow; before its end, today. A repeated hour is over once.
    return max(at, from_local(day + _DAY if wall >= starts else day, ends))


def _practice_open_at(at: dt.datetime, calendar: WorkingCalendar, figures: LadderSettings) -> dt.datetime:
    wall, day = local(at).time(), local(at).date()
    if calendar.is_working_day(day) and wall < figures.practice_closes:
        return max(at, from_local(day, figures.practice_opens))
    return from_local(calendar.next_working_day(day), figures.practice_opens)
