"""Following a PostgreSQL: notifications are the bell, the server's own snapshots are the cursor."""

import datetime as dt
import selectors
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

import psycopg
from sqlalchemy import URL, Connection

from db.feed_source import engine_of_its_own
from db.queries.glance import Glance, Looking
from db.queries.reading import Reader
from db.queries.touched import Change
from db.quick_reader import QuickReader
from db.watchdog import WatchedConnection

LISTENING_WITHIN_S = 4.0
ONE_MOMENT, END = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", b"COMMIT"
# Ids would lose changes: a transaction that commits late has lower ids than one that committed before it.
SINCE = (
    b"SELECT cur::text, id, tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id"
    b" FROM feed_since(CAST($1 AS pg_snapshot))"
)


class PostgreSQLSource:
    """An autocommit connection that listens first and reads afterwards, so that nothing falls between."""

    def __init__(self, url: URL, hub_ids: Collection[int]) -> None:
        self._engine = engine_of_its_own(url, prepare_threshold=0, application_name="doorstep feed")
        self._connection = self._engine.connect()
        self._raw = self._driver_connection()
        self._reader = QuickReader(self._raw, self._engine.dialect)
        self._looking = Looking(self._reader, self._engine.dialect, hub_ids)
        self._cursor = ""
        self._rang = False
        self._raw.patience_s = LISTENING_WITHIN_S
        self._woken, self._waker = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._raw.fileno(), selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        try:
            self._listen(hub_ids)
        except BaseException:
            self.close()
            raise

    def _driver_connection(self) -> WatchedConnection:
        raw = self._connection.connection.driver_connection
        if not isinstance(raw, WatchedConnection):
            raise TypeError("the address does not lead to psycopg")
        return raw

    def _listen(self, hub_ids: Collection[int]) -> None:
        # Those that arrive while a query runs come here; the others are taken in by `wait`.
        self._raw.add_notify_handler(self._ring)
        for channel in (*(f"board_{hub_id:d}" for hub_id in sorted(hub_ids)), "board_all"):
            self._connection.exec_driver_sql(f"LISTEN {channel}")
        # The few statements of the feed are planned once; planning would take longer than reading.
        self._connection.exec_driver_sql("SET plan_cache_mode = force_generic_plan")

    def _ring(self, _: psycopg.Notify) -> None:
        self._rang = True

    @contextmanager
    def moment(self, answer_within_s: float) -> Iterator[Connection]:
        self._raw.patience_s = answer_within_s
        self._reader.do(ONE_MOMENT)
        yield self._connection
        self._reader.do(END)

    def begin(self) -> None:
        self._rang = False  # before the moment begins, which is with the first thing that is read
        self._cursor = self._connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one()

    def changes(self) -> list[Change]:
        self._rang = False
        rows = self._reader.do(SINCE, self._cursor)
        self._cursor = rows[0][0]  # there is always one row, without an id when nothing has changed
        return [Change(*row[1:]) for row in rows if row[1] is not None]

    def reader(self, connection: Connection) -> Reader:
        return self._reader

    def glance(self, now: dt.datetime, answer_within_s: float) -> Glance | None:
        self._raw.patience_s = answer_within_s
        self._rang = False
        seen = self._looking.look(self._cursor, now)
        if seen.delta is None:
            self._rang = True  # not told yet
            return None
        self._cursor = seen.cursor
        return seen

    def mark(self) -> str:
        return self._cursor

    def wait(self, seconds: float) -> bool:
        if not self._rang:
            self._selector.select(seconds)
            self._take_in()
        return self._rang

    def _take_in(self) -> None:
        try:
            self._raw.pgconn.consume_input()
            while self._raw.pgconn.notifies():
                self._rang = True
        except psycopg.OperationalError as error:
            raise ConnectionError("the server closed the connection") from error

    def wake(self) -> None:
        with suppress(OSError):  # closed already
            self._waker.send(b"!")

    def cut(self) -> None:
        self._raw.cut()

    def close(self) -> None:
        self._selector.close()
        self._woken.close()
        self._waker.close()
        self._connection.invalidate()  # closed as it is, whatever it was doing
        self._connection.close()
        self._engine.dispose()
