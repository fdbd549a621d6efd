"""A small service in the database, for the tests of the database itself."""

import datetime as dt
from dataclasses import dataclass

from console.domain.acting import Actor
from console.domain.words import (
    Employer,
    Placement,
    PracticeLink,
    Profession,
    ReferralStatus,
    Role,
    Source,
    VisitStatus,
)
from db.engine import Database
from db.models import Hub, Patient, Practitioner, Referral, Shift, Staff, Visit
from db.unit_of_work import UnitOfWork

JO = Actor(1, "Jo Bates", Role.COORDINATOR, "Folkestone 1")
MO = Actor(2, "Mo Khan", Role.SUPERVISOR)


@dataclass(frozen=True)
class House:
    """Two hubs, two people at desks, two practitioners and one accepted referral."""

    folkestone: int
    dover: int
    sam: int
    kit: int
    referral: int


def build(database: Database, now: dt.datetime) -> House:
    """Write the small service."""
    with database.work(JO, now) as work:
        work.add(Staff(login="jo", name="Jo Bates"))
        work.add(Staff(login="mo", name="Mo Khan"))
        folkestone = work.add(Hub(code="FOL", name="Folkestone", is_intake=True)).id
        dover = work.add(Hub(code="DOV", name="Dover")).id
        sam, kit = (add_practitioner(work, name) for name in ("Sam Hill", "Kit Wood"))
        referral = add_referral(work, folkestone, "R-2026-000001")
    return House(folkestone, dover, sam, kit, referral)


def add_practitioner(work: UnitOfWork, name: str) -> int:
    """Write one practitioner who may be sent."""
    profession = Profession.PARAMEDIC_PRACTITIONER
    return work.add(Practitioner(name=name, profession=profession, employer=Employer.AMBULANCE_TRUST)).id


def add_referral(work: UnitOfWork, hub_id: int, number: str) -> int:
    """Write a patient with an accepted referral."""
    patient = work.add(Patient(family_name="Marsh", given_name="Ivy"))
    referral = Referral(
        number=number,
        hub_id=hub_id,
        patient_id=patient.id,
        source=Source.GP_PRACTICE,
        status=ReferralStatus.ACCEPTED,
        problem="Fall",
        priority=2,
        received_at=work.now,
        entered_at=work.now,
        entered_by_id=JO.staff_id,
        triage_due_at=work.now,
        practice_link=PracticeLink.UNKNOWN,
    )
    return work.add(referral).id


def allocate(work: UnitOfWork, referral_id: int, practitioner_id: int) -> Visit:
    """Send a practitioner, as the service does: lock them, then write the visit."""
    practitioner = work.lock(Practitioner, practitioner_id)
    referral = work.get(Referral, referral_id)
    visit = work.add(
        Visit(
            hub_id=referral.hub_id,
            referral_id=referral.id,
            practitioner_id=practitioner.id,
            status=VisitStatus.ALLOCATED,
            allocated_at=work.now,
        )
    )
    words = f"Allocated to {practitioner.name}"
    work.step(
        "visit.allocated",
        words,
        hub_id=referral.hub_id,
        referral_id=referral.id,
        practitioner_id=practitioner.id,
    )
    return visit


def shift(house: House, starts_at: dt.datetime, hours: int, practitioner_id: int | None = None) -> Shift:
    """Plan a shift of home visits from Folkestone, Sam's when nobody else is named."""
    return Shift(
        practitioner_id=practitioner_id or house.sam,
        hub_id=house.folkestone,
        placement=Placement.HOME_VISITING,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=hours),
    )
