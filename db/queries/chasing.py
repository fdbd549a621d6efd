"""The selects that the services around chasing need; rows stay in their transaction."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from console.domain.chase_words import Subject
from console.domain.words import ACTIVE_VISIT, TaskKind, VisitStatus
from db.models import Report, Snooze, Task, Visit
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


def open_tasks_about(session: Session, subject: Subject, subject_id: int, *kinds: TaskKind) -> Sequence[Task]:
    """Give the open tasks of these kinds about one subject, of every role."""
    return session.scalars(
        select(Task)
        .where(Task.subject == f"{subject.value}:{subject_id}", Task.kind.in_(kinds), Task.done_at.is_(None))
        .order_by(Task.id)
    ).all()


def open_tasks_like(session: Session, task: Task) -> Sequence[Task]:
    """Give the open tasks that ask the same about the same subject, of every role; the task itself too."""
    return session.scalars(
        select(Task)
        .where(Task.subject == task.subject, Task.kind == task.kind, Task.done_at.is_(None))
        .order_by(Task.id)
    ).all()


def engaged_visit(session: Session, practitioner_id: int) -> Visit | None:
    """Give the visit that a practitioner is on, else the one that they are to go to next."""
    return session.scalar(
        select(Visit)
        .where(Visit.practitioner_id == practitioner_id, Visit.status.in_(tuple(ACTIVE_VISIT)))
        .order_by(case((Visit.status == VisitStatus.ALLOCATED, 1), else_=0), Visit.id)
        .limit(1)
    )
