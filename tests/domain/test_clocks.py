"""The clocks of the service: what starts them, which one holds, and that nothing later restarts them."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.calendar import local
from console.domain.clinical_words import DueClock, Severity
from console.domain.clocks import (
    ReferralTimes,
    delivery_due,
    disposition_starts_at,
    due,
    leave_by_at,
    report_due_at,
    report_latest_at,
    response_due_at,
    severity,
    stream_due_at,
    triage_due_at,
    welfare_due,
)
from tests.domain.england import ENGLAND, london, moments, utc

NOON = utc("2026-06-10 12:00")
PRIORITIES = st.integers(1, 4)


def later(minutes: int) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes)


def test_that_a_report_of_friday_evening_before_a_bank_holiday_is_due_that_night_and_latest_tuesday() -> None:
    clear_at = london("2026-08-28 19:50")
    assert report_due_at(clear_at) == london("2026-08-28 22:50")
    assert report_latest_at(clear_at, ENGLAND) == london("2026-09-01 08:00")


def test_that_a_contact_of_the_small_hours_is_reported_the_same_morning() -> None:
    assert report_latest_at(london("2026-06-10 02:00"), ENGLAND) == london("2026-06-10 08:00")
    assert report_latest_at(london("2026-06-10 05:30"), ENGLAND) == london("2026-06-11 08:00")


@given(moments())
def test_that_a_report_is_latest_at_eight_on_a_working_day_and_never_before_it_is_due(
    clear_at: dt.datetime,
) -> None:
    latest = report_latest_at(clear_at, ENGLAND)
    assert latest >= report_due_at(clear_at)
    assert local(latest).time() == dt.time(8)
    assert ENGLAND.is_working_day(local(latest).date())


@pytest.mark.parametrize(("night", "hours"), [("2026-03-28 23:30", 3), ("2026-10-24 23:30", 3)])
def test_that_three_hours_are_three_hours_through_a_clock_change(night: str, hours: int) -> None:
    assert report_due_at(london(night)) - london(night) == dt.timedelta(hours=hours)


def test_that_triage_is_due_in_twenty_minutes_unless_asked_for_as_routine() -> None:
    assert triage_due_at(NOON, is_routine_request=False) == later(20)
    assert triage_due_at(NOON, is_routine_request=True) == later(60)


@pytest.mark.parametrize(("priority", "minutes"), [(1, 30), (2, 60), (3, 120), (4, 360)])
def test_that_each_priority_has_its_response_time(priority: int, minutes: int) -> None:
    assert response_due_at(NOON, priority) == later(minutes)


def test_that_a_priority_that_does_not_exist_is_refused() -> None:
    for priority in (0, 5, -1):
        with pytest.raises(ValueError, match="1 to 4"):
            response_due_at(NOON, priority)


def test_that_an_untriaged_referral_is_due_for_triage() -> None:
    held = due(ReferralTimes(NOON), ENGLAND)
    assert (held.due_at, held.clock) == (later(20), DueClock.TRIAGE)


def test_that_a_disposition_sooner_than_the_response_holds_until_a_clinical_downgrade() -> None:
    times = ReferralTimes(NOON, False, later(10), 4, "Dx05", NOON)
    assert due(times, ENGLAND).clock is DueClock.DISPOSITION
    assert due(times, ENGLAND).due_at == later(120)
    downgraded = due(dataclasses.replace(times, downgraded_at=later(15)), ENGLAND)
    assert (downgraded.due_at, downgraded.clock) == (later(370), DueClock.RESPONSE)


def test_that_a_disposition_without_a_time_counts_from_receipt_and_is_flagged() -> None:
    assert disposition_starts_at(None, NOON) == (NOON, True)
    assert disposition_starts_at(later(-30), NOON) == (later(-30), False)
    held = due(ReferralTimes(NOON, False, NOON, 4, "Dx11"), ENGLAND)
    assert "counted from receipt" in held.reason


def test_that_an_own_gp_disposition_gives_no_clock_of_its_own() -> None:
    for code in ("Dx09", "Dx10", "Dx42", "Dx001"):
        assert due(ReferralTimes(NOON, disposition=code), ENGLAND).clock is DueClock.TRIAGE


def test_that_an_asked_for_ambulance_is_due_at_once_whatever_else_runs() -> None:
    times = ReferralTimes(NOON, False, later(5), 4, "Dx08", NOON, asks_ambulance=True)
    assert (due(times, ENGLAND).due_at, due(times, ENGLAND).clock) == (NOON, DueClock.AMBULANCE)
    asked_here = dataclasses.replace(times, ambulance_asked_at=later(50))
    assert due(asked_here, ENGLAND).due_at == later(50)


@given(moments(), PRIORITIES, st.sampled_from([None, "Dx02", "dx06", "DX15", "Dx115", "Dx10", "Dx9999"]))
def test_that_the_earlier_of_two_clocks_holds(
    received_at: dt.datetime, priority: int, code: str | None
) -> None:
    times = ReferralTimes(received_at, False, received_at, priority, code)
    held = due(times, ENGLAND)
    assert held.due_at <= response_due_at(received_at, priority)
    assert held.due_at <= due(dataclasses.replace(times, downgraded_at=received_at), ENGLAND).due_at
    assert held.due_at > received_at


@given(moments(), PRIORITIES, PRIORITIES)
def test_that_raising_a_priority_never_makes_anything_due_later(
    at: dt.datetime, one: int, other: int
) -> None:
    urgent, calm = sorted((one, other))
    assert response_due_at(at, urgent) <= response_due_at(at, calm)


def test_that_a_new_arrival_is_streamed_within_a_quarter_of_an_hour() -> None:
    assert stream_due_at(NOON) == later(15)


def test_that_delivery_counts_hours_working_days_and_days() -> None:
    clocks = delivery_due(london("2026-10-23 17:00"), ENGLAND)
    assert clocks.infrastructure_at == london("2026-10-24 17:00")
    assert clocks.acknowledged_at == london("2026-10-27 17:00")
    # Five times 24 hours over the October change end an hour earlier by the wall clock.
    assert clocks.uncollected_at == london("2026-10-28 16:00")


def test_that_welfare_calls_after_fifteen_minutes_and_goes_to_the_supervisor_after_thirty() -> None:
    clocks = welfare_due(NOON)
    assert (clocks.call_at, clocks.supervisor_at) == (later(15), later(30))


def test_that_leaving_by_counts_back_from_the_due_time() -> None:
    assert leave_by_at(NOON, 25) == later(-25)


def test_that_lateness_has_three_words() -> None:
    assert severity(NOON, later(1)) is Severity.OVER
    assert severity(NOON, NOON) is Severity.SOON
    assert severity(NOON, later(-31)) is Severity.IN_TIME
