"""A board kept by a live feed alone, as a console keeps it, for tests and measurements."""

import datetime as dt
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from console.domain.rows import Board, BoardDelta, FeedState
from db.change_feed import ChangeFeed
from db.engine import Database

KINDS = ("hubs", "referrals", "practitioners", "queue", "reports", "tasks")
PATIENCE_S = 10.0


def by_id(board: Board) -> dict[str, dict[int, Any]]:
    """Give a board's rows by kind and id."""
    return {kind: {row.id: row for row in getattr(board, kind)} for kind in KINDS}


@dataclass
class KeptBoard:
    """What a feed has told so far."""

    rows: dict[str, dict[int, Any]] = field(default_factory=dict)
    boards: int = 0
    deltas: list[BoardDelta] = field(default_factory=list)
    states: list[FeedState] = field(default_factory=list)
    told: threading.Condition = field(default_factory=threading.Condition)

    def take_board(self, board: Board) -> None:
        with self.told:
            self.rows = by_id(board)
            self.boards += 1
            self.told.notify_all()

    def take_delta(self, delta: BoardDelta) -> None:
        with self.told:
            for kind in KINDS:
                for gone in getattr(delta, f"gone_{kind}", ()):
                    self.rows[kind].pop(gone, None)
                self.rows[kind] |= {row.id: row for row in getattr(delta, kind)}
            self.deltas.append(delta)
            self.told.notify_all()

    def take_state(self, state: FeedState) -> None:
        with self.told:
            self.states.append(state)
            self.told.notify_all()

    @property
    def is_live(self) -> bool:
        """Whether the newest state is live."""
        return bool(self.states) and self.states[-1].is_live

    def wait_until(self, what: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
        """Wait until something holds of what was told."""
        with self.told:
            assert self.told.wait_for(what, seconds), f"not within {seconds} s; {self.boards} boards came"


@contextmanager
def following(
    database: Database,
    hub_ids: Collection[int],
    now: Callable[[], dt.datetime],
    kept: KeptBoard | None = None,
) -> Iterator[KeptBoard]:
    """Follow the hubs with a live feed for the length of the block."""
    kept = kept or KeptBoard()
    feed = ChangeFeed(database, hub_ids, kept.take_board, kept.take_delta, kept.take_state, now)
    feed.start()
    try:
        kept.wait_until(lambda: kept.boards > 0)
        yield kept
    finally:
        feed.stop()
