"""The database of a process: one pool, shared by its threads."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from console.domain.acting import Actor
from console.domain.refusals import OtherVersion, Refused
from db import left_lines
from db.connect import address, do_not_wait, for_reading, for_writing, make_engine, server_time
from db.errors import told
from db.not_opened import not_opened, refused_in
from db.schema_version import require_file, require_shape, require_unmoved, shape_of
from db.secured import is_secured
from db.unit_of_work import First, UnitOfWork


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What this kind of database can do, and what the screen must say about it."""

    is_shared: bool
    has_bell: bool
    has_roles: bool
    has_row_security: bool
    word: str
    sentence: str


POSTGRESQL = Capabilities(
    is_shared=True,
    has_bell=True,
    has_roles=False,
    has_row_security=False,
    word="Shared",
    sentence="Everybody who is connected to this database sees the same board.",
)
SECURED = replace(
    POSTGRESQL,
    has_roles=True,
    has_row_security=True,
    sentence="Everybody here has a login of their own, and sees the hubs that they were given.",
)
SQLITE = Capabilities(
    is_shared=False,
    has_bell=False,
    has_roles=False,
    has_row_security=False,
    word="Local",
    sentence="This board is kept on this computer only; whoever uses this account can read it.",
)


class Database:
    """One database; ask it for a unit of work to write, or for a session to read."""

    def __init__(self, url: str) -> None:
        self._address = address(url)
        self.url = url
        self._engine = make_engine(self._address)
        self.dialect = self._engine.dialect.name
        self.capabilities = SQLITE if self.dialect == "sqlite" else POSTGRESQL
        self.has_used_password = False
        """Whether the server asked for the password when this was opened."""
        self._writer = for_writing(self._engine)
        self._reader = for_reading(self._engine)

    @property
    def engine(self) -> Engine:
        """The pool itself, for the change feed's own connections."""
        return self._engine

    def work(
        self, actor: Actor, now: dt.datetime, made_by: str = "console", first: First | None = None
    ) -> UnitOfWork:
        """Begin one write by a named person or by the timetable, committed when its block ends well."""
        return UnitOfWork(self._writer, self._reader, actor, now, made_by, first)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees one moment and cannot write."""
        try:
            with Session(self._reader, expire_on_commit=False, autoflush=False) as session:
                yield session
        except SQLAlchemyError as error:
            left_lines.refused(self._writer, error)
            raise self._told(error) from None

    def _told(self, error: SQLAlchemyError) -> Exception:
        """What a fault of ours looks like may be a database that was brought to another version meanwhile."""
        answer = told(error)
        if isinstance(answer, Refused):
            return answer
        try:
            with self._reader.connect() as connection:
                require_unmoved(connection)
        except OtherVersion as moved:
            return moved
        except SQLAlchemyError:
            return answer
        return answer

    def server_now(self) -> dt.datetime:
        """Return the database's clock."""
        with self.read() as session:
            return server_time(session.connection())

    def shape(self) -> str:
        """Return the version of the database, which may be a neighbour of this program's."""
        with self.read() as session:
            return shape_of(session.connection()).version

    def hurry(self) -> None:
        """Do not wait for the disk from now on: for what counts only when it is whole, such as a demo."""
        event.listen(self._engine, "connect", do_not_wait)
        self._engine.dispose()

    def is_whole(self) -> bool:
        """Look through a local file for damage, page by page; a server looks after its own."""
        if self.capabilities.is_shared:
            return True
        with self.read() as session:
            found = session.connection().exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
        return bool(found == "ok")

    def close(self) -> None:
        """Close every connection now, and those that threads are using as they come back."""
        event.listen(self._engine, "checkin", _let_go)
        self._engine.dispose()


def _let_go(_raw: object, record: ConnectionPoolEntry) -> None:
    """The person at whose sign-in it was opened may have gone: nothing of theirs stays at the server."""
    record.invalidate()


def open_database(url: str, *, is_typed: bool = False) -> Database:
    """Open a database in a shape that this program can work with; refuse any other in a sentence.

    `is_typed` says that a person has typed their password just now: what is told fits that.
    """
    where = address(url)
    require_file(where)
    database = Database(url)
    try:
        with for_reading(database.engine).connect() as connection:
            require_shape(connection)
            if is_secured(connection):
                database.capabilities = SECURED
                raw: Any = connection.connection.driver_connection
                database.has_used_password = bool(raw.pgconn.used_password)
    except SQLAlchemyError as error:
        database.close()
        raise not_opened(error, where, is_typed=is_typed) from None
    except UnicodeError:  # what no name can be is not even asked for
        database.close()
        raise refused_in("failed to resolve host", where) from None
    except BaseException:
        database.close()
        raise
    return database
