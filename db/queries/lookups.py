"""The selects that the services of referral, visit and contact need; rows stay in their transaction."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TypeAlias

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, undefer

from console.domain.words import (
    ACTIVE_VISIT,
    ENGAGED_VISIT,
    ContactResult,
    ContactWith,
    OutcomeKind,
    QueueStatus,
    TaskKind,
)
from db.models import (
    Contact,
    Hub,
    Outcome,
    Patient,
    Practitioner,
    QueueEntry,
    ReceivedMessage,
    Referral,
    Report,
    Staff,
    Step,
    Task,
    Visit,
)
from db.models.care import IN_QUEUE, NOT_ACCEPTED

_WITH_PATIENT = (ContactWith.PATIENT, ContactWith.CALLER)
_FAILED = (ContactResult.NO_REPLY, ContactResult.WRONG_NUMBER, ContactResult.LEFT_MESSAGE)

# For the signatures of services, which know the database only through this package.
Open: TypeAlias = Session


def next_referral_id(session: Session) -> int:
    """Take the next referral's id before the row exists, because people see it inside the number."""
    if session.get_bind().dialect.name == "postgresql":
        sequence = "SELECT nextval(pg_get_serial_sequence('referral', 'id'))"
        return int(session.execute(text(sequence)).scalar_one())
    # The writer's lock is held: nobody else can take the same one.
    used = session.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'referral'")).scalar()
    return int(used or 0) + 1


def active_visit(session: Session, referral_id: int) -> tuple[Visit, str] | None:
    """Give the active visit of a referral with its practitioner's name; there is at most one."""
    row = session.execute(
        select(Visit, Practitioner.name)
        .join(Practitioner, Practitioner.id == Visit.practitioner_id)
        .where(Visit.referral_id == referral_id, Visit.status.in_(tuple(ACTIVE_VISIT)))
    ).one_or_none()
    return (row[0], row[1]) if row else None


def visits_of(session: Session, referral_id: int) -> Sequence[Visit]:
    """Give every visit of a referral, also those that have ended."""
    return session.scalars(select(Visit).where(Visit.referral_id == referral_id).order_by(Visit.id)).all()


def visits_in_hand(session: Session, practitioner_id: int) -> Sequence[Visit]:
    """Give the active visits of a practitioner, in the order in which referrals are locked."""
    return session.scalars(
        select(Visit)
        .where(Visit.practitioner_id == practitioner_id, Visit.status.in_(tuple(ACTIVE_VISIT)))
        .order_by(Visit.referral_id)
    ).all()


def engaged_with(session: Session, practitioner_id: int, besides_visit_id: int) -> str | None:
    """Give the number of the other referral that a practitioner has acknowledged and is not clear of."""
    return session.scalar(
        select(Referral.number)
        .join(Visit, Visit.referral_id == Referral.id)
        .where(
            Visit.practitioner_id == practitioner_id,
            Visit.id != besides_visit_id,
            Visit.status.in_(tuple(ENGAGED_VISIT)),
        )
    )


def open_queue_entry(session: Session, referral_id: int) -> tuple[QueueEntry, str] | None:
    """Give the open queue entry of a referral with its hub's name; there is at most one."""
    row = session.execute(
        select(QueueEntry, Hub.name)
        .join(Hub, Hub.id == QueueEntry.hub_id)
        .where(QueueEntry.referral_id == referral_id, text(f"queue_entry.{IN_QUEUE}"))
    ).one_or_none()
    return (row[0], row[1]) if row else None


def is_with_somebody(session: Session, referral_id: int) -> bool:
    """Tell whether somebody has the visit in hand or the patient is in a hub's queue."""
    with_somebody = active_visit(session, referral_id) or open_queue_entry(session, referral_id)
    return with_somebody is not None


