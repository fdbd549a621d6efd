"""A small service with people at their desks, for the tests of what they can do."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import undefer

from console.domain.acting import Actor
from console.domain.rows import ReferralRow
from console.domain.words import (
    ACTIVE_VISIT,
    Employer,
    Placement,
    Profession,
    Role,
    Source,
)
from console.planning.places import PostcodeTable
from console.services.desk import Desk
from console.services.forms import NewReferral
from db.base import Base
from db.engine import Database
from db.models import Hub, Practice, Practitioner, Referral, Shift, Staff, StaffRole, Visit
from db.queries.record import read_record
from db.unit_of_work import UnitOfWork
from tests.domain.england import ENGLAND

T = TypeVar("T", bound=Base)
FOLKESTONE, DOVER = (51.0790, 1.1650), (51.1290, 1.3090)
PLACES = PostcodeTable()


@dataclass
class Clock:
    """The business time of a test."""

    at: dt.datetime

    def __call__(self) -> dt.datetime:
        """Give the time."""
        return self.at

    def pass_minutes(self, count: float) -> dt.datetime:
        """Let time pass, and give the time."""
        self.at += dt.timedelta(minutes=count)
        return self.at


@dataclass
class Team:
    """Everybody's desk, and the ids of what they work with."""

    database: Database
    clock: Clock
    ids: dict[str, int] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def desk(self, name: str) -> Desk:
        """Give a person's desk."""
        return Desk(self.database, self.actors[name], self.clock, ENGLAND, PLACES)

    @property
    def jo(self) -> Desk:
        """The coordinator's desk."""
        return self.desk("jo")

    @property
    def ann(self) -> Desk:
        """The duty clinician's desk."""
        return self.desk("ann")

    @property
    def mo(self) -> Desk:
        """The supervisor's desk."""
        return self.desk("mo")

    @property
    def doorstep(self) -> Desk:
        """The desk of Doorstep itself, at which the timetable works."""
        actor = Actor(self.actors["jo"].staff_id, "Doorstep", Role.SYSTEM)
        return Desk(self.database, actor, self.clock, ENGLAND, PLACES)

    def look(self) -> None:
        """Let the timetable look at what is due, until nothing is."""
        while self.doorstep.chasing.look():
            pass

    def row(self, referral_id: int) -> ReferralRow:
        """Give a referral as the board shows it now."""
        with self.database.read() as session:
            return read_record(session, referral_id, self.clock(), 0).row

    def version(self, referral_id: int) -> int:
        """Give the version that somebody who looks now has seen."""
        with self.database.read() as session:
            return session.scalars(select(Referral.version).where(Referral.id == referral_id)).one()

    def visit_version(self, referral_id: int) -> int:
        """Give the version of the active visit."""
        active = select(Visit.version).where(Visit.referral_id == referral_id, Visit.status.in_(ACTIVE_VISIT))
        with self.database.read() as session:
            return session.scalars(active).one()

    def tasks(self, referral_id: int) -> list[str]:
        """Give the kinds of the open tasks about a referral."""
        with self.database.read() as session:
            record = read_record(session, referral_id, self.clock(), 0)
        return sorted(task.kind.value for task in record.tasks)

    def stored(self, model: type[T], key: int) -> T:
        """Give a row as it is stored, also what only an opened record shows."""
        with self.database.read() as session:
            return session.get_one(model, key, options=[undefer("*")])

    def received(self, form: NewReferral | None = None) -> int:
        """Let Jo take in a referral."""
        return self.jo.referrals.receive(form or new_referral(practice_id=self.ids["practice"]))

    def triaged(self, priority: int = 2, form: NewReferral | None = None) -> int:
        """Let Jo take in a referral and Ann triage it."""
        key = self.received(form)
        self.ann.triage.triage(key, self.version(key), priority)
        return key

    def allocated(self, practitioner: str = "sam") -> tuple[int, int]:
        """Let Jo send a practitioner to a triaged referral; gives referral and visit."""
        key = self.triaged()
        return key, self.jo.visits.allocate(key, self.ids[practitioner], self.version(key))

    def on_scene(self) -> tuple[int, int]:
        """Let a visit go on until Sam is with the patient; gives referral and visit."""
        key, visit = self.allocated()
        visits = self.jo.visits
        visits.acknowledge(visit, self.visit_version(key))
        visits.en_route(visit, self.visit_version(key))
        visits.on_scene(visit, self.visit_version(key))
        return key, visit


