"""Two edits of the same fields: nothing is lost, nothing is invented, and only what must be is asked."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.merging import Conflict, Conflicting, Difference, merge

NAMES = ("a", "b", "c", "d", "e")
BOUND = (("a", "b"), ("b", "c", "elsewhere"))
VALUES = st.fixed_dictionaries({name: st.integers(0, 2) for name in NAMES})
AT = dt.datetime(2026, 1, 14, 14, 0, tzinfo=dt.UTC)


@given(VALUES, VALUES, VALUES)
def test_that_every_value_is_one_that_somebody_wanted(
    base: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    merged = merge(base, mine, theirs, BOUND)
    for name in NAMES:
        assert merged.values[name] in (mine[name], theirs[name])
        if mine[name] != base[name]:  # what somebody typed goes only where they are asked
            assert merged.values[name] == mine[name]
        if theirs[name] not in (base[name], merged.values[name]):
            assert name in merged.asked


@given(VALUES, VALUES)
def test_that_what_only_one_of_them_changed_is_taken_without_asking(
    base: dict[str, int], edited: dict[str, int]
) -> None:
    assert merge(base, edited, base, BOUND)[:2] == (edited, ())
    merged = merge(base, base, edited, BOUND)
    assert merged[:2] == (edited, ())
    assert set(merged.taken) == {name for name in NAMES if edited[name] != base[name]}


@given(VALUES, VALUES)
def test_that_two_who_want_the_same_are_not_asked(base: dict[str, int], both: dict[str, int]) -> None:
    assert merge(base, both, both, BOUND) == (both, (), ())


@given(VALUES, VALUES, VALUES)
def test_that_both_would_be_asked_the_same(
    base: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    asked = (merge(base, mine, theirs, BOUND).asked, merge(base, theirs, mine, BOUND).asked)
    assert set(asked[0]) == set(asked[1])


@given(VALUES, VALUES, VALUES, st.sets(st.sampled_from(NAMES)))
def test_that_whoever_has_chosen_is_not_asked_again(
    base: dict[str, int], mine: dict[str, int], theirs: dict[str, int], others: set[str]
) -> None:
    merged = merge(base, mine, theirs, BOUND)
    asked = tuple(Difference(one, base[one], mine[one], theirs[one], "Jo", AT) for one in merged.asked)
    chosen = Conflict(2, asked, (), merged.values).chosen(others)
    assert merge(theirs, chosen, theirs, BOUND)[:2] == (chosen, ())
    for name in merged.asked:
        assert chosen[name] == (theirs if name in others else mine)[name]


def test_that_what_is_bound_is_asked_though_each_changed_another_field() -> None:
    base = {"priority": 3, "due": "15:00", "problem": "Fall"}
    mine = base | {"priority": 1, "problem": "Fall, in pain"}
    theirs = base | {"due": "14:20"}
    apart = merge(base, mine, theirs)
    assert (apart.asked, apart.taken) == ((), ("due",))
    together = merge(base, mine, theirs, [("priority", "due")])
    assert together.asked == ("priority", "due")
    assert together.values == mine


def test_that_an_answer_that_was_given_anew_counts_though_it_is_the_old_one() -> None:
    base, theirs = {"practice": "Sea Road"}, {"practice": "Harbour"}
    assert merge(base, base, theirs).taken == ("practice",)
    assert merge(base, base, theirs, meant=["practice"]).asked == ("practice",)


def test_that_a_conflict_outlives_where_it_was_raised() -> None:
    conflict = Conflict(3, (), (), {})
    with pytest.raises(Conflicting) as raised:
        raise Conflicting(conflict, "Jo wrote at 14:02.")
    fresh = raised.value.anew()
    assert (fresh.conflict, fresh.reasons, fresh.__traceback__) == (conflict, ("Jo wrote at 14:02.",), None)
