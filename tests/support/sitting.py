"""A named person at the window of a small real service: their session, its desk and the rows of its board."""

import datetime as dt
from collections.abc import Callable, Collection
from contextlib import suppress

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.domain.rows import Board, BoardDelta, FeedState, Person
from console.services import site
from db.queries.board import read_board
from tests.services.team import Team
from ui.background import Background
from ui.boards.countdown import Countdown
from ui.live_updates import LiveUpdates
from ui.parts import ConsoleParts
from ui.session import Session


class BoardOnce:
    """A feed that gives the board of the database when it is asked to, on the thread that asks."""

    def __init__(self, team: Team, hub_ids: Collection[int], on_board: Callable[[Board], None]) -> None:
        self._team, self._hub_ids, self._on_board = team, hub_ids, on_board

    def start(self) -> None:
        """Give the board."""
        with self._team.database.read() as session:
            board = read_board(session, self._hub_ids, self._team.clock())
        self._on_board(board)

    def stop(self) -> None:
        """There is nothing to stop."""


class Seat(QObject):
    """Where somebody sits; `stand_up` leaves nothing behind."""

    def __init__(self, team: Team, login: str, server: Callable[[], dt.datetime] | None = None) -> None:
        """Sit the person down; the window is an empty one. `server` is the server's own time."""
        super().__init__()
        self.team = team
        self.window = QWidget()
        self.live = LiveUpdates(self)
        self.background = Background(self)
        self.countdown = Countdown(team.clock, self)
        actor = team.actors[login]
        own_id = team.ids[login.removesuffix("_self")] if login.endswith("_self") else None
        person = Person(actor.staff_id, login, actor.name, (actor.role,), self._hub_ids, own_id, None)
        parts = ConsoleParts(
            service_name="South Kent Coast",
            is_shared=False,
            is_training=False,
            people=lambda: [person],
            desk=lambda _: team.desk(login),
            feed=self._feed,
            now=team.clock,
            clocks=lambda: site.clocks_now(team.database, team.clock()),
            close=lambda: None,
            server=server,
        )
        self.session = Session(parts, person, actor, self.live, self.background, self.countdown, self.window)

    @property
    def _hub_ids(self) -> tuple[int, ...]:
        return (self.team.ids["folkestone"], self.team.ids["dover"])

    def look(self) -> None:
        """Bring the board up to what the database holds; the rows arrive with the next turn of the events."""
        self.live.follow(self._feed, self._hub_ids)

    def _feed(
        self,
        hub_ids: Collection[int],
        on_board: Callable[[Board], None],
        on_delta: Callable[[BoardDelta], None],
        on_state: Callable[[FeedState], None],
    ) -> BoardOnce:
        return BoardOnce(self.team, hub_ids, on_board)

    def stand_up(self) -> None:
        """Stop the timer and the threads, and let the window go."""
        self.live.stop()
        self.countdown.stop()
        self.background.stop()
        with suppress(RuntimeError):  # a test may have closed the window already
            self.window.deleteLater()
