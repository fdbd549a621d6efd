"""Which workspaces there are and who may use them; each is loaded when it is first wanted."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtWidgets import QWidget

from console.domain.board_rows import Board, BoardDelta
from console.domain.feed_state import FeedState
from console.domain.words import Role
from ui.parts import MakeFeed
from ui.session import Session

_DESK = frozenset({Role.COORDINATOR, Role.CLINICIAN, Role.SUPERVISOR})
# At a hub practitioners see patients, and write and sign their own reports.
_HANDS_ON = _DESK | {Role.PRACTITIONER}


@dataclass(frozen=True, slots=True)
class Workspace:
    """A whole view of the service under one name."""

    name: str
    module: str
    widget: str
    roles: frozenset[Role] = _DESK
    reads_board: bool = True

    def make(self, session: Session, parent: QWidget) -> QWidget:
        """Build it for this session."""
        made: Callable[[Session, QWidget], QWidget] = getattr(import_module(self.module), self.widget)
        return made(session, parent)


ALL = (
    Workspace("board", "ui.boards.board", "BoardWorkspace", _HANDS_ON),
    Workspace("hub", "ui.boards.hub_workspace", "HubWorkspace", _HANDS_ON),
    Workspace("reports", "ui.boards.reports_workspace", "ReportsWorkspace", _HANDS_ON),
    Workspace("load", "ui.boards.load_workspace", "LoadWorkspace"),
    Workspace("audit", "ui.audit.workspace", "AuditWorkspace", frozenset({Role.AUDITOR})),
    Workspace(
        "administration",
        "ui.administration.workspace",
        "AdministrationWorkspace",
        frozenset({Role.ADMINISTRATOR}),
        reads_board=False,
    ),
)


def for_role(role: Role) -> tuple[Workspace, ...]:
    """The workspaces of a role, in the order of the rail."""
    return tuple(one for one in ALL if role in one.roles)


def roles_with_a_workspace(roles: Collection[Role]) -> tuple[Role, ...]:
    """Those of these roles in which somebody can work at a console."""
    return tuple(role for role in Role if role in roles and for_role(role))


def reads_board(role: Role) -> bool:
    """Whether anything of the board is on the screen of this role: else nothing of it is read."""
    return any(one.reads_board for one in for_role(role))


class NoFeed:
    """Tells nothing, to whoever sees no patient."""

    def __init__(
        self,
        hub_ids: Collection[int],
        on_board: Callable[[Board], None],
        on_delta: Callable[[BoardDelta], None],
        on_state: Callable[[FeedState], None],
    ) -> None:
        """There is nothing to follow."""

    def start(self) -> None:
        """Nothing begins."""

    def stop(self) -> None:
        """Nothing was begun."""


def feed_of(role: Role, make_feed: MakeFeed) -> MakeFeed:
    """The feed of whoever sees the board, and none for the others."""
    return make_feed if reads_board(role) else NoFeed
