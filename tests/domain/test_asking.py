"""A step is asked again when its task was answered and the reason still stands, and never otherwise."""

import datetime as dt
from typing import Any

import pytest

from console.domain.asking import OVER, SNOOZED, Asked, asked_again
from console.domain.ladder import Frame, came_due
from console.domain.ladder_facts import ReferralFacts, VisitFacts
from console.domain.ladders_patients import TRIAGE_LATE, WAITING_CALL
from console.domain.ladders_safety import VISIT_UNACKNOWLEDGED
from console.domain.words import ReferralStatus, VisitStatus
from tests.domain.england import ENGLAND, london

FRAME = Frame(ENGLAND)
NOON = london("2026-06-10 12:00")
UNTRIAGED = ReferralFacts(ReferralStatus.RECEIVED, "R-2026-000001", triage_due_at=NOON, due_at=NOON)


def after(minutes: float) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes)


def again(ladder: Any, facts: Any, asked: Asked, now: dt.datetime) -> tuple[list[int], dt.datetime | None]:
    """Give with which repeats the newest step is asked again, and when it may be."""
    due = came_due(ladder, facts, FRAME, now)
    repeats, later = asked_again(ladder, due, {due[-1].key: asked}, FRAME, now)
    return [repeat for _, repeat in repeats], later


@pytest.mark.parametrize("result", [OVER, SNOOZED])
def test_that_what_doorstep_settled_is_asked_again_as_soon_as_it_stands(result: str) -> None:
    asked = Asked(repeat=2, task_id=7, done_at=after(20), result=result)
    assert again(TRIAGE_LATE, UNTRIAGED, asked, after(21)) == ([3], None)


def test_that_a_result_that_changed_nothing_is_asked_again_after_a_time() -> None:
    asked = Asked(task_id=7, done_at=after(20), result="A clinician looks now")
    assert again(TRIAGE_LATE, UNTRIAGED, asked, after(34)) == ([], after(35))
    assert again(TRIAGE_LATE, UNTRIAGED, asked, after(35)) == ([1], None)


def test_that_an_open_task_is_not_asked_again() -> None:
    assert again(TRIAGE_LATE, UNTRIAGED, Asked(task_id=7), after(600)) == ([], None)
    assert again(TRIAGE_LATE, UNTRIAGED, Asked(), after(600)) == ([], None)


def test_that_a_step_that_counts_answers_knows_itself_when_to_ask() -> None:
    asked = Asked(task_id=7, done_at=after(5), result="Spoke to the patient")
    assert again(WAITING_CALL, UNTRIAGED, asked, after(600)) == ([], None)


def test_that_only_what_a_recipient_was_asked_last_is_asked_again() -> None:
    visit = VisitFacts(VisitStatus.ALLOCATED, "R-2026-000001", "Sam Hill", allocated_at=NOON)
    due = came_due(VISIT_UNACKNOWLEDGED, visit, FRAME, after(60))
    done = Asked(task_id=7, done_at=after(30), result="Rang: takes it on")
    repeats, _ = asked_again(VISIT_UNACKNOWLEDGED, due, {one.key: done for one in due}, FRAME, after(60))
    assert [step.recipient for step, _ in repeats] == ["coordinator", "supervisor"]
