"""What changes on the board without a change in the database: shifts come near, hubs open another day."""

import datetime as dt
from collections.abc import Collection

from console.domain.rows import Board, BoardDelta, HubRow, PractitionerRow
from db.queries.board import read_clockwork
from db.queries.reading import Reader


class BoardClock:
    """Knows the hubs and practitioners that the board shows, and reads them again each minute."""

    def __init__(self, hub_ids: Collection[int], late: dt.timedelta = dt.timedelta()) -> None:
        """`late` is how long after the full minute it reads: not all consoles ask at the same moment."""
        self._hub_ids, self._late = hub_ids, late
        self._hubs: dict[int, HubRow] = {}
        self._practitioners: dict[int, PractitionerRow] = {}
        self._minute: dt.datetime | None = None
        self.is_renamed = False

    def begin(self, board: Board) -> None:
        """Start from a whole board."""
        self._hubs = {row.id: row for row in board.hubs}
        self._practitioners = {row.id: row for row in board.practitioners}
        self._minute = self._minute_at(board.as_of)
        self.is_renamed = False

    def take(self, delta: BoardDelta) -> None:
        """Follow a change; `is_renamed` then tells whether a hub got another name, which its rows show."""
        for hub in delta.hubs:
            before = self._hubs.get(hub.id)
            self.is_renamed |= before is not None and before.name != hub.name
            self._hubs[hub.id] = hub
        for gone in delta.gone_practitioners:
            self._practitioners.pop(gone, None)
        self._practitioners |= {row.id: row for row in delta.practitioners}

    def is_due(self, now: dt.datetime) -> bool:
        """Tell whether another minute has begun."""
        return self._minute_at(now) != self._minute

    def tick(self, reader: Reader, now: dt.datetime) -> BoardDelta:
        """Read the hubs and practitioners again and keep what is not as it was."""
        self._minute = self._minute_at(now)
        fresh = read_clockwork(reader, self._hub_ids, now, self._practitioners)
        return BoardDelta(
            as_of=now,
            hubs=tuple(row for row in fresh.hubs if row != self._hubs.get(row.id)),
            practitioners=tuple(row for row in fresh.practitioners if row != self._practitioners.get(row.id)),
            gone_practitioners=fresh.gone_practitioners,
        )

    def _minute_at(self, now: dt.datetime) -> dt.datetime:
        return (now - self._late).replace(second=0, microsecond=0)
