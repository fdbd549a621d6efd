"""Tasks: something asked of a role, accepted and finished by a named person."""

import datetime as dt

from console.domain import overnight
from console.domain.acting import NOW, Happened
from console.domain.permissions import Deed, reasons_not_to_work_task
from console.domain.referral import UNREACHED
from console.domain.refusals import Refused
from console.domain.task_results import done_elsewhere
from console.domain.visit_address import (
    CORRECTED,
    is_about_address,
    is_for_practitioner,
    key_of,
    reasons_not_told,
    title_of,
)
from console.domain.welfare import is_search
from console.domain.words import Channel, ContactResult, ContactWith, Role, TaskKind
from console.services import queue_hours
from console.services.basis import Basis, refuse
from console.services.steps import happened_at
from db.models import Contact, Hub, Referral, Staff, Task, Visit
from db.queries import care, chasing, lookups
from db.unit_of_work import UnitOfWork

BEFORE = " Before: "
"""Stands in the words of a task between what is new and what was said first."""
_WITH_PRACTICE = frozenset({TaskKind.TELEPHONE_GP, TaskKind.GP_LIAISON})


def ask(
    work: UnitOfWork,
    kind: TaskKind,
    role: Role,
    *,
    hub_id: int,
    subject: str,
    words: str,
    due_at: dt.datetime,
    referral_id: int | None = None,
    report_id: int | None = None,
    practitioner_id: int | None = None,
    is_news: bool = False,
    head: str = "",
) -> Task:
    """Ask a role for something, once: while the same is asked of the same subject, that task stands.

    `subject` names what it is about, such as `referral:12`. News is read first in the task that stands,
    which is to be accepted again; `head` is what such words begin with, and is said once.
    """
    if standing := care.open_task(work.session, kind, subject, role):
        if is_news:
            _ask_anew(work, standing, words, head)
        return standing
    return work.add(
        Task(
            kind=kind,
            role=role,
            hub_id=hub_id,
            subject=subject,
            words=words,
            due_at=due_at,
            created_at=work.now,
            referral_id=referral_id,
            report_id=report_id,
            practitioner_id=practitioner_id,
        )
    )


def _ask_anew(work: UnitOfWork, task: Task, words: str, head: str) -> None:
    if not task.words.startswith(words):
        end = "" if words.endswith((".", "!", "?")) else "."
        task.words = f"{words}{end}{BEFORE}{task.words.removeprefix(head)}"
    # Whoever accepted it knows only what was said until then, and nobody would hear of the rest.
    if task.accepted_by_id != work.actor.staff_id:
        task.accepted_by_id = task.accepted_at = None


def say_before(task: Task, words: str) -> None:
    """Say first what a step asks by now, and keep what somebody told; what stands there is not said twice."""
    head, _, asked = words.partition(": ")
    if (asked or words) not in task.words:
        task.words = f"{words}{BEFORE}{task.words.removeprefix(f'{head}: ')}"


def settle(work: UnitOfWork, task: Task, result: str) -> None:
    """Finish a task in the name of the person who acts, with what came of it."""
    if task.accepted_by_id is None:
        task.accepted_by_id, task.accepted_at = work.actor.staff_id, work.now
    task.done_by_id, task.done_at, task.result = work.actor.staff_id, work.now, result


def let_go_when_decided(work: UnitOfWork, referral: Referral) -> None:
    """Nobody is to decide about a patient whom nobody reaches once nothing of it is asked any more."""
    if not lookups.open_tasks(work.session, referral.id, *UNREACHED):
        referral.failed_contact_at = None


