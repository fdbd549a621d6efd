"""Databases that go from test to test: to take out what a test wrote is far quicker than a copy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from tests.support import kept_open
from tests.support.postgresql import Server

# What a database is made of, without where its files are: one that a test has reshaped is not used again.
# What changes a row of a catalogue gives it a newer xmin; a row that is gone is missing in the count.
_SHAPE = """
WITH catalogues AS (
    SELECT count(*), max(xmin::text::bigint) FROM pg_attribute
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_proc
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_trigger
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_policy
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_constraint
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_namespace
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_type
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_language
    UNION ALL SELECT count(*), max(xmin::text::bigint) FROM pg_rewrite
    UNION ALL SELECT count(*), sum(hashtextextended(concat(relname, relacl, relkind, relowner, relrowsecurity,
        relforcerowsecurity, reloptions), oid::bigint)) FROM pg_class WHERE oid >= 16384
), settings AS (
    SELECT datacl, datdba, datconnlimit, (SELECT array_agg(concat(setrole, setconfig))
        FROM pg_db_role_setting WHERE setdatabase = pg_database.oid) AS configured
      FROM pg_database WHERE datname = current_database()
)
SELECT concat((SELECT array_agg(catalogues::text) FROM catalogues), (SELECT settings::text FROM settings))
"""
_TABLES = """
SELECT quote_ident(nspname) || '.' || quote_ident(relname)
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
 WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema')
"""
_WRITTEN = _TABLES + " AND pg_relation_size(pg_class.oid) > 0"
_SEQUENCES = """
SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename), coalesce(last_value, start_value),
       last_value IS NOT NULL
  FROM pg_sequences
"""
_LARGEST = 40_000_000
_OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL(%s)
"""


@dataclass(frozen=True, slots=True)
class State:
    """What a database holds, and its shape."""

    shape: str
    rows: dict[str, bytes]
    sequences: list[tuple[str, int, bool]]


@dataclass
class DatabasePool:
    """Hands out databases like one template; `finish` does to each, once, what a copy lacks."""

    server: Server
    template: str
    owner: str = "doorstep"
    finish: Callable[[str], None] | None = None
    _state: State | None = None
    _free: list[str] = field(default_factory=list)

    @contextmanager
    def database(self) -> Iterator[str]:
        """Give the name of a database that is like the template, for the length of the block."""
        name = self._free.pop() if self._free else self._new()
        try:
            yield name
        finally:
            if self._is_restored(name):
                self._free.append(name)
            else:
                kept_open.close(self.server.url(name))
                self.server.drop(name)

    def close(self) -> None:
        """Drop them all."""
        while self._free:
            kept_open.close(self.server.url(self._free[-1]))
            self.server.drop(self._free.pop())

    def _new(self) -> str:
        name = self.server.create(self.template, self.owner)
        if self.finish is not None:
            self.finish(self.server.url(name))
        if self._state is None:
            with self.server.connect(name) as connection:
                self._state = held(connection)
        return name

    def _is_restored(self, name: str) -> bool:
        """Put back what the template holds; False when that does not do, because the shape is another."""
        assert self._state is not None
        with suppress(psycopg.Error):
            url = self.server.url(name)
            connection = kept_open.cleaner(url)
            connection.execute(_OTHERS, (kept_open.spared(url),))
            if _shape(connection) == self._state.shape and _is_small(connection):
                put(connection, self._state)
                return True
        return False


def _shape(connection: psycopg.Connection) -> str:
    row = connection.execute(_SHAPE).fetchone()
    assert row is not None
    return str(row[0])


def _is_small(connection: psycopg.Connection) -> bool:
    """Tell whether what tests wrote and deleted has not made it slow to look through."""
    row = connection.execute("SELECT pg_database_size(current_database()) < %s", (_LARGEST,)).fetchone()
    return row is not None and bool(row[0])


def held(connection: psycopg.Connection) -> State:
    """Read what a database holds now."""
    rows = {}
    for (table,) in connection.execute(_WRITTEN).fetchall():
        with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.SQL(table))) as copy:
            rows[table] = b"".join(bytes(part) for part in copy)
    return State(_shape(connection), rows, connection.execute(_SEQUENCES).fetchall())


def put(connection: psycopg.Connection, state: State) -> None:
    """Let a database of the same shape hold exactly this."""
    written = [table for (table,) in connection.execute(_WRITTEN).fetchall()]
    with connection.transaction():
        # Triggers and foreign keys rest: what is put back was valid, and nobody is to be told of it.
        connection.execute("SET LOCAL session_replication_role = replica")
        # Quicker than TRUNCATE, which makes new files for each of them and for whatever refers to them.
        emptied = [sql.SQL("DELETE FROM {}").format(sql.SQL(table)) for table in written]
        connection.execute(sql.SQL("; ").join(emptied))
        for table, rows in state.rows.items():
            with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.SQL(table))) as copy:
                copy.write(rows)
        names, values, are_used = zip(*state.sequences, strict=True)
        connection.execute(
            "SELECT setval(name, value, is_used) FROM unnest(%s::text[], %s::bigint[], %s::boolean[])"
            " AS was(name, value, is_used)",
            (list(names), list(values), list(are_used)),
        )
