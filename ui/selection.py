"""Which rows are chosen, workspace by workspace: a command never acts on a row that is out of sight."""

from typing import Literal

Kind = Literal["referral", "queue_entry", "practitioner", "report", "task", "hub", "practice", "staff"]


class Selection:
    """The chosen ids of each workspace; only those of the one in front are handed out."""

    def __init__(self) -> None:
        """Nothing is chosen and nothing is in front."""
        self.front = ""
        self._chosen: dict[str, dict[Kind, int | None]] = {}

    def choose(self, workspace: str, kind: Kind, row_id: int | None) -> bool:
        """Keep what is chosen there; says whether the workspace in front has changed by it."""
        chosen = self._chosen.setdefault(workspace, {})
        is_news = chosen.get(kind) != row_id
        chosen[kind] = row_id
        return is_news and workspace == self.front

    def come_to_front(self, workspace: str) -> bool:
        """Hand out the rows of this workspace; says whether it was another one before."""
        is_news, self.front = workspace != self.front, workspace
        return is_news

    def id_of(self, kind: Kind) -> int | None:
        """The chosen row of that kind in the workspace in front."""
        return self._chosen.get(self.front, {}).get(kind)
