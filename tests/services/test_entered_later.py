"""Steps that are entered after they happened: both times are kept, and the rules are those of the first."""

import datetime as dt
from collections.abc import Callable

import pytest

from console.domain.acting import Happened
from console.domain.refusals import Refused
from console.domain.words import (
    Channel,
    ContactResult,
    ContactWith,
    MarkerKind,
    OutcomeDisposition,
    PracticeLink,
    RecordAccess,
    TaskKind,
)
from db.models import QueueEntry, Referral, Step
from tests.services.hubs_at_work import entry_version, open_from_8_to_8, streamed
from tests.services.team import Team

REVIEW = dt.date(2026, 6, 1)
STEPS: dict[str, Callable[[Team, int, Happened], object]] = {
    "accept": lambda team, key, then: team.jo.triage.accept(key, team.version(key), then),
    "move": lambda team, key, then: team.jo.referrals.move_hub(
        key, team.version(key), team.ids["dover"], "Nearer", then
    ),
    "cancel": lambda team, key, then: team.jo.referrals.cancel(
        key, team.version(key), "Dr Osei", happened=then
    ),
    "decline": lambda team, key, then: team.ann.referrals.decline(key, team.version(key), "Not ours", then),
    "redirect": lambda team, key, then: team.ann.referrals.redirect(
        key, team.version(key), "Community team", "Theirs", then
    ),
    "access": lambda team, key, then: team.jo.referrals.record_access(
        key, team.version(key), RecordAccess.YES, then
    ),
    "practice": lambda team, key, then: team.jo.referrals.set_practice(
        key, team.version(key), None, PracticeLink.VISITOR, then
    ),
    "marker": lambda team, key, then: team.jo.markers.add(
        team.row(key).patient_id, None, None, MarkerKind.ANIMAL, "Dog", REVIEW, key, happened=then
    ),
    "advice": lambda team, key, then: team.ann.contacts.advise(
        key, team.version(key), "Rest and drink", happened=then
    ),
}


@pytest.mark.parametrize("name", STEPS)
def test_that_a_step_keeps_when_it_happened_and_when_it_was_entered(team: Team, name: str) -> None:
    key = team.triaged()
    happened_at = team.clock.pass_minutes(10)
    entered_at = team.clock.pass_minutes(30)
    STEPS[name](team, key, Happened(at=happened_at))
    with team.database.read() as session:
        step = session.query(Step).where(Step.referral_id == key).order_by(Step.id.desc()).first()
        assert step is not None
        assert (step.happened_at, step.entered_at) == (happened_at, entered_at)


@pytest.mark.parametrize("name", STEPS)
def test_that_no_step_happens_in_the_future(team: Team, name: str) -> None:
    key = team.triaged()
    later = team.clock() + dt.timedelta(minutes=10)
    with pytest.raises(Refused, match="has not come yet"):
        STEPS[name](team, key, Happened(at=later))


def test_that_a_visit_of_the_shift_is_entered_after_it_and_none_is_begun(team: Team) -> None:
    key, other = team.triaged(), team.triaged()
    during = team.clock.pass_minutes(60)
    team.clock.pass_minutes(9 * 60)  # the shift has ended two hours ago
    with pytest.raises(Refused, match="The shift of Sam Hill ended"):
        team.jo.visits.allocate(other, team.ids["sam"], team.version(other))
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key), happened=Happened(at=during))
    assert team.row(key).practitioner == "Sam Hill"


def test_that_a_visit_is_expected_clear_45_minutes_after_arriving_unless_they_said_so(team: Team) -> None:
    for said, expected in ((None, 45), (20, 20), (5, 55)):
        key, visit = team.allocated("kit" if said == 20 else "sam" if said is None else "gil")
        team.jo.visits.acknowledge(visit, team.visit_version(key))
        left_at = team.clock()
        clear_at = None if said is None else left_at + dt.timedelta(minutes=said)
        team.jo.visits.en_route(visit, team.visit_version(key), clear_at)
        # Who said five minutes and arrives after ten is expected 45 minutes after arriving.
        team.clock.pass_minutes(10 if said == 5 else 0)
        team.jo.visits.on_scene(visit, team.visit_version(key))
        assert team.row(key).expected_clear_at == left_at + dt.timedelta(minutes=expected)


def test_that_an_older_call_answers_no_newer_worse_and_a_newer_one_does(team: Team) -> None:
    key = team.triaged(3)
    spoken_at = team.clock.pass_minutes(5)
    worse_at = team.clock.pass_minutes(115)
    team.jo.referrals.worse(key, "Short of breath")
    entered_at = team.clock.pass_minutes(10)
    call(team, "ann", key, ContactResult.SPOKEN, spoken_at)
    stood = team.version(key)
    team.ann.triage.change_priority(key, stood, 2, "As judged then", Happened(at=spoken_at))
    assert team.row(key).worse_at == worse_at
    assert TaskKind.CLINICIAN_NOW in team.tasks(key)
    call(team, "ann", key, ContactResult.SPOKEN, entered_at)
    assert team.row(key).worse_at is None
    assert TaskKind.CLINICIAN_NOW not in team.tasks(key)


