"""Reads what the ladders need to know of their subjects, in bulk; rows stay in their transaction."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from console.domain.hub_closing import Seat
from console.domain.waiting import REACHED
from console.domain.welfare import subject_of
from console.domain.words import (
    ACTIVE_VISIT,
    ENGAGED_VISIT,
    ContactWith,
    Placement,
    Profession,
    QueueStatus,
    ReportStatus,
    Role,
    TaskKind,
    VisitStatus,
)
from db.models import (
    Contact,
    Device,
    Outcome,
    Position,
    Practitioner,
    QueueEntry,
    Referral,
    Report,
    Shift,
    Staff,
    Task,
    Visit,
)

NOT_SIGNED = (ReportStatus.OWED, ReportStatus.DRAFTED)
WITH_PRACTICE = (ReportStatus.SENT, ReportStatus.DELIVERED, ReportStatus.REJECTED)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: the account, its mail, and the practitioner that it is."""

    staff_id: int | None
    mail: str | None
    practitioner_id: int | None


def numbers_of(session: Session, referral_ids: Collection[int]) -> dict[int, str]:
    """Give the numbers of referrals."""
    rows = session.execute(select(Referral.id, Referral.number).where(Referral.id.in_(referral_ids)))
    return {row.id: row.number for row in rows}


def authors(session: Session, staff_ids: Collection[int]) -> dict[int, Author]:
    """Give the mail and the practitioner of these accounts."""
    rows = session.execute(
        select(Staff.id, Staff.mail, Practitioner.id)
        .outerjoin(Practitioner, Practitioner.staff_id == Staff.id)
        .where(Staff.id.in_(staff_ids))
    )
    return {key: Author(key, mail, practitioner) for key, mail, practitioner in rows}


def practitioners_by_id(session: Session, ids: Collection[int]) -> dict[int, Practitioner]:
    """Give practitioners."""
    return {row.id: row for row in session.scalars(select(Practitioner).where(Practitioner.id.in_(ids)))}


def engaged_visits(session: Session, practitioner_ids: Collection[int]) -> dict[int, Visit]:
    """Give the visit that each practitioner has acknowledged and is not clear of."""
    rows = session.scalars(
        select(Visit).where(
            Visit.practitioner_id.in_(practitioner_ids), Visit.status.in_(tuple(ENGAGED_VISIT))
        )
    )
    return {row.practitioner_id: row for row in rows}


def seeing_somebody(session: Session, practitioner_ids: Collection[int]) -> set[int]:
    """Give which practitioners see a patient at a hub now."""
    found = select(QueueEntry.practitioner_id).where(
        QueueEntry.practitioner_id.in_(practitioner_ids), QueueEntry.status == QueueStatus.BEING_SEEN
    )
    return {key for key in session.scalars(found) if key is not None}


def free_since(session: Session, visits: Sequence[Visit]) -> dict[int, dt.datetime]:
    """Give when the practitioner of each visit was last clear of another one, after it was allocated.

    One that was taken from them before they took it on kept them from nothing.
    """
    other = aliased(Visit)
    was_on_it = or_(other.acknowledged_at.is_not(None), other.on_scene_at.is_not(None))  # from paper, whole
    rows = session.execute(
        select(Visit.id, func.max(other.ended_at))
        .join(other, (other.practitioner_id == Visit.practitioner_id) & (other.id != Visit.id))
        .where(Visit.id.in_([one.id for one in visits]), other.ended_at > Visit.allocated_at)
        .where(was_on_it)
        .group_by(Visit.id)
    )
    return {key: at for key, at in rows if at is not None}


def behind(session: Session, practitioner_ids: Collection[int]) -> list[int]:
    """Give the visits that wait for these practitioners to be clear."""
    found = select(Visit.id).where(
        Visit.practitioner_id.in_(practitioner_ids), Visit.status == VisitStatus.ALLOCATED
    )
    return list(session.scalars(found))


def searches(session: Session, practitioner_ids: Collection[int]) -> dict[int, list[dt.datetime | None]]:
    """Give when each search for a practitioner who did not answer was over; None for one that goes on."""
    subjects = {subject_of(key): key for key in practitioner_ids}
    found: dict[int, list[dt.datetime | None]] = defaultdict(list)
    asked = select(Task.subject, Task.done_at).where(
        Task.kind == TaskKind.WELFARE, Task.subject.in_(subjects), Task.role == Role.SUPERVISOR
    )
    for subject, done_at in session.execute(asked):
        found[subjects[subject]].append(done_at)
    return found


def on_the_road(session: Session, practitioner_ids: Collection[int]) -> list[int]:
    """Give the visits that these practitioners have in hand."""
    found = select(Visit.id).where(
        Visit.practitioner_id.in_(practitioner_ids), Visit.status.in_(tuple(ACTIVE_VISIT))
    )
    return list(session.scalars(found))


