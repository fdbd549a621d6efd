"""Reading on the driver's own connection, for a feed."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError

from db.queries.quick import Quick, Written


class QuickReader(Quick):
    """Reads rows of a connection to PostgreSQL."""

    def __init__(self, raw: "psycopg.Connection[Any]", dialect: Dialect) -> None:
        """Ask on this connection."""
        super().__init__(dialect)
        # It sends the words as they are; others look through a long statement for its values each time.
        self._cursor = psycopg.RawCursor(raw)

    def ask(self, written: Written, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        rows = self.do(written.words, *written.values(values))
        if not written.has_learnt:
            written.learn(column.type_code for column in self._cursor.description or ())
        return rows

    def do(self, words: bytes, *values: Any) -> list[tuple[Any, ...]]:
        """Let the server do something, and give the rows of its answer; none when it gives no rows."""
        try:
            self._cursor.execute(words, values)
            answer = self._cursor.pgresult
            has_rows = answer is not None and answer.status == psycopg.pq.ExecStatus.TUPLES_OK
            return self._cursor.fetchall() if has_rows else []
        except psycopg.Error as error:
            raise DBAPIError.instance("a look", None, error, psycopg.Error, hide_parameters=True) from None
