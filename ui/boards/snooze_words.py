"""A snooze in words: until when, by whom, why."""

import datetime as dt

from console.domain.rows import SnoozeRow
from ui.time_text import day_clock


def snoozed_words(snooze: SnoozeRow, now: dt.datetime) -> str:
    """Snoozed until 16:00 by Jo Bates: Sam writes it then."""
    return f"Snoozed until {day_clock(snooze.until_at, now)} by {snooze.by}: {snooze.reason}"
