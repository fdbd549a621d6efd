"""Every step is taken back at a secured database, by the role with the fewest rights to it."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property

import pytest
from sqlalchemy import text

from console.domain.words import (
    Channel,
    ContactResult,
    ContactWith,
    MarkerKind,
    OutcomeKind,
    Placement,
    PracticeLink,
    RecordAccess,
)
from console.services.desk import Desk
from console.services.forms import Identity
from db.engine import open_database
from db.models import Hub, Marker, Patient, Shift, Step, Task
from tests.services import hubs_at_work
from tests.services.hubs_at_work import entry_version, open_from_8_to_8, report_version
from tests.services.team import Clock, Team, new_referral
from tests.support.postgresql import Server
from tests.support.secured import NOW, SecuredTeam, secured_copy

HOUR = dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def _shared(postgresql_server: Server, _secured: Team) -> Iterator[SecuredTeam]:
    """One secured database for all of them; every step begins with a patient of its own."""
    with ExitStack() as closing:
        name = closing.enter_context(secured_copy(postgresql_server))
        database = open_database(postgresql_server.url(name))
        closing.callback(database.close)
        team = SecuredTeam(database, Clock(NOW), dict(_secured.ids), dict(_secured.actors), closing=closing)
        open_from_8_to_8(team)
        yield team


@pytest.fixture
def team(_shared: SecuredTeam) -> Iterator[SecuredTeam]:
    """The team with nobody at work on anybody."""
    yield _shared
    with _shared.database.work(_shared.actors["jo"], _shared.clock()) as work:
        for rest in (
            "UPDATE visit SET status = 'withdrawn'",
            "UPDATE queue_entry SET status = 'left'",
            "UPDATE task SET done_at = now() WHERE done_at IS NULL",
            "UPDATE shift SET placement = 'home_visiting'",
            "UPDATE hub SET is_closed_down = false, diverts_to_id = NULL",
        ):
            work.session.execute(text(rest))


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
THERE = ("acknowledge", "en_route", "on_scene")


def _visit(at: At, *steps: str) -> tuple[int, int]:
    """Send Sam, and let the visit go on; gives the visit and its version."""
    visit = at.team.jo.visits.allocate(at.key, at.team.ids["sam"], at.version)
    for step in steps:
        getattr(at.team.jo.visits, step)(visit, at.team.visit_version(at.key))
    return visit, at.team.visit_version(at.key)


def _asked(at: At, *, accepted: bool = False) -> tuple[int, int]:
    """Ask for 999 for somebody whom nobody triaged; gives the referral and its version."""
    ambulance, version = at.team.jo.ambulance, at.team.version
    ambulance.upgrade(at.raw, version(at.raw), "Chest pain")
    if accepted:
        ambulance.reference(at.raw, version(at.raw), "C123", "Dispatcher Poll")
    return at.raw, version(at.raw)


def _booked(at: At) -> int:
    """Book the patient; gives the entry."""
    return at.team.jo.hub_queue.book(at.key, at.version, at.team.clock() + HOUR)


def _at_hub(at: At, *steps: str) -> tuple[int, int]:
    """Let a patient be streamed at the hub, and called or seen; gives the entry and its version."""
    entry = hubs_at_work.streamed(at.team)
    for step in steps:
        more = (at.team.ids["sam"],) if step == "begin" else ()
        getattr(at.team.jo.hub_queue, step)(entry, entry_version(at.team, entry), *more)
    return entry, entry_version(at.team, entry)


def _report(at: At, state: str = "sent") -> tuple[int, int]:
    """Let a report be written, signed or sent; gives it and its version."""
    report = (hubs_at_work.written if state == "written" else hubs_at_work.signed)(at.team)
    if state == "sent":
        at.team.jo.reports.sent(report, report_version(at.team, report), Channel.MESSAGE, "")
    return report, report_version(at.team, report)


def _task(at: At) -> tuple[int, int]:
    task = at.team.jo.referrals.worse(at.key, "Breathless")
    return task, at.team.stored(Task, task).version


def _hub(at: At) -> tuple[int, int]:
    hub = at.team.ids["dover"]
    return hub, at.team.stored(Hub, hub).version


def _opened(at: At) -> None:
    at.desk.hubs.close(*_hub(at))
    at.desk.hubs.open(*_hub(at))


def _marker(at: At, desk: Desk | None = None) -> int:
    review_on = (at.team.clock() + 9 * 24 * HOUR).date()
    patient = at.team.row(at.key).patient_id
    markers = (desk or at.team.jo).markers
    return markers.add(patient, None, None, MarkerKind.ANIMAL, "Large dog", review_on, at.key)


def _correct(at: At) -> None:
    patient = at.team.stored(Patient, at.team.row(at.key).patient_id)
    identity = Identity(family_name="Marsh", given_name="Ivy May", birth_date=patient.birth_date)
    at.desk.referrals.correct_identity(at.key, at.version, identity, "Read back", patient.version)


def _end_marker(at: At) -> None:
    marker = _marker(at)
    at.desk.markers.end(marker, at.team.stored(Marker, marker).version, "It died", at.key)


def _shift_off(at: At) -> None:
    with at.team.database.read() as session:
        shift = session.query(Shift).filter_by(practitioner_id=at.team.ids["pat"], off_at=None).one()
    at.desk.workforce.shift_off(shift.id, shift.version)


def _contact(at: At, result: ContactResult) -> None:
    at.desk.contacts.record(at.key, *BY_TELEPHONE, result, said="Waits on")


STEPS: dict[str, tuple[str, Does]] = {
    "received": ("jo", lambda at: at.desk.referrals.receive(new_referral(family_name="Moss"))),
    "received of a known patient": ("jo", lambda at: at.desk.referrals.receive(new_referral())),
    "triaged": (
        "ann",
        lambda at: at.desk.triage.triage(at.raw, at.team.version(at.raw), 2),
    ),
    "priority raised": ("jo", lambda at: at.desk.referrals.raise_priority(at.key, at.version, 1, "Worse")),
    "duplicate": ("jo", lambda at: at.desk.referrals.mark_duplicate(at.key, at.team.received(), at.version)),
    "worse": ("sam_self", lambda at: at.desk.referrals.worse(at.key, "Breathless")),
    "moved": (
        "jo",
        lambda at: at.desk.referrals.move_hub(at.key, at.version, at.team.ids["dover"], "Nearer"),
    ),
    "record access": (
        "sam_self",
        lambda at: at.desk.referrals.record_access(at.key, at.version, RecordAccess.YES),
    ),
    "practice": (
        "jo",
        lambda at: at.desk.referrals.set_practice(at.key, at.version, None, PracticeLink.VISITOR),
    ),
    "identity": ("jo", _correct),
    "999 taken over": ("jo", lambda at: at.desk.ambulance.take_over(*_asked(at, accepted=True))),
    "999 stood down": ("ann", lambda at: at.desk.ambulance.stand_down(*_asked(at), "Spoke, well")),
    "contact": ("sam_self", lambda at: _contact(at, ContactResult.SPOKEN)),
    "advised": ("ann", lambda at: at.desk.contacts.advise(at.key, at.version, "Rest and drink")),
    "allocated": ("jo", lambda at: at.desk.visits.allocate(at.key, at.team.ids["sam"], at.version)),
    "on scene": ("sam_self", lambda at: at.desk.visits.on_scene(*_visit(at, *THERE[:2]))),
    "clear": ("sam_self", lambda at: at.desk.visits.clear(*_visit(at, *THERE))),
    "death": (
        "sam_self",
        lambda at: at.desk.visits.clear(*_visit(at, *THERE), kind=OutcomeKind.DEATH),
    ),
    "no access": (
        "sam_self",
        lambda at: at.desk.visits.no_access(*_visit(at, *THERE), True, "No reply"),
    ),
    "reassigned": (
        "jo",
        lambda at: at.desk.visits.reassign(*_visit(at), at.team.ids["kit"], "Nearer"),
    ),
    "visited": (
        "jo",
        lambda at: at.desk.visits.visited(
            at.key,
            at.team.ids["sam"],
            at.version,
            at.team.clock.pass_minutes(1),
            at.team.clock.pass_minutes(30),
        ),
    ),
    "marker added": (
        "sam_self",
        lambda at: _marker(at, at.desk),
    ),
    "marker acknowledged": (
        "sam_self",
        lambda at: at.desk.markers.acknowledge(at.key, [_marker(at)]),
    ),
    "marker ended": ("jo", _end_marker),
    "booked one arrived": ("sam_self", lambda at: at.desk.hub_queue.arrive(at.key if _booked(at) else 0)),
    "arrived at the other hub": (
        "jo",
        lambda at: at.desk.hub_queue.arrive(at.key, at.team.ids["dover"]),
    ),
    "being seen": (
        "sam_self",
        lambda at: at.desk.hub_queue.begin(*_at_hub(at), at.team.ids["sam"]),
    ),
    "seen": ("sam_self", lambda at: at.desk.hub_queue.finish(*_at_hub(at, "begin"))),
    "taken over": (
        "sam_self",
        lambda at: at.desk.hub_queue.taken_over(*_at_hub(at, "begin"), "Eye clinic"),
    ),
    "signed": ("sam_self", lambda at: at.desk.reports.sign(*_report(at, "written"))),
    "released": (
        "mo",
        lambda at: at.desk.reports.release(*_report(at, "written"), "Sam Hill has left"),
    ),
    "report held": ("sam_self", lambda at: at.desk.reports.hold(*_report(at, "signed"), "Moved")),
    "wrong number": (
        "jo",
        lambda at: at.desk.practice_calls.wrong_number(
            at.team.ids["practice"], [_report(at)[0]], "01303 555666"
        ),
    ),
    "practice accepted": (
        "jo",
        lambda at: at.desk.practice_calls.accepted(at.team.ids["practice"], dict([_report(at)]), "Dr Fox"),
    ),
    "task done": ("ann", lambda at: at.desk.tasks.done(*_task(at), "Spoke: safe to wait")),
    "shift planned": (
        "val",
        lambda at: at.desk.workforce.plan_shift(
            at.team.ids["kit"],
            at.team.ids["dover"],
            Placement.HOME_VISITING,
            at.team.clock() + 24 * HOUR,
            at.team.clock() + 32 * HOUR,
        ),
    ),
    "shift off": ("jo", _shift_off),
    "hub closed": ("jo", lambda at: at.desk.hubs.close(*_hub(at))),
    "hub opened": ("jo", _opened),
    "hub diverted": (
        "mo",
        lambda at: at.desk.hubs.divert(*_hub(at), at.team.ids["folkestone"], at.team.clock() + HOUR, "No GP"),
    ),
    "for the night": ("jo", lambda at: at.desk.hubs.hand_overnight(at.key, at.version)),
}


@pytest.mark.parametrize("name", STEPS)
def test_that_a_step_is_taken_back_by_the_login_that_took_it(name: str, team: SecuredTeam) -> None:
    login, does = STEPS[name]
    desk = team.desk(login)
    does(At(team, desk))
    step = desk.last_undoable()
    assert step is not None
    desk.undo(step.id)
    with team.database.read() as session:
        assert session.query(Step).filter_by(undoes_id=step.id).one().words == f"Undid: {step.words}"


def test_that_what_a_new_referral_added_to_a_known_patient_goes_with_it(team: SecuredTeam) -> None:
    bare = new_referral(nhs_number=None, phone=None, home_address="", home_postcode=None, practice_id=None)
    known = team.row(team.jo.referrals.receive(bare)).patient_id
    practice = team.ids["practice"]
    team.jo.referrals.receive(new_referral(patient_id=known, practice_id=practice))
    assert _particulars(team, known) == ("01303123456", "4 Sea Road, Hythe", "CT21 5AA", practice)
    desk = team.desk("jo")
    step = desk.last_undoable()
    assert step is not None
    with team.database.work(
        team.actors["ann"], team.clock()
    ) as work:  # somebody corrects one of it meanwhile
        work.lock(Patient, known).phone = "01303999999"
    desk.undo(step.id)
    assert _particulars(team, known) == ("01303999999", "", None, None)


def _particulars(team: SecuredTeam, key: int) -> tuple[str | None, str, str | None, int | None]:
    with team.database.read() as session:
        row = session.get_one(Patient, key)
        return row.phone, row.home_address, row.home_postcode, row.practice_id