def test_that_an_older_worse_does_not_make_a_newer_one_older(team: Team) -> None:
    key = team.triaged(3)
    earlier = team.clock.pass_minutes(5)
    worse_at = team.clock.pass_minutes(60)
    team.jo.referrals.worse(key, "Short of breath")
    team.clock.pass_minutes(5)
    team.jo.referrals.worse(key, "More pain", Happened(at=earlier))
    assert team.row(key).worse_at == worse_at


def test_that_a_patient_said_to_be_worse_after_the_visit_stays_on_the_board(team: Team) -> None:
    key, visit = team.on_scene()
    clear_at = team.clock.pass_minutes(20)
    worse_at = team.clock.pass_minutes(70)
    team.jo.referrals.worse(key, "Short of breath")
    team.clock.pass_minutes(10)
    then = Happened(at=clear_at, from_paper=True)
    team.jo.visits.clear(visit, team.visit_version(key), OutcomeDisposition.TREATED_AT_HOME, happened=then)
    row = team.row(key)
    assert (row.status.is_open, row.worse_at) == (True, worse_at)
    assert TaskKind.CLINICIAN_NOW in team.tasks(key)


def test_that_a_patient_said_to_be_worse_after_the_hub_saw_them_stays_on_the_board(team: Team) -> None:
    open_from_8_to_8(team)
    entry, queue = streamed(team), team.jo.hub_queue
    queue.call(entry, entry_version(team, entry))
    queue.begin(entry, entry_version(team, entry), team.ids["sam"])
    key = team.stored(QueueEntry, entry).referral_id
    seen_at = team.clock.pass_minutes(20)
    team.clock.pass_minutes(70)
    team.jo.referrals.worse(key, "Short of breath")
    queue.finish(entry, entry_version(team, entry), happened=Happened(at=seen_at))
    assert team.row(key).status.is_open
    assert TaskKind.CLINICIAN_NOW in team.tasks(key)


def test_that_an_older_talk_does_not_say_that_the_patient_can_be_reached(team: Team) -> None:
    key = team.triaged(4)
    spoken_at = team.clock.pass_minutes(5)
    first = team.clock.pass_minutes(120)
    for minutes in (0, 25, 25):
        team.clock.pass_minutes(minutes)
        call(team, "jo", key, ContactResult.NO_REPLY)
    assert TaskKind.FAILED_CONTACT in team.tasks(key)
    raised_at = team.stored(Referral, key).failed_contact_at
    call(team, "jo", key, ContactResult.SPOKEN, spoken_at)
    team.ann.contacts.decide_failed_contact(
        key, team.version(key), "Ring again", Happened(at=first - dt.timedelta(minutes=5))
    )
    team.ann.contacts.advise(key, team.version(key), "Rest and drink", happened=Happened(at=spoken_at))
    assert team.stored(Referral, key).failed_contact_at == raised_at
    assert TaskKind.FAILED_CONTACT in team.tasks(key)


def test_that_a_talk_after_the_attempts_answers_them_however_late_all_are_entered(team: Team) -> None:
    key = team.triaged(4)
    attempts = [team.clock.pass_minutes(5) for _ in range(3)]
    spoken_at = team.clock.pass_minutes(30)
    team.clock.pass_minutes(60)
    for at in attempts:
        call(team, "jo", key, ContactResult.NO_REPLY, at)
    assert TaskKind.FAILED_CONTACT in team.tasks(key)
    call(team, "jo", key, ContactResult.SPOKEN, spoken_at)
    assert TaskKind.FAILED_CONTACT not in team.tasks(key)
    assert team.stored(Referral, key).failed_contact_at is None


def test_that_an_older_talk_does_not_answer_for_a_patient_who_left_the_hub(team: Team) -> None:
    open_from_8_to_8(team)
    entry = streamed(team)
    key = team.stored(QueueEntry, entry).referral_id
    spoken_at = team.clock.pass_minutes(5)
    team.clock.pass_minutes(60)
    team.jo.hub_queue.left(entry, entry_version(team, entry))
    call(team, "jo", key, ContactResult.SPOKEN, spoken_at)
    assert TaskKind.FAILED_CONTACT in team.tasks(key)
    call(team, "jo", key, ContactResult.SPOKEN)
    assert TaskKind.FAILED_CONTACT not in team.tasks(key)


def call(team: Team, who: str, key: int, result: ContactResult, at: dt.datetime | None = None) -> None:
    """Let somebody record a call to the patient, as it happened now or then."""
    said = "Feels the same" if result is ContactResult.SPOKEN else ""
    team.desk(who).contacts.record(
        key,
        ContactWith.PATIENT,
        Channel.TELEPHONE,
        "01303 123456",
        result,
        said=said,
        happened=Happened(at=at),
    )
