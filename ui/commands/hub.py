"""Commands on the chosen entry of a hub's queue, and on the hub itself."""

from collections.abc import Callable

from console.domain.permissions import Deed
from console.domain.rows import QueueRow
from console.domain.words import QueueStatus
from ui.actions import Command
from ui.commands.conditions import queue_entry_with, referral_with, the_hub, the_queue_entry, the_referral
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Hub"


def _stands_at(*statuses: QueueStatus) -> Callable[[QueueRow], bool]:
    return lambda row: row.status in statuses


def _call(session: Session) -> None:
    row = session.queue_entry
    if row is not None:
        session.perform(
            lambda: session.desk.hub_queue.call(row.id, row.version),
            f"{row.family_name.upper()}, {row.given_name} is called.",
        )


_HERE = _stands_at(QueueStatus.ARRIVED, QueueStatus.STREAMED, QueueStatus.CALLED)

COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "hub.stream",
        "Stream",
        "Ctrl+Shift+T",
        "list-ordered",
        queue_entry_with(Deed.STREAM, _HERE),
        Opens("stream", "StreamDialog", the_queue_entry),
        _GROUP,
        "primary",
    ),
    Command(
        "hub.call",
        "Call",
        "F2",
        "bell",
        queue_entry_with(Deed.CALL_PATIENT, _stands_at(QueueStatus.STREAMED)),
        _call,
        _GROUP,
        "primary",
    ),
    Command(
        "hub.begin",
        "Being seen",
        "F3",
        "user-check",
        queue_entry_with(Deed.SEE_PATIENT, _stands_at(QueueStatus.STREAMED, QueueStatus.CALLED)),
        Opens("begin", "BeginDialog", the_queue_entry),
        _GROUP,
        "primary",
    ),
    Command(
        "hub.seen",
        "Seen",
        "F10",
        "check",
        queue_entry_with(Deed.SEE_PATIENT, _stands_at(QueueStatus.BEING_SEEN)),
        Opens("seen", "SeenDialog", the_queue_entry),
        _GROUP,
        "primary",
    ),
    Command(
        "hub.book",
        "Book into a hub",
        "Ctrl+Shift+I",
        "calendar-clock",
        referral_with(Deed.BOOK, lambda row: row.is_waiting and not row.is_untriaged),
        Opens("book", "BookDialog", the_referral),
        _GROUP,
    ),
    Command(
        "hub.left",
        "Left or did not attend",
        "Ctrl+Shift+D",
        "log-out",
        queue_entry_with(Deed.END_QUEUE_ENTRY),
        Opens("queue_end", "LeftDialog", the_queue_entry),
        _GROUP,
    ),
    Command(
        "hub.move",
        "Move to the other hub",
        "Ctrl+Shift+B",
        "arrow-right",
        queue_entry_with(Deed.MOVE_QUEUE_ENTRY),
        Opens("queue_end", "MoveDialog", the_queue_entry),
        _GROUP,
    ),
    Command(
        "hub.elsewhere",
        "Taken over, or tomorrow's time",
        "Ctrl+Shift+X",
        "calendar-clock",
        queue_entry_with(Deed.END_QUEUE_ENTRY),
        Opens("queue_end", "ElsewhereDialog", the_queue_entry),
        _GROUP,
    ),
    Command(
        "hub.close",
        "Close hub",
        "Ctrl+Shift+C",
        "lock",
        lambda session: session.may(Deed.CLOSE_HUB) and session.hub_id is not None,
        Opens("close_hub", "CloseHubDialog", the_hub),
        _GROUP,
    ),
)
