"""Which rows changed a moment ago, or since their reader looked, so that the eye finds them."""

import time

from console.domain.since import News
from ui.boards.sorted_rows import Id

SECONDS = 3.0


class Glow:
    """When each row changed, forgotten once its light has faded."""

    def __init__(self) -> None:
        """Nothing has changed yet."""
        self._since: dict[Id, float] = {}
        # What changed while the reader looked elsewhere, and how one says it; until they have read it.
        self.unread: dict[Id, tuple[News, str]] = {}

    def said(self, row_id: Id) -> str:
        """What changed in a row while the reader looked elsewhere, to go on after its own words."""
        return f", {self.unread[row_id][1]}" if row_id in self.unread else ""

    def light(self, row_id: Id) -> None:
        """The row changed now."""
        self._since[row_id] = time.monotonic()

    def share(self, row_id: Id) -> float:
        """1 for a row that changed just now, falling to 0."""
        since = self._since.get(row_id)
        return 0.0 if since is None else max(0.0, 1 - (time.monotonic() - since) / SECONDS)

    def lit(self) -> list[Id]:
        """The rows that still glow."""
        for row_id in [row_id for row_id in self._since if self.share(row_id) == 0]:
            del self._since[row_id]
        return list(self._since)
