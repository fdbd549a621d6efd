"""Who has which referral open: told while it is true, faded when it may not be, and never for ever."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.domain import presence as rules
from console.domain.presence import FORGOTTEN_AFTER, RENEWED_EVERY, STALE_AFTER, Opened
from console.domain.words import Role

NOW = dt.datetime(2026, 1, 14, 14, 0, tzinfo=dt.UTC)
JO = Opened("c1", 7, "Jo Bell", Role.COORDINATOR, "desk-1", 3, False, NOW - dt.timedelta(minutes=4), NOW)


def heard(ago: dt.timedelta, **changes: object) -> Opened:
    """Jo's lease, renewed so long ago."""
    return replace(JO, renewed_at=NOW - ago, **changes)  # type: ignore[arg-type]


def test_that_one_renewal_that_is_late_fades_nobody() -> None:
    assert not rules.is_stale(heard(RENEWED_EVERY * 3), NOW)


def test_that_a_console_that_is_heard_no_more_fades_and_is_forgotten() -> None:
    just_gone = heard(STALE_AFTER + dt.timedelta(seconds=1))
    assert rules.is_stale(just_gone, NOW)
    assert rules.is_shown(just_gone, NOW)
    assert not rules.is_shown(heard(FORGOTTEN_AFTER + dt.timedelta(seconds=1)), NOW)


def test_that_what_was_taken_over_is_told_only_when_its_console_is_heard_again() -> None:
    taken = heard(dt.timedelta(minutes=1), taken_by="Mo Field", taken_at=NOW)
    assert not rules.is_shown(taken, NOW)
    assert rules.is_shown(replace(taken, renewed_at=NOW), NOW)


def test_that_somebody_who_is_there_is_not_taken_over_from() -> None:
    assert "Jo Bell is there now" in rules.reasons_not_to_take_over(JO, NOW)[0]
    assert rules.reasons_not_to_take_over(heard(dt.timedelta(minutes=1)), NOW) == ()


@given(st.lists(st.integers(0, 1200), max_size=6), st.integers(0, 1200))
def test_that_whoever_is_there_stands_before_whoever_may_have_gone(ages: list[int], more: int) -> None:
    found = [heard(dt.timedelta(seconds=age), console=str(n)) for n, age in enumerate(ages)]
    later = NOW + dt.timedelta(seconds=more)
    told = rules.shown(found, later)
    stale = [rules.is_stale(one, later) for one in told]
    assert stale == sorted(stale)
    assert all(later - one.renewed_at <= FORGOTTEN_AFTER for one in told)
