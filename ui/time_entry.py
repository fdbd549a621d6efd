"""Times as people type them: 14:05, 1405, now, -10, yesterday 23:50, sat 09:00 or 3/10 09:00."""

import datetime as dt
import re

from ui.time_text import local, london

_CLOCK = re.compile(r"(?:(?P<day>.+?)\s+)?(?P<hour>\d{1,2})[:.]?(?P<minute>\d{2})")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HELP = "Type a time such as 14:05, now, or -10 for ten minutes ago."


class NotATime(ValueError):
    """What was typed is no time; the message is a sentence for the person who typed it."""


def read_time(text: str, now: dt.datetime, *, ahead: bool = False) -> dt.datetime:
    """The aware UTC time that was meant; without a day the newest one past, or with `ahead` the next.

    Raises NotATime with a sentence that says what to type instead.
    """
    typed = " ".join(text.lower().split())
    if typed == "now":
        return now
    if re.fullmatch(r"[-+]\d{1,4}", typed):
        return now + dt.timedelta(minutes=int(typed))
    found = _CLOCK.fullmatch(typed)
    if found is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        raise NotATime(_HELP)
    time = dt.time(int(found["hour"]), int(found["minute"]))
    if found["day"]:
        return _on(_day(found["day"], local(now).date(), ahead=ahead), time)
    return _nearest(time, now, ahead=ahead)


def _nearest(time: dt.time, now: dt.datetime, *, ahead: bool) -> dt.datetime:
    today = local(now).date()
    if ahead:
        at = _on(today, time)
        return at if at >= now else _on(today + dt.timedelta(days=1), time)
    # A minute typed while it is running is meant to be now, not a day ago.
    latest = now + dt.timedelta(minutes=1)
    for fold in (1, 0):
        at = _on(today, time, fold)
        if at <= latest:
            return min(at, now)
    return _on(today - dt.timedelta(days=1), time, fold=1)


def _day(word: str, today: dt.date, *, ahead: bool) -> dt.date:
    if word in ("today", "yesterday", "tomorrow"):
        return today + dt.timedelta(days=("yesterday", "today", "tomorrow").index(word) - 1)
    if word[:3] in _DAYS and word.isalpha():
        away = (_DAYS.index(word[:3]) - today.weekday()) % 7
        return today + dt.timedelta(days=away if ahead or away == 0 else away - 7)
    dated = _DATE.fullmatch(word)
    if dated is None:
        raise NotATime(_HELP)
    try:
        return dt.date(int(dated[3] or today.year), int(dated[2]), int(dated[1]))
    except ValueError as wrong:
        raise NotATime("There is no such date. Type the day first, such as 3/10 09:00.") from wrong


def _on(day: dt.date, time: dt.time, fold: int = 0) -> dt.datetime:
    wall = dt.datetime.combine(day, time, london()).replace(fold=fold)
    at = wall.astimezone(dt.UTC)
    if at.astimezone(london()).time() != time:
        raise NotATime("The clocks went forward over that time. Type a time before 01:00 or after 02:00.")
    return at
