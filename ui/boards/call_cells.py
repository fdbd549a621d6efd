"""How a practice stands in the call list."""

import datetime as dt
from collections import Counter
from collections.abc import Callable

from console.domain.call_list import PracticeToCall
from console.domain.identifiers import format_phone
from console.domain.ladder import Frame
from console.domain.waiting import REACHED
from console.domain.words import ContactResult
from ui.boards.cells import Column, Flag, Kind, PillText, TwoLines
from ui.boards.snooze_words import snoozed_words
from ui.time_text import day_clock, duration

_LAST = {
    ContactResult.SPOKEN: ("Spoken to", "ok"),
    ContactResult.PROMISED: ("Promised", "info"),
    ContactResult.NO_REPLY: ("No reply", "warn"),
    ContactResult.WRONG_NUMBER: ("Wrong number", "bad"),
    ContactResult.LEFT_MESSAGE: ("Left a message", "warn"),
}


def order(row: PracticeToCall, now: dt.datetime, frame: Frame) -> tuple[bool, int, dt.datetime]:
    """What is to be called now first, where calls were in vain on top; then who has waited longest."""
    return not row.is_to_call(now, frame), -row.calls_failed, min(one.since for one in row.reports)


def phone(row: PracticeToCall) -> str:
    """The number to ring, as one reads it."""
    return format_phone(row.phone) if row.phone else "No telephone number"


def practice(row: PracticeToCall, now: dt.datetime) -> TwoLines:
    """Who is rung on which number."""
    snooze = row.snoozed(now)
    flags = () if snooze is None else (Flag("bell-off", snoozed_words(snooze, now), "info"),)
    return TwoLines(row.name, "", f"{phone(row)} · {row.code}", flags)


def reports(row: PracticeToCall) -> TwoLines:
    """How many reports one call settles, and of which kind."""
    counted = Counter(one.reason for one in row.reports)
    kinds = ", ".join(f"{count} {reason.label.lower()}" for reason, count in counted.items())
    many = len(row.reports)
    return TwoLines(f"{many} report" if many == 1 else f"{many} reports", "", kinds)


def since(row: PracticeToCall, now: dt.datetime) -> TwoLines:
    """For how long the oldest has waited."""
    oldest = min(one.since for one in row.reports)
    return TwoLines(duration((now - oldest).total_seconds()), "", f"since {day_clock(oldest, now)}")


def last(row: PracticeToCall, now: dt.datetime) -> PillText:
    """What came of the newest call, and what follows."""
    if (snooze := row.snoozed(now)) is not None:
        return PillText("Snoozed", "plain", f"to {day_clock(snooze.until_at, now)}")
    if row.called_at is None or row.call_result is None:
        return PillText("Not called yet", "warn")
    words, tone = _LAST[row.call_result]
    if row.promised_by_at is not None:
        is_over = row.promised_by_at <= now
        promised = f"by {day_clock(row.promised_by_at, now)}"
        return PillText("Promise over" if is_over else words, "bad" if is_over else tone, promised)
    called = day_clock(row.called_at, now)
    is_in_vain = row.calls_failed > 1 and row.call_result not in REACHED
    return PillText(words, tone, f"{called} · {row.calls_failed} in vain" if is_in_vain else called)


def spoken(row: PracticeToCall, now: dt.datetime) -> str:
    """The whole entry as one would say it."""
    told, came = reports(row), last(row, now)
    parts = (row.name, phone(row), told.who, told.what, came.text, came.what)
    return ", ".join(part for part in parts if part)


def columns(now: Callable[[], dt.datetime]) -> tuple[Column[PracticeToCall], ...]:
    """The columns of the call list."""
    return (
        Column(
            "practice",
            "Practice · telephone",
            Kind.TWO_LINES,
            lambda row: practice(row, now()),
            220,
            stretches=2,
            is_safety=True,
        ),
        Column("reports", "One call settles", Kind.TWO_LINES, reports, 190, stretches=2),
        Column("since", "Waits", Kind.TWO_LINES, lambda row: since(row, now()), 120),
        Column("last", "Last call", Kind.PILL, lambda row: last(row, now()), 140),
    )