def shifts_at_work(session: Session, practitioner_ids: Collection[int]) -> list[int]:
    """Give the shifts that these practitioners have begun and not ended."""
    found = select(Shift.id).where(
        Shift.practitioner_id.in_(practitioner_ids), Shift.on_at.is_not(None), Shift.off_at.is_(None)
    )
    return list(session.scalars(found))


def shifts_of_reports(session: Session, report_ids: Collection[int], since: dt.datetime) -> set[int]:
    """Give the shifts whose end may have asked for the signatures of these reports, or still does."""
    had_contact = (
        select(Outcome.practitioner_id)
        .join(Report, Report.outcome_id == Outcome.id)
        .where(Report.id.in_(report_ids), Outcome.practitioner_id.is_not(None))
    )
    people = set(session.scalars(had_contact))
    recent = select(Shift.id).where(Shift.practitioner_id.in_(people), Shift.ends_at >= since)
    asking = select(Task.subject).where(
        Task.kind == TaskKind.REPORTS_UNSIGNED, Task.done_at.is_(None), Task.practitioner_id.in_(people)
    )
    return {*session.scalars(recent), *(int(one.partition(":")[2]) for one in session.scalars(asking))}


AFTER_SHIFT = dt.timedelta(hours=4)


def unsigned_of(session: Session, shift: Shift) -> int:
    """Count what of a shift waits to be signed; who has not gone off duty may have stayed for some hours."""
    ended = shift.off_at or shift.ends_at + AFTER_SHIFT
    found = (
        select(func.count())
        .select_from(Outcome)
        .join(Report, Report.outcome_id == Outcome.id)
        .where(
            Outcome.practitioner_id == shift.practitioner_id,
            Outcome.ended_at >= (shift.on_at or shift.starts_at),
            Outcome.ended_at <= ended,
            Report.status.in_(NOT_SIGNED),
            Report.released_version.is_distinct_from(Report.content_version),
        )
    )
    return session.scalar(found) or 0


def with_device(session: Session, practitioner_ids: Collection[int]) -> set[int]:
    """Give which practitioners carry a device that reports where they are."""
    found = select(Device.practitioner_id).where(
        Device.practitioner_id.in_(practitioner_ids), Device.is_active
    )
    return set(session.scalars(found))


def newest_positions(session: Session, practitioner_ids: Collection[int]) -> dict[int, dt.datetime]:
    """Give when each practitioner was last seen anywhere."""
    rows = session.execute(
        select(Position.practitioner_id, func.max(Position.at))
        .where(Position.practitioner_id.in_(practitioner_ids))
        .group_by(Position.practitioner_id)
    )
    return {row[0]: row[1] for row in rows}


def reports_with_practices(session: Session, practice_ids: Collection[int]) -> dict[int, list[Report]]:
    """Give the sent reports that these practices have not accepted, the first sent first."""
    found: dict[int, list[Report]] = defaultdict(list)
    rows = session.scalars(
        select(Report)
        .where(Report.practice_id.in_(practice_ids), Report.status.in_(WITH_PRACTICE))
        .order_by(Report.sent_at, Report.id)
    )
    for row in rows:
        found[row.practice_id or 0].append(row)
    return found


def failed_calls(session: Session, practice_id: int, since: dt.datetime) -> list[dt.datetime]:
    """Give a practice's calls in vain since then and since anybody was reached there."""
    rows = session.execute(
        select(Contact.happened_at, Contact.result)
        .where(Contact.practice_id == practice_id, Contact.contact_with == ContactWith.PRACTICE)
        .where(Contact.happened_at >= since)
        .order_by(Contact.happened_at, Contact.id)
    )
    failed: list[dt.datetime] = []
    for at, result in rows:
        # One call may be about many reports: it stands as one contact on each.
        failed = [] if result in REACHED else [*failed, at] if at not in failed else failed
    return failed


def seats(session: Session, hub_id: int) -> Sequence[Seat]:
    """Give each who sees patients at a hub now, until when; who works remotely sees nobody there."""
    found = (
        select(Practitioner.id, Practitioner.profession, Shift.ends_at)
        .join(Shift, Shift.practitioner_id == Practitioner.id)
        .where(
            Shift.hub_id == hub_id,
            Shift.placement == Placement.HUB,
            Shift.is_remote.is_(False),
            Shift.on_at.is_not(None),
            Shift.off_at.is_(None),
        )
    )
    rows = session.execute(found)
    return [Seat(ends_at, profession is Profession.GP, key) for key, profession, ends_at in rows]
