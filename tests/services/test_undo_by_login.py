"""Every step is taken back at a secured database, by the role with the fewest rights to it."""

from collections.abc import Iterator

import pytest

from console.domain.words import ContactResult, OutcomeKind, Placement, PracticeLink, RecordAccess
from db.models import Patient, Step, Task
from tests.services import at_a_desk
from tests.services.at_a_desk import (
    HOUR,
    THERE,
    At,
    Does,
    asked_999,
    at_hub,
    booked,
    contact,
    correct,
    end_marker,
    hub_of,
    marker_of,
    report_of,
    shift_off,
    task_of,
    visit_of,
)
from tests.services.team import Team, new_referral
from tests.support.postgresql import Server
from tests.support.secured import SecuredTeam


@pytest.fixture(scope="module")
def _shared(postgresql_server: Server, _secured: Team) -> Iterator[SecuredTeam]:
    with at_a_desk.shared(postgresql_server, _secured) as team:
        yield team


@pytest.fixture
def team(_shared: SecuredTeam) -> Iterator[SecuredTeam]:
    """The team with nobody at work on anybody."""
    yield _shared
    at_a_desk.rest(_shared)


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
    "address": ("jo", at_a_desk.address),
    "address and home": ("jo", at_a_desk.address_and_home),
    "record access": (
        "sam_self",
        lambda at: at.desk.referrals.record_access(at.key, at.version, RecordAccess.YES),
    ),
    "practice": (
        "jo",
        lambda at: at.desk.referrals.set_practice(at.key, at.version, None, PracticeLink.VISITOR),
    ),
    "identity": ("jo", correct),
    "999 taken over": ("jo", lambda at: at.desk.ambulance.take_over(*asked_999(at, accepted=True))),
    "999 stood down": ("ann", lambda at: at.desk.ambulance.stand_down(*asked_999(at), "Spoke, well")),
    "contact": ("sam_self", lambda at: contact(at, ContactResult.SPOKEN)),
    "advised": ("ann", lambda at: at.desk.contacts.advise(at.key, at.version, "Rest and drink")),
    "allocated": ("jo", lambda at: at.desk.visits.allocate(at.key, at.team.ids["sam"], at.version)),
    "on scene": ("sam_self", lambda at: at.desk.visits.on_scene(*visit_of(at, *THERE[:2]))),
    "clear": ("sam_self", lambda at: at.desk.visits.clear(*visit_of(at, *THERE))),
    "death": (
        "sam_self",
        lambda at: at.desk.visits.clear(*visit_of(at, *THERE), kind=OutcomeKind.DEATH),
    ),
    "no access": (
        "sam_self",
        lambda at: at.desk.visits.no_access(*visit_of(at, *THERE), True, "No reply"),
    ),
    "reassigned": (
        "jo",
        lambda at: at.desk.visits.reassign(*visit_of(at), at.team.ids["kit"], "Nearer"),
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
        lambda at: marker_of(at, at.desk),
    ),
    "marker acknowledged": (
        "sam_self",
        lambda at: at.desk.markers.acknowledge(at.key, [marker_of(at)]),
    ),
    "marker ended": ("jo", end_marker),
    "booked one arrived": ("sam_self", lambda at: at.desk.hub_queue.arrive(at.key if booked(at) else 0)),
    "arrived at the other hub": (
        "jo",
        lambda at: at.desk.hub_queue.arrive(at.key, at.team.ids["dover"]),
    ),
    "being seen": (
        "sam_self",
        lambda at: at.desk.hub_queue.begin(*at_hub(at), at.team.ids["sam"]),
    ),
    "seen": ("sam_self", lambda at: at.desk.hub_queue.finish(*at_hub(at, "begin"))),
    "taken over": (
        "sam_self",
        lambda at: at.desk.hub_queue.taken_over(*at_hub(at, "begin"), "Eye clinic"),
    ),
    "signed": ("sam_self", lambda at: at.desk.reports.sign(*report_of(at, "written"))),
    "released": (
        "mo",
        lambda at: at.desk.reports.release(*report_of(at, "written"), "Sam Hill has left"),
    ),
    "report held": ("sam_self", lambda at: at.desk.reports.hold(*report_of(at, "signed"), "Moved")),
    "wrong number": (
        "jo",
        lambda at: at.desk.practice_calls.wrong_number(
            at.team.ids["practice"], [report_of(at)[0]], "01303 555666"
        ),
    ),
    "practice accepted": (
        "jo",
        lambda at: at.desk.practice_calls.accepted(at.team.ids["practice"], dict([report_of(at)]), "Dr Fox"),
    ),
    "task done": ("ann", lambda at: at.desk.tasks.done(*task_of(at), "Spoke: safe to wait")),
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
    "shift off": ("jo", shift_off),
    "hub closed": ("jo", lambda at: at.desk.hubs.close(*hub_of(at, "dover"))),
    "hub diverted": (
        "mo",
        lambda at: at.desk.hubs.divert(
            *hub_of(at, "dover"), at.team.ids["folkestone"], at.team.clock() + HOUR, "No GP"
        ),
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


@pytest.mark.parametrize("login", ["jo", "ann", "mo", "sam_self"])
def test_that_what_is_asked_again_reaches_who_accepted_it_and_is_taken_back(
    secured_team: SecuredTeam, login: str
) -> None:
    key, _ = secured_team.on_scene()
    worse = secured_team.jo.referrals.worse(key, "Cannot get up")
    asked = secured_team.ann.tasks
    asked.accept(worse, secured_team.stored(Task, worse).version)
    desk = secured_team.desk(login)
    secured_team.clock.pass_minutes(1)
    desk.referrals.worse(key, "Blue lips")
    task = secured_team.stored(Task, worse)
    assert "Blue lips. Before: Cannot get up" in task.words
    mine = secured_team.actors["ann"].staff_id
    assert task.accepted_by_id == (mine if login == "ann" else None)  # who says so herself knows
    step = desk.last_undoable()
    assert step is not None
    desk.undo(step.id)
    assert secured_team.stored(Task, worse).accepted_by_id == mine
    desk.welfare.duress(secured_team.ids["sam"], "", "Shouting")
    desk.welfare.duress(secured_team.ids["sam"], "", "A second man")