def newest_step(session: Session, referral_id: int, kinds: Sequence[str]) -> tuple[Step, str] | None:
    """Give the newest step of these kinds about a referral, with the name of who entered it."""
    row = session.execute(
        select(Step, Staff.name)
        .join(Staff, Staff.id == Step.by_id)
        .where(Step.referral_id == referral_id, Step.kind.in_(tuple(kinds)))
        .order_by(Step.id.desc())
        .limit(1)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def open_tasks(session: Session, referral_id: int, *kinds: TaskKind) -> Sequence[Task]:
    """Give the open tasks about a referral, of these kinds only when any are named."""
    found = select(Task).where(Task.referral_id == referral_id, Task.done_at.is_(None))
    return session.scalars(found.where(Task.kind.in_(kinds)) if kinds else found).all()


def has_outcome(session: Session, referral_id: int) -> bool:
    """Tell whether anything came of a referral yet."""
    found = select(Outcome.id).where(Outcome.referral_id == referral_id).limit(1)
    return session.scalar(found) is not None


def open_reports(session: Session, referral_id: int) -> Sequence[Report]:
    """Give the reports about a referral that the practice has not accepted."""
    return session.scalars(
        select(Report).where(Report.referral_id == referral_id, text(f"report.{NOT_ACCEPTED}"))
    ).all()


def contacts_with_patients(session: Session, referral_ids: Collection[int]) -> dict[int, list[Contact]]:
    """Give every contact with each patient or whoever calls for them, in the order in which it happened."""
    found: dict[int, list[Contact]] = defaultdict(list)
    rows = session.scalars(
        select(Contact)
        .where(
            Contact.referral_id.in_(referral_ids),
            Contact.contact_with.in_(_WITH_PATIENT),
        )
        .order_by(Contact.happened_at, Contact.id)
    )
    for row in rows:
        found[row.referral_id].append(row)
    return found


def patients_with_numbers(session: Session, ids: Collection[int]) -> dict[int, Patient]:
    """Give patients with how they are rung, as a worker may read it of all of them."""
    if not ids:
        return {}
    numbers = (undefer(Patient.phone), undefer(Patient.other_phones))
    found = session.scalars(select(Patient).where(Patient.id.in_(ids)).options(*numbers))
    return {row.id: row for row in found}


def last_missed_at(session: Session, referral_id: int) -> dt.datetime | None:
    """Give when somebody last tried to reach or see the patient and could not."""
    tries = (
        select(func.max(Contact.happened_at)).where(
            Contact.referral_id == referral_id,
            Contact.result.in_(_FAILED),
            Contact.contact_with.in_(_WITH_PATIENT),
        ),
        select(func.max(QueueEntry.ended_at)).where(
            QueueEntry.referral_id == referral_id,
            QueueEntry.status.in_((QueueStatus.LEFT, QueueStatus.DID_NOT_ATTEND)),
        ),
        select(func.max(Outcome.ended_at)).where(
            Outcome.referral_id == referral_id, Outcome.kind == OutcomeKind.NO_ACCESS
        ),
    )
    return max((at for one in tries if (at := session.scalar(one)) is not None), default=None)


def hubs(session: Session) -> Sequence[Hub]:
    """Give every hub, the intake hub first."""
    return session.scalars(select(Hub).order_by(Hub.is_intake.desc(), Hub.id)).all()


def hub_ids(session: Session) -> frozenset[int]:
    """Give the ids of all hubs."""
    return frozenset(session.scalars(select(Hub.id)))


def is_hub_in_sight(session: Session, hub_id: int) -> bool:
    """Tell whether whoever is signed in sees a hub; where everybody connects alike, all of them."""
    if session.get_bind().dialect.name == "sqlite":
        return True
    sees = text("SELECT is_trusted() OR :hub_id = ANY (my_hubs())")
    return bool(session.execute(sees, {"hub_id": hub_id}).scalar_one())


def hold_nhs_number(session: Session, nhs_number: str) -> None:
    """Let two who take in the same new patient at once go one after the other, until their work ends."""
    if session.get_bind().dialect.name == "postgresql":  # on SQLite nobody else writes meanwhile anyway
        session.execute(text("SELECT hold_nhs_number(:number)"), {"number": nhs_number})


def patient_with_verified_number(session: Session, nhs_number: str) -> Patient | None:
    """Give the one patient whose verified NHS number this is."""
    return session.scalar(
        select(Patient).where(Patient.nhs_number == nhs_number, Patient.nhs_number_verified)
    )


def lock_messages_like(session: Session, message_id: int) -> Sequence[int]:
    """Lock every copy of a received message, itself included, and give their ids."""
    keys = select(ReceivedMessage.sha256, ReceivedMessage.message_key).where(ReceivedMessage.id == message_id)
    sha256, key = session.execute(keys).one_or_none() or (None, None)
    # By the bytes first: those have an index, and the bodies need not be passed over.
    like = (ReceivedMessage.sha256 == sha256, ReceivedMessage.message_key == key)
    one = (ReceivedMessage.id == message_id,)
    return session.scalars(
        select(ReceivedMessage.id)
        .where(*(like if key else one))
        .order_by(ReceivedMessage.id)
        .with_for_update()
    ).all()


def referral_of_messages(session: Session, message_ids: Sequence[int]) -> int | None:
    """Give the referral that was made of one of these messages."""
    return session.scalar(
        select(Referral.id).where(Referral.received_message_id.in_(tuple(message_ids))).limit(1)
    )


def newest_steps_by(session: Session, staff_id: int, since: dt.datetime) -> Sequence[Step]:
    """Give the steps that a person entered since a moment, the newest first."""
    return session.scalars(
        select(Step).where(Step.by_id == staff_id, Step.entered_at >= since).order_by(Step.id.desc())
    ).all()


def places_of(session: Session, referral_ids: Collection[int]) -> dict[int, tuple[float, float]]:
    """Give where the patients of these referrals are visited, as far as it is on the map."""
    asked = select(Referral.id, Referral.visit_lat, Referral.visit_lon).where(Referral.id.in_(referral_ids))
    rows = session.execute(asked)
    return {key: (lat, lon) for key, lat, lon in rows if lat is not None and lon is not None}
