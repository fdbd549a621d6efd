"""Commands on tasks and on the load of the hubs."""

from collections.abc import Callable

from console.domain import overnight
from console.domain.permissions import Deed, reasons_not_to_work_task
from console.domain.rows import TaskRow
from console.domain.task_results import done_elsewhere
from console.domain.words import TaskKind
from ui.actions import Command
from ui.commands.conditions import (
    may,
    task_with,
    the_hub,
    the_task,
    the_visit_s_referral,
    when,
    where_a_whole_hub_is_seen,
)
from ui.commands.general import has_workspace
from ui.commands.needs import TASK_UNACCEPTED
from ui.commands.opening import Opens
from ui.session import Ask, Session

_GROUP = "Load"


def _accept(session: Session) -> None:
    row = session.task
    if row is not None:
        session.perform(
            lambda: session.desk.tasks.accept(row.id, row.version), f"{row.title}: it is yours now."
        )


def _is_asked_of_one(session: Session) -> str:
    """The service refuses what another role is asked: nobody is offered it."""
    row = session.task
    if row is None:
        return ""
    return " ".join(reasons_not_to_work_task(session.actor.role, row.role, row.kind))


def _is_done_here(session: Session) -> str:
    """Where it has a form of its own, that says who may; else it must be one's own, and end as a task."""
    row = session.task
    if row is None or _form_of_its_own(session, row) is not None:
        return ""
    return done_elsewhere(row.kind, row.subject) or _is_held(session, row) or _is_asked_of_one(session)


def _is_held(session: Session, row: TaskRow) -> str:
    """A night's patient who still waits is not left."""
    patient = session.live.referrals.by_id.get(row.referral_id or 0)
    if row.kind is not TaskKind.OVERNIGHT or patient is None:
        return ""
    hub = session.live.hubs.by_id.get(patient.hub_id)
    reasons = overnight.reasons_not_to_finish(
        is_waiting=patient.status.is_open and patient.met_at is None,
        is_accepted=row.accepted_by is not None,
        is_hub_open=hub is not None and hub.is_open(session.now()),
    )
    return " ".join(reasons)


_TASK_DONE = Opens("task_done", "for_task", the_task)
_WELFARE = Opens("welfare", "WelfareDialog", the_visit_s_referral)


def _done(session: Session) -> None:
    """Where what came of it has a form of its own, that is the one that is opened."""
    row = session.task
    if row is not None:
        (_form_of_its_own(session, row) or _TASK_DONE)(session)


def _form_of_its_own(session: Session, row: TaskRow) -> Callable[[Session], None] | None:
    if row.kind is TaskKind.WELFARE:
        on = the_visit_s_referral(session)
        # The visit may be another one's by now, whose answer would say nothing of who is looked for.
        return _WELFARE if on is not None and on.practitioner_id == row.practitioner_id else _TASK_DONE
    if row.kind is TaskKind.REPORT_UNANSWERED and "reports" in session.workspaces:
        return lambda session: session.go_to("reports", "calls")
    return _TASK_DONE if row.kind is TaskKind.REMINDER_UNCERTAIN else None


def _wallboard(session: Session) -> None:
    session.asked.emit(Ask.WALLBOARD)


COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "task.accept",
        "Accept task",
        "Ctrl+Shift+Y",
        "user-check",
        when(task_with(Deed.WORK_TASK, TASK_UNACCEPTED), _is_asked_of_one),
        _accept,
        _GROUP,
        "primary",
    ),
    Command(
        "task.done",
        "Task done",
        "Ctrl+Shift+U",
        "check",
        when(task_with(Deed.WORK_TASK), _is_done_here),
        _done,
        _GROUP,
    ),
    Command(
        "load.wallboard",
        "Wallboard",
        "Alt+U",
        "gauge",
        has_workspace("load"),
        _wallboard,
        _GROUP,
    ),
    Command(
        "hub.divert",
        "Divert hub",
        "Ctrl+Shift+V",
        "refresh-cw",
        when(
            may(Deed.DIVERT_HUB),
            where_a_whole_hub_is_seen,
        ),
        Opens("divert_hub", "DivertHubDialog", the_hub),
        _GROUP,
        "danger",
    ),
)
