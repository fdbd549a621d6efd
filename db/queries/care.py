"""The selects for the services of queue, report, task, shift and hub; rows stay in their transaction."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from console.domain.words import (
    ACTIVE_VISIT,
    ENGAGED_VISIT,
    OPEN_QUEUE,
    QueueStatus,
    ReferralStatus,
    Role,
    TaskKind,
)
from db.models import (
    Practitioner,
    QueueEntry,
    Referral,
    ReportVersion,
    Setting,
    Shift,
    Staff,
    StaffHub,
    StaffRole,
    Task,
    Visit,
)

# For the signatures of services, which know the database only through this package.
Open: TypeAlias = Session


def settings_in_force(session: Session, now: dt.datetime, staff_id: int | None = None) -> dict[str, Any]:
    """Give what is stored for each setting of the service, or of a person, as it holds now."""
    whose = Setting.staff_id.is_(None) if staff_id is None else Setting.staff_id == staff_id
    rows = session.execute(
        select(Setting.name, Setting.value)
        .where(whose, Setting.effective_from <= now)
        .order_by(Setting.effective_from, Setting.id)
    )
    return {row.name: row.value for row in rows}


def setting_versions(session: Session) -> Sequence[Setting]:
    """Give every version of the service's settings, the one that holds longest first."""
    whose = Setting.staff_id.is_(None)
    return session.scalars(select(Setting).where(whose).order_by(Setting.effective_from, Setting.id)).all()


def open_task(session: Session, kind: TaskKind, subject: str, role: Role) -> Task | None:
    """Give the open task that asks this of this role about this subject; there is at most one."""
    return session.scalar(
        select(Task).where(
            Task.kind == kind, Task.subject == subject, Task.role == role, Task.done_at.is_(None)
        )
    )


def tasks_of_report(session: Session, report_id: int, *kinds: TaskKind) -> Sequence[Task]:
    """Give the open tasks of these kinds about a report."""
    return session.scalars(
        select(Task).where(Task.report_id == report_id, Task.kind.in_(kinds), Task.done_at.is_(None))
    ).all()


def open_entry(session: Session, referral_id: int) -> QueueEntry | None:
    """Give the open queue entry of a referral; there is at most one."""
    return session.scalar(
        select(QueueEntry).where(
            QueueEntry.referral_id == referral_id, QueueEntry.status.in_(tuple(OPEN_QUEUE))
        )
    )


def being_seen_by(session: Session, practitioner_id: int) -> Sequence[QueueEntry]:
    """Give the hub patients whom a practitioner sees now."""
    return session.scalars(
        select(QueueEntry)
        .where(QueueEntry.practitioner_id == practitioner_id, QueueEntry.status == QueueStatus.BEING_SEEN)
        .order_by(QueueEntry.id)
    ).all()


def open_entries(session: Session, hub_id: int) -> Sequence[tuple[QueueEntry, Referral]]:
    """Give every open queue entry of a hub with its referral."""
    rows = session.execute(
        select(QueueEntry, Referral)
        .join(Referral, Referral.id == QueueEntry.referral_id)
        .where(QueueEntry.hub_id == hub_id, QueueEntry.status.in_(tuple(OPEN_QUEUE)))
        .order_by(QueueEntry.id)
    )
    return [(entry, referral) for entry, referral in rows]


def outside_the_queue(session: Session, hub_id: int) -> Sequence[tuple[Referral, Task | None]]:
    """Give a hub's open referrals whose patient is not in its queue, each with its task for the night."""
    queued = select(QueueEntry.id).where(
        QueueEntry.referral_id == Referral.id, QueueEntry.status.in_(tuple(OPEN_QUEUE))
    )
    is_overnight = and_(
        Task.referral_id == Referral.id, Task.kind == TaskKind.OVERNIGHT, Task.done_at.is_(None)
    )
    open_ones = tuple(status for status in ReferralStatus if status.is_open)
    rows = session.execute(
        select(Referral, Task)
        .outerjoin(Task, is_overnight)
        .where(Referral.hub_id == hub_id, Referral.status.in_(open_ones), ~queued.exists())
        .order_by(Referral.id)
    )
    return [(referral, task) for referral, task in rows]


