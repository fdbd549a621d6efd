"""What the change feed needs of a database: a bell, a moment to read in, and what changed since the last."""

import datetime as dt
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from db.connect import connect_args, watch
from db.queries.glance import Glance
from db.queries.reading import Reader
from db.queries.touched import Change


class FeedSource(Protocol):
    """One connection that follows the change log."""

    def moment(self, answer_within_s: float) -> AbstractContextManager[Connection]:
        """Give the connection for reads that all see the same moment.

        Where a connection can die unnoticed, it is cut when one answer takes longer than this.
        """

    def begin(self) -> None:
        """Take the cursor; call it inside the moment in which the whole board is read."""

    def changes(self) -> list[Change]:
        """Return what changed since the cursor and move it on; call it inside a moment, once."""

    def reader(self, connection: Connection) -> Reader:
        """Give what reads rows most quickly inside the moment of this connection."""

    def glance(self, now: dt.datetime, answer_within_s: float) -> Glance | None:
        """Return the news in one look, outside of any moment; None where that does not tell all of it.

        Then the cursor stays where it was, and `changes` tells them.
        """

    def mark(self) -> str:
        """Say until where has been read: after `changes`, inside its moment, or after a glance."""

    def wait(self, seconds: float) -> bool:
        """Wait until something may have changed or the time is over; tell which."""

    def wake(self) -> None:
        """End a wait at once; may be called from any thread."""

    def cut(self) -> None:
        """Break off whatever the connection is doing; may be called from any thread."""

    def close(self) -> None:
        """Close the connection."""


def engine_of_its_own(url: URL, **more: Any) -> Engine:
    """Make an engine that pools nothing: a feed keeps one connection, and listens on it."""
    return watch(
        create_engine(
            url,
            connect_args=connect_args(url) | more,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
        )
    )


@contextmanager
def one_moment(connection: Connection, begin: str) -> Iterator[Connection]:
    """Let all that is read in the block be of one moment; after an error the connection is given up."""
    connection.exec_driver_sql(begin)
    yield connection
    connection.exec_driver_sql("COMMIT")
