"""Databases on a server that stay open from test to test: to open one takes longer than most tests do.

A connection knows the tables and has prepared the functions it used; an engine has compiled its statements.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import QueuePool
from sqlalchemy.exc import SQLAlchemyError

from db.engine import Database, open_database

_open: dict[str, tuple[Database, list[int]]] = {}


@contextmanager
def kept_open(url: str) -> Iterator[Database]:
    """The database as an earlier test has left it open; it is left so again unless this test closes it."""
    database = _again(url) or open_database(url)
    try:
        yield database
    finally:
        if numbers := _resting(database):
            _open[url] = database, numbers
        else:
            database.close()


def spared(url: str) -> list[int]:
    """The numbers by which the server knows the connections that nobody is to end."""
    return _open[url][1] if url in _open else []


def close(url: str) -> None:
    """Close what was left open to this database: it is given up."""
    if url in _open:
        _open.pop(url)[0].close()


def _again(url: str) -> Database | None:
    if url not in _open:
        return None
    database, _ = _open.pop(url)
    try:
        database.server_now()
    except SQLAlchemyError:
        database.close()
        return None
    return database


def _resting(database: Database) -> list[int]:
    """The numbers of the connections in the pool; what was set on them is forgotten."""
    pool = database.engine.pool
    assert isinstance(pool, QueuePool)
    resting = [database.engine.raw_connection() for _ in range(pool.checkedin())]
    numbers = []
    for one in resting:
        raw: Any = one.driver_connection
        raw.execute("RESET ALL; UNLISTEN *")
        raw.commit()
        numbers.append(raw.info.backend_pid)
        one.close()
    return numbers
