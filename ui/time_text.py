"""Times as people read them: Europe/London on the screen, aware UTC everywhere else."""

import datetime as dt
import functools

_HOUR = 3600


@functools.cache
def london() -> dt.tzinfo:
    """The clock on the wall."""
    from zoneinfo import ZoneInfo  # a good part of the way to the first paint, which shows no time

    return ZoneInfo("Europe/London")


def local(at: dt.datetime) -> dt.datetime:
    """The same instant on the clock on the wall."""
    return at.astimezone(london())


def clock(at: dt.datetime) -> str:
    """14:05."""
    return f"{local(at):%H:%M}"


def clock_seconds(at: dt.datetime) -> str:
    """14:05:11."""
    return f"{local(at):%H:%M:%S}"


def day(on: dt.date) -> str:
    """03-Oct-1941, as the patient banner writes a date of birth."""
    return f"{on:%d-%b-%Y}"


def day_clock(at: dt.datetime, now: dt.datetime) -> str:
    """14:05 today, Sat 14:05 within six days either way, 3 Oct 14:05 beyond, with another year named."""
    then, today = local(at), local(now)
    days = abs((then.date() - today.date()).days)
    if days == 0:
        return f"{then:%H:%M}"
    if days <= 6:
        return f"{then:%a %H:%M}"
    year = "" if then.year == today.year else f" {then.year}"
    return f"{then.day} {then:%b}{year} {then:%H:%M}"


def duration(seconds: float) -> str:
    """40 s, 12 min, 1 h 05 min or 3 days: the length of a wait, rounded down."""
    whole = int(max(seconds, 0))
    if whole < 60:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // 60} min"
    if whole < 24 * _HOUR:
        hours, rest = divmod(whole // 60, 60)
        return f"{hours} h {rest:02} min" if rest else f"{hours} h"
    days = whole // (24 * _HOUR)
    return f"{days} day" if days == 1 else f"{days} days"


def age(at: dt.datetime, now: dt.datetime) -> str:
    """1 s ago, 3 min ago, 2 h 10 min ago."""
    return f"{duration((now - at).total_seconds())} ago"


def is_late(due: dt.datetime, now: dt.datetime) -> bool:
    """Whether the due time has passed."""
    return now >= due


def countdown(due: dt.datetime, now: dt.datetime) -> tuple[str, str]:
    """The two parts of a due time: what stands large and the muted words after it.

    ("12:30", "left") in the last hour, ("14:05", "due") beyond, ("4 min", "over") when late.
    """
    left = (due - now).total_seconds()
    if left <= 0:
        return duration(-left), "over"
    if left < _HOUR:
        # Rounded up, so that 00:00 never stands on the screen while there is still time.
        minutes, seconds = divmod(int(-(-left // 1)), 60)
        return ("60:00" if minutes == 60 else f"{minutes:02}:{seconds:02}"), "left"
    return day_clock(due, now), "due"


def due_text(due: dt.datetime, now: dt.datetime) -> str:
    """A due time in one phrase: 12:30 left, due 14:05, over by 4 min."""
    figure, word = countdown(due, now)
    return {"left": f"{figure} left", "due": f"due {figure}", "over": f"over by {figure}"}[word]


def duration_spoken(seconds: float) -> str:
    """A length of time as one would say it: 40 seconds, 12 minutes, 1 hour 5 minutes, 3 days."""
    whole = int(max(seconds, 0))
    if whole < 60:
        return _counted(whole, "second")
    if whole < 24 * _HOUR:
        hours, minutes = divmod(whole // 60, 60)
        parts = [_counted(hours, "hour")] if hours else []
        return " ".join([*parts, _counted(minutes, "minute")] if minutes or not hours else parts)
    return _counted(whole // (24 * _HOUR), "day")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def due_spoken(due: dt.datetime, now: dt.datetime) -> str:
    """A due time as one would say it: due 14:05, 12 minutes left, or due 14:05, late 4 minutes."""
    left = (due - now).total_seconds()
    at = f"due {day_clock(due, now)}"
    if left <= 0:
        return f"{at}, late {duration_spoken(-left)}"
    return f"{at}, {duration_spoken(left)} left" if left < _HOUR else at


def age_in_years(born: dt.date | None, now: dt.datetime) -> int | None:
    """Completed years today, or None when the date of birth is not known."""
    if born is None:
        return None
    today = local(now).date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
