"""A shift that began and ended on paper is entered whole, and its visits after it."""

import datetime as dt

import pytest

from console.domain.acting import NOW, Happened
from console.domain.refusals import Refused
from console.domain.words import Channel, Placement
from db.models import Shift, Step, Visit
from tests.services.team import Team

HOUR = dt.timedelta(hours=1)


def shift_of(team: Team, name: str) -> Shift:
    """The newest shift of somebody."""
    with team.database.read() as session:
        shifts = session.query(Shift).filter_by(practitioner_id=team.ids[name]).order_by(Shift.id.desc())
        found = shifts.first()
        assert found is not None
        return found


def worked(team: Team, on_at: dt.datetime, off_at: dt.datetime, told: Happened = NOW) -> int:
    """Let Jo enter Sam's shift at Folkestone."""
    return team.jo.workforce.shift_worked(
        team.ids["sam"], team.ids["folkestone"], Placement.HOME_VISITING, on_at, off_at, told=told
    )


@pytest.fixture
def next_day(team: Team) -> dt.datetime:
    """The end of Sam's shift is recorded, and a day has passed."""
    shift = shift_of(team, "sam")
    team.jo.workforce.shift_off(shift.id, shift.version)
    return team.clock.pass_minutes(24 * 60)


def test_that_a_shift_with_both_times_in_the_past_is_kept_with_who_said_so(
    team: Team, next_day: dt.datetime
) -> None:
    told = Happened(None, team.ids["sam"], Channel.TELEPHONE, "Began at 8, left at 1")
    on_at, off_at = next_day - 8 * HOUR, next_day - 3 * HOUR
    shift = team.stored(Shift, worked(team, on_at, off_at, told))
    assert (shift.starts_at, shift.ends_at) == (shift.on_at, shift.off_at) == (on_at, off_at)
    with team.database.read() as session:
        step = session.query(Step).filter_by(kind="shift.worked").one()
        assert (step.happened_at, step.entered_at) == (off_at, next_day)
        assert (step.on_behalf_of_id, step.channel, step.said) == (
            team.ids["sam"], Channel.TELEPHONE, "Began at 8, left at 1",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("began", "ended", "sentence"),
    [
        (3, 8, "ends before it begins"),
        (3, 3, "ends before it begins"),
        (8, -1, "not over yet"),
        (20, 3, "more than 16 hours"),
    ],
)
def test_that_times_that_cannot_be_are_refused(
    team: Team, next_day: dt.datetime, began: int, ended: int, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        worked(team, next_day - began * HOUR, next_day - ended * HOUR)


def test_that_what_a_practitioner_said_is_asked_for(team: Team, next_day: dt.datetime) -> None:
    with pytest.raises(Refused, match=r"Say how.*Write down what"):
        worked(team, next_day - 8 * HOUR, next_day - HOUR, Happened(on_behalf_of_id=team.ids["sam"]))


def test_that_hours_with_a_shift_already_are_refused_in_a_sentence(team: Team, next_day: dt.datetime) -> None:
    worked(team, next_day - 8 * HOUR, next_day - 3 * HOUR)
    for began, ended in ((9, 7), (4, 1), (7, 4), (9, 1)):
        with pytest.raises(Refused, match="Sam Hill already has a shift at Folkestone from 06:00 to 11:00"):
            worked(team, next_day - began * HOUR, next_day - ended * HOUR)
    worked(team, next_day - 3 * HOUR, next_day - HOUR)


def test_that_an_earlier_shift_is_entered_while_the_next_one_is_worked(
    team: Team, next_day: dt.datetime
) -> None:
    sam = team.ids["sam"]
    on = team.jo.workforce.shift_on(sam, team.ids["folkestone"], Placement.HUB, None, next_day + 5 * HOUR)
    worked(team, next_day - 8 * HOUR, next_day - HOUR)
    assert team.stored(Shift, on).off_at is None


def test_that_a_planned_shift_is_the_one_that_was_worked(team: Team, next_day: dt.datetime) -> None:
    sam, hub = team.ids["sam"], team.ids["folkestone"]
    begins_at, ends_at = next_day + HOUR, next_day + 5 * HOUR
    planned = team.jo.workforce.plan_shift(sam, hub, Placement.HOME_VISITING, begins_at, ends_at)
    team.clock.pass_minutes(10 * 60)
    assert worked(team, begins_at - HOUR / 2, ends_at + HOUR) == planned
    shift = team.stored(Shift, planned)
    assert (shift.starts_at, shift.ends_at) == (begins_at - HOUR / 2, ends_at + HOUR)


def test_that_a_visit_is_entered_on_the_shift_of_its_time_and_on_no_other(
    team: Team, next_day: dt.datetime
) -> None:
    key = team.triaged()
    triaged_at = team.clock()
    team.clock.pass_minutes(6 * 60)
    shift_id = worked(team, triaged_at - HOUR, triaged_at + 2 * HOUR)
    sam = team.ids["sam"]
    during, after = triaged_at + HOUR, triaged_at + 3 * HOUR

    def may_go(at: dt.datetime | None) -> bool:
        found = team.jo.visits.candidates(key, at=at)
        return any(one.practitioner.id == sam and one.is_allowed for one in found)

    assert [may_go(at) for at in (during, after, None)] == [True, False, False]
    for at in (after, None):
        with pytest.raises(Refused, match="Sam Hill is not on shift"):
            team.jo.visits.allocate(key, sam, team.version(key), happened=Happened(at=at))
    visit = team.jo.visits.allocate(key, sam, team.version(key), happened=Happened(at=during))
    assert team.stored(Visit, visit).shift_id == shift_id


def test_that_an_undo_takes_the_whole_shift_back(team: Team, next_day: dt.datetime) -> None:
    key = worked(team, next_day - 8 * HOUR, next_day - 3 * HOUR)
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    with team.database.read() as session:
        assert session.get(Shift, key) is None
