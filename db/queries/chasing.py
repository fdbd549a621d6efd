"""The selects that the services around chasing need; rows stay in their transaction."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.domain.chase_words import Subject
from db.models import Report, Snooze
from db.models.care import NOT_ACCEPTED
from db.queries.reading import literally


def snooze_in_force(session: Session, subject: Subject, subject_id: int, now: dt.datetime) -> Snooze | None:
    """Give the snooze under which a subject rests now."""
    return session.scalar(
        select(Snooze)
        .where(
            Snooze.subject_kind == subject,
            Snooze.subject_id == subject_id,
            Snooze.ended_at.is_(None),
            Snooze.until_at > now,
        )
        .order_by(Snooze.until_at.desc())
        .limit(1)
    )


def unanswered_reports(session: Session, practice_id: int) -> Sequence[Report]:
    """Give the reports that a practice has not accepted, in the order in which referrals are locked."""
    return session.scalars(
        select(Report)
        .where(Report.practice_id == practice_id, literally("report", NOT_ACCEPTED))
        .order_by(Report.referral_id, Report.id)
    ).all()