def new_referral(**changes: Any) -> NewReferral:
    """Give a referral by NHS 111 as a coordinator takes it in."""
    form = NewReferral(
        source=Source.NHS_111,
        family_name="Marsh",
        given_name="Ivy",
        birth_date=dt.date(1941, 3, 2),
        nhs_number="943 476 5919",
        phone="01303 123456",
        home_address="4 Sea Road, Hythe",
        home_postcode="ct21 5aa",
        problem="Fall, cannot get up alone",
        identity_read_back=True,
    )
    return replace(form, **changes)


def build(database: Database, now: dt.datetime) -> Team:
    """Write the small service: two hubs, three desks, four people who might be sent."""
    team = Team(database, Clock(now))
    nobody = Actor(0, "Doorstep", Role.SYSTEM)
    with database.work(nobody, now) as work:
        staff = [
            (Staff(login=login, name=name, registration=registration), role)
            for login, name, role, registration in (
                ("jo", "Jo Bates", Role.COORDINATOR, None),
                ("ann", "Ann Lee", Role.CLINICIAN, "GMC 1234567"),
                ("mo", "Mo Khan", Role.SUPERVISOR, None),
                ("sam_self", "Sam Hill", Role.PRACTITIONER, "PA12345"),
                ("kit_self", "Kit Wood", Role.PRACTITIONER, "PA54321"),
            )
        ]
        hubs = [
            Hub(code=code, name=name, lat=lat, lon=lon, is_intake=is_intake)
            for code, name, (lat, lon), is_intake in (
                ("FOL", "Folkestone", FOLKESTONE, True),
                ("DOV", "Dover", DOVER, False),
            )
        ]
        practice = Practice(ods_code="G82696", name="Sea Road Surgery", phone="01303555555")
        _write(work, *(row for row, _ in staff), *hubs, practice)
        team.actors |= {row.login: Actor(row.id, row.name, role, "Folkestone 1") for row, role in staff}
        team.ids |= {hub.name.lower(): hub.id for hub in hubs} | {"practice": practice.id}
        people = {
            key: Practitioner(
                name=name,
                profession=profession,
                employer=Employer.AMBULANCE_TRUST,
                registration=registration,
                staff_id=himself.staff_id if (himself := team.actors.get(f"{key}_self")) else None,
            )
            for key, name, profession, registration in (
                ("sam", "Sam Hill", Profession.PARAMEDIC_PRACTITIONER, "PA12345"),
                ("kit", "Kit Wood", Profession.ADVANCED_PRACTITIONER, "PA54321"),
                ("gil", "Gil Frost", Profession.GP, "GMC 7654321"),
                ("pat", "Pat Moss", Profession.PARAMEDIC, "PA11111"),
            )
        }
        _write(work, *(StaffRole(staff_id=row.id, role=role) for row, role in staff), *people.values())
        team.ids |= {key: person.id for key, person in people.items()}
        shifts = [
            Shift(
                practitioner_id=person.id,
                hub_id=team.ids["folkestone"],
                placement=Placement.HOME_VISITING,
                starts_at=now - dt.timedelta(hours=4),
                ends_at=now + dt.timedelta(hours=8),
                on_at=now - dt.timedelta(hours=4),
            )
            for person in people.values()
        ]
        _write(work, *shifts)
    return team


def _write(work: UnitOfWork, *rows: Base) -> None:
    """Write rows, those of one kind together, so that their ids are known: for each test it is done anew."""
    work.session.add_all(rows)
    work.session.flush()
