"""A made-up service for tests and measurements: two hubs, their people, as many referrals as asked for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert, select

from console.domain.words import (
    Employer,
    Gender,
    MarkerKind,
    OutcomeKind,
    Placement,
    PracticeLink,
    Profession,
    QueueStatus,
    ReferralStatus,
    ReportStatus,
    Role,
    Source,
    TaskKind,
    VisitStatus,
)
from db.base import Base
from db.models import (
    Hub,
    HubHours,
    Marker,
    Outcome,
    Patient,
    PatientHub,
    Position,
    Practice,
    Practitioner,
    QueueEntry,
    Referral,
    Report,
    Shift,
    Staff,
    Task,
    Visit,
)

_numbers = count(1)
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Service:
    """The ids of what `found_service` made."""

    hubs: tuple[int, ...]
    staff: int
    practice: int
    practitioners: tuple[int, ...]


def add(connection: Connection, model: type[Base], **values: Any) -> int:
    """Insert one row and return its id."""
    key: int = connection.execute(
        insert(model).values(**values).returning(model.__table__.c["id"])
    ).scalar_one()
    return key


def found_service(connection: Connection, now: dt.datetime, practitioners: int = 4) -> Service:
    """Make two hubs open from eight to eight, a practice, a coordinator and practitioners on shift."""
    staff = add(connection, Staff, login="jo", name="Jo Bates", version=1)
    hubs = tuple(
        add(connection, Hub, code=name[:3].upper(), name=name, is_intake=name == "Folkestone")
        for name in ("Folkestone", "Dover")
    )
    for hub in hubs:
        for day in range(7):
            add(connection, HubHours, hub_id=hub, weekday=day, opens=dt.time(8), closes=dt.time(20))
    practice = add(connection, Practice, ods_code="G82001", name="The Surgery", phone="01303000000")
    people = tuple(add_practitioner(connection, hubs[n % 2], now) for n in range(practitioners))
    return Service(hubs, staff, practice, people)


def add_practitioner(connection: Connection, hub: int, now: dt.datetime) -> int:
    """Add somebody who has been on shift for an hour, with a position."""
    person = add(
        connection,
        Practitioner,
        name=f"Practitioner {next(_numbers)}",
        profession=Profession.PARAMEDIC_PRACTITIONER,
        employer=Employer.AMBULANCE_TRUST,
    )
    add(
        connection,
        Shift,
        practitioner_id=person,
        hub_id=hub,
        placement=Placement.HOME_VISITING,
        starts_at=now - 60 * MINUTE,
        ends_at=now + 420 * MINUTE,
        on_at=now - 60 * MINUTE,
    )
    add(
        connection,
        Position,
        practitioner_id=person,
        lat=51.1,
        lon=1.2,
        source="phone",
        at=now,
        entered_at=now,
    )
    return person


def add_patients(connection: Connection, hub: int, how_many: int) -> Sequence[int]:
    """Add patients that one hub may see."""
    made = [
        {
            "family_name": f"Family{n}",
            "given_name": f"Given{n}",
            "birth_date": dt.date(1930 + n % 80, 1 + n % 12, 1 + n % 28),
            "gender": Gender.FEMALE,
            "home_address": f"{n} High Street",
            "home_postcode": "CT20 1AA",
            "phone": "01303123456",
        }
        for n in (next(_numbers) for _ in range(how_many))
    ]
    statement = insert(Patient).returning(Patient.id, sort_by_parameter_order=True)
    ids = connection.execute(statement, made).scalars().all()
    connection.execute(insert(PatientHub), [{"patient_id": key, "hub_id": hub} for key in ids])
    return ids


def add_referrals(
    connection: Connection,
    service: Service,
    now: dt.datetime,
    how_many: int = 1,
    *,
    hub: int | None = None,
    status: ReferralStatus = ReferralStatus.ACCEPTED,
    **values: Any,
) -> Sequence[int]:
    """Add referrals of new patients to one hub."""
    hub = hub or service.hubs[0]
    patients = add_patients(connection, hub, how_many)
    made = [
        {
            "number": f"R-2026-{next(_numbers):06}",
            "hub_id": hub,
            "patient_id": patient,
            "source": Source.GP_PRACTICE,
            "status": status,
            "problem": "Chest infection, not improving",
            "priority": 1 + patient % 4,
            "received_at": now - 30 * MINUTE,
            "entered_at": now - 30 * MINUTE,
            "entered_by_id": service.staff,
            "triage_due_at": now - 10 * MINUTE,
            "first_triaged_at": now - 20 * MINUTE,
            "due_at": now + patient % 300 * MINUTE,
            "due_clock": "response",
            "visit_address": f"{patient} High Street",
            "visit_postcode": "CT20 1AA",
            "area": "Folkestone",
            "visit_lat": 51.08,
            "visit_lon": 1.17,
            "practice_id": service.practice,
            "practice_link": PracticeLink.KNOWN,
            "flags": ["diabetes"],
            **values,
        }
        for patient in patients
    ]
    statement = insert(Referral).returning(Referral.id, sort_by_parameter_order=True)
    return connection.execute(statement, made).scalars().all()


def add_referral(connection: Connection, service: Service, now: dt.datetime, **values: Any) -> int:
    """Add one referral."""
    return add_referrals(connection, service, now, **values)[0]


def _hub_of(connection: Connection, referral: int) -> int:
    return connection.execute(select(Referral.hub_id).where(Referral.id == referral)).scalar_one()


def add_visit(
    connection: Connection,
    referral: int,
    practitioner: int,
    now: dt.datetime,
    status: VisitStatus = VisitStatus.ALLOCATED,
) -> int:
    """Send somebody to a referral."""
    return add(
        connection,
        Visit,
        hub_id=_hub_of(connection, referral),
        referral_id=referral,
        practitioner_id=practitioner,
        status=status,
        allocated_at=now - 5 * MINUTE,
        acknowledged_at=None if status is VisitStatus.ALLOCATED else now,
        en_route_at=now if status is VisitStatus.EN_ROUTE else None,
    )


def add_queue_entry(
    connection: Connection,
    referral: int,
    now: dt.datetime,
    status: QueueStatus = QueueStatus.ARRIVED,
    **values: Any,
) -> int:
    """Put a referral into its hub's queue."""
    hub = _hub_of(connection, referral)
    return add(
        connection, QueueEntry, hub_id=hub, referral_id=referral, status=status, arrived_at=now, **values
    )


