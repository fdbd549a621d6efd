"""Acceptances that led to nothing: the task is everybody's again, and the timeline says whose it was."""

import datetime as dt
from collections.abc import Sequence

from console.domain.acceptance import acceptance_ends_at
from console.domain.chase_words import Subject
from console.domain.ladder import Frame
from console.domain.visit_address import is_about_address, is_for_control, key_of, title_of
from db.models import Staff, Task
from db.unit_of_work import UnitOfWork


def run_out(work: UnitOfWork, tasks: Sequence[Task], frame: Frame) -> list[tuple[Subject, int, dt.datetime]]:
    """Give back every task whose acceptance has run out; gives when to look at the others.

    What becomes of a task about an address moves the ladder of its visit, or of its referral.
    """
    told = {task.subject for task in tasks if is_about_address(task.subject)}
    looks = [
        (Subject.REFERRAL if is_for_control(one) else Subject.VISIT, key_of(one), work.now) for one in told
    ]
    for task in tasks:
        if task.done_at is not None or task.accepted_at is None:
            continue
        ends_at = acceptance_ends_at(task.kind, task.subject, task.accepted_at, frame.figures)
        if ends_at is None:
            continue
        if ends_at > work.now:
            looks.append((Subject.TASK, task.id, ends_at))
            continue
        _give_back(work, task)
    return looks


def _give_back(work: UnitOfWork, task: Task) -> None:
    name = work.get(Staff, task.accepted_by_id).name if task.accepted_by_id else "somebody"
    task.accepted_by_id = task.accepted_at = None
    work.step(
        "task.returned",
        f"Task accepted by {name} and not done: {title_of(task.kind, task.subject)}. It is open again",
        hub_id=task.hub_id,
        referral_id=task.referral_id,
        practitioner_id=task.practitioner_id,
        undoable=False,
    )
