"""Plays people at their desks, each step at its time: the demo is made by the services that all use."""

import datetime as dt
from typing import TypeVar

from console.domain.calendar import local_day
from console.domain.words import Channel, PracticeLink, RecordAccess, Role, Stream
from console.services.demo_cases import CASES, birth_date, nhs_number, phone
from console.services.desk import Desk
from console.services.forms import NewReferral
from console.services.people import actor, people
from db.base import Versioned
from db.engine import Database
from db.models import QueueEntry, Referral, Report, Visit
from db.queries import service

Row = TypeVar("Row", bound=Versioned)
LADDER = ("acknowledge", "en_route", "on_scene")


class Player:
    """Knows everybody's desk, and what time it is in the story."""

    def __init__(self, database: Database, now: dt.datetime) -> None:
        self.database = database
        self.now = now
        self._at = now
        self._people = {person.login: person for person in people(database)}
        with database.read() as session:
            self.hubs = {hub.code: hub.id for hub in service.hubs(session)}
            self._practices = {code: row.id for code, row in service.practices(session).items()}

    def at(self, minutes_ago: float) -> dt.datetime:
        """Turn the story's clock to a time before now, and give it."""
        self._at = self.now - dt.timedelta(minutes=minutes_ago)
        return self._at

    def desk(self, login: str, role: Role) -> Desk:
        """Give a person's desk."""
        who = actor(self._people[login], role, "Demo")
        return Desk(self.database, who, lambda: self._at)

    @property
    def jo(self) -> Desk:
        """The coordinator's desk."""
        return self.desk("jo.bates", Role.COORDINATOR)

    @property
    def helen(self) -> Desk:
        """The duty clinician's desk."""
        return self.desk("helen.osei", Role.CLINICIAN)

    def practitioner(self, login: str) -> int:
        """Give the id of the practitioner that a person is."""
        found = self._people[login].practitioner_id
        if found is None:
            raise KeyError(login)
        return found

    def version(self, model: type[Row], key: int) -> int:
        """Give the version that somebody who looks now sees."""
        with self.database.read() as session:
            return session.get_one(model, key).version

    def form(self, name: str, stated_priority: int | None = None) -> NewReferral:
        """Fill in the form for one case of the demo."""
        case, place = CASES[name], list(CASES).index(name)
        has_disposition = case.disposition is not None
        return NewReferral(
            source=case.source,
            family_name=case.family_name,
            given_name=case.given_name,
            gender=case.gender,
            birth_date=birth_date(case, local_day(self.now)),
            nhs_number=nhs_number(place),
            nhs_number_verified=True,
            phone=phone(place),
            home_address=case.address,
            home_postcode=case.postcode,
            caller="Reception" if stated_priority else "",
            practice_id=self._practices[case.practice] if case.practice else None,
            practice_link=None if case.practice else PracticeLink.VISITOR,
            problem=case.problem,
            narrative=case.narrative,
            stated_priority=stated_priority,
            disposition=case.disposition,
            disposition_at=self._at - dt.timedelta(minutes=5) if has_disposition else None,
            identity_read_back=True,
        )

    def received(self, name: str, minutes_ago: float, stated_priority: int | None = None) -> int:
        """Jo takes a case in."""
        self.at(minutes_ago)
        return self.jo.referrals.receive(self.form(name, stated_priority))

    def triaged(
        self, name: str, minutes_ago: float, priority: int, *, after: float = 6, gp_needed: bool = False
    ) -> int:
        """Jo takes a case in, and Helen triages it some minutes later."""
        key = self.received(name, minutes_ago)
        self.at(minutes_ago - after)
        self.helen.triage.triage(
            key, self.version(Referral, key), priority, Stream.HOME_VISIT, gp_needed, "Telephone assessment"
        )
        return key

    def visited(
        self, referral_id: int, login: str, allocated: float, *steps: float, clear_in: float = 30
    ) -> int:
        """Jo allocates, and enters the steps that follow, each so many minutes ago."""
        self.at(allocated)
        jo = self.jo
        jo.referrals.record_access(referral_id, self.version(Referral, referral_id), RecordAccess.YES)
        version = self.version(Referral, referral_id)
        visit = jo.visits.allocate(referral_id, self.practitioner(login), version)
        for name, minutes_ago in zip(LADDER, steps, strict=False):
            at = self.at(minutes_ago)
            seen = self.version(Visit, visit)
            if name == "acknowledge":
                jo.visits.acknowledge(visit, seen)
            else:
                expected = at + dt.timedelta(minutes=clear_in)
                getattr(jo.visits, name)(visit, seen, expected)
        return visit

    def arrived(self, name: str, hub: str, minutes_ago: float) -> int:
        """A patient walks into a hub; gives the queue entry."""
        self.at(minutes_ago)
        return self.jo.hub_queue.arrive(self.form(name), self.hubs[hub])

    def streamed(self, entry: int, minutes_ago: float, stream: Stream, priority: int, reason: str) -> None:
        """Helen streams a patient."""
        self.at(minutes_ago)
        gp_needed = stream is Stream.GP_NEEDED
        seen = self.version(QueueEntry, entry)
        self.helen.hub_queue.stream(entry, seen, stream, priority, gp_needed, reason)

    def seen_by(self, entry: int, minutes_ago: float, login: str) -> None:
        """A practitioner at the hub calls the patient in and begins."""
        self.at(minutes_ago + 2)
        self.jo.hub_queue.call(entry, self.version(QueueEntry, entry))
        self.at(minutes_ago)
        self.jo.hub_queue.begin(entry, self.version(QueueEntry, entry), self.practitioner(login))

    def sent(self, report: int, login: str, minutes_ago: float) -> None:
        """The practitioner signs a report that is written, and Jo sends it."""
        self.at(minutes_ago + 3)
        self.desk(login, Role.PRACTITIONER).reports.sign(report, self.version(Report, report))
        self.at(minutes_ago)
        self.jo.reports.sent(report, self.version(Report, report), Channel.MAIL, "")
