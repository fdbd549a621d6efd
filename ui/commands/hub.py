"""Commands on the chosen entry of a hub's queue."""

from console.domain.hub_queue import (
    reasons_not_to_change_booking,
    reasons_not_to_have_missed,
    reasons_unjudged,
)
from console.domain.permissions import Deed
from console.domain.rows import QueueRow
from console.domain.words import QueueStatus, Role
from ui.actions import Command
from ui.boards.seat import next_patient
from ui.commands.conditions import (
    in_front,
    may,
    queue_entry_with,
    referral_with,
    the_queue_entry,
    the_referral,
    when,
)
from ui.commands.needs import TRIAGED, queue_entry_at, waits
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Hub"


def _name(row: QueueRow) -> str:
    return ", ".join(part for part in (row.family_name.upper(), row.given_name) if part)


def _call_row(session: Session, row: QueueRow) -> None:
    """Call a patient and choose them: what comes next is about them."""

    def choose(_: None) -> None:
        session.choose("hub", "queue_entry", row.id)

    session.perform(
        lambda: session.desk.hub_queue.call(row.id, row.version), f"{_name(row)} is called.", choose
    )


def _call(session: Session) -> None:
    if (row := session.queue_entry) is not None:
        _call_row(session, row)


def _call_next(session: Session) -> None:
    if (row := next_patient(session)) is not None:
        _call_row(session, row)


def _put_back(session: Session) -> None:
    if (row := session.queue_entry) is not None:
        session.perform(
            lambda: session.desk.hub_queue.put_back(row.id, row.version),
            f"{_name(row)} did not come and waits on in the same place.",
        )


def _arrived(session: Session) -> None:
    if (row := session.queue_entry) is not None:
        session.perform(
            lambda: session.desk.hub_queue.arrive(row.referral_id, row.hub_id), f"{_name(row)} has arrived."
        )


def _somebody_is_next(session: Session) -> str:
    if next_patient(session) is not None:
        return ""
    return "Nobody is ready to be called here: those who have arrived are streamed first."


_AT_HUB = in_front("Go to Hub first.", "hub")
# What a key does at once may also have happened a while ago.
HAPPENS_AT_ONCE = frozenset({QueueStatus.BOOKED, QueueStatus.STREAMED, QueueStatus.CALLED})
_CALL_NEXT = when(may(Deed.CALL_PATIENT), _AT_HUB, _somebody_is_next)
_HERE = queue_entry_at(QueueStatus.ARRIVED, QueueStatus.STREAMED, QueueStatus.CALLED, QueueStatus.BEING_SEEN)
# Who is booked and cannot come is streamed to a visit at home.
_STREAMED = queue_entry_at(
    QueueStatus.BOOKED, QueueStatus.ARRIVED, QueueStatus.STREAMED, QueueStatus.CALLED, QueueStatus.BEING_SEEN
)


def _is_ones_own(session: Session) -> str:
    """A practitioner hands over whom they are seeing; who waits is the desk's."""
    row = session.queue_entry
    if session.actor.role is not Role.PRACTITIONER or row is None or row.practitioner == session.actor.name:
        return ""
    return "You are not seeing this patient: record that you are, or ask the hub coordinator to hand over."


def _is_judged(session: Session) -> str:
    """Whom no clinician has streamed only a clinician hands over; the service refuses it to others."""
    row = session.queue_entry
    return "" if row is None else " ".join(reasons_unjudged(session.actor.role, row.streamed_at))


def _is_not_to_come(session: Session) -> str:
    """Whose time is still to come has not missed it."""
    row = session.queue_entry
    if row is None or row.status is not QueueStatus.BOOKED:
        return ""
    still_to_come = reasons_not_to_have_missed(row.booked_for_at, session.now())
    return " ".join((*still_to_come, _RINGS)) if still_to_come else ""


_RINGS = "If they rang, change or cancel the booking (Alt+T)."


def _is_booked(row: QueueRow) -> str:
    """Who is here has no booking any more."""
    return " ".join(reasons_not_to_change_booking(row.status, "as is said in the form"))


