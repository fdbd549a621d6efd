"""Whom one may have to ring: everybody who may be sent, and the practices that referrals name."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.domain.phone_list import PhoneLine, PhoneList
from db.models import Practice, Practitioner, Referral

LOOKED_AT = 2_000
"""Of the newest referrals."""
MOST = 300
"""Practices at most: a list on paper that nobody can look through helps nobody."""


def phone_list(session: Session, since: dt.datetime) -> PhoneList:
    """Give the numbers of practitioners, and of practices whose patients were referred since then."""
    people = session.execute(
        select(Practitioner.name, Practitioner.profession, Practitioner.phone)
        .where(Practitioner.is_active)
        .order_by(Practitioner.name)
    )
    # By the key, backwards: every console asks every quarter of an hour, and history is long.
    newest = (
        select(Referral.practice_id, Referral.received_at)
        .order_by(Referral.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    named = (
        select(newest.c.practice_id)
        .where(newest.c.received_at >= since, newest.c.practice_id.is_not(None))
        .distinct()
    )
    practices = session.execute(
        select(Practice.name, Practice.ods_code, Practice.phone)
        .where(Practice.id.in_(named))
        .order_by(Practice.name)
        .limit(MOST)
    )
    return PhoneList(
        tuple(PhoneLine(name, profession.label, phone) for name, profession, phone in people),
        tuple(PhoneLine(name, code, phone) for name, code, phone in practices),
    )
