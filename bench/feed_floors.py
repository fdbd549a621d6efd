"""What the database alone needs: the floor under every figure of the feed."""

import sqlite3
import statistics
import time
from contextlib import closing
from pathlib import Path

import psycopg
from sqlalchemy import make_url

ROUNDS = 300


def select1_ms(url: str) -> float:
    """Give the median time of SELECT 1, in milliseconds."""
    with closing(_connect(url)) as connection:
        return _median_ms([_timed(connection) for _ in range(ROUNDS)])


def bell_ms(url: str) -> float:
    """Give the median time from ringing to hearing: a bare NOTIFY, or a commit until the counter moves."""
    if url.startswith("postgresql"):
        return _notify_ms(url)
    return _counter_ms(url)


def _connect(url: str) -> "psycopg.Connection | sqlite3.Connection":
    where = make_url(url)
    if where.get_backend_name() == "sqlite":
        return sqlite3.connect(str(where.database), isolation_level=None)
    return postgresql_of(url)


def postgresql_of(url: str) -> psycopg.Connection:
    """Open a connection that has nothing of the console's."""
    where = make_url(url).set(drivername="postgresql")
    return psycopg.connect(where.render_as_string(hide_password=False), autocommit=True)


def _timed(connection: "psycopg.Connection | sqlite3.Connection") -> int:
    began = time.monotonic_ns()
    connection.execute("SELECT 1").fetchone()
    return time.monotonic_ns() - began


def _notify_ms(url: str) -> float:
    with closing(postgresql_of(url)) as ringing, closing(postgresql_of(url)) as hearing:
        hearing.execute("LISTEN bench")
        times = []
        for _ in range(ROUNDS):
            began = time.monotonic_ns()
            ringing.execute("NOTIFY bench")
            next(hearing.notifies(timeout=5, stop_after=1))
            times.append(time.monotonic_ns() - began)
        return _median_ms(times)


def _counter_ms(url: str) -> float:
    """Commit to a file of its own beside the database, and look as often as the feed does."""
    path = Path(str(make_url(url).database)).with_suffix(".floor")
    with closing(sqlite3.connect(path, isolation_level=None)) as writing:
        writing.execute("PRAGMA journal_mode = WAL")
        writing.execute("CREATE TABLE bell (n INTEGER)")
        with closing(sqlite3.connect(path, isolation_level=None)) as looking:
            return _median_ms([_until_seen(writing, looking, n) for n in range(ROUNDS // 6)])


def _until_seen(writing: sqlite3.Connection, looking: sqlite3.Connection, number: int) -> int:
    before = looking.execute("PRAGMA data_version").fetchone()
    time.sleep(number % 20 / 1000)  # a commit may fall anywhere between two looks
    began = time.monotonic_ns()
    writing.execute("INSERT INTO bell VALUES (?)", (number,))
    time.sleep(0.02 - number % 20 / 1000)
    while looking.execute("PRAGMA data_version").fetchone() == before:
        time.sleep(0.02)
    return time.monotonic_ns() - began


def _median_ms(times: list[int]) -> float:
    return round(statistics.median(times) / 1e6, 3)
