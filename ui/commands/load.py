"""Commands on tasks and on the load of the hubs."""

from console.domain.permissions import Deed
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
            lambda: session.desk.tasks.accept(row.id, row.version), f"{row.kind.label}: it is yours now."
        )


_TASK_DONE = Opens("task_done", "for_task", the_task)
_WELFARE = Opens("welfare", "WelfareDialog", the_visit_s_referral)


def _done(session: Session) -> None:
    """Where what came of it has a form of its own, that is the one that is opened."""
    row = session.task
    if row is None:
        return
    if row.kind is TaskKind.WELFARE and the_visit_s_referral(session) is not None:
        _WELFARE(session)
    elif row.kind is TaskKind.REPORT_UNANSWERED and "reports" in session.workspaces:
        session.go_to("reports", "calls")
    else:
        _TASK_DONE(session)


def _wallboard(session: Session) -> None:
    session.asked.emit(Ask.WALLBOARD)


COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "task.accept",
        "Accept task",
        "Ctrl+Shift+Y",
        "user-check",
        task_with(Deed.WORK_TASK, TASK_UNACCEPTED),
        _accept,
        _GROUP,
        "primary",
    ),
    Command(
        "task.done",
        "Task done",
        "Ctrl+Shift+U",
        "check",
        task_with(Deed.WORK_TASK),
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
