"""What was entered from paper: the like of it, and since when its subjects are left to whoever enters it."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import exists, func, or_, select, text
from sqlalchemy.orm import Session, aliased

from console.domain.chase_words import Subject
from db.base import Numbered
from db.models import QueueEntry, Report, Shift, Staff, Step, Visit

_Undoing = aliased(Step)
# Written out as the index has it, so that both databases use it: very few steps come from paper.
_FROM_PAPER = text("step.from_paper")


def like(
    session: Session,
    kind: str,
    within: tuple[dt.datetime, dt.datetime],
    *,
    referral_id: int | None,
    practitioner_id: int | None,
) -> tuple[str, dt.datetime, dt.datetime, str] | None:
    """Give a step of this kind that happened about then to the same patient, else practitioner.

    What it says, when it happened and was entered, and by whom; one that was undone does not count.
    """
    whose = (
        Step.referral_id == referral_id
        if referral_id is not None
        else Step.practitioner_id == practitioner_id
    )
    row = session.execute(
        select(Step.words, Step.happened_at, Step.entered_at, Staff.name)
        .join(Staff, Staff.id == Step.by_id)
        .where(whose, Step.kind == kind, Step.happened_at.between(*within))
        .where(~exists().where(_Undoing.undoes_id == Step.id))
        .order_by(Step.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2], row[3])


def has_had_a_visit(session: Session, referral_id: int) -> bool:
    """Tell whether anybody was ever sent."""
    return session.execute(select(exists().where(Visit.referral_id == referral_id))).scalar_one()


def newest(
    session: Session, kind: Subject, rows: Mapping[int, Numbered], since: dt.datetime
) -> dict[int, dt.datetime]:
    """Give those of the subjects about which something was entered from paper since then, and when last."""
    referrals, people = _newest_by(session, since)
    if not referrals and not people:
        return {}
    found = {}
    for key, row in rows.items():
        at = people.get(row.practitioner_id) if isinstance(row, Shift) else None
        if kind is Subject.REFERRAL:
            at = referrals.get(key)
        elif isinstance(row, Visit | Report | QueueEntry):
            at = referrals.get(row.referral_id)
        if at is not None:
            found[key] = at
    return found


def _newest_by(session: Session, since: dt.datetime) -> tuple[dict[int, dt.datetime], dict[int, dt.datetime]]:
    steps = (
        select(Step.referral_id, Step.practitioner_id, func.max(Step.entered_at))
        .where(_FROM_PAPER, Step.entered_at >= since)
        .where(or_(Step.referral_id.is_not(None), Step.practitioner_id.is_not(None)))
        .group_by(Step.referral_id, Step.practitioner_id)
    )
    referrals: dict[int, dt.datetime] = {}
    people: dict[int, dt.datetime] = {}
    for referral_id, practitioner_id, at in session.execute(steps):
        for key, newest_of in ((referral_id, referrals), (practitioner_id, people)):
            if key is not None:
                newest_of[key] = max(at, newest_of.get(key, at))
    return referrals, people
