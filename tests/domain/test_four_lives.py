"""The four lives: their tables, and the sentences with which they refuse."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from console.domain import hub_queue, referral, report, visit
from console.domain.moves import reasons_not_to_have_happened
from console.domain.words import (
    OPEN_QUEUE,
    OPEN_REFERRAL,
    QueueStatus,
    ReferralStatus,
    ReportStatus,
    TaskKind,
    VisitStatus,
)
from tests.domain.england import utc

LIVES: list[tuple[str, Any, Mapping[Any, frozenset[Any]]]] = [
    ("referral", ReferralStatus.RECEIVED, referral.MOVES),
    ("visit", VisitStatus.ALLOCATED, visit.MOVES),
    ("queue entry", QueueStatus.BOOKED, hub_queue.MOVES),
    ("report", ReportStatus.OWED, report.MOVES),
]


@pytest.mark.parametrize(("name", "start", "table"), LIVES, ids=[life[0] for life in LIVES])
def test_that_every_status_has_its_moves_and_can_be_reached(
    name: str, start: Any, table: Mapping[Any, frozenset[Any]]
) -> None:
    every = set(type(start).__members__.values())
    assert set(table) == every
    reached, fresh = {start}, {start}
    while fresh:
        fresh = {after for before in fresh for after in table[before]} - reached
        reached |= fresh
    assert reached == every, name


@pytest.mark.parametrize(("name", "start", "table"), LIVES, ids=[life[0] for life in LIVES])
def test_that_no_move_leads_to_the_status_it_came_from(
    name: str, start: Any, table: Mapping[Any, frozenset[Any]]
) -> None:
    assert not [before for before, after in table.items() if before in after], name


def test_that_what_has_ended_is_what_the_board_leaves_out() -> None:
    assert set(ReferralStatus) - OPEN_REFERRAL == referral.ENDED
    assert {one for one in VisitStatus if not one.is_active} == visit.ENDED
    assert set(QueueStatus) - OPEN_QUEUE == hub_queue.ENDED


def test_that_a_refused_move_says_what_is_possible_instead() -> None:
    assert report.reasons_not_to_move(ReportStatus.SIGNED, ReportStatus.ACCEPTED) == (
        "The report is signed: it can become drafted, held, sent, not accepted.",
    )
    assert referral.reasons_not_to_move(ReferralStatus.CLOSED, ReferralStatus.TRIAGED) == (
        "The referral has ended (closed) and cannot become triaged.",
    )


def test_that_a_second_visit_is_not_acknowledged_before_the_first_is_clear() -> None:
    assert visit.reasons_not_to_acknowledge(VisitStatus.ALLOCATED, None) == ()
    assert visit.reasons_not_to_acknowledge(VisitStatus.ALLOCATED, "R-2026-000004") == (
        "R-2026-000004 comes first: it is acknowledged and not clear yet.",
    )


def test_that_a_step_happens_neither_in_the_future_nor_before_the_one_that_led_to_it() -> None:
    now = utc("2026-06-10 12:00")
    earlier = now - dt.timedelta(minutes=30)
    assert reasons_not_to_have_happened(earlier, now, earlier) == ()
    assert len(reasons_not_to_have_happened(now + dt.timedelta(hours=1), now)) == 1
    assert len(reasons_not_to_have_happened(earlier, now, now)) == 1


def test_that_each_open_part_of_a_referral_has_its_own_sentence() -> None:
    parts = referral.OpenParts(
        visit_status=VisitStatus.ON_SCENE,
        visit_by="Jo Marsh",
        queue_status=QueueStatus.ARRIVED,
        queue_hub="Dover",
        asks_ambulance=True,
        is_failed_contact=True,
        is_worse_unanswered=True,
        acknowledgement_owed=True,
        open_tasks=frozenset({TaskKind.OVERNIGHT, TaskKind.FAILED_CONTACT, TaskKind.NO_REPLY_CONCERN}),
    )
    reasons = referral.reasons_not_to_close(ReferralStatus.ACCEPTED, parts)
    assert len(reasons) == 9
    assert reasons[0].startswith("999 is asked for")
    assert "Jo Marsh has the visit (on scene): finish or withdraw it." in reasons
    assert "The patient is in the queue of Dover (arrived): finish that first." in reasons


def test_that_a_liaison_or_a_report_without_a_practice_outlives_the_referral() -> None:
    tasks = frozenset({TaskKind.GP_LIAISON, TaskKind.REPORT_OWNER, TaskKind.REPORT_LATE})
    parts = referral.OpenParts(open_tasks=tasks, has_outcome=True)
    assert referral.reasons_not_to_close(ReferralStatus.ACCEPTED, parts) == ()
