"""Steps at a desk with a login of its own, many of them at one secured database."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import text

from console.domain.words import Channel, ContactResult, ContactWith, MarkerKind
from console.services.desk import Desk
from console.services.forms import Identity
from db.engine import open_database
from db.models import Hub, Marker, Patient, Shift, Task
from tests.services import hubs_at_work
from tests.services.hubs_at_work import entry_version, open_from_8_to_8, report_version
from tests.services.team import Clock, Team, new_referral
from tests.support.postgresql import Server
from tests.support.secured import NOW, SecuredTeam, secured_copy

HOUR = dt.timedelta(hours=1)


@contextmanager
def shared(server: Server, template: Team) -> Iterator[SecuredTeam]:
    """Give one secured database for many steps; each begins with a patient of its own."""
    with ExitStack() as closing:
        name = closing.enter_context(secured_copy(server))
        database = open_database(server.url(name))
        closing.callback(database.close)
        team = SecuredTeam(database, Clock(NOW), dict(template.ids), dict(template.actors), closing=closing)
        open_from_8_to_8(team)
        yield team


def rest(team: SecuredTeam) -> None:
    """Let nobody be at work on anybody."""
    with team.database.work(team.actors["jo"], team.clock()) as work:
        for statement in (
            "UPDATE visit SET status = 'withdrawn'",
            "UPDATE queue_entry SET status = 'left'",
            "UPDATE task SET done_at = now() WHERE done_at IS NULL",
            "UPDATE shift SET placement = 'home_visiting'",
            "UPDATE hub SET is_closed_down = false, diverts_to_id = NULL",
        ):
            work.session.execute(text(statement))


@dataclass
class At:
    """A desk, and a patient on its board who is made when one is wanted."""

    team: SecuredTeam
    desk: Desk

    @cached_property
    def raw(self) -> int:
        """Give a referral that nobody has triaged."""
        return self.team.jo.referrals.receive(new_referral(practice_id=self.team.ids["practice"]))

    @cached_property
    def key(self) -> int:
        """Give a triaged referral."""
        self.team.ann.triage.triage(self.raw, self.team.version(self.raw), 2)
        return self.raw

    @property
    def version(self) -> int:
        """Give the version of it that was seen."""
        return self.team.version(self.key)


Does = Callable[[At], object]
BY_TELEPHONE = (ContactWith.PATIENT, Channel.TELEPHONE, "01303 123456")
ELSEWHERE = ("14 Castle Street, Dover", "CT16 1PD", "Misheard")
THERE = ("acknowledge", "en_route", "on_scene")


def visit_of(at: At, *steps: str) -> tuple[int, int]:
    """Send Sam, and let the visit go on; gives the visit and its version."""
    visit = at.team.jo.visits.allocate(at.key, at.team.ids["sam"], at.version)
    for step in steps:
        getattr(at.team.jo.visits, step)(visit, at.team.visit_version(at.key))
    return visit, at.team.visit_version(at.key)


def asked_999(at: At, *, accepted: bool = False) -> tuple[int, int]:
    """Ask for 999 for somebody whom nobody triaged; gives the referral and its version."""
    ambulance, version = at.team.jo.ambulance, at.team.version
    ambulance.upgrade(at.raw, version(at.raw), "Chest pain")
    if accepted:
        ambulance.reference(at.raw, version(at.raw), "C123", "Dispatcher Poll")
    return at.raw, version(at.raw)


def booked(at: At) -> int:
    """Book the patient; gives the entry."""
    return at.team.jo.hub_queue.book(at.key, at.version, at.team.clock() + HOUR)


def at_hub(at: At, *steps: str) -> tuple[int, int]:
    """Let a patient be streamed at the hub, and called or seen; gives the entry and its version."""
    entry = hubs_at_work.streamed(at.team)
    for step in steps:
        more = (at.team.ids["sam"],) if step == "begin" else ()
        getattr(at.team.jo.hub_queue, step)(entry, entry_version(at.team, entry), *more)
    return entry, entry_version(at.team, entry)


def report_of(at: At, state: str = "sent") -> tuple[int, int]:
    """Let a report be written, signed or sent; gives it and its version."""
    report = (hubs_at_work.written if state == "written" else hubs_at_work.signed)(at.team)
    if state == "sent":
        at.team.jo.reports.sent(report, report_version(at.team, report), Channel.MESSAGE, "")
    return report, report_version(at.team, report)


def task_of(at: At) -> tuple[int, int]:
    task = at.team.jo.referrals.worse(at.key, "Breathless")
    return task, at.team.stored(Task, task).version


def hub_of(at: At, name: str) -> tuple[int, int]:
    """Give a hub and its version."""
    hub = at.team.ids[name]
    return hub, at.team.stored(Hub, hub).version


def marker_of(at: At, desk: Desk | None = None) -> int:
    review_on = (at.team.clock() + 9 * 24 * HOUR).date()
    patient = at.team.row(at.key).patient_id
    markers = (desk or at.team.jo).markers
    return markers.add(patient, None, None, MarkerKind.ANIMAL, "Large dog", review_on, at.key)


def correct(at: At) -> None:
    patient = at.team.stored(Patient, at.team.row(at.key).patient_id)
    identity = Identity(family_name="Marsh", given_name="Ivy May", birth_date=patient.birth_date)
    at.desk.referrals.correct_identity(at.key, at.version, identity, "Read back", patient.version)


def address(at: At) -> None:
    at.desk.referrals.correct_address(at.key, at.version, *ELSEWHERE)


def address_of_visit(at: At) -> None:
    """Correct the address to which Sam is sent, and let Sam be told."""
    visit_of(at, *THERE[:1])
    address(at)
    with at.team.database.read() as session:
        task = session.query(Task).filter_by(referral_id=at.key, done_at=None).one()
    at.team.jo.tasks.done(task.id, task.version, "Sam read it back")


def visit_elsewhere(at: At) -> tuple[int, int]:
    """Send Sam, and correct the address then; gives the visit and its version."""
    visit, _ = visit_of(at)
    at.team.jo.referrals.correct_address(at.key, at.version, *ELSEWHERE)
    return visit, at.team.visit_version(at.key)


def address_and_home(at: At) -> None:
    home = at.team.stored(Patient, at.team.row(at.key).patient_id).version
    at.desk.referrals.correct_address(at.key, at.version, *ELSEWHERE, home_version=home)


def end_marker(at: At) -> None:
    marker = marker_of(at)
    at.desk.markers.end(marker, at.team.stored(Marker, marker).version, "It died", at.key)


def shift_off(at: At) -> None:
    with at.team.database.read() as session:
        shift = session.query(Shift).filter_by(practitioner_id=at.team.ids["pat"], off_at=None).one()
    at.desk.workforce.shift_off(shift.id, shift.version)


def contact(at: At, result: ContactResult) -> None:
    at.desk.contacts.record(at.key, *BY_TELEPHONE, result, said="Waits on")
