"""Databases on a server that stay open from test to test: to open one takes longer than most tests do.

A connection knows the tables and has prepared the functions it used; an engine has compiled its statements.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from sqlalchemy import QueuePool
from sqlalchemy.exc import SQLAlchemyError

from db.engine import Database, open_database

_open: dict[str, tuple[Database, list[int]]] = {}
_cleaners: dict[str, psycopg.Connection] = {}


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


def cleaner(url: str) -> psycopg.Connection:
    """Give the connection that put this database back the last time, unless a test has ended it.

    It commits each statement by itself.
    """
    with suppress(KeyError, psycopg.Error):
        _cleaners[url].execute("SELECT 1")
        return _cleaners[url]
    _cleaners[url] = psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)
    return _cleaners[url]


def close(url: str) -> None:
    """Close what was left open to this database: it is given up, or nobody else is to be found in it."""
    if url in _open:
        _open.pop(url)[0].close()
    if url in _cleaners:
        _cleaners.pop(url).close()


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
