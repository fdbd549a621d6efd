"""The live feed: the whole board on every connect, then every change, told from a thread of its own."""

import datetime as dt
import logging
import random
import threading
import traceback
from collections.abc import Callable, Collection
from contextlib import closing
from time import monotonic

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from console.domain.calendar import local
from console.domain.refusals import OtherVersion
from console.domain.rows import Board, BoardDelta, FeedState
from console.steady import steady
from db.board_clock import BoardClock
from db.change_log import KEPT
from db.connect import address, server_time
from db.engine import Database
from db.errors import why_not_live
from db.feed_source import FeedSource
from db.feed_sqlite import SQLiteSource
from db.queries.board import read_board, read_delta
from db.queries.touched import Change
from db.queries.workers import newest_look
from db.schema_version import require_served, require_unmoved

log = logging.getLogger(__name__)

HEARTBEAT_S = 1.0
"""How often the database is asked without being rung for: proof of life, and safety if a ring is lost."""
GATHER_S = 0.02
"""After a delta, changes are gathered for so long; the first one after a pause never waits."""
GATHER_TIMES, GATHER_AT_MOST_S = 3, 1.0
"""Where reading takes long, much changes or the server is busy: changes are then gathered so many times as
long, but no longer than this, so that consoles leave the server to the work of which they are told."""
ANSWER_WITHIN_S = 4.0
"""A connection on which the answer to what changed takes longer is taken for dead."""
BOARD_WITHIN_S = 20.0
"""A whole board may take longer, with fifty consoles at once after a restart; the server gives up at 15 s."""
CHASER_EVERY_S = 5.0
"""How often it is read when a worker last looked: workers write it as often."""
FIRST_RETRY_S, LAST_RETRY_S = 0.1, 1.0
ASLEEP_AFTER_S = 5.0
"""A wait of at most a second that took longer was a sleep, and the line may be dead without a word."""
MINUTE_WITHIN_S = 10.0
"""What the time alone changes is read within so long of each minute, not by all consoles at once."""
MEASURE_EVERY_S = 60.0
"""How often the server's time is asked for, besides on each connection: clocks drift, and are set."""
READ_ANEW_AFTER = KEPT / 2
"""A console that slept for longer cannot rely on the change log: its old lines are trimmed."""
JOIN_S = 0.5
# No row has the key 0. Asking for it makes the statements ready: the first change is as quick as the rest.
NOTHING = [Change(0, table, "U", 0, referral_id=0, practitioner_id=0) for table in ("visit", "task")]


Measure = Callable[[Callable[[], dt.datetime]], None]
"""Takes a question that gives the server's time, and asks it."""


class _Slept(ConnectionError):
    """This computer slept: what is on the board is of before, and so is the connection."""


