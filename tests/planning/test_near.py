"""Who is near: in which order, in which words, and who is not ranked at all."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.rows import CandidateRow, Near
from console.domain.words import Availability
from console.planning.near import Errand, ranked, why_not_first
from console.planning.travel import ESTIMATE, Journey, Point, StraightLine, about, about_km
from tests.domain.test_sendable import NOW
from tests.planning.people import DOVER, FOLKESTONE, HYTHE, allowed, at, person

ERRAND = Errand(HYTHE, due_at=at(30), hub_id=1)
DEGREES = st.tuples(st.floats(50.5, 51.5), st.floats(0.5, 1.5))


def names(rows: Sequence[CandidateRow]) -> list[str]:
    return [one.practitioner.name for one in rows]


def near(one: CandidateRow) -> Near:
    assert one.near is not None
    return one.near


def test_that_the_nearest_comes_first_and_says_why() -> None:
    rows = ranked(
        allowed(person(1, "Far", DOVER), person(2, "Near", FOLKESTONE, competences=("catheters",))),
        ERRAND,
        ESTIMATE,
        NOW,
    )
    assert names(rows) == ["Near", "Far"]
    assert [near(one).rank for one in rows] == [1, 2]
    first, second = near(rows[0]), near(rows[1])
    assert first.words == (
        "about 8 km, about 15 min", "there by 14:15, due 14:30", "leave by 14:15", "catheters",
    )  # fmt: skip
    assert second.words == ("about 24 km, about 40 min", "there by 14:40, due 14:30 (10 min late)")


def test_that_nobody_is_told_to_wait_beyond_the_end_of_their_shift() -> None:
    for ends_in, said in ((74, False), (75, True)):
        (row,) = ranked(
            allowed(person(1, "Sam", FOLKESTONE, shift_ends_at=at(ends_in))), ERRAND, ESTIMATE, NOW
        )
        assert ("leave by 14:15" in near(row).words) is said


def test_that_somebody_near_who_is_busy_comes_after_somebody_free_who_is_there_sooner() -> None:
    busy = person(
        1, "Busy", HYTHE, availability=Availability.ON_SCENE, expected_clear_at=at(20), referral_id=9
    )
    rows = ranked(allowed(busy, person(2, "Free", FOLKESTONE)), ERRAND, ESTIMATE, NOW)
    assert names(rows) == ["Free", "Busy"]
    assert near(rows[1]).words[:2] == ("clear about 14:20", "then under 1 km, about 5 min")


def test_that_a_busy_person_starts_from_the_patient_they_are_with() -> None:
    busy = person(1, "Busy", HYTHE, availability=Availability.EN_ROUTE, referral_id=9)
    (row,) = ranked(allowed(busy), replace(ERRAND, in_hand={9: DOVER}), ESTIMATE, NOW)
    assert near(row).words[:2] == ("clear about 14:45 (assumed)", "then about 24 km, about 40 min")


def test_that_each_visit_that_waits_before_is_counted() -> None:
    busy = person(1, "Busy", HYTHE, availability=Availability.ALLOCATED, waiting_visits=2)
    (row,) = ranked(allowed(busy), ERRAND, ESTIMATE, NOW)
    assert near(row).there_at == at(45 + 45 + 5)


@pytest.mark.parametrize(
    ("doing", "age", "is_ranked"),
    [
        (Availability.FREE, 5, True),
        (Availability.FREE, 6, False),
        (Availability.ON_SCENE, 60, True),
        (Availability.ON_SCENE, 61, False),
    ],
)
def test_that_a_stale_position_never_ranks(doing: Availability, age: float, is_ranked: bool) -> None:
    stale = person(1, "Sam", HYTHE, availability=doing, position_at=at(-age), expected_clear_at=at(1))
    rows = ranked(allowed(stale, person(2, "Far", DOVER)), ERRAND, ESTIMATE, NOW)
    found = {one.practitioner.name: near(one) for one in rows}
    assert (found["Sam"].rank is not None) is is_ranked
    if not is_ranked:
        assert names(rows) == ["Far", "Sam"]
        assert found["Sam"].words == ("position too old: not ranked",)


def test_that_nobody_is_ranked_without_a_position_or_a_place_to_go_to() -> None:
    rows = allowed(person(1, "Sam", None), person(2, "Kit", FOLKESTONE))
    there = ranked(rows, ERRAND, ESTIMATE, NOW)
    assert names(there) == ["Kit", "Sam"]
    assert near(there[1]).words == ("no position: not ranked",)
    nowhere = ranked(rows, replace(ERRAND, point=None), ESTIMATE, NOW)
    assert names(nowhere) == ["Sam", "Kit"]
    assert [near(one).rank for one in nowhere] == [None, None]


def test_that_whoever_may_not_be_sent_is_never_ranked() -> None:
    refused = CandidateRow(person(1, "Pat", HYTHE), ("Pat is a paramedic below practitioner.",), ())
    rows = ranked([refused, *allowed(person(2, "Kit", DOVER))], ERRAND, ESTIMATE, NOW)
    assert names(rows) == ["Kit", "Pat"]
    assert rows[1].near is None


def test_that_whose_shift_would_end_before_the_visit_comes_last() -> None:
    ending = person(1, "Ending", HYTHE, shift_ends_at=at(40))
    rows = ranked(allowed(ending, person(2, "Far", DOVER)), ERRAND, ESTIMATE, NOW)
    assert names(rows) == ["Far", "Ending"]


def test_that_a_reason_is_asked_for_anybody_but_the_first() -> None:
    rows = ranked(allowed(person(1, "Near", HYTHE), person(2, "Far", DOVER)), ERRAND, ESTIMATE, NOW)
    assert not why_not_first(rows, rows[0])
    assert why_not_first(rows, rows[1]) == "Say why Far goes and not Near, who is first."
    unranked = ranked(allowed(person(1, "A", None), person(2, "B", None)), ERRAND, ESTIMATE, NOW)
    assert not why_not_first(unranked, unranked[1])


def test_that_a_routing_server_can_fill_the_times() -> None:
    class Routed:
        def journeys(self, origins: Sequence[Point], to: Point) -> Sequence[Journey | None]:
            assert to == HYTHE
            return [None if origin == FOLKESTONE else Journey(30.0, 21.0) for origin in origins]

    rows = ranked(allowed(person(1, "Cut off", FOLKESTONE), person(2, "Far", DOVER)), ERRAND, Routed(), NOW)
    assert names(rows) == ["Far", "Cut off"]
    assert near(rows[0]).words[0] == "about 30 km, about 25 min"
    assert near(rows[1]).words == ("the way there is not known: not ranked",)


@given(DEGREES, DEGREES)
def test_that_the_estimate_is_never_shorter_than_the_straight_line(one: Point, other: Point) -> None:
    (journey,) = StraightLine(factor=1.4, kmh=40).journeys([one], other)
    (straight,) = StraightLine(factor=1.0, kmh=40).journeys([one], other)
    assert journey is not None
    assert straight is not None
    assert journey.km >= straight.km
    assert about(journey.minutes) % 5 == 0
    assert about(journey.minutes) >= max(journey.minutes, 5)


def test_that_little_is_promised_of_a_distance() -> None:
    assert [about_km(km) for km in (0.2, 1.2, 7.6)] == ["under 1 km", "about 1 km", "about 8 km"]
    assert dt.timedelta(minutes=about(0)) == dt.timedelta(minutes=5)
