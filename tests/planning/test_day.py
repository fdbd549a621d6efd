"""The synthetic day: the same for the same seed, plausible, of nobody real."""

import datetime as dt
import itertools
from collections import Counter

import pytest

from console.domain.calendar import local
from console.domain.identifiers import is_nhs_number, normalise_postcode
from console.domain.words import Source
from console.planning.day.cases import nhs_number
from console.planning.day.plan import CALM, opened_at, plan_day
from console.planning.day.words import Act, DayPlan
from console.planning.places import PostcodeTable

TABLE = PostcodeTable()
THURSDAY, SATURDAY = dt.date(2026, 11, 26), dt.date(2026, 11, 28)
CHANGED_CLOCKS = dt.date(2026, 10, 25)


def planned(seed: int = 7, day: dt.date = THURSDAY) -> DayPlan:
    return plan_day(seed, day, TABLE, is_working_day=day.weekday() < 5)


def test_that_the_same_seed_and_date_give_the_same_day_to_the_second() -> None:
    assert planned() == planned()
    assert planned() != planned(seed=8)
    assert planned().cases["late"] != planned(day=THURSDAY + dt.timedelta(days=1)).cases["late"]


@pytest.mark.parametrize("seed", range(20))
def test_that_every_day_has_about_20_visits_both_hubs_and_six_practitioners(seed: int) -> None:
    plan = planned(seed)
    acts = Counter(event.act for event in plan.events)
    assert acts[Act.ALLOCATE] == 20
    assert acts[Act.SHIFT_ON] == acts[Act.SHIFT_OFF] == 6
    assert acts[Act.ARRIVE] == 27
    assert {event.hub for event in plan.events if event.act is Act.CLOSE_HUB} == {"folkestone", "dover"}
    for once in (Act.HAND_BACK, Act.NO_ACCESS, Act.WORSE, Act.DIVERT, Act.LEFT):
        assert acts[once] == 1
    assert acts[Act.SENT] < acts[Act.CLEAR] + acts[Act.FINISH] + acts[Act.NO_ACCESS]
    sources = {case.source for case in plan.cases.values()}
    assert sources == {
        Source.GP_PRACTICE,
        Source.NHS_111,
        Source.CAS_999,
        Source.COMMUNITY_NURSING,
        Source.HUB,
    }


def test_that_patients_have_test_numbers_real_postcodes_and_no_name_twice() -> None:
    cases = planned().cases.values()
    for case in cases:
        assert case.nhs_number.startswith("999")
        assert is_nhs_number(case.nhs_number)
        assert TABLE.locate(case.postcode) is not None
        assert normalise_postcode(case.postcode) == case.postcode
        assert case.phone.startswith("01632 960")
        assert (case.birth_date.month, case.birth_date.day) != (THURSDAY.month, THURSDAY.day)
    for field in ("nhs_number", "phone", "family_name", "key"):
        values = [getattr(case, field) for case in cases]
        assert len(values) == len(set(values))


def test_that_no_two_days_share_a_number() -> None:
    days = [THURSDAY + dt.timedelta(days=ahead) for ahead in range(60)]
    numbers = [nhs_number(day, place) for day in days for place in range(60)]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("day", [THURSDAY, SATURDAY, CHANGED_CLOCKS])
def test_that_events_are_in_order_and_at_work_by_the_clock_on_the_wall(day: dt.date) -> None:
    plan = planned(day=day)
    assert all(one.at <= other.at for one, other in itertools.pairwise(plan.events))
    for event in plan.events:
        assert local(event.at).date() == day
        if event.act in {Act.RECEIVE, Act.ARRIVE, Act.ALLOCATE}:
            assert dt.time(7, 20) <= local(event.at).time() <= dt.time(20)


@pytest.mark.parametrize("seed", range(20))
def test_that_nobody_is_on_two_visits_at_once(seed: int) -> None:
    engaged: dict[str, str] = {}
    for event in planned(seed).events:
        if event.act is Act.ACKNOWLEDGE:
            assert event.who not in engaged
            engaged[event.who] = event.case
        if event.act in {Act.CLEAR, Act.NO_ACCESS, Act.DIVERT}:
            engaged.pop(event.who)
    assert not engaged


def test_that_nothing_happens_while_whoever_opens_the_day_sits_down() -> None:
    opens = opened_at(THURSDAY)
    assert not [one for one in planned().events if opens <= one.at < opens + CALM]


def test_that_practices_neither_refer_nor_answer_on_a_saturday() -> None:
    plan = planned(day=SATURDAY)
    assert Source.GP_PRACTICE not in {case.source for case in plan.cases.values()}
    assert not {Act.DELIVERED, Act.ACCEPTED, Act.REJECTED} & {event.act for event in plan.events}