def referrals_in_hand(session: Session, practitioner_id: int) -> Sequence[str]:
    """Give the numbers of the referrals that a practitioner has in hand, visits and hub patients alike."""
    visits = select(Referral.number).join(Visit, Visit.referral_id == Referral.id)
    queue = select(Referral.number).join(QueueEntry, QueueEntry.referral_id == Referral.id)
    return session.scalars(
        visits.where(Visit.practitioner_id == practitioner_id, Visit.status.in_(tuple(ACTIVE_VISIT)))
        .union(
            queue.where(
                QueueEntry.practitioner_id == practitioner_id, QueueEntry.status.in_(tuple(OPEN_QUEUE))
            )
        )
        .order_by("number")
    ).all()


def engaged_now(session: Session, practitioner_id: int) -> str | None:
    """Give the number of the referral that a practitioner is busy with, on the road or at a hub."""
    visits = (
        select(Referral.number)
        .join(Visit, Visit.referral_id == Referral.id)
        .where(Visit.practitioner_id == practitioner_id, Visit.status.in_(tuple(ENGAGED_VISIT)))
    )
    seeing = (
        select(Referral.number)
        .join(QueueEntry, QueueEntry.referral_id == Referral.id)
        .where(QueueEntry.practitioner_id == practitioner_id, QueueEntry.status == QueueStatus.BEING_SEEN)
    )
    return session.scalars(visits.union_all(seeing)).first()


def shift_on_duty(session: Session, practitioner_id: int) -> Shift | None:
    """Give the shift that a practitioner has begun and not ended."""
    return session.scalar(
        select(Shift).where(
            Shift.practitioner_id == practitioner_id, Shift.on_at.is_not(None), Shift.off_at.is_(None)
        )
    )


def was_on_duty(session: Session, practitioner_id: int, at: dt.datetime) -> bool:
    """Tell whether a practitioner was on duty at a moment, on a shift that may have ended since."""
    worked = (
        Shift.practitioner_id == practitioner_id,
        Shift.on_at <= at,
        or_(Shift.off_at.is_(None), Shift.off_at >= at),
    )
    return session.execute(select(exists().where(*worked))).scalar_one()


def planned_shift_at(session: Session, practitioner_id: int, at: dt.datetime) -> Shift | None:
    """Give the planned shift that has not begun and covers this moment, for turning up early or late."""
    return session.scalar(
        select(Shift)
        .where(
            Shift.practitioner_id == practitioner_id,
            Shift.on_at.is_(None),
            Shift.off_at.is_(None),
            Shift.starts_at <= at + dt.timedelta(hours=1),
            Shift.ends_at > at,
        )
        .order_by(Shift.starts_at)
    )


def report_versions(session: Session, report_id: int) -> Sequence[tuple[ReportVersion, str]]:
    """Give every version of a report, oldest first, with who wrote it."""
    rows = session.execute(
        select(ReportVersion, Staff.name)
        .join(Staff, Staff.id == ReportVersion.written_by_id)
        .where(ReportVersion.report_id == report_id)
        .order_by(ReportVersion.number)
    )
    return [(version, name) for version, name in rows]


def report_version(session: Session, report_id: int, number: int) -> ReportVersion | None:
    """Give one version of a report."""
    return session.scalar(
        select(ReportVersion).where(ReportVersion.report_id == report_id, ReportVersion.number == number)
    )


def practitioners(session: Session) -> Sequence[Practitioner]:
    """Give everybody who works for the service, by name."""
    return session.scalars(
        select(Practitioner).where(Practitioner.is_active.is_(True)).order_by(Practitioner.name)
    ).all()


def people(session: Session) -> Sequence[tuple[Staff, int | None]]:
    """Give everybody who may act, with the practitioner that they are, by name."""
    rows = session.execute(
        select(Staff, Practitioner.id)
        .outerjoin(Practitioner, Practitioner.staff_id == Staff.id)
        .where(Staff.is_active)
        .order_by(func.lower(Staff.name))
    )
    return [(staff, practitioner_id) for staff, practitioner_id in rows]


def roles_of_people(session: Session) -> dict[int, list[Role]]:
    """Give the roles of everybody, by the person's id."""
    found: dict[int, list[Role]] = {}
    for row in session.scalars(select(StaffRole).order_by(StaffRole.id)):
        found.setdefault(row.staff_id, []).append(row.role)
    return found


def hubs_of_people(session: Session) -> dict[int, list[int]]:
    """Give the hubs of everybody, by the person's id."""
    found: dict[int, list[int]] = {}
    for row in session.scalars(select(StaffHub).order_by(StaffHub.hub_id)):
        found.setdefault(row.staff_id, []).append(row.hub_id)
    return found
