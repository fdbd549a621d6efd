"""Commands on a hub itself: closing it, opening it again, and which one is shown."""

from collections.abc import Callable

from console.domain.permissions import Deed
from ui.actions import Command
from ui.boards.seat import hubs_of, shown_hub
from ui.commands.conditions import (
    WhyNot,
    a_hub_is_chosen,
    in_front,
    may,
    the_hub,
    when,
    where_a_whole_hub_is_seen,
)
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Hub"
_AT_HUB = in_front("Go to Hub first.", "hub")


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


COMMANDS: tuple[Command[Session], ...] = (
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