class ChangeFeed:
    """Follows the board of some hubs until it is stopped; calls back from a thread, never after `stop`."""

    def __init__(
        self,
        database: Database,
        hub_ids: Collection[int],
        on_board: Callable[[Board], None],
        on_delta: Callable[[BoardDelta], None],
        on_state: Callable[[FeedState], None],
        now: Callable[[], dt.datetime],
        *,
        measure: Measure | None = None,
        steady: Callable[[], float] = steady,
    ) -> None:
        """`measure` is asked to take the server's time on each connection and every minute."""
        self._address = address(database.url)
        self._is_local = not database.capabilities.is_shared
        self._hub_ids = frozenset(hub_ids)
        self._on_board = on_board
        self._on_delta = on_delta
        self._on_state = on_state
        self._now, self._measure, self._steady = now, measure, steady
        self._as_of: dt.datetime | None = None
        self._chaser_at: dt.datetime | None = None
        self._is_lost = False
        self._why = self._mark = ""
        late = 0.0 if self._is_local else random.uniform(0.0, MINUTE_WITHIN_S)  # noqa: S311 - as below
        self._clock = BoardClock(self._hub_ids, dt.timedelta(seconds=late))
        self._source: FeedSource | None = None
        self._beat_at = self._gather_until = self._measure_at = 0.0
        self._chaser_due = 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="change-feed", daemon=True)

    def start(self) -> None:
        """Begin to follow; the whole board comes first."""
        self._thread.start()

    def stop(self) -> None:
        """Stop and join, within a second whatever the network does."""
        self._stopping.set()
        if (source := self._source) is not None:
            source.wake()
        self._join()
        if (source := self._source) is not None:
            source.cut()
            self._join()

    def _join(self) -> None:
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def _run(self) -> None:
        """Follow for ever: whatever goes wrong, begin again with the whole board."""
        pause = FIRST_RETRY_S
        while not self._stopping.is_set():
            began = monotonic()
            try:
                self._follow()
            except Exception as error:  # noqa: BLE001 - a feed that dies leaves a board that looks true
                self._say_why(error)
                self._why = why_not_live(error)
            if self._stopping.is_set():
                return
            pause = FIRST_RETRY_S if monotonic() - began > LAST_RETRY_S else min(2 * pause, LAST_RETRY_S)
            self._is_lost = True
            self._tell_not_live()
            self._stopping.wait(pause * random.uniform(0.5, 1.0))  # noqa: S311 - spreads consoles, hides nothing

    def _say_why(self, error: Exception) -> None:
        """Log where it happened without the values, which may be a patient's."""
        if self._stopping.is_set():
            return
        if isinstance(error, SQLAlchemyError | OSError | OtherVersion):
            level = logging.DEBUG if self._is_lost else logging.WARNING  # once, not at every try
            log.log(level, "The live feed lost the database (%s).", type(error).__name__)
        else:
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("The live feed failed (%s) and begins again:\n%s", type(error).__name__, where)

    def _connect(self) -> FeedSource:
        if self._is_local:
            return SQLiteSource(self._address)
        # Its driver is slow to load, and a console on SQLite does without it.
        from db.feed_postgresql import PostgreSQLSource

        return PostgreSQLSource(self._address, self._hub_ids)

    def _follow(self) -> None:
        with closing(self._connect()) as source:
            self._source = source
            try:
                self._read_whole(source)
                while not self._stopping.is_set():
                    self._take_changes(source)
            finally:
                self._source = None

    def _read_whole(self, source: FeedSource) -> None:
        self._take_time(source)
        now = self._now()
        with source.moment(BOARD_WITHIN_S) as connection:
            source.begin()
            require_unmoved(connection)
            board = read_board(connection, self._hub_ids, now)
            self._clock.begin(board)
            self._as_of, self._mark = now, source.mark()
            if not self._stopping.is_set():
                self._on_board(board)
            read_delta(source.reader(connection), NOTHING, self._hub_ids, now)
            self._read_chaser(connection)
        self._glanced(source, now)  # makes its statement ready
        self._tell_live(now)

    def _take_time(self, source: FeedSource) -> None:
        """Let the clock of the rules and boards be set by the server's."""
        self._measure_at = self._steady() + MEASURE_EVERY_S
        if self._measure is not None:
            with source.moment(ANSWER_WITHIN_S) as connection:
                self._measure(lambda: server_time(connection))

    def _wait(self, source: FeedSource) -> bool:
        """Wait for the bell or the next beat; a computer that slept meanwhile begins again."""
        began = self._steady()
        rang = source.wait(max(self._beat_at - monotonic(), 0))
        if self._steady() - began > ASLEEP_AFTER_S:
            raise _Slept
        return rang

    def _take_changes(self, source: FeedSource) -> None:
        if self._wait(source):
            self._stopping.wait(max(self._gather_until - monotonic(), 0))
        if self._stopping.is_set():
            return
        if self._steady() > self._measure_at:
            self._take_time(source)
        now = self._now()
        if self._as_of is None or now - self._as_of > READ_ANEW_AFTER:
            self._read_whole(source)
            return
        if self._wants_more(now) or not self._glanced(source, now):
            with source.moment(ANSWER_WITHIN_S) as connection:
                if monotonic() >= self._beat_at:
                    require_unmoved(connection)
                self._read_news(source, connection, now)
                self._mark = source.mark()
        if self._clock.is_renamed:
            self._read_whole(source)
        elif monotonic() >= self._beat_at:
            self._tell_live(now)

    def _wants_more(self, now: dt.datetime) -> bool:
        """Tell whether something is to be read besides what changed."""
        return self._clock.is_due(now) or monotonic() >= self._chaser_due

    def _glanced(self, source: FeedSource, now: dt.datetime) -> bool:
        """Take the news in one look, as most news can be; tell whether that was all of them."""
        seen = source.glance(now, ANSWER_WITHIN_S)
        if seen is None or seen.delta is None:
            return False
        require_served(seen.shape)
        self._hand(seen.delta)
        self._mark = source.mark()
        if seen.delta.referrals:
            self._gather_until = monotonic() + GATHER_S
        return True

    def _read_news(self, source: FeedSource, connection: Connection, now: dt.datetime) -> None:
        """Read what changed, what the time alone has changed, and now and then who chases."""
        began = monotonic()
        changes = source.changes()
        if changes:
            self._hand(read_delta(source.reader(connection), changes, self._hub_ids, now))
            pause = min(max(GATHER_TIMES * (monotonic() - began), GATHER_S), GATHER_AT_MOST_S)
            self._gather_until = monotonic() + pause
        if self._clock.is_due(now):
            self._hand(self._clock.tick(source.reader(connection), now))
        if monotonic() >= self._chaser_due:
            self._read_chaser(connection)

    def _read_chaser(self, connection: Connection) -> None:
        self._chaser_due = monotonic() + CHASER_EVERY_S
        self._chaser_at = newest_look(connection)

    def _hand(self, delta: BoardDelta) -> None:
        self._as_of = delta.as_of
        self._clock.take(delta)
        if delta != BoardDelta(delta.as_of) and not self._stopping.is_set():
            self._on_delta(delta)

    def _tell_live(self, now: dt.datetime) -> None:
        self._as_of = now
        self._is_lost = False
        self._beat_at = monotonic() + HEARTBEAT_S
        self._tell(is_live=True, sentence="Local" if self._is_local else "Live")

    def _tell_not_live(self) -> None:
        sentence = "Connecting to the database"
        if self._as_of is not None:
            sentence = f"Reconnecting, board as of {local(self._as_of):%H:%M:%S}"
        self._tell(is_live=False, sentence=sentence)

    def _tell(self, *, is_live: bool, sentence: str) -> None:
        why = "" if is_live else self._why
        state = FeedState(
            is_live, self._is_local, self._as_of, sentence, why, chaser_at=self._chaser_at, mark=self._mark
        )
        if self._stopping.is_set():
            return
        try:
            self._on_state(state)
        except Exception as error:  # noqa: BLE001 - whoever cannot hear it must not stop the feed
            self._say_why(error)
