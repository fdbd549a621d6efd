"""Commands of the map."""

from collections.abc import Callable

from ui.actions import Command
from ui.commands.conditions import WhyNot
from ui.session import Session

_GROUP = "Map"


def _to(place: str) -> Callable[[Session], None]:
    def go(session: Session) -> None:
        session.go_to("board")
        session.map_wanted.emit(place)

    return go


def _has_board(session: Session) -> str:
    if "board" in session.workspaces:
        return ""
    role = session.actor.role.label.lower()
    return f"The role {role} has no Board, where the map is: change to a role that works there."


_HAS_BOARD: WhyNot = _has_board

COMMANDS: tuple[Command[Session], ...] = (
    Command("map.show", "Go to the map", "Alt+G", "map-pin", _HAS_BOARD, _to("show"), _GROUP),
    Command("map.all", "Map: the whole area", "Alt+0", "map-pin", _HAS_BOARD, _to("all"), _GROUP),
    Command("map.hub", "Map: the next hub", "Alt+H", "hospital", _HAS_BOARD, _to("hub"), _GROUP),
    Command("map.patient", "Map: what is chosen", "Alt+J", "map-pin", _HAS_BOARD, _to("patient"), _GROUP),
    Command("map.list", "Map: as a list, or back", "Alt+L", "list-ordered", _HAS_BOARD, _to("list"), _GROUP),
)
