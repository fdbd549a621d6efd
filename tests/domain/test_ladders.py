"""The other ladders: visits, welfare, shifts, waiting patients, practices and hubs."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.acceptance import FOR_GOOD, acceptance_ends_at
from console.domain.chase_words import Subject
from console.domain.ladder import Frame, Resting, came_due, next_at
from console.domain.ladder_facts import (
    HubFacts,
    PracticeFacts,
    ReferralFacts,
    ReportFacts,
    ShiftFacts,
    Untold,
    VisitFacts,
)
from console.domain.ladder_settings import DEFAULTS
from console.domain.ladders import BY_NAME, LADDERS, step_label
from console.domain.ladders_patients import (
    FAILED_CONTACT,
    HUB_CLOSING,
    RESPONSE_LATE,
    TRIAGE_LATE,
    WAITING_CALL,
)
from console.domain.ladders_practices import PRACTICE_SILENT, call_at
from console.domain.ladders_reports import REPORT_UNDECIDED, REPORTS_UNSIGNED
from console.domain.ladders_safety import (
    ADDRESS_UNTOLD,
    POSITION_STALE,
    SAFE_HOME,
    VISIT_UNACKNOWLEDGED,
    WELFARE,
)
from console.domain.words import Availability, ReferralStatus, ReportStatus, Role, TaskKind, VisitStatus
from tests.domain.england import ENGLAND, london, moments

FRAME = Frame(ENGLAND)
NOON = london("2026-06-10 12:00")
NIGHT = Resting(NOON - dt.timedelta(days=9), NOON + dt.timedelta(days=9))


def after(minutes: float, since: dt.datetime = NOON) -> dt.datetime:
    return since + dt.timedelta(minutes=minutes)


def went(ladder: Any, facts: Any, now: dt.datetime) -> list[tuple[str, int]]:
    """Give the steps that may have gone by now, with their rounds; those that are moments count as 0."""
    return [(one.step, one.round if one.round < 100 else 0) for one in came_due(ladder, facts, FRAME, now)]


VISIT = VisitFacts(VisitStatus.ALLOCATED, "R-2026-000001", "Sam Hill", allocated_at=NOON)


def test_that_a_visit_nobody_acknowledged_reaches_the_coordinator_then_the_supervisor() -> None:
    assert went(VISIT_UNACKNOWLEDGED, VISIT, after(9.9)) == []
    assert went(VISIT_UNACKNOWLEDGED, VISIT, after(10)) == [("coordinator", 0)]
    assert went(VISIT_UNACKNOWLEDGED, VISIT, after(20)) == [("coordinator", 0), ("supervisor", 0)]
    acknowledged = replace(VISIT, status=VisitStatus.ACKNOWLEDGED)
    assert went(VISIT_UNACKNOWLEDGED, acknowledged, after(600)) == []


def test_that_a_visit_behind_another_one_is_not_late_until_that_one_is_clear() -> None:
    waiting = replace(VISIT, is_busy_elsewhere=True)
    assert went(VISIT_UNACKNOWLEDGED, waiting, after(600)) == []
    free = replace(VISIT, free_from=after(40))
    assert went(VISIT_UNACKNOWLEDGED, free, after(49)) == []
    assert went(VISIT_UNACKNOWLEDGED, free, after(50)) == [("coordinator", 0)]


UNTOLD = replace(
    VISIT,
    status=VisitStatus.EN_ROUTE,
    untold=Untold(NOON, after(3), "Tell Sam Hill that the visit is at ..."),
)


def test_that_an_address_nobody_tells_reaches_the_supervisor_before_the_wrong_door_is_reached() -> None:
    assert went(ADDRESS_UNTOLD, UNTOLD, after(4.9)) == []
    (step,) = came_due(ADDRESS_UNTOLD, UNTOLD, FRAME, after(5))
    assert (step.recipient, step.asks_about) == (Role.SUPERVISOR, "address")
    assert step.words == "Tell Sam Hill that the visit is at ..."
    assert DEFAULTS.address_supervisor < DEFAULTS.unacknowledged_supervisor - DEFAULTS.unacknowledged
    for known in (replace(UNTOLD, untold=None), replace(UNTOLD, status=VisitStatus.CLEAR)):
        assert went(ADDRESS_UNTOLD, known, after(600)) == []


def test_that_who_is_on_another_visit_is_not_on_the_way_to_a_wrong_door() -> None:
    waiting = replace(UNTOLD, status=VisitStatus.ALLOCATED, is_busy_elsewhere=True)
    assert went(ADDRESS_UNTOLD, waiting, after(600)) == []
    free = replace(UNTOLD, status=VisitStatus.ALLOCATED, free_from=after(40))
    assert went(ADDRESS_UNTOLD, free, after(44)) == []
    assert went(ADDRESS_UNTOLD, free, after(45)) == [("supervisor", 0)]
    # Another one that is taken from them meanwhile gives nobody more time.
    driving = replace(UNTOLD, free_from=after(5))
    assert went(ADDRESS_UNTOLD, driving, after(5)) == [("supervisor", 0)]


OUT = replace(VISIT, status=VisitStatus.ON_SCENE, expected_clear_at=NOON)


def test_that_a_practitioner_who_should_be_clear_is_called_and_then_the_supervisor_told() -> None:
    assert went(WELFARE, OUT, after(14.9)) == []
    assert went(WELFARE, OUT, after(15)) == [("call", 0)]
    assert went(WELFARE, OUT, after(30)) == [("call", 0), ("supervisor", 0)]
    assert went(WELFARE, replace(OUT, status=VisitStatus.CLEAR), after(600)) == []


def test_that_an_answered_welfare_check_is_asked_again_unless_a_later_time_was_given() -> None:
    answered = replace(OUT, welfare_done_at=(after(20),))
    assert went(WELFARE, answered, after(34.9)) == []
    assert went(WELFARE, answered, after(35)) == [("call", 1)]
    assert went(WELFARE, answered, after(50)) == [("call", 1), ("supervisor", 1)]
    later = replace(answered, expected_clear_at=after(60))
    assert went(WELFARE, later, after(74)) == []
    assert went(WELFARE, later, after(75)) == [("call", 1)]


def test_that_somebody_who_does_not_arrive_is_called() -> None:
    driving = replace(VISIT, status=VisitStatus.EN_ROUTE, en_route_at=NOON)
    assert went(WELFARE, driving, after(59)) == []
    assert went(WELFARE, driving, after(75)) == [("en_route_call", 0), ("en_route_supervisor", 0)]
    assert went(WELFARE, replace(driving, status=VisitStatus.ON_SCENE), after(75)) == []


SHIFT = ShiftFacts("Sam Hill", ends_at=NOON, on_at=after(-480), author="staff:7", unsigned=2)


def test_that_somebody_who_does_not_say_that_they_are_home_is_called() -> None:
    assert went(SAFE_HOME, SHIFT, after(14)) == []
    assert went(SAFE_HOME, SHIFT, after(30)) == [("call", 0), ("supervisor", 0)]
    for over in ({"off_at": after(5)}, {"on_at": None}, {"is_on_a_visit": True}):
        assert went(SAFE_HOME, replace(SHIFT, **over), after(600)) == []


def test_that_unsigned_reports_are_listed_when_the_shift_ends() -> None:
    assert went(REPORTS_UNSIGNED, SHIFT, after(-1)) == []
    (step,) = came_due(REPORTS_UNSIGNED, SHIFT, FRAME, NOON)
    assert (step.recipient, step.asks) == ("staff:7", TaskKind.REPORTS_UNSIGNED)
    assert step.words == "Sam Hill: 2 reports are not signed at the end of the shift."
    early = replace(SHIFT, off_at=after(-60))
    assert went(REPORTS_UNSIGNED, early, after(-60)) == [("shift_end", 0)]
    assert went(REPORTS_UNSIGNED, replace(SHIFT, unsigned=0), NOON) == []
    (asked,) = came_due(REPORTS_UNSIGNED, replace(SHIFT, author=None), FRAME, NOON)
    assert asked.recipient == Role.COORDINATOR


def test_that_a_device_that_falls_silent_is_asked_about_once_for_each_silence() -> None:
    driving = replace(SHIFT, ends_at=after(480), has_device=True, position_at=NOON)
    assert went(POSITION_STALE, driving, after(4)) == []
    assert went(POSITION_STALE, driving, after(5)) == [("coordinator", 0)]
    on_scene = replace(driving, doing=Availability.ON_SCENE)
    assert went(POSITION_STALE, on_scene, after(59)) == []
    for quiet in (
        {"has_device": False},
        {"off_at": NOON},
        {"position_at": after(-481)},
        {"position_at": None},
    ):
        assert went(POSITION_STALE, replace(driving, **quiet), after(600)) == []


WAITS = ReferralFacts(ReferralStatus.TRIAGED, "R-2026-000001", priority=2, due_at=NOON)


def test_that_a_missed_due_time_brings_a_call_and_another_one_hourly() -> None:
    assert went(WAITING_CALL, WAITS, after(-1)) == []
    assert went(WAITING_CALL, WAITS, after(500)) == [("clinician", 0)]
    called = replace(WAITS, calls_done_at=(after(10),))
    assert went(WAITING_CALL, called, after(69)) == []
    assert went(WAITING_CALL, called, after(70)) == [("clinician", 1)]
    for over in ({"seen_at": NOON}, {"status": ReferralStatus.CLOSED}, {"taken_over_at": NOON}):
        assert went(WAITING_CALL, replace(WAITS, **over), after(600)) == []


def test_that_breaches_reach_the_supervisor_emergencies_at_once() -> None:
    assert went(RESPONSE_LATE, WAITS, after(14)) == []
    assert len(went(RESPONSE_LATE, WAITS, after(15))) == 1
    assert len(went(RESPONSE_LATE, replace(WAITS, priority=1), NOON)) == 1
    untriaged = ReferralFacts(ReferralStatus.RECEIVED, "R-2026-000001", triage_due_at=NOON, due_at=NOON)
    assert went(RESPONSE_LATE, untriaged, after(600)) == []
    assert went(TRIAGE_LATE, untriaged, after(9)) == []
    assert went(TRIAGE_LATE, untriaged, after(10)) == [("supervisor", 0)]


def test_that_a_clinician_decides_once_for_each_failed_attempt() -> None:
    tried = replace(WAITS, decide_from=NOON, failed_attempts=3, failed_since=after(-20))
    (first,) = came_due(FAILED_CONTACT, tried, FRAME, NOON)
    (another,) = came_due(FAILED_CONTACT, replace(tried, failed_attempts=4), FRAME, NOON)
    (later,) = came_due(FAILED_CONTACT, replace(tried, failed_since=after(-10)), FRAME, NOON)
    assert len({first.key, another.key, later.key}) == 3
    assert went(FAILED_CONTACT, WAITS, after(600)) == []


PRACTICE = PracticeFacts("Sea Road Surgery", call_at=(NOON, after(60)))


def test_that_one_call_list_a_practice_is_asked_for_in_its_opening_hours() -> None:
    (call,) = came_due(PRACTICE_SILENT, PRACTICE, FRAME, NOON)
    assert (call.step, call.words) == (
        "call",
        "Sea Road Surgery: 2 reports not accepted. One call settles them.",
    )
    friday = london("2026-08-28 19:00")
    closed = PracticeFacts("Sea Road Surgery", call_at=(friday,))
    assert next_at(PRACTICE_SILENT, closed, FRAME, friday) == london("2026-09-01 08:00")


def test_that_two_calls_in_vain_reach_the_supervisor() -> None:
    once = replace(PRACTICE, failed_at=(after(5),), done_at=(after(5),))
    assert went(PRACTICE_SILENT, once, after(6)) == []
    twice = replace(once, failed_at=(after(5), after(90)))
    assert [step for step, _ in went(PRACTICE_SILENT, twice, after(91))] == ["supervisor"]
    assert went(PRACTICE_SILENT, once, after(24 * 60 + 5)) == [("call", 0)]


def test_that_a_report_nobody_fetched_reaches_the_supervisor() -> None:
    lost = replace(PRACTICE, uncollected_at=(after(5 * 24 * 60),))
    assert "uncollected" not in dict(went(PRACTICE_SILENT, lost, after(5 * 24 * 60 - 1)))
    assert "uncollected" in dict(went(PRACTICE_SILENT, lost, after(5 * 24 * 60)))


@pytest.mark.parametrize(
    ("status", "delivered", "expected"),
    [
        (ReportStatus.SENT, False, "2026-08-29 15:00"),
        (ReportStatus.DELIVERED, True, "2026-09-02 15:00"),
        (ReportStatus.REJECTED, True, "2026-08-28 15:00"),
        (ReportStatus.ACCEPTED, True, None),
        (ReportStatus.SIGNED, False, None),
    ],
)
def test_that_a_practice_is_called_when_the_delivery_clock_says(
    status: ReportStatus, *, delivered: bool, expected: str | None
) -> None:
    sent_at = london("2026-08-28 15:00")
    at = call_at(status, sent_at, sent_at if delivered else None, FRAME)
    assert at == (london(expected) if expected else None)


def test_that_a_report_nobody_can_say_was_sent_is_decided_by_a_person() -> None:
    uncertain = ReportFacts(ReportStatus.UNCERTAIN, "R-2026-000001", after(60), after(600), sent_at=NOON)
    assert went(REPORT_UNDECIDED, uncertain, NOON) == [("coordinator", 0)]
    held = replace(uncertain, status=ReportStatus.HELD)
    assert went(REPORT_UNDECIDED, held, after(60)) == []


HUB = HubFacts(
    "Folkestone",
    day=NOON.toordinal(),
    closes_at=london("2026-06-10 20:00"),
    warning_at=london("2026-06-10 18:30"),
    patients=3,
    cannot_be_seen=1,
)


def test_that_a_hub_that_cannot_see_everybody_says_so_once_and_the_supervisor_hears_at_closing() -> None:
    day = HUB.day
    assert went(HUB_CLOSING, HUB, london("2026-06-10 18:29")) == []
    (warning,) = came_due(HUB_CLOSING, HUB, FRAME, london("2026-06-10 19:59"))
    assert (warning.step, warning.round) == ("warning", day)
    both = came_due(HUB_CLOSING, HUB, FRAME, london("2026-06-10 20:00"))
    assert [(one.step, one.round) for one in both] == [("warning", day), ("supervisor", day)]
    assert went(HUB_CLOSING, replace(HUB, patients=0, cannot_be_seen=0), london("2026-06-10 20:00")) == []
    (home,) = came_due(
        HUB_CLOSING, replace(HUB, cannot_be_seen=0, at_home=2), FRAME, london("2026-06-10 20:00")
    )
    assert home.words == (
        "Folkestone: 3 patients are still in the queue at closing. See, hand over by name, or give tomorrow's"
        " time. 2 patients are still open at home, and nobody was asked to hold them. Close the hub: that"
        " hands them over by name."
    )
    assert went(HUB_CLOSING, replace(HUB, is_closed_down=True), london("2026-06-10 20:00")) == []


SAFETY = [
    (VISIT_UNACKNOWLEDGED, VISIT),
    (WELFARE, OUT),
    (SAFE_HOME, SHIFT),
    (WAITING_CALL, WAITS),
    (RESPONSE_LATE, WAITS),
]


@pytest.mark.parametrize(("ladder", "facts"), SAFETY)
@given(hour=st.integers(0, 23))
def test_that_safety_knows_no_quiet_hours_and_no_snooze(ladder: Any, facts: Any, hour: int) -> None:
    shift = dt.timedelta(hours=hour)
    moved = {
        name: getattr(facts, name) + shift
        for name in ("allocated_at", "expected_clear_at", "ends_at", "due_at")
        if getattr(facts, name, None) is not None
    }
    tonight = replace(facts, **moved, resting=(NIGHT,))
    for one in came_due(ladder, tonight, FRAME, after(600) + shift):
        assert one.not_before == one.due_at


def test_that_every_ladder_is_declared_once_and_each_step_has_its_name() -> None:
    names = [ladder.name for ladders in LADDERS.values() for ladder in ladders]
    assert len(names) == len(set(names)) == len(BY_NAME)
    for ladder in BY_NAME.values():
        steps = [step.name for step in ladder.steps]
        assert len(steps) == len(set(steps))
        assert all(step_label(ladder.name, step.name) == step.label for step in ladder.steps)
        assert ladder.subject in Subject
    assert step_label("gone", "old_step") == "old step"


@pytest.mark.parametrize("kind", TaskKind)
def test_that_an_acceptance_runs_out_unless_it_is_for_good(kind: TaskKind) -> None:
    assert acceptance_ends_at(kind, "address_999:7", NOON, DEFAULTS) == after(10)  # told within minutes
    ends_at = acceptance_ends_at(kind, "referral:7", NOON, DEFAULTS)
    if kind in FOR_GOOD:
        assert ends_at is None
    else:
        assert ends_at in {after(10), after(30)}


@given(moments())
def test_that_the_next_look_is_never_in_the_past(now: dt.datetime) -> None:
    hub = replace(HUB, closes_at=now + dt.timedelta(hours=2), warning_at=now - dt.timedelta(hours=1))
    pairs: list[tuple[Any, Any]] = [*SAFETY, (HUB_CLOSING, hub), (PRACTICE_SILENT, PRACTICE)]
    for ladder, facts in pairs:
        at = next_at(ladder, facts, FRAME, now)
        assert at is None or at > now