_NOT_WITH_ANYBODY = queue_entry_at(
    QueueStatus.BOOKED, QueueStatus.ARRIVED, QueueStatus.STREAMED, QueueStatus.CALLED
)

COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "hub.arrived",
        "Has arrived",
        "Alt+A",
        "door-open",
        queue_entry_with(Deed.ARRIVE, queue_entry_at(QueueStatus.BOOKED)),
        _arrived,
        _GROUP,
        "primary",
    ),
    Command(
        "hub.stream",
        "Stream",
        "Ctrl+Shift+T",
        "list-ordered",
        queue_entry_with(Deed.STREAM, _STREAMED),
        Opens("stream", "StreamDialog", the_queue_entry),
        _GROUP,
        "primary",
    ),
    Command("hub.call_next", "Call next patient", "F2", "bell", _CALL_NEXT, _call_next, _GROUP, "primary"),
    Command(
        "hub.call",
        "Call",
        "Ctrl+F2",
        "bell",
        queue_entry_with(Deed.CALL_PATIENT, queue_entry_at(QueueStatus.STREAMED)),
        _call,
        _GROUP,
    ),
    Command(
        "hub.put_back",
        "Did not come",
        "Shift+F2",
        "undo-2",
        queue_entry_with(Deed.CALL_PATIENT, queue_entry_at(QueueStatus.CALLED)),
        _put_back,
        _GROUP,
    ),
    Command(
        "hub.earlier",
        "Has arrived, called or did not come: earlier",
        "Alt+E",
        "history",
        queue_entry_with(Deed.CALL_PATIENT, queue_entry_at(*HAPPENS_AT_ONCE)),
        Opens("earlier", "EarlierDialog", the_queue_entry),
        _GROUP,
        short="Earlier",
    ),
    Command(
        "hub.begin",
        "Being seen",
        "F3",
        "user-check",
        queue_entry_with(Deed.SEE_PATIENT, queue_entry_at(QueueStatus.STREAMED, QueueStatus.CALLED)),
        Opens("begin", "BeginDialog", the_queue_entry),
        _GROUP,
        "primary",
    ),
    Command(
        "hub.seen",
        "Seen",
        "F10",
        "check",
        queue_entry_with(Deed.SEE_PATIENT, queue_entry_at(QueueStatus.BEING_SEEN)),
        Opens("seen", "SeenDialog", the_queue_entry),
        _GROUP,
        "primary",
    ),
    Command(
        "hub.book",
        "Book into a hub",
        "Ctrl+Shift+I",
        "calendar-clock",
        referral_with(Deed.BOOK, TRIAGED, waits),
        Opens("book", "BookDialog", the_referral),
        _GROUP,
    ),
    Command(
        "hub.booking",
        "Change or cancel a booking",
        "Alt+T",
        "calendar-clock",
        queue_entry_with(Deed.BOOK, _is_booked),
        Opens("booking", "BookingDialog", the_queue_entry),
        _GROUP,
        short="Booking",
    ),
    Command(
        "hub.left",
        "Left or did not attend",
        "Ctrl+Shift+D",
        "log-out",
        when(queue_entry_with(Deed.END_QUEUE_ENTRY, _NOT_WITH_ANYBODY), _is_not_to_come),
        Opens("queue_end", "LeftDialog", the_queue_entry),
        _GROUP,
    ),
    Command(
        "hub.move",
        "Move to the other hub",
        "Ctrl+Shift+B",
        "arrow-right",
        queue_entry_with(Deed.MOVE_QUEUE_ENTRY, _NOT_WITH_ANYBODY),
        Opens("queue_end", "MoveDialog", the_queue_entry),
        _GROUP,
    ),
    Command(
        "hub.elsewhere",
        "Hand over or rebook",
        "Ctrl+Shift+X",
        "calendar-clock",
        when(queue_entry_with(Deed.END_QUEUE_ENTRY), _is_judged, _is_ones_own),
        Opens("queue_end", "ElsewhereDialog", the_queue_entry),
        _GROUP,
    ),
)
