"""The steps of a ladder in words: what happened when, to whom, by which way, and what is to come."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from console.domain.chase_words import ChaseState, Way
from console.domain.ladders import step_label
from console.domain.rows import ChaseRow, ReportLadder, UpcomingRow
from console.domain.words import Role
from ui.time_text import day_clock

_WENT = {Way.TASK: "task", Way.MAIL: "mail"}
_ICONS = {
    ChaseState.QUEUED: ("clock", "mute"),
    ChaseState.SENT: ("check", "ok"),
    ChaseState.PASSED_OVER: ("arrow-right", "mute"),
    ChaseState.CANCELLED: ("x", "mute"),
    ChaseState.FAILED: ("triangle-alert", "bad"),
    ChaseState.UNCERTAIN: ("circle-alert", "bad"),
}
_TO_COME = ("calendar-clock", "mute")


class StepWords(NamedTuple):
    """One line of the ladder: when, what, what became of it, and its icon with the tone."""

    at: str
    what: str
    below: str
    icon: str
    tone: str
    is_past: bool


def step_words(ladder: ReportLadder, now: dt.datetime) -> Iterator[StepWords]:
    """All steps, the oldest first; those that are to come stand below."""
    for row in ladder.past:
        icon, tone = _ICONS[row.state]
        below = " · ".join(_became(row, now))
        yield StepWords(day_clock(row.due_at, now), step_label(row.ladder, row.step), below, icon, tone, True)
    for step in ladder.to_come:
        at, what = day_clock(step.not_before, now), step_label(step.ladder, step.step)
        yield StepWords(at, what, _will(step, now), *_TO_COME, False)


def _became(row: ChaseRow, now: dt.datetime) -> Iterator[str]:
    whom = _whom(row.recipient, row.person)
    if row.way is Way.RECORD:
        yield "written into the record"
        return
    went = f"{_WENT[row.way]} to {whom}"
    if row.state is ChaseState.QUEUED:
        yield f"{went}, waits to go"
        if row.not_before > now:
            yield f"not before {day_clock(row.not_before, now)}"
    elif row.state is ChaseState.SENT:
        yield f"{went}{_at(row.ended_at, row.due_at, now)}"
    else:
        yield f"{went}: {(row.result or row.state.label).rstrip('.').lower()}"
    yield from _answered(row, now)


def _answered(row: ChaseRow, now: dt.datetime) -> Iterator[str]:
    if row.done_by is not None and row.done_at is not None:
        yield f"done by {row.done_by} {day_clock(row.done_at, now)}: {row.task_result or ''}".rstrip(": ")
    elif row.accepted_by is not None and row.accepted_at is not None:
        yield f"accepted by {row.accepted_by} {day_clock(row.accepted_at, now)}"
    elif row.way is Way.TASK and row.state is ChaseState.SENT:
        yield "nobody has accepted it"


def _at(ended_at: dt.datetime | None, due_at: dt.datetime, now: dt.datetime) -> str:
    """When it went, where that is not when it came due."""
    if ended_at is None or ended_at - due_at < dt.timedelta(minutes=1):
        return ""
    return f" at {day_clock(ended_at, now)}"


def _will(step: UpcomingRow, now: dt.datetime) -> str:
    if step.way is Way.RECORD:
        return "will be written into the record"
    moved = ""
    if step.not_before - step.due_at >= dt.timedelta(minutes=1):
        moved = f", due {day_clock(step.due_at, now)} and held back till then"
    return f"{_WENT[step.way]} to {_whom(step.recipient, step.person)}{moved}"


def _whom(recipient: str, person: str | None) -> str:
    if person is not None:
        return person
    return Role(recipient).label.lower() if recipient in list(Role) else "whoever wrote the report"
