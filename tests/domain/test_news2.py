"""NEWS2 against the chart of the Royal College of Physicians (2017)."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.clinical_words import Consciousness, NewsAnswer
from console.domain.news2 import Observations, news2, reasons_not_to_believe

WELL = Observations(16, 97, 1, False, 125, 72, Consciousness.ALERT, 37.0)


def score_of(**changed: object) -> int:
    score = news2(dataclasses.replace(WELL, **changed), age_years=70).score  # type: ignore[arg-type]
    assert score is not None
    return score


def test_that_a_well_adult_scores_nothing() -> None:
    assert score_of() == 0


CHART: list[tuple[str, dict[float, int]]] = [
    ("respiratory_rate", {8: 3, 9: 1, 11: 1, 12: 0, 20: 0, 21: 2, 24: 2, 25: 3}),
    ("spo2", {91: 3, 92: 2, 93: 2, 94: 1, 95: 1, 96: 0, 100: 0}),
    ("systolic", {90: 3, 91: 2, 100: 2, 101: 1, 110: 1, 111: 0, 219: 0, 220: 3}),
    ("pulse", {40: 3, 41: 1, 50: 1, 51: 0, 90: 0, 91: 1, 110: 1, 111: 2, 130: 2, 131: 3}),
    ("temperature", {35.0: 3, 35.1: 1, 36.0: 1, 36.1: 0, 38.0: 0, 38.1: 1, 39.0: 1, 39.1: 2}),
]


@pytest.mark.parametrize(("name", "points"), CHART, ids=[name for name, _ in CHART])
def test_that_every_edge_of_the_chart_scores_as_printed(name: str, points: dict[float, int]) -> None:
    assert {value: score_of(**{name: value}) for value in points} == points


@pytest.mark.parametrize(
    ("on_oxygen", "points"),
    [
        (False, {83: 3, 84: 2, 85: 2, 86: 1, 87: 1, 88: 0, 92: 0, 93: 0, 97: 0}),
        (True, {83: 5, 85: 4, 87: 3, 88: 2, 92: 2, 93: 3, 94: 3, 95: 4, 96: 4, 97: 5}),
    ],
)
def test_that_scale_two_counts_too_much_oxygen_as_well(on_oxygen: bool, points: dict[int, int]) -> None:
    seen = {value: score_of(spo2=value, spo2_scale=2, on_oxygen=on_oxygen) for value in points}
    assert seen == points


def test_that_above_the_target_scale_two_needs_to_know_what_the_patient_breathes() -> None:
    score = news2(dataclasses.replace(WELL, spo2=97, spo2_scale=2, on_oxygen=None), age_years=70)
    assert score.missing == ("Oxygen saturation", "Air or oxygen")


def test_that_new_confusion_is_a_single_three_and_proposes_urgent() -> None:
    score = news2(dataclasses.replace(WELL, consciousness=Consciousness.NEW_CONFUSION), age_years=70)
    assert (score.score, score.single_threes) == (3, ("Consciousness",))
    assert score.answer is NewsAnswer.URGENT


def test_that_five_without_a_three_proposes_urgent_and_four_does_not() -> None:
    five = dataclasses.replace(WELL, respiratory_rate=22, pulse=115, temperature=38.5)
    assert news2(five, age_years=70).answer is NewsAnswer.URGENT
    four = dataclasses.replace(five, temperature=37.0)
    assert news2(four, age_years=70).answer is NewsAnswer.NONE


def test_that_seven_brings_a_clinician_now_and_never_a_visit_clock() -> None:
    sick = dataclasses.replace(WELL, respiratory_rate=26, spo2=93, systolic=95)
    score = news2(sick, age_years=70)
    assert score.score == 7
    assert score.answer is NewsAnswer.CLINICIAN_NOW
    assert "999 proposed" in score.text


def test_that_a_missing_observation_is_missing_and_not_nought() -> None:
    score = news2(dataclasses.replace(WELL, temperature=None), age_years=70)
    assert not score.is_complete
    assert score.missing == ("Temperature",)
    assert score.text == "NEWS2 at least 0, not taken: Temperature."


@pytest.mark.parametrize(("age", "is_pregnant"), [(15, False), (0, False), (30, True)])
def test_that_children_and_pregnant_patients_get_no_score(age: int, is_pregnant: bool) -> None:
    score = news2(WELL, age_years=age, is_pregnant=is_pregnant)
    assert score.score is None
    assert not score.is_complete
    assert "a clinician judges" in score.text


def test_that_a_slip_of_the_keys_is_not_scored() -> None:
    slipped = dataclasses.replace(WELL, temperature=370.0)
    assert reasons_not_to_believe(slipped) == ("Temperature 370 cannot be right: it lies between 20 and 46.",)
    with pytest.raises(ValueError, match="cannot be right"):
        news2(slipped, age_years=70)


SOME_OBSERVATIONS = st.builds(
    Observations,
    st.none() | st.integers(0, 100),
    st.none() | st.integers(0, 100),
    st.sampled_from([1, 2]),
    st.none() | st.booleans(),
    st.none() | st.integers(0, 350),
    st.none() | st.integers(0, 350),
    st.none() | st.sampled_from(Consciousness),
    st.none() | st.integers(200, 460).map(lambda tenths: tenths / 10),
)


@given(SOME_OBSERVATIONS)
def test_that_taking_one_more_observation_never_lowers_the_score(seen: Observations) -> None:
    score = news2(seen, age_years=70)
    assert score.score is not None
    assert 0 <= score.score <= 20
    assert len(score.parts) + len(score.missing) == 7
    for name in (
        "pulse",
        "temperature",
        "consciousness",
        "respiratory_rate",
        "systolic",
        "on_oxygen",
        "spo2",
    ):
        fewer = news2(dataclasses.replace(seen, **{name: None}), age_years=70)  # type: ignore[arg-type]
        assert fewer.score is not None
        assert fewer.score <= score.score
