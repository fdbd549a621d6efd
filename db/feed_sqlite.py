"""Following a SQLite file: its counter of commits is the bell, the ids of the change log are the cursor."""

import datetime as dt
import threading
from contextlib import AbstractContextManager
from time import monotonic

from sqlalchemy import URL, Connection, text

from db.feed_source import engine_of_its_own, one_moment
from db.queries.reading import Reader
from db.queries.touched import Change

LOOK_EVERY_S = 0.02  # a look costs about 10 µs
# One writer at a time: a later commit never has a lower id.
SINCE = text(
    "SELECT id, tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id"
    " FROM change_log WHERE id > :last ORDER BY id"
)


class SQLiteSource:
    """A connection of its own: the counter moves for the commits of all others, this process's too."""

    def __init__(self, url: URL) -> None:
        self._engine = engine_of_its_own(url)
        self._connection = self._engine.connect()
        self._connection.exec_driver_sql("PRAGMA query_only = ON")
        self._last = 0
        self._seen = self._before = -1
        self._woken = threading.Event()

    def moment(self, answer_within_s: float) -> AbstractContextManager[Connection]:
        self._before = self._commits()  # what comes between this and the reading is looked at once more
        return one_moment(self._connection, "BEGIN")

    def begin(self) -> None:
        newest = self._connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM change_log")
        self._last = newest.scalar_one()
        self._seen = self._before

    def changes(self) -> list[Change]:
        found = [Change(*row) for row in self._connection.execute(SINCE, {"last": self._last})]
        if found:
            self._last = found[-1].id
        self._seen = self._before
        return found

    def reader(self, connection: Connection) -> Reader:
        return connection

    def glance(self, now: dt.datetime, answer_within_s: float) -> None:
        """No news in one look: a local file has one console, and a moment costs it next to nothing."""

    def mark(self) -> str:
        newest = self._connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM audit_log")
        return str(newest.scalar_one())

    def wait(self, seconds: float) -> bool:
        until = monotonic() + seconds
        while self._commits() == self._seen:
            left = until - monotonic()
            if left <= 0 or self._woken.wait(min(LOOK_EVERY_S, left)):
                return False
        return True

    def _commits(self) -> int:
        count: int = self._connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        return count

    def wake(self) -> None:
        self._woken.set()

    def cut(self) -> None:
        """Nothing to break off: a local file answers or fails."""

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()
