"""Practitioners' duty and positions, undo, opening hours and 999 records."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.ambulance import AmbulanceCall, reasons_not_to_record, what_is_owed
from console.domain.opening import EIGHT_TO_EIGHT, OpeningHours, day_that_closes
from console.domain.position import PositionAnswer, Tracked, answer, can_be, is_stale
from console.domain.practitioner import Duty, availability, reasons_not_to_go_off, reasons_not_to_go_on
from console.domain.undo import Done, reasons_not_to_undo
from console.domain.words import ACTIVE_VISIT, Availability, Placement, VisitStatus
from tests.domain.england import london, moments, utc

NOON = utc("2026-06-10 12:00")
ON = Duty(Placement.HOME_VISITING, NOON - dt.timedelta(hours=4), NOON + dt.timedelta(hours=8), on_at=NOON)


def at(minutes: float) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes)


@given(st.lists(st.sampled_from(VisitStatus)))
def test_that_nobody_with_a_visit_in_hand_is_shown_as_free_or_off_duty(visits: list[VisitStatus]) -> None:
    in_hand = ACTIVE_VISIT & set(visits)
    for duty in (None, ON):
        word = availability(duty, visits)
        assert (word in (Availability.FREE, Availability.OFF_DUTY)) is not bool(in_hand)


def test_that_the_furthest_visit_says_what_a_practitioner_is_doing() -> None:
    waiting = [VisitStatus.ALLOCATED, VisitStatus.ON_SCENE, VisitStatus.CLEAR]
    assert availability(ON, waiting) is Availability.ON_SCENE
    assert availability(ON, [VisitStatus.CLEAR]) is Availability.FREE
    assert availability(ON, [], sees_hub_patient=True) is Availability.AT_HUB
    assert availability(dataclasses.replace(ON, off_at=NOON), []) is Availability.OFF_DUTY
    assert availability(None, []) is Availability.OFF_DUTY


def test_that_a_practitioner_goes_off_only_with_nothing_in_hand() -> None:
    assert reasons_not_to_go_off("Sam Hill", []) == ()
    assert reasons_not_to_go_off("Sam Hill", ["R-1", "R-2"]) == (
        "Sam Hill has R-1, R-2 in hand: finish, hand back or reassign first.",
    )


def test_that_a_shift_is_begun_once_and_in_its_time() -> None:
    planned = Duty(Placement.HUB, NOON, at(480))
    assert reasons_not_to_go_on(planned, at(-60)) == ()
    assert reasons_not_to_go_on(planned, at(-61))
    assert reasons_not_to_go_on(planned, at(480))
    assert reasons_not_to_go_on(ON, NOON)


def test_that_a_position_ages_faster_on_the_road_than_at_a_patients() -> None:
    assert not is_stale(NOON, Availability.EN_ROUTE, at(5))
    assert is_stale(NOON, Availability.EN_ROUTE, at(5.1))
    assert not is_stale(NOON, Availability.ON_SCENE, at(60))
    assert is_stale(NOON, Availability.ON_SCENE, at(61))
    assert is_stale(None, Availability.FREE, NOON)


ON_DUTY = Tracked(on_since=at(-30), newest_at=at(-5))


@pytest.mark.parametrize(
    ("told_at", "tracked", "said"),
    [
        (at(-1), ON_DUTY, PositionAnswer.KEPT),
        (at(2), ON_DUTY, PositionAnswer.KEPT),
        (at(2.1), ON_DUTY, PositionAnswer.FUTURE),
        (at(-5), ON_DUTY, PositionAnswer.REPLAYED),
        (at(-6), ON_DUTY, PositionAnswer.REPLAYED),
        (at(-31), ON_DUTY, PositionAnswer.OFF_DUTY),
        (at(-61), Tracked(at(-240), None), PositionAnswer.TOO_OLD),
        (at(-60), Tracked(at(-240), None), PositionAnswer.KEPT),
        (at(-1), Tracked(None, None), PositionAnswer.OFF_DUTY),
        (at(90), Tracked(None, None), PositionAnswer.OFF_DUTY),
    ],
)
def test_that_a_position_is_kept_of_this_duty_only_and_once(
    told_at: dt.datetime, tracked: Tracked, said: PositionAnswer
) -> None:
    assert answer(told_at, tracked, NOON) is said


def test_that_what_is_no_place_on_earth_is_none() -> None:
    nan, inf = float("nan"), float("inf")
    assert can_be(51.08, 1.17)
    assert can_be(51.48, 0.0)  # Greenwich
    for lat, lon in ((90.1, 1), (51, 180.1), (nan, 1), (51, inf), (0, 0)):
        assert not can_be(lat, lon)


DONE = Done(by_id=7, entered_at=NOON, version=3)


def test_that_ones_own_last_step_is_undone_within_ten_minutes() -> None:
    assert reasons_not_to_undo(DONE, 7, 3, at(10)) == ()


def test_that_each_thing_that_forbids_an_undo_is_said() -> None:
    assert len(reasons_not_to_undo(DONE, 8, 3, NOON)) == 1
    assert len(reasons_not_to_undo(DONE, 7, 4, NOON)) == 1
    assert len(reasons_not_to_undo(DONE, 7, 3, at(11))) == 1
    for field in ("was_sent", "is_undone", "is_undo"):
        assert len(reasons_not_to_undo(dataclasses.replace(DONE, **{field: True}), 7, 3, NOON)) == 1  # type: ignore[arg-type]


def test_that_a_hub_opens_and_closes_by_the_wall_clock_on_both_sides_of_a_clock_change() -> None:
    for day in ("2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"):
        assert not EIGHT_TO_EIGHT.is_open(london(f"{day} 07:59"))
        assert EIGHT_TO_EIGHT.is_open(london(f"{day} 08:00"))
        assert EIGHT_TO_EIGHT.seconds_to_closing(london(f"{day} 19:59")) == 60
        assert EIGHT_TO_EIGHT.seconds_to_closing(london(f"{day} 20:00")) is None


def test_that_a_single_day_can_differ() -> None:
    christmas, eve = dt.date(2026, 12, 25), dt.date(2026, 12, 24)
    hours = OpeningHours(EIGHT_TO_EIGHT.weekly, {christmas: None, eve: (dt.time(8), dt.time(14))})
    assert hours.on(christmas) is None
    assert not hours.is_open(london("2026-12-24 14:00"))
    following = hours.next_opening(london("2026-12-24 15:00"))
    assert following is not None
    assert following.opens_at == london("2026-12-26 08:00")


@given(moments())
def test_that_the_next_opening_has_not_closed_yet(now: dt.datetime) -> None:
    following = EIGHT_TO_EIGHT.next_opening(now)
    assert following is not None
    assert following.closes_at > now
    assert following.is_open(now) == EIGHT_TO_EIGHT.is_open(now)


def test_that_a_hub_was_left_open_from_its_closing_until_it_opens_again_unless_somebody_closed_it() -> None:
    evening, night = london("2026-06-13 20:00"), london("2026-06-14 01:30")
    assert EIGHT_TO_EIGHT.left_open_at(london("2026-06-13 19:59"), None) is None
    for now in (evening, night, london("2026-06-14 07:59")):
        assert EIGHT_TO_EIGHT.left_open_at(now, None) == evening
        assert EIGHT_TO_EIGHT.left_open_at(now, london("2026-06-12 20:05")) == evening
        assert EIGHT_TO_EIGHT.left_open_at(now, london("2026-06-13 18:00")) is None
    weekdays = OpeningHours({day: (dt.time(8), dt.time(20)) for day in range(5)})
    assert weekdays.left_open_at(london("2026-06-14 12:00"), None) == london("2026-06-12 20:00")
    assert OpeningHours({}).left_open_at(night, None) is None


def test_that_who_closes_in_the_night_closes_the_evening_until_shortly_before_it_opens() -> None:
    evening, opens_at = london("2026-06-13 20:00"), london("2026-06-14 08:00")
    late = london("2026-06-14 07:50")
    for early in ("2026-06-13 22:00", "2026-06-14 01:30", "2026-06-14 05:50"):
        assert day_that_closes(london(early), evening, opens_at) == evening
    assert day_that_closes(late, evening, opens_at) == late
    assert day_that_closes(late, evening, None) == evening
    assert day_that_closes(late, None, opens_at) == late


def test_that_999_is_owed_until_the_crews_take_over_is_recorded() -> None:
    assert len(what_is_owed(AmbulanceCall())) == 4
    told = AmbulanceCall("C-77", "Control, Sam", at(-20))
    assert what_is_owed(told) == ("Record when the crew took the patient over.",)
    assert not told.is_taken_over
    assert dataclasses.replace(told, taken_over_at=NOON).is_taken_over


def test_that_a_take_over_without_an_accepted_call_is_not_believed() -> None:
    assert reasons_not_to_record(AmbulanceCall(taken_over_at=NOON), NOON)
    assert reasons_not_to_record(AmbulanceCall("C-77", "Sam", NOON, at(-5)), NOON)
    assert reasons_not_to_record(AmbulanceCall("C-77", "Sam", at(5)), NOON)
