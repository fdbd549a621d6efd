"""How a task is shown and ordered: what is asked of whom, until when, and who took it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from console.domain.acceptance import acceptance_ends_at
from console.domain.acting import Actor
from console.domain.alarms import SOUND_OF_TASK, is_for, roles_of, urgency
from console.domain.ladder import Frame
from console.domain.rows import ReferralRow, TaskRow
from console.domain.visit_address import is_about_address
from console.domain.words import Role, TaskKind
from ui.boards.cells import Column, Due, Kind, PillText, TwoLines
from ui.boards.referral_cells import name_of
from ui.session import Session
from ui.time_text import clock, day_clock, due_spoken

Wanted = Callable[[TaskRow, Role], bool]
# Somebody may come to harm while nobody answers: said in every workspace until somebody accepts it.
_URGENT = frozenset(SOUND_OF_TASK) - {TaskKind.VISIT_UNACKNOWLEDGED, TaskKind.WAITING_CALL}
_ESCALATIONS = frozenset(SOUND_OF_TASK) | {TaskKind.HUB_CLOSING}

FILTERS: dict[str, tuple[str, Wanted]] = {
    "all": ("All", lambda _row, _: True),
    "open": ("Not accepted", lambda row, _: row.accepted_by is None),
    "mine": ("For my role", lambda row, role: role in roles_of(row)),
    "escalations": ("Escalations", lambda row, _: row.kind in _ESCALATIONS),
    "overnight": ("Overnight", lambda row, _: row.kind is TaskKind.OVERNIGHT),
}


def order(row: TaskRow) -> tuple[bool, int, dt.datetime]:
    """What nobody has accepted first, the gravest of it on top, then by when it is due."""
    return row.accepted_by is not None, urgency(row.kind, row.subject), row.due_at


def order_for_one(row: TaskRow) -> tuple[int, dt.datetime]:
    """The gravest first, then by when it is due; what one accepts stays where it is, to be done next."""
    return urgency(row.kind, row.subject), row.due_at


def of_one(rows: Iterable[TaskRow], actor: Actor, practitioner_id: int | None) -> list[TaskRow]:
    """What is asked of this person and taken by nobody else."""
    return [row for row in rows if is_for(row, actor, practitioner_id)]


def to_answer(rows: Iterable[TaskRow], actor: Actor, practitioner_id: int | None) -> list[TaskRow]:
    """What of it is urgent and accepted by nobody, the gravest and longest due first."""
    mine = of_one(rows, actor, practitioner_id)
    open_ = [row for row in mine if is_urgent(row) and row.accepted_by is None]
    return sorted(open_, key=lambda row: (*order_for_one(row), row.id))


def is_urgent(row: TaskRow) -> bool:
    """Whether somebody may come to harm while nobody answers."""
    return row.kind in _URGENT or is_about_address(row.subject)


def is_over(row: TaskRow, now: dt.datetime) -> bool:
    """Whether it is late."""
    return now >= row.due_at


def asked(row: TaskRow, now: dt.datetime) -> TwoLines:
    """What is asked, and since when."""
    return TwoLines(row.title, f"since {day_clock(row.created_at, now)}", row.words)


def about(row: TaskRow, referrals: Mapping[int, ReferralRow]) -> TwoLines:
    """The patient, as far as the board has them, and the hub."""
    found = None if row.referral_id is None else referrals.get(row.referral_id)
    number = row.referral_number or ""
    below = " · ".join(part for part in (number if found else "", row.hub) if part)
    return TwoLines(name_of(found) if found else number or "No patient", "", below)


def holds_until(row: TaskRow, frame: Frame | None) -> dt.datetime | None:
    """Until when an acceptance holds that leads to nothing; None when it does for good, or is not known."""
    if row.accepted_at is None or frame is None:
        return None
    return acceptance_ends_at(row.kind, row.subject, row.accepted_at, frame.figures)


def asked_of(row: TaskRow) -> str:
    """Whom it calls."""
    roles = roles_of(row)
    return roles[0].label.lower() if len(roles) == 1 else " or ".join(role.value for role in roles)


def accepted(row: TaskRow, now: dt.datetime, frame: Frame | None) -> PillText:
    """Who took it by name, and until when it is theirs; nobody, and whom it is asked of."""
    if row.accepted_by is None:
        return PillText("Not accepted", "bad", f"for {asked_of(row)}")
    until = holds_until(row, frame)
    if until is not None:
        return PillText(f"Accepted to {day_clock(until, now)}", "ok", row.accepted_by)
    at = f" {clock(row.accepted_at)}" if row.accepted_at else ""
    return PillText("Accepted", "ok", f"{row.accepted_by}{at}")


def spoken(row: TaskRow, now: dt.datetime) -> str:
    """The whole row as one would say it."""
    by = f"accepted by {row.accepted_by}" if row.accepted_by else f"not accepted, for {asked_of(row)}"
    parts = (row.title, row.words, row.referral_number or "", row.hub, by, due_spoken(row.due_at, now))
    return ", ".join(part for part in parts if part)


def columns(session: Session) -> tuple[Column[TaskRow], ...]:
    """The columns of the tasks."""

    def what(row: TaskRow) -> TwoLines:
        return asked(row, session.now())

    def whom(row: TaskRow) -> TwoLines:
        person = session.live.practitioners.by_id.get(row.practitioner_id or 0)
        if row.referral_id is None and person is not None:
            return TwoLines(person.name, "", row.hub)
        return about(row, session.live.referrals.by_id)

    def taken(row: TaskRow) -> PillText:
        return accepted(row, session.now(), session.frame)

    return (
        Column("asked", "Task", Kind.TWO_LINES, what, 285, stretches=4, is_safety=True),
        Column("about", "About", Kind.TWO_LINES, whom, 160, stretches=2),
        Column("accepted", "Accepted", Kind.PILL, taken, 168, stretches=1, gives_way=1),
        Column("due", "Due", Kind.DUE, lambda row: Due(row.due_at, row.created_at), 124, is_safety=True),
    )
