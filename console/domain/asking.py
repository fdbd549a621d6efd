"""Asking again: a step that happened is repeated when its task was answered and the reason still stands.

A ladder that stops and runs again, a snooze that ends, a result that changed nothing: without this the key
that lets a step happen once would also silence it for ever.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.chase_words import Way
from console.domain.clocks import minutes
from console.domain.ladder import DueStep, Frame, Key, Ladder

OVER = "Not needed any more."
SNOOZED = "Snoozed."
BY_ITSELF = frozenset({OVER, SNOOZED})
"""What Doorstep writes where it ends a task: nobody has answered what was asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a step that happened; `done_at` and `result` are those of its task, if it had one.

    `repeat` counts how often it was asked again.
    """

    repeat: int = 0
    task_id: int | None = None
    done_at: dt.datetime | None = None
    result: str | None = None


def again_at(step: DueStep, asked: Asked, *, is_safety: bool, frame: Frame) -> dt.datetime | None:
    """Give from when a step is asked again (UTC); None while it need not be.

    At once when Doorstep itself had settled it; after a time when a person did and the reason still stands.
    """
    if asked.task_id is None or asked.done_at is None:
        return None
    if asked.result in BY_ITSELF:
        return asked.done_at
    if step.counts_answers:
        return None
    figures = frame.figures
    return asked.done_at + minutes(figures.again_safety if is_safety else figures.again)


def asked_again(
    ladder: Ladder[Any],
    due: list[DueStep],
    happened: Mapping[Key, Asked],
    frame: Frame,
    now: dt.datetime,
) -> tuple[list[tuple[DueStep, int]], dt.datetime | None]:
    """Give which steps happen once more, with their repeat, and when the next one may.

    Only what a recipient was asked last is asked again, and only while nothing newer goes to them.
    """
    newest = {one.recipient: one for one in due if one.way is Way.TASK}
    repeats, later = [], []
    for step in newest.values():
        asked = happened.get(step.key)
        at = again_at(step, asked, is_safety=ladder.is_safety, frame=frame) if asked else None
        if asked is None or at is None:
            continue
        if at <= now:
            repeats.append((step, asked.repeat + 1))
        else:
            later.append(at)
    return repeats, min(later, default=None)
