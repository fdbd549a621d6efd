"""Commands on the chosen entry of a hub's queue, and on the hub itself."""

from collections.abc import Callable

from console.domain.hub_queue import reasons_not_to_have_missed, reasons_unjudged
from console.domain.permissions import Deed
from console.domain.rows import QueueRow
from console.domain.words import QueueStatus, Role
from ui.actions import Command
from ui.boards.seat import hubs_of, next_patient, shown_hub
from ui.commands.conditions import (
    WhyNot,
    a_hub_is_chosen,
    in_front,
    may,
    queue_entry_with,
    referral_with,
    the_hub,
    the_queue_entry,
    the_referral,
    when,
    where_a_whole_hub_is_seen,
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


def _shows(place: int) -> Callable[[Session], None]:
    def show(session: Session) -> None:
        hub, before = hubs_of(session)[place], shown_hub(session)
        if before is None or hub.id != before.id:
            # The row of the hub that is shown stays chosen: what looks chosen is what the keys act on.
            session.choose("hub", "queue_entry", None)
        session.choose("hub", "hub", hub.id)

    return show


def _has_hub(place: int) -> WhyNot:
    sentence = f"You work in fewer than {place + 1} hubs: choose one that is shown."
    return lambda session: "" if len(hubs_of(session)) > place else sentence


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
    return " ".join(reasons_not_to_have_missed(row.booked_for_at, session.now()))


def _is_closed(session: Session) -> str:
    """The hub was closed for the day."""
    hub = session.live.hubs.by_id.get(session.hub_id or 0)
    return "" if hub is None or hub.is_closed_down else f"{hub.name} is not closed for the day."


def _is_not_closed(session: Session) -> str:
    """Nobody has closed the hub for the day."""
    hub = session.live.hubs.by_id.get(session.hub_id or 0)
    if hub is None or not hub.is_closed_down:
        return ""
    return f"{hub.name} is closed already: if that was a mistake, open it again (Ctrl+O)."


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
    Command(
        "hub.close",
        "Close hub",
        "Ctrl+Shift+C",
        "lock",
        # What is decided about a whole hub is decided where one sees the whole of it.
        when(
            may(Deed.CLOSE_HUB),
            where_a_whole_hub_is_seen,
            a_hub_is_chosen,
            _is_not_closed,
        ),
        Opens("close_hub", "CloseHubDialog", the_hub),
        _GROUP,
    ),
    Command(
        "hub.open",
        "Open the hub again",
        "Ctrl+O",
        "door-open",
        when(
            may(Deed.CLOSE_HUB),
            where_a_whole_hub_is_seen,
            a_hub_is_chosen,
            _is_closed,
        ),
        Opens("open_hub", "OpenHubDialog", the_hub),
        _GROUP,
    ),
    *(
        Command(
            f"hub.show_{n}",
            f"Show hub {n}",
            f"Alt+{n}",
            "hospital",
            when(_AT_HUB, _has_hub(n - 1)),
            _shows(n - 1),
            _GROUP,
        )
        for n in (1, 2, 3, 4)
    ),
)
