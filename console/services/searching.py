"""Looking for a practitioner who does not answer: until somebody says that they were found."""

import datetime as dt

from console.domain.acting import Happened
from console.domain.asking import OVER
from console.domain.chase_words import Subject
from console.domain.welfare import LOOK_FOR_THEM, is_after, is_heard, reasons_looked_for, subject_of
from console.domain.words import Role, TaskKind
from console.services import tasks
from db.models import Practitioner, Referral, Task, Visit
from db.queries import care, lookups
from db.unit_of_work import UnitOfWork


def look_for(
    work: UnitOfWork, visit: Visit, referral: Referral, practitioner: Practitioner, missed_at: dt.datetime
) -> None:
    """Ask the desk to find them: what is asked about a person outlives every visit.

    It is due since the newest call that they missed. What the clock asked about the visit is part of it from
    now on.
    """
    head, hub_id = f"{referral.number}: ", _where_they_work(work, visit)
    for role, asked in LOOK_FOR_THEM.items():
        words = f"{head}{practitioner.name} {asked}"
        by_clock = care.open_task(work.session, TaskKind.WELFARE, f"{Subject.VISIT.value}:{visit.id}", role)
        if by_clock is not None:
            tasks.settle(work, by_clock, OVER)
            words = f"{words}{tasks.BEFORE}{by_clock.words.removeprefix(head)}"
        task = tasks.ask(
            work,
            TaskKind.WELFARE,
            role,
            hub_id=hub_id,
            subject=subject_of(practitioner.id),
            words=words,
            due_at=missed_at,
            referral_id=referral.id,
            practitioner_id=practitioner.id,
            is_news=True,
            head=head,
        )
        task.due_at = max(task.due_at, missed_at)


def found(work: UnitOfWork, practitioner_id: int, at: dt.datetime, result: str) -> None:
    """They answered, unless that was before nobody reached them."""
    for task in _searches(work, practitioner_id):
        if is_after(at, task.due_at):
            tasks.settle(work, task, result)


def heard(work: UnitOfWork, practitioner_id: int, happened: Happened, at: dt.datetime) -> None:
    """Let a step that they told themselves, or took at a console, say that they answered."""
    is_own = work.actor.role is Role.PRACTITIONER
    for task in _searches(work, practitioner_id):
        if is_heard(practitioner_id, happened, at, task.due_at, is_own=is_own):
            tasks.settle(work, task, "They told a step themselves.")


def reasons_not_found(work: UnitOfWork, practitioner: Practitioner) -> tuple[str, ...]:
    """Give why a practitioner who does not answer is not off duty, and so safe."""
    since = min((task.created_at for task in _searches(work, practitioner.id)), default=None)
    return reasons_looked_for(practitioner.name, since, work.now)


def _searches(work: UnitOfWork, practitioner_id: int) -> list[Task]:
    subject = subject_of(practitioner_id)
    asked = (care.open_task(work.session, TaskKind.WELFARE, subject, role) for role in LOOK_FOR_THEM)
    return [task for task in asked if task is not None]


def _where_they_work(work: UnitOfWork, visit: Visit) -> int:
    """The hub of their shift, which sends them next, as far as whoever asks sees it."""
    shift = care.shift_on_duty(work.session, visit.practitioner_id)
    if shift is None or not lookups.is_hub_in_sight(work.session, shift.hub_id):
        return visit.hub_id
    return shift.hub_id
