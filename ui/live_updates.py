"""Brings the feed's rows onto the GUI thread and keeps the board that every workspace reads."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance, Slot

from console.domain.rows import (
    Board,
    BoardDelta,
    FeedState,
    HubRow,
    PractitionerRow,
    QueueRow,
    ReferralRow,
    ReportRow,
    TaskRow,
)
from console.steady import steady
from ui.parts import Feed, MakeFeed

# Tables take each row at once; what is counted around them follows when the rows have been painted. While
# changes come without a pause it follows less often: nobody reads figures sooner, and the keys come first.
CHANGED_WITHIN_MS, AGAIN_AFTER_MS = 50, 250


class Keyed(Protocol):
    """A row with an id."""

    @property
    def id(self) -> int:
        """The key that the row keeps for life."""


R = TypeVar("R", bound=Keyed)


class Rows(Generic[R]):
    """The rows of one kind by id, and who wants to hear of changes: `listener(upserts, gone)`."""

    def __init__(self) -> None:
        """Start empty."""
        self.by_id: dict[int, R] = {}
        self._listeners: list[Callable[[Collection[R], Collection[int]], None]] = []

    def listen(self, listener: Callable[[Collection[R], Collection[int]], None]) -> None:
        """Call the listener with what changed from now on, and with what is there already."""
        self._listeners.append(listener)
        if self.by_id:
            listener(tuple(self.by_id.values()), ())

    def replace(self, rows: Iterable[R]) -> None:
        """Take a whole board: what is not in it is gone."""
        fresh = {row.id: row for row in rows}
        gone = self.by_id.keys() - fresh.keys()
        changed = [row for key, row in fresh.items() if self.by_id.get(key) != row]
        self.by_id = fresh
        self._tell(changed, gone)

    def change(self, upserts: Collection[R], gone: Collection[int] = ()) -> None:
        """Take what changed."""
        for row in upserts:
            self.by_id[row.id] = row
        really_gone = [key for key in gone if self.by_id.pop(key, None) is not None]
        self._tell(upserts, really_gone)

    def _tell(self, upserts: Collection[R], gone: Collection[int]) -> None:
        if upserts or gone:
            for listener in self._listeners:
                listener(upserts, gone)


class LiveUpdates(QObject):
    """Follows the feed and holds its rows; `changed` comes once after each board, and soon after deltas."""

    changed = Signal()
    state_changed = Signal(FeedState)

    _board = Signal(int, float, Board)
    _delta = Signal(int, float, BoardDelta)
    _state = Signal(int, float, FeedState)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty and not live."""
        super().__init__(parent)
        self.hubs: Rows[HubRow] = Rows()
        self.referrals: Rows[ReferralRow] = Rows()
        self.practitioners: Rows[PractitionerRow] = Rows()
        self.queue: Rows[QueueRow] = Rows()
        self.reports: Rows[ReportRow] = Rows()
        self.tasks: Rows[TaskRow] = Rows()
        self.as_of: dt.datetime | None = None
        self.heard_at = 0.0  # on the steady clock: when the feed last proved that the board is true
        self.state: FeedState | None = None
        self._feed: Feed | None = None
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._tell_changed)
        self._told_at = 0.0  # on the steady clock
        # What a former feed still had in the queue must not reach the board of the next person.
        self._follower = 0
        # The feed calls from its own thread; queued signals are the only road to this one.
        queued = Qt.ConnectionType.QueuedConnection
        self._board.connect(self._take_board, queued)
        self._delta.connect(self._take_delta, queued)
        self._state.connect(self._take_state, queued)

    def follow(self, make_feed: MakeFeed, hub_ids: Collection[int]) -> None:
        """Leave the present feed, if any, and follow these hubs."""
        self.stop()
        self._clear()
        self._feed = make_feed(hub_ids, *map(self._dated, (self._board, self._delta, self._state)))
        self._feed.start()

    def _dated(self, signal: SignalInstance) -> Callable[[object], None]:
        """Hand on what the feed tells, with the moment in which it told it: a queue may be slow, or sleep.

        A thread that could not be waited for must not speak through an object that is being let go of.
        """
        me = self._follower

        def hand_on(told: object) -> None:
            if me == self._follower:
                signal.emit(me, steady(), told)

        return hand_on

    def _clear(self) -> None:
        for rows in (self.hubs, self.practitioners, self.referrals, self.queue, self.reports, self.tasks):
            rows.replace(())
        self.as_of = None
        self.state = None

    def stop(self) -> None:
        """Stop following; the rows stay as they are, whatever is still on its way."""
        self._follower += 1
        self._soon.stop()
        if self._feed is not None:
            self._feed.stop()
            self._feed = None

    @Slot(int, float, Board)
    def _take_board(self, follower: int, at: float, board: Board) -> None:
        if follower != self._follower:
            return
        self.as_of, self.heard_at = board.as_of, at
        self.hubs.replace(board.hubs)
        self.practitioners.replace(board.practitioners)
        self.referrals.replace(board.referrals)
        self.queue.replace(board.queue)
        self.reports.replace(board.reports)
        self.tasks.replace(board.tasks)
        self._soon.stop()
        self._tell_changed()

    @Slot(int, float, BoardDelta)
    def _take_delta(self, follower: int, at: float, delta: BoardDelta) -> None:
        if follower != self._follower:
            return
        self.as_of, self.heard_at = delta.as_of, at
        self.hubs.change(delta.hubs)
        self.practitioners.change(delta.practitioners, delta.gone_practitioners)
        self.referrals.change(delta.referrals, delta.gone_referrals)
        self.queue.change(delta.queue, delta.gone_queue)
        self.reports.change(delta.reports, delta.gone_reports)
        self.tasks.change(delta.tasks, delta.gone_tasks)
        if not self._soon.isActive():
            told_ms_ago = round(1000 * (steady() - self._told_at))
            self._soon.start(max(CHANGED_WITHIN_MS, AGAIN_AFTER_MS - told_ms_ago))

    @Slot()
    def _tell_changed(self) -> None:
        self._told_at = steady()
        self.changed.emit()

    @Slot(int, float, FeedState)
    def _take_state(self, follower: int, at: float, state: FeedState) -> None:
        if follower != self._follower:
            return
        self.state = state
        if state.is_live and state.as_of is not None:
            self.as_of, self.heard_at = state.as_of, at
        self.state_changed.emit(state)
