"""What a person decides about a reminder of which nobody knows whether it was sent."""

from console.domain.chase_words import ChaseState, MessageStatus
from console.domain.permissions import Deed
from console.domain.refusals import Refused
from console.domain.words import TaskKind
from console.services import message_ends, tasks
from console.services.basis import Basis
from db.models import OutgoingMessage, Task
from db.queries import outgoing
from db.unit_of_work import UnitOfWork

CAME = "It came."
SENT_AGAIN = "It goes again."


class Reminders:
    """Settles what a broken-off sending has left open."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def came(self, task_id: int, seen_version: int) -> None:
        """The person has it: nothing more is sent."""
        with self._basis.work(Deed.SETTLE_REMINDER) as work:
            task, message = _asked(work, task_id, seen_version)
            message_ends.end(work, message, MessageStatus.SENT, f"{work.actor.name} asked: it came.")
            _settle(work, task, CAME)

    def send_again(self, task_id: int, seen_version: int) -> None:
        """The person does not have it: the same message goes once more, as far as it is still wanted."""
        with self._basis.work(Deed.SETTLE_REMINDER) as work:
            task, message = _asked(work, task_id, seen_version)
            message.state, message.ended_at = MessageStatus.QUEUED, None
            # It may be hours old; from now on it is tried for as long as any other.
            message.not_before = message.created_at = work.now
            message.result = f"{work.actor.name} asked: it had not come."
            for chase in outgoing.chases_of(work.session, message.id, ChaseState.UNCERTAIN):
                chase.state, chase.ended_at, chase.result = ChaseState.QUEUED, None, None
            _settle(work, task, SENT_AGAIN)


def _asked(work: UnitOfWork, task_id: int, seen_version: int) -> tuple[Task, OutgoingMessage]:
    """Lock the message, then the task that asks about it, in the order of whoever sends."""
    task = work.get(Task, task_id)
    kind, _, key = task.subject.partition(":")
    if task.kind is not TaskKind.REMINDER_UNCERTAIN or kind != message_ends.MESSAGE:
        raise Refused("This task asks about something else: finish it with what came of it.")
    message = work.lock(OutgoingMessage, int(key))
    task = work.lock(Task, task_id)
    work.expect(task, seen_version)
    if task.done_at is not None or message.state is not MessageStatus.UNCERTAIN:
        raise Refused("This has been settled already.")
    return task, message


def _settle(work: UnitOfWork, task: Task, result: str) -> None:
    tasks.settle(work, task, result)
    work.step("reminder.settled", f"Reminder: {result}", hub_id=task.hub_id, undoable=False)
