"""A training database: its mark, its time, how far its day has come, and what its players find."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from console.domain.training_time import Progress, TrainingTime
from console.domain.words import ACTIVE_VISIT, OPEN_QUEUE, OPEN_REFERRAL, ReferralStatus, Role, TaskKind
from db.connect import server_time
from db.models import QueueEntry, Referral, Report, Task, Training, Visit

ONLY = 1
"""The key of the one row."""


def is_training(session: Session) -> bool:
    """Tell whether a database is marked: it holds nobody real, and nothing may leave it."""
    return session.get(Training, ONLY) is not None


def training_time(session: Session) -> TrainingTime | None:
    """Give the time of a training database; None for an ordinary one, which has the server's."""
    row = session.get(Training, ONLY)
    return None if row is None else TrainingTime(row.epoch, row.started_at, row.speed, row.seed)


def mark(
    session: Session,
    epoch: dt.datetime,
    started_at: dt.datetime,
    speed: float,
    seed: int,
    progress: Progress,
) -> None:
    """Mark a database for training, for good."""
    session.add(
        Training(
            id=ONLY,
            epoch=epoch,
            started_at=started_at,
            speed=speed,
            seed=seed,
            day=progress.day,
            played=progress.played,
        )
    )
    session.flush()


def start_now(session: Session) -> None:
    """Let the training's time begin at this moment of the server's."""
    session.get_one(Training, ONLY).started_at = server_time(session.connection())


def progress(session: Session) -> Progress | None:
    """Give how far the day has been played; None when no day has begun."""
    row = session.execute(select(Training.day, Training.played)).one_or_none()
    return None if row is None or row.day is None else Progress(row.day, row.played)


def move_on(session: Session, seen: Progress, to: Progress) -> bool:
    """Move the day on, unless somebody else has since it was seen; whoever comes second waits here."""
    moved = session.connection().execute(
        update(Training)
        .where(Training.id == ONLY, Training.day == seen.day, Training.played == seen.played)
        .values(day=to.day, played=to.played)
    )
    return moved.rowcount == 1


def referral_of(session: Session, reference: str) -> Referral | None:
    """Give the referral that a plan means."""
    same = select(Referral).where(Referral.sender_reference == reference)
    return session.scalar(same.order_by(Referral.id.desc()).limit(1))


def newest_report(session: Session, referral_id: int) -> Report | None:
    """Give the newest report of a referral."""
    own = select(Report).where(Report.referral_id == referral_id)
    return session.scalar(own.order_by(Report.id.desc()).limit(1))


def task_to_accept(
    session: Session, role: Role, before: dt.datetime, kinds: Collection[TaskKind]
) -> Task | None:
    """Give the task of a role that has waited longest for somebody to accept it."""
    return session.scalar(
        select(Task)
        .where(
            Task.role == role,
            Task.accepted_by_id.is_(None),
            Task.created_at < before,
            Task.kind.in_(tuple(kinds)),
            text("task.done_at IS NULL"),
        )
        .order_by(Task.due_at, Task.id)
        .limit(1)
    )


def task_to_finish(session: Session, staff_id: int, role: Role, kinds: Collection[TaskKind]) -> Task | None:
    """Give the task that a person accepted in a role and has not finished."""
    return session.scalar(
        select(Task)
        .where(
            Task.role == role,
            Task.accepted_by_id == staff_id,
            Task.kind.in_(tuple(kinds)),
            text("task.done_at IS NULL"),
        )
        .order_by(Task.accepted_at, Task.id)
        .limit(1)
    )


def untriaged_by_hand(session: Session, before: dt.datetime, reference: str) -> Referral | None:
    """Give the longest untriaged referral that no plan brought; `reference` is how those of plans begin."""
    is_planned = Referral.sender_reference.startswith(reference)
    return session.scalar(
        select(Referral)
        .where(
            Referral.status == ReferralStatus.RECEIVED,
            Referral.received_at < before,
            Referral.asks_ambulance.is_(False),
            Referral.sender_reference.is_(None) | ~is_planned,
        )
        .order_by(Referral.received_at, Referral.id)
        .limit(1)
    )


def left_visit(session: Session, before: dt.datetime) -> Visit | None:
    """Give a visit that was begun before and is not over."""
    left = select(Visit).where(Visit.status.in_(tuple(ACTIVE_VISIT)), Visit.allocated_at < before)
    return session.scalar(left.order_by(Visit.id).limit(1))


def left_entry(session: Session, before: dt.datetime) -> QueueEntry | None:
    """Give a queue entry of somebody who arrived before and was not seen."""
    left = select(QueueEntry).where(QueueEntry.status.in_(tuple(OPEN_QUEUE)), QueueEntry.arrived_at < before)
    return session.scalar(left.order_by(QueueEntry.id).limit(1))


def left_referral(session: Session, before: dt.datetime) -> Referral | None:
    """Give a referral that came before, that nobody has in hand, and that asks for no ambulance."""
    in_hand = (
        select(Visit.referral_id).where(Visit.status.in_(tuple(ACTIVE_VISIT))),
        select(QueueEntry.referral_id).where(QueueEntry.status.in_(tuple(OPEN_QUEUE))),
    )
    return session.scalar(
        select(Referral)
        .where(
            Referral.status.in_(tuple(OPEN_REFERRAL)),
            Referral.received_at < before,
            Referral.asks_ambulance.is_(False),
            *(Referral.id.not_in(ids) for ids in in_hand),
        )
        .order_by(Referral.id)
        .limit(1)
    )
