"""The selects of set-up and imports: who and what is there already, by the codes that people know them by."""

from collections.abc import Sequence
from typing import TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from console.domain.words import MessageState, Role
from db.models import (
    Competence,
    Hub,
    HubHours,
    Practice,
    Practitioner,
    ReceivedMessage,
    Referral,
    Staff,
    StaffHub,
    StaffRole,
)

# For the signatures of services, which know the database only through this package.
Open: TypeAlias = Session
SYSTEM_LOGIN = "doorstep"


def hubs(session: Session) -> Sequence[Hub]:
    """Give every hub, by name."""
    return session.scalars(select(Hub).order_by(Hub.name)).all()


def hub_by_code(session: Session, code: str) -> Hub | None:
    """Give the hub with this code."""
    return session.scalar(select(Hub).where(Hub.code == code))


def hours_of_hub(session: Session, hub_id: int) -> dict[int, HubHours]:
    """Give a hub's opening hours by weekday."""
    rows = session.scalars(select(HubHours).where(HubHours.hub_id == hub_id))
    return {row.weekday: row for row in rows}


def practices(session: Session) -> dict[str, Practice]:
    """Give every practice by its ODS code."""
    return {row.ods_code: row for row in session.scalars(select(Practice))}


def practice_by_code(session: Session, ods_code: str) -> Practice | None:
    """Give the practice with this ODS code."""
    return session.scalar(select(Practice).where(Practice.ods_code == ods_code))


def staff_by_login(session: Session, login: str) -> Staff | None:
    """Give the person with this login."""
    return session.scalar(select(Staff).where(Staff.login == login))


def system_staff_id(session: Session) -> int | None:
    """Give the id of Doorstep itself, which acts where no person does; None before the set-up."""
    return session.scalar(select(Staff.id).where(Staff.login == SYSTEM_LOGIN))


def roles_of(session: Session, staff_id: int) -> set[Role]:
    """Give the roles of one person."""
    return set(session.scalars(select(StaffRole.role).where(StaffRole.staff_id == staff_id)))


def hub_ids_of(session: Session, staff_id: int) -> set[int]:
    """Give the hubs of one person."""
    return set(session.scalars(select(StaffHub.hub_id).where(StaffHub.staff_id == staff_id)))


def role_rows(session: Session, staff_id: int) -> Sequence[StaffRole]:
    """Give what says a person's roles."""
    return session.scalars(select(StaffRole).where(StaffRole.staff_id == staff_id)).all()


def hub_rows(session: Session, staff_id: int) -> Sequence[StaffHub]:
    """Give what says a person's hubs."""
    return session.scalars(select(StaffHub).where(StaffHub.staff_id == staff_id)).all()


def practitioner_of(session: Session, staff_id: int) -> Practitioner | None:
    """Give the practitioner that a person is."""
    return session.scalar(select(Practitioner).where(Practitioner.staff_id == staff_id))


def practitioners(session: Session) -> Sequence[Practitioner]:
    """Give every practitioner who still works here, by name."""
    active = select(Practitioner).where(Practitioner.is_active)
    return session.scalars(active.order_by(func.lower(Practitioner.name), Practitioner.id)).all()


def competences_of(session: Session, practitioner_id: int) -> Sequence[Competence]:
    """Give what a practitioner is signed off for, run out or not."""
    own = select(Competence).where(Competence.practitioner_id == practitioner_id)
    return session.scalars(own.order_by(Competence.name)).all()


def message_key(sha256: str, part: int = 1) -> str:
    """Name one report of a message; the first stands for the whole of it."""
    return f"{sha256}/{part}"


def same_message(session: Session, sha256: str, before_id: int) -> ReceivedMessage | None:
    """Give the earlier message with the same bytes, of which every report became a referral."""
    return session.scalar(
        select(ReceivedMessage)
        .where(
            ReceivedMessage.sha256 == sha256,
            ReceivedMessage.message_key == message_key(sha256),
            ReceivedMessage.id < before_id,
            ReceivedMessage.state == MessageState.READ,
        )
        .order_by(ReceivedMessage.id)
        .limit(1)
    )


def unjudged(session: Session, sha256: str) -> Sequence[ReceivedMessage]:
    """Give the messages with these bytes that were kept and not judged yet; every copy of them is locked."""
    # In the order of `lock_messages_like`: whoever locked a part of them first would wait for the other.
    copies = select(ReceivedMessage.id).where(ReceivedMessage.sha256 == sha256)
    session.execute(copies.order_by(ReceivedMessage.id).with_for_update())
    return session.scalars(
        select(ReceivedMessage)
        .where(ReceivedMessage.sha256 == sha256, ReceivedMessage.state == MessageState.RECEIVED)
        .order_by(ReceivedMessage.id)
    ).all()


def numbers_from_messages(session: Session, sha256: str) -> Sequence[str]:
    """Give the numbers of the referrals that were made out of these bytes."""
    return session.scalars(
        select(Referral.number)
        .join(ReceivedMessage, ReceivedMessage.id == Referral.received_message_id)
        .where(ReceivedMessage.sha256 == sha256)
        .order_by(Referral.id)
    ).all()


def counts(session: Session) -> dict[str, int]:
    """Count what the database holds, for whoever looks after it."""
    models = (Hub, Practice, Staff, Practitioner, Referral, ReceivedMessage)
    return {
        model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0 for model in models
    }
