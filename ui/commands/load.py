"""Commands on tasks and on the load of the hubs."""

from console.domain.permissions import Deed
from ui.actions import Command
from ui.commands.conditions import may, task_with, the_hub, the_task, when, where_a_whole_hub_is_seen
from ui.commands.needs import TASK_UNACCEPTED
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Load"


def _accept(session: Session) -> None:
    row = session.task
    if row is not None:
        session.perform(
            lambda: session.desk.tasks.accept(row.id, row.version), f"{row.kind.label}: it is yours now."
        )


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
        Opens("task_done", "for_task", the_task),
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
