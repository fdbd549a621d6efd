"""How an outcome report is shown, ordered and filtered."""

import datetime as dt
from collections.abc import Callable

from console.domain.clinical_words import Severity
from console.domain.clocks import severity
from console.domain.rows import ReportRow
from console.domain.words import UNSENT_REPORT, ReportStatus
from ui.boards.cells import Column, Due, Flag, Kind, PillText, TwoLines
from ui.boards.referral_cells import name_of, name_spoken
from ui.boards.report_words import author_words, unsigned_words
from ui.boards.snooze_words import snoozed_words
from ui.presence import Here
from ui.time_text import day_clock, due_spoken

Wanted = Callable[[ReportRow, dt.datetime], bool]
_S = ReportStatus
_TONES = {
    _S.OWED: "warn",
    _S.DRAFTED: "info",
    _S.SIGNED: "info",
    _S.SENT: "plain",
    _S.DELIVERED: "ok",
    _S.REJECTED: "bad",
    _S.HELD: "warn",
    _S.UNCERTAIN: "bad",
}
_ON_ITS_WAY = frozenset({_S.SENT, _S.DELIVERED})
_WITH_PRACTICE = _ON_ITS_WAY | {_S.ACCEPTED}
# Where the row is told shortly: a person signs what is drafted, and a signed report is nobody's yet.
_UNSIGNED = frozenset({_S.OWED, _S.DRAFTED})


def waits_for_signature(row: ReportRow) -> bool:
    """Whether a clinician has still to write or sign it; nobody waits for that of a released one."""
    return row.status in _UNSIGNED and not row.is_released


def is_owed(row: ReportRow) -> bool:
    """Whether the practice waits for it: not written, not sent, or come back."""
    return row.status not in _WITH_PRACTICE


def is_over(row: ReportRow, now: dt.datetime) -> bool:
    """Whether the practice should have been told by now and was not."""
    return is_owed(row) and severity(row.due_at, now) is Severity.OVER


def is_soon(row: ReportRow, now: dt.datetime) -> bool:
    """Whether it is due within half an hour."""
    return row.status in UNSENT_REPORT and severity(row.due_at, now) is Severity.SOON


FILTERS: dict[str, tuple[str, Wanted]] = {
    "all": ("All", lambda _row, _: True),
    "owed": ("Owed", lambda row, _: row.status in UNSENT_REPORT),
    "unsigned": ("Unsigned", lambda row, _: waits_for_signature(row)),
    "soon": ("Due soon", is_soon),
    "overdue": ("Overdue", is_over),
    "sent": ("Sent, not accepted", lambda row, _: row.status in _ON_ITS_WAY),
    "rejected": ("Rejected", lambda row, _: row.status is _S.REJECTED),
    "held": ("Held", lambda row, _: row.status is _S.HELD),
    "uncertain": ("Uncertain", lambda row, _: row.status is _S.UNCERTAIN),
    "snoozed": ("Snoozed", lambda row, now: row.snoozed(now) is not None),
}


def order(row: ReportRow) -> tuple[bool, dt.datetime]:
    """What the practice has not been told first, by its due time; then what waits for an answer."""
    on_its_way = row.status in _ON_ITS_WAY
    return on_its_way, (row.sent_at or row.owed_at) if on_its_way else row.due_at


def patient(row: ReportRow, now: dt.datetime, here: Here | None = None) -> TwoLines:
    """Who, and after what; marked while it is snoozed, and with who has it open."""
    snooze = row.snoozed(now)
    flags = () if snooze is None else (Flag("bell-off", snoozed_words(snooze, now), "info"),)
    return TwoLines(name_of(row), "", f"{row.referral_number} · {row.outcome_kind.label}", flags, here)


def practice(row: ReportRow) -> TwoLines:
    """To whom the report goes."""
    if row.practice is None:
        return TwoLines("No practice", "", "Whoever accepts the task owns it")
    return TwoLines(row.practice, "", row.practice_code or "")


def status(row: ReportRow, now: dt.datetime) -> PillText:
    """Where the report stands, and that it is snoozed, else what came back."""
    below = row.last_result or ""
    if row.status is _S.SIGNED and row.signed_by:
        below = f"by {row.signed_by}"
    if row.is_released and row.status is _S.DRAFTED:
        below = ""  # of a version before
    if (snooze := row.snoozed(now)) is not None:
        below = f"Snoozed to {day_clock(snooze.until_at, now)}"
    if row.is_released:
        below = f"Not signed. {below}" if below else "Not signed"
    is_ready = row.is_released and row.status is _S.DRAFTED
    return PillText(row.standing, "warn" if is_ready else _TONES.get(row.status, "plain"), below)


def due(row: ReportRow, now: dt.datetime) -> Due | str:
    """The time that counts down, or when it was sent."""
    if row.status in _ON_ITS_WAY:
        return f"Sent {day_clock(row.sent_at, now)}" if row.sent_at else "Sent"
    return Due(row.due_at, row.owed_at)


def author(row: ReportRow) -> TwoLines:
    """Who writes it, and by which hub."""
    return TwoLines(row.author or "Not known", "", row.hub)


def spoken(row: ReportRow, now: dt.datetime, here: Here | None = None) -> str:
    """The whole row as one would say it."""
    over = due_spoken(row.due_at, now) if is_owed(row) else ""
    snooze = row.snoozed(now)
    rests = "" if snooze is None else snoozed_words(snooze, now)
    parts = (
        name_spoken(row), row.referral_number, row.outcome_kind.label, row.practice or "no practice",
        row.standing, unsigned_words(row, now), row.last_result or "", over,
        author_words(row), rests, here.words.rstrip(".") if here else "",
    )  # fmt: skip
    return ", ".join(part for part in parts if part)


def found_by(row: ReportRow) -> str:
    """All text by which a row can be found."""
    parts = (
        row.referral_number, row.family_name, row.given_name, row.practice, row.practice_code, row.author,
        row.signed_by, row.hub, row.outcome_kind.label, row.standing,
        f"not signed released {row.released_by}" if row.is_released else "",
    )  # fmt: skip
    return " ".join(part for part in parts if part).casefold()


def columns(
    now: Callable[[], dt.datetime], here: Callable[[int], Here | None] = lambda _: None
) -> tuple[Column[ReportRow], ...]:
    """The columns of the reports; `here` says who has one open."""

    def who(row: ReportRow) -> TwoLines:
        return patient(row, now(), here(row.referral_id))

    return (
        Column("patient", "Patient · contact", Kind.TWO_LINES, who, 190, stretches=2, is_safety=True),
        Column("practice", "Practice", Kind.TWO_LINES, practice, 176, stretches=1, gives_way=3),
        Column("status", "Status", Kind.PILL, lambda row: status(row, now()), 132, stretches=1),
        Column("due", "Due", Kind.DUE, lambda row: due(row, now()), 128, is_safety=True),
        Column("latest", "Latest", Kind.TEXT, lambda row: day_clock(row.latest_at, now()), 96, gives_way=2),
        Column("author", "Author", Kind.TWO_LINES, author, 124, gives_way=1),
    )