def add_report(connection: Connection, service: Service, referral: int, now: dt.datetime) -> int:
    """Let a referral owe its practice a report."""
    hub = _hub_of(connection, referral)
    outcome = add(connection, Outcome, hub_id=hub, referral_id=referral, kind=OutcomeKind.VISIT, ended_at=now)
    return add(
        connection,
        Report,
        hub_id=hub,
        referral_id=referral,
        outcome_id=outcome,
        practice_id=service.practice,
        status=ReportStatus.OWED,
        owed_at=now,
        due_at=now + 180 * MINUTE,
        latest_at=now + 1000 * MINUTE,
    )


def add_task(connection: Connection, referral: int, now: dt.datetime) -> int:
    """Ask for a waiting call."""
    return add(
        connection,
        Task,
        hub_id=_hub_of(connection, referral),
        role=Role.CLINICIAN,
        kind=TaskKind.WAITING_CALL,
        subject=f"referral {referral} {next(_numbers)}",
        referral_id=referral,
        created_at=now,
        due_at=now + 60 * MINUTE,
    )


def add_marker(connection: Connection, service: Service, now: dt.datetime, **about: Any) -> int:
    """Warn about a patient (`patient_id`) or a place (`place_postcode`, `place_address`)."""
    return add(
        connection,
        Marker,
        kind=MarkerKind.ANIMAL,
        words="Large dog in the yard",
        owner_id=service.staff,
        review_on=(now + dt.timedelta(days=90)).date(),
        created_at=now,
        **about,
    )