class Tasks:
    """What a person does about tasks."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def accept(self, task_id: int, seen_version: int) -> None:
        """Take a task, by name."""
        with self._basis.work(Deed.WORK_TASK) as work:
            task = _open(work, task_id, seen_version)
            if task.accepted_by_id is not None:
                raise Refused(f"{work.get(Staff, task.accepted_by_id).name} has accepted this already.")
            task.accepted_by_id, task.accepted_at = work.actor.staff_id, work.now
            _step(work, task, "task accepted", f"Task accepted: {title_of(task.kind, task.subject)}")

    def done(self, task_id: int, seen_version: int, result: str, happened: Happened = NOW) -> None:
        """Finish a task with what came of it."""
        with self._basis.work(Deed.WORK_TASK) as work:
            corrected_at = _corrected_at(work, work.get(Task, task_id))
            task = _open(work, task_id, seen_version)
            if words := done_elsewhere(task.kind, task.subject):
                raise Refused(words)
            refuse(_reasons_not_to_leave(work, task))
            if not result.strip():
                raise Refused("Say what came of it: whom you spoke to and what was agreed.")
            if corrected_at is not None:
                refuse(reasons_not_told(happened_at(work, happened), corrected_at))
            settle(work, task, result.strip())
            _settle_others(work, task, result.strip())
            _answer(work, task, happened)
            _step(work, task, "task done", f"Task done: {title_of(task.kind, task.subject)}", happened)


def _corrected_at(work: UnitOfWork, task: Task) -> dt.datetime | None:
    """Give when the address was corrected that this task asks to tell; None where it asks for something else.

    Referral and visit are locked before the task, as by every step of a visit: whoever enters one, or asks
    more people to tell, is waited for.
    """
    if not is_about_address(task.subject) or task.referral_id is None:
        return None
    work.lock(Referral, task.referral_id)
    if is_for_practitioner(task.subject):
        work.lock(Visit, key_of(task.subject))
    found = lookups.newest_step(work.session, task.referral_id, (CORRECTED,))
    return found[0].happened_at if found else task.created_at


def _open(work: UnitOfWork, task_id: int, seen_version: int) -> Task:
    """Lock the task, unless it is done, changed elsewhere, or another role's."""
    task = work.lock(Task, task_id)
    work.expect(task, seen_version, task.referral_id)
    if task.done_at is not None:
        raise Refused("This task is done already.")
    refuse(reasons_not_to_work_task(work.actor.role, task.role, task.kind))
    return task


def _reasons_not_to_leave(work: UnitOfWork, task: Task) -> tuple[str, ...]:
    """Give why a night's patient may not be left: nobody would hold them."""
    if task.kind is not TaskKind.OVERNIGHT or task.referral_id is None:
        return ()
    referral = work.lock(Referral, task.referral_id)
    is_met = referral.seen_at is not None or referral.ambulance_taken_over_at is not None
    return overnight.reasons_not_to_finish(
        is_waiting=referral.status.is_open and not is_met,
        is_accepted=task.accepted_by_id is not None,
        is_hub_open=queue_hours.is_open(work, work.get(Hub, referral.hub_id)),
    )


def _answer(work: UnitOfWork, task: Task, happened: Happened) -> None:
    """Let the end of a task answer what raised it on the referral, and keep a talk with the practice."""
    if task.referral_id is None or is_search(task.kind, task.subject):
        return
    referral = work.lock(Referral, task.referral_id)
    if task.kind is TaskKind.CLINICIAN_NOW:
        referral.worse_at = None
    if task.kind in UNREACHED:
        let_go_when_decided(work, referral)
    if task.kind is TaskKind.DIVERT_NOTICE:
        referral.acknowledgement_owed = False
    if task.kind in _WITH_PRACTICE:
        work.add(_talk(work, task, referral, happened))


def _settle_others(work: UnitOfWork, task: Task, result: str) -> None:
    """Help that has come, who was found, or an address that was told, is answered for everybody asked."""
    is_search_over = is_search(task.kind, task.subject)
    if task.kind is TaskKind.DURESS or is_search_over or is_about_address(task.subject):
        for other in chasing.open_tasks_like(work.session, task):
            if other is not task:
                settle(work, other, result)


def _talk(work: UnitOfWork, task: Task, referral: Referral, happened: Happened) -> Contact:
    return Contact(
        hub_id=referral.hub_id,
        referral_id=referral.id,
        report_id=task.report_id,
        practice_id=referral.practice_id,
        contact_with=ContactWith.PRACTICE,
        channel=happened.channel or Channel.TELEPHONE,
        result=ContactResult.SPOKEN,
        said=task.result or "",
        happened_at=happened_at(work, happened, task.created_at),
        entered_at=work.now,
        by_id=work.actor.staff_id,
    )


def _step(work: UnitOfWork, task: Task, kind: str, words: str, happened: Happened = NOW) -> None:
    referral_id = task.referral_id
    if is_search(task.kind, task.subject) and referral_id is not None:
        # One of ours is looked for where they work, by people who need not see where the patient is by now.
        referral_id = referral_id if work.session.get(Referral, referral_id) is not None else None
    work.step(
        kind,
        words,
        hub_id=task.hub_id,
        referral_id=referral_id,
        practitioner_id=task.practitioner_id,
        happened=happened,
    )
