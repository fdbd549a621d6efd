"""Acceptances that led to nothing: the task is everybody's again, and the timeline says whose it was."""

import datetime as dt
from collections.abc import Sequence

from console.domain import overnight
from console.domain.acceptance import acceptance_ends_at
from console.domain.calendar import local_day
from console.domain.chase_words import Subject
from console.domain.ladder import Frame
from console.domain.visit_address import is_about_address, is_for_control, key_of, title_of
from console.domain.words import TaskKind
from console.services import queue_hours
from console.services.tasks import BEFORE
from db.models import Hub, Referral, Staff, Task
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
        ends_at = _ends_at(work, task, task.accepted_at, frame)
        if ends_at is None:
            continue
        if ends_at > work.now:
            looks.append((Subject.TASK, task.id, ends_at))
            continue
        _give_back(work, task)
    return looks


def _ends_at(work: UnitOfWork, task: Task, accepted_at: dt.datetime, frame: Frame) -> dt.datetime | None:
    if task.kind is not TaskKind.OVERNIGHT:
        return acceptance_ends_at(task.kind, task.subject, accepted_at, frame.figures)
    hours = queue_hours.of_hub(work.session, work.get(Hub, task.hub_id))
    return overnight.held_until(accepted_at, hours, frame.clocks)


def _give_back(work: UnitOfWork, task: Task) -> None:
    name = work.get(Staff, task.accepted_by_id).name if task.accepted_by_id else "somebody"
    task.accepted_by_id = task.accepted_at = None
    words = f"Task accepted by {name} and not done: {title_of(task.kind, task.subject)}. It is open again"
    if task.kind is TaskKind.OVERNIGHT and task.referral_id is not None:
        words = _ask_for_the_next_night(work, task, name)
    work.step(
        "task.returned",
        words,
        hub_id=task.hub_id,
        referral_id=task.referral_id,
        practitioner_id=task.practitioner_id,
        undoable=False,
    )


def _ask_for_the_next_night(work: UnitOfWork, task: Task, name: str) -> str:
    """Say on the task who held the patient and why somebody is asked anew; gives the line of the timeline."""
    hub, number = work.get(Hub, task.hub_id), work.get(Referral, task.referral_id or 0).number
    opens = queue_hours.of_hub(work.session, hub).on(local_day(work.now)) is not None
    head, asked = f"{number}: ", overnight.asked_anew(hub.name, name, opens=opens)
    # Of what was said before, the first: else each day would add its own.
    task.words = f"{head}{asked}{BEFORE}{task.words.rpartition(BEFORE)[2].removeprefix(head)}"
    task.due_at = work.now
    return asked
