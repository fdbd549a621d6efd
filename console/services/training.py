"""What a training database does by itself: its synthetic day is played; an ordinary one has none."""

from typing import TYPE_CHECKING

from console.services.basis import Basis
from db.queries.training import training_time

if TYPE_CHECKING:  # nothing of it is loaded in an ordinary database
    from console.services.players.play import Players


class Training:
    """The day of a training database."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis
        self._is_ordinary = False
        self._players: Players | None = None

    def play(self) -> int:
        """Let the players do what has come due; gives how many steps that were."""
        if self._players is None and not self._is_ordinary:
            self._players = self._find_players()
        return 0 if self._players is None else self._players.play()

    def _find_players(self) -> "Players | None":
        with self._basis.database.read() as session:
            time = training_time(session)
        if time is None:
            self._is_ordinary = True
            return None
        from console.services.players.play import Players

        return Players(self._basis.database, time.seed, self._basis.now)
