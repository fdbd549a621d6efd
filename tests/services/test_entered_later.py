"""Steps that are entered after they happened: both times are kept, and the rules are those of the first."""

import datetime as dt
from collections.abc import Callable

import pytest

from console.domain.acting import Happened
from console.domain.refusals import Refused
from console.domain.words import MarkerKind, PracticeLink, RecordAccess
from db.models import Step
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
