"""While patients wait: waiting calls, and the failed-contact rule."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.domain.clocks import DEFAULTS
from console.domain.waiting import Attempt, failed_contact, waiting_call_due_at
from console.domain.words import ContactResult
from tests.domain.england import utc

NOON = utc("2026-06-10 12:00")
HOME, DAUGHTER = "01303000001", "01303000002"


def at(minutes: int) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes)


def no_reply(minutes: int, number: str = HOME) -> Attempt:
    return Attempt(at(minutes), number, ContactResult.NO_REPLY)


def test_that_a_missed_due_time_brings_a_call_and_then_one_every_hour_until_seen() -> None:
    assert waiting_call_due_at(NOON, None, None) == NOON
    assert waiting_call_due_at(NOON, at(-10), None) == NOON
    assert waiting_call_due_at(NOON, at(5), None) == at(65)
    assert waiting_call_due_at(NOON, at(5), at(30)) is None


def test_that_three_attempts_over_all_numbers_bring_a_clinician() -> None:
    attempts = [no_reply(0), no_reply(10, DAUGHTER), no_reply(20)]
    standing = failed_contact(attempts, {HOME, DAUGHTER})
    assert standing.attempts_left == 0
    assert not standing.clinician_decides(at(19))
    assert standing.clinician_decides(at(20))


def test_that_three_attempts_on_one_number_are_not_enough_while_another_is_known() -> None:
    standing = failed_contact([no_reply(0), no_reply(5), no_reply(10)], [HOME, DAUGHTER])
    assert standing.attempts_left == 1
    assert standing.numbers_left == (DAUGHTER,)
    assert not standing.clinician_decides(at(29))


def test_that_half_an_hour_after_the_first_attempt_a_clinician_decides_all_the_same() -> None:
    assert failed_contact([no_reply(0)], [HOME]).clinician_decides(at(30))


def test_that_the_time_after_which_a_clinician_decides_is_told_as_the_service_has_set_it() -> None:
    told = failed_contact([no_reply(0)], [HOME], replace(DEFAULTS, failed_contact_window=20)).reason
    assert told.endswith("a clinician decides 20 minutes after the first attempt at the latest.")


def test_that_reaching_the_patient_starts_afresh() -> None:
    attempts = [no_reply(0), no_reply(5), Attempt(at(6), HOME, ContactResult.SPOKEN), no_reply(40)]
    standing = failed_contact(attempts, [HOME])
    assert standing.attempts_left == 2
    assert standing.decide_from == at(70)


def test_that_without_any_failed_attempt_nobody_has_to_decide() -> None:
    assert not failed_contact([], [HOME]).clinician_decides(at(999))


@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.sampled_from([HOME, DAUGHTER]), st.sampled_from(ContactResult)),
        max_size=8,
    )
)
def test_that_whoever_is_not_reached_has_a_clinician_within_half_an_hour(
    tried: list[tuple[int, str, ContactResult]],
) -> None:
    attempts = [Attempt(at(minute), number, result) for minute, number, result in tried]
    standing = failed_contact(attempts, [HOME, DAUGHTER])
    if standing.decide_from is not None:
        failed = [one.at for one in attempts]
        assert min(failed) <= standing.decide_from <= max(failed) + dt.timedelta(minutes=30)
    assert standing.reason.endswith(".")
