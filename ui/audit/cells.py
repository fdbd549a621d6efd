"""How a line of the audit is shown in the table."""

import datetime as dt
from collections.abc import Callable

from console.domain import audit_words
from console.domain.audit_rows import AuditLine
from console.domain.words import Role
from ui.boards.cells import Column, Kind, PillText, TwoLines
from ui.time_text import local

_LOOKS = {
    "record_opening": "Opening",
    "patient_search": "Search",
    "audit_export": "Copy",
    "audit_look": "Reading",
    "audit_check": "Check",
}
_KINDS = {**_LOOKS, "step": "Step", "staff_ask": "Ask"}
_DONE = {"I": "New", "U": "Change", "D": "Taken back"}


def order(line: AuditLine) -> tuple[float, int]:
    """The newest first."""
    return -line.at.timestamp(), -line.id


def when(line: AuditLine) -> TwoLines:
    """The time in London, and the day below."""
    there = local(line.at)
    return TwoLines(f"{there:%H:%M:%S}", "", f"{there.day} {there:%b %Y}")


def who(line: AuditLine) -> TwoLines:
    """The person as they were called then, in which role and on which device."""
    role = Role(line.actor_role).label if line.actor_role in list(Role) else line.actor_role or ""
    return TwoLines(line.who, "", " · ".join(part for part in (role, line.device or "") if part))


def what(line: AuditLine) -> TwoLines:
    """What was done, and why where that was asked."""
    return TwoLines(audit_words.sentence(line), "", audit_words.reason(line))


def about(line: AuditLine) -> TwoLines:
    """Whom it is about."""
    return TwoLines(line.patient or "", "", line.referral_number or "")


def kind(line: AuditLine) -> PillText:
    """What sort of line it is; what was refused stands out."""
    if line.is_refused:
        return PillText("Refused", "bad")
    tone = "info" if line.tbl in _LOOKS else "plain"
    return PillText(_KINDS.get(line.tbl) or _DONE.get(line.op, line.op), tone)


def spoken(line: AuditLine, _now: dt.datetime) -> str:
    """The whole line as one would say it."""
    there = local(line.at)
    parts = (
        audit_words.sentence(line), audit_words.reason(line), line.patient or "", line.referral_number or "",
        f"by {line.who}", f"{there.day} {there:%B %Y} {there:%H:%M:%S}", "refused" if line.is_refused else "",
    )  # fmt: skip
    return ", ".join(part for part in parts if part)


def columns() -> tuple[Column[AuditLine], ...]:
    """The columns of the audit."""
    read: Callable[[AuditLine], TwoLines] = what
    return (
        Column("what", "What was done · why", Kind.TWO_LINES, read, 300, stretches=3),
        Column("kind", "Kind", Kind.PILL, kind, 100, gives_way=1),
        Column("about", "About", Kind.TWO_LINES, about, 150, stretches=1, gives_way=2),
        Column("who", "Who", Kind.TWO_LINES, who, 150, stretches=1),
        Column("when", "When", Kind.TWO_LINES, when, 96),
    )
