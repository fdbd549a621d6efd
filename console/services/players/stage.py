"""Where an event is played: the desks of the people in it, and the rows that it is about as they are now."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from console.domain.acting import Happened
from console.domain.refusals import Refused
from console.domain.rows import Person
from console.domain.words import Channel, Role
from console.planning.day.words import Case, DayPlan, Event
from console.services.desk import Desk
from console.services.people import actor, people
from db.engine import Database
from db.models import QueueEntry, Referral, Report, Visit
from db.queries import lookups, service
from db.queries import training as queries
from db.queries.markers import read_markers
from db.unit_of_work import First

X = TypeVar("X")
DEVICE = "Training"
REFERENCE = "training "
MOVED_ON = "Somebody has moved this on."
_FIRST_CHOICE = (Role.COORDINATOR, Role.CLINICIAN, Role.SUPERVISOR, Role.PRACTITIONER)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is there, by login; hubs and practices by their codes."""

    people: dict[str, Person]
    hubs: dict[str, int]
    practices: dict[str, int]


def cast_of(database: Database) -> Cast:
    """Read who and what is there."""
    with database.read() as session:
        hubs = {hub.code: hub.id for hub in service.hubs(session)}
        practices = {code: row.id for code, row in service.practices(session).items()}
    return Cast({person.login: person for person in people(database)}, hubs, practices)


class Stage:
    """One event on the stage; `first` is what its transaction writes first."""

    def __init__(
        self, database: Database, cast: Cast, plan: DayPlan, event: Event, now: dt.datetime, first: First
    ) -> None:
        self.database, self.cast, self.plan, self.event, self.now = database, cast, plan, event, now
        self._first = first

    @property
    def desk(self) -> Desk:
        """The desk of the person who does it, in their role."""
        return self.desk_of(self.event.by)

    def desk_of(self, login: str, *, moves_on: bool = True) -> Desk:
        """Give somebody's desk; what is done there is the event, unless it `moves_on` nothing."""
        return Desk(
            self.database,
            actor(self.person(login), self.role(login), DEVICE),
            lambda: self.now,
            first=self._first if moves_on else None,
        )

    def read_markers(self, referral_id: int) -> None:
        """Whoever enters a step reads first what nobody has acknowledged, as at every desk.

        In a transaction of its own, without the place of the day: who is killed after it, or is second, finds
        them read, and the event is still to come.
        """
        with self.database.read() as session:
            unread = [one.id for one in read_markers(session, referral_id) if not one.acknowledged_by]
        if unread:
            self.desk_of(self.event.by, moves_on=False).markers.acknowledge(referral_id, unread)

    def person(self, login: str) -> Person:
        """Give a person; those who work here no more have no part."""
        if login not in self.cast.people:
            raise Refused(MOVED_ON)
        return self.cast.people[login]

    def role(self, login: str) -> Role:
        """Give the role in which a person plays."""
        roles = self.person(login).roles
        return next((role for role in _FIRST_CHOICE if role in roles), roles[0])

    def practitioner_id(self, login: str) -> int:
        """Give the id of the practitioner that a person is."""
        return self.there(self.person(login).practitioner_id)

    def by_radio(self, login: str) -> Happened:
        """Say that a practitioner reported a step, which somebody at a desk enters."""
        said = self.event.act.value.replace("_", " ")
        return Happened(on_behalf_of_id=self.practitioner_id(login), channel=Channel.RADIO, said=said)

    # What the event is about, as it is now

    def reference(self, key: str) -> str:
        """Give the reference under which a case of this day was taken in."""
        return f"{REFERENCE}{self.plan.day:%Y-%m-%d} {key}"

    def case(self) -> Case:
        """Give the case of the event."""
        return self.plan.cases[self.event.case]

    def referral(self) -> Referral:
        """Give the referral of the case."""
        with self.database.read() as session:
            return self.there(queries.referral_of(session, self.reference(self.event.case)))

    def visit(self) -> Visit:
        """Give the visit of the case, unless somebody else has been sent."""
        referral = self.referral()
        with self.database.read() as session:
            visit, _ = lookups.active_visit(session, referral.id) or (None, "")
        if visit is None or visit.practitioner_id != self.practitioner_id(self.event.who):
            raise Refused(MOVED_ON)
        return visit

    def entry(self) -> QueueEntry:
        """Give the place of the case in a hub's queue."""
        referral = self.referral()
        with self.database.read() as session:
            found = lookups.open_queue_entry(session, referral.id)
        return self.there(found)[0]

    def report(self) -> Report:
        """Give the newest report of the case."""
        referral = self.referral()
        with self.database.read() as session:
            return self.there(queries.newest_report(session, referral.id))

    @staticmethod
    def there(found: X | None) -> X:
        """Give what was found; what is not there any more, somebody has moved on."""
        if found is None:
            raise Refused(MOVED_ON)
        return found


Scene = Callable[[Stage], object]
