"""Who changed something just before: the sentence that the second of two people is told."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from console.domain.words import ACTIVE_VISIT, ENGAGED_VISIT, OPEN_QUEUE
from db.base import Base
from db.errors import CHANGED
from db.models import Hub, Practitioner, QueueEntry, Referral, Shift, Staff, Step, Visit

LONDON = ZoneInfo("Europe/London")
LOOK_AGAIN = "Look again before you decide."


def changed_sentence(session: Session, row: object, now: dt.datetime, referral_id: int | None = None) -> str:
    """Say who changed this row last, from the newest step about it."""
    about = _about(row, referral_id)
    newest = select(Step, Staff.name, Referral.number, Practitioner.name, Hub.name)
    newest = newest.join(Staff, Staff.id == Step.by_id).outerjoin(Referral, Referral.id == Step.referral_id)
    newest = newest.outerjoin(Practitioner, Practitioner.id == Step.practitioner_id)
    newest = newest.outerjoin(Hub, Hub.id == Step.hub_id)
    found = (
        about is not None and session.execute(newest.where(about).order_by(Step.id.desc()).limit(1)).first()
    )
    if not found:
        return CHANGED
    step, name, number, *named = found
    what, words = number or "this", _in_a_sentence(step.words, tuple(filter(None, named)))
    return f"{name} changed {what} {_when(step.entered_at, now)}: {words}. {LOOK_AGAIN}"


def _about(row: object, referral_id: int | None) -> ColumnElement[bool] | None:
    if isinstance(row, Referral):
        return Step.referral_id == row.id
    if referral_id := referral_id or getattr(row, "referral_id", None):
        return Step.referral_id == referral_id
    practitioner_id = row.id if isinstance(row, Practitioner) else getattr(row, "practitioner_id", None)
    if practitioner_id:
        return Step.practitioner_id == practitioner_id
    hub_id = row.id if isinstance(row, Hub) else getattr(row, "hub_id", None)
    return Step.hub_id == hub_id if hub_id else None


def _when(at: dt.datetime, now: dt.datetime) -> str:
    there = at.astimezone(LONDON)
    if there.date() == now.astimezone(LONDON).date():
        return f"at {there:%H:%M}"
    return f"on {there.day} {there:%B} at {there:%H:%M}"


def _in_a_sentence(words: str, names: tuple[str, ...]) -> str:
    """The words of a step go on in small letters, but for the name of a person or a hub."""
    words = words.strip().rstrip(".")
    is_name = words.startswith(names) or not words[1:2].islower()
    return words if is_name else words[0].lower() + words[1:]


def rule_sentence(session: Session, rule: str, rows: list[Base]) -> str | None:
    """Say whom a broken rule is about, where the rows that were being written tell."""
    sentences = {
        "uq_visit_active_referral": _already_allocated,
        "uq_visit_engaged_practitioner": _already_engaged,
        "uq_queue_entry_open": _already_queued,
        "ex_shift_overlap": _already_on_shift,
    }
    say = sentences.get(rule)
    found = (say(session, row) for row in rows) if say else iter(())
    return next((sentence for sentence in found if sentence), None)


def _already_allocated(session: Session, row: Base) -> str | None:
    if not isinstance(row, Visit):
        return None
    found = session.execute(
        select(Referral.number, Practitioner.name)
        .join(Visit, Visit.referral_id == Referral.id)
        .join(Practitioner, Practitioner.id == Visit.practitioner_id)
        .where(Referral.id == row.referral_id, Visit.status.in_(ACTIVE_VISIT), Visit.id != (row.id or 0))
    ).first()
    return f"{found.number} is already allocated to {found.name}. {LOOK_AGAIN}" if found else None


def _already_engaged(session: Session, row: Base) -> str | None:
    if not isinstance(row, Visit):
        return None
    found = session.execute(
        select(Referral.number, Practitioner.name, Visit.status)
        .join(Visit, Visit.referral_id == Referral.id)
        .join(Practitioner, Practitioner.id == Visit.practitioner_id)
        .where(
            Practitioner.id == row.practitioner_id,
            Visit.status.in_(ENGAGED_VISIT),
            Visit.id != (row.id or 0),
        )
    ).first()
    if not found:
        return None
    return (
        f"{found.name} is working {found.number} ({found.status.label.lower()}); that visit must end first."
    )


def _already_queued(session: Session, row: Base) -> str | None:
    if not isinstance(row, QueueEntry):
        return None
    found = session.execute(
        select(Referral.number, Hub.name)
        .join(QueueEntry, QueueEntry.referral_id == Referral.id)
        .join(Hub, Hub.id == QueueEntry.hub_id)
        .where(Referral.id == row.referral_id, QueueEntry.status.in_(OPEN_QUEUE))
    ).first()
    return f"{found.number} is already in the queue at {found.name}." if found else None


def _already_on_shift(session: Session, row: Base) -> str | None:
    if not isinstance(row, Shift):
        return None
    found = session.execute(
        select(Practitioner.name, Hub.name.label("hub"), Shift.starts_at, Shift.ends_at)
        .join(Shift, Shift.practitioner_id == Practitioner.id)
        .join(Hub, Hub.id == Shift.hub_id)
        .where(Practitioner.id == row.practitioner_id, Shift.id != (row.id or 0))
        .where(Shift.starts_at < row.ends_at, Shift.ends_at > row.starts_at)
    ).first()
    if not found:
        return None
    starts, ends = found.starts_at.astimezone(LONDON), found.ends_at.astimezone(LONDON)
    return (
        f"{found.name} already has a shift at {found.hub} from {starts:%H:%M} to {ends:%H:%M}"
        f" on {starts.day} {starts:%B}."
    )
