"""Connections to both databases: time-outs, transactions and who is acting."""

import datetime as dt
import getpass
import json
import os
import sqlite3
from typing import Any, NamedTuple

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from console import settings
from console.domain.acting import Actor
from console.domain.refusals import Refused
from db.schema_version import Shape, shape_of

# The server gives up in time; a forgotten transaction does not hold anyone up. Where the system can do it, it
# notices a dead link on its own; db/watchdog.py does everywhere, and sooner.
POSTGRESQL = {
    "connect_timeout": 2,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 4000,
    "application_name": "doorstep",
    # Compiling a statement takes longer than ours do; it is begun on a guess of how many rows there are.
    "options": "-c timezone=UTC -c statement_timeout=15s -c lock_timeout=3s"
    " -c idle_in_transaction_session_timeout=20s -c jit=off",
}
ANSWER_WITHIN_S = 20.0
"""The server gives a statement up before that: whoever has no answer then gets none."""
WRITER = "doorstep_writer"
NO_ADDRESS = "This is no database address. Give sqlite:///file or postgresql://user@host/name."


def address(url: str) -> URL:
    """Read a database address, or refuse it; PostgreSQL is always reached through psycopg."""
    try:
        made = make_url(url)
    except (SQLAlchemyError, ValueError):  # their words may repeat a password
        raise Refused(NO_ADDRESS) from None
    if made.get_backend_name() == "postgresql":
        return made.set(drivername="postgresql+psycopg")
    is_file = made.drivername == "sqlite" and made.database not in (None, "", ":memory:")
    if not is_file:
        raise Refused(NO_ADDRESS)
    return made


def connect_args(url: URL) -> dict[str, Any]:
    """Return what the driver is told on connecting; words in the address win."""
    if url.get_backend_name() != "postgresql":
        return {"timeout": _patience_s(), "check_same_thread": False}
    # Of several servers the one that takes changes, whichever it is now: the others follow it.
    several = {"target_session_attrs": "read-write"} if len(hosts(url)) > 1 else {}
    return {name: value for name, value in (POSTGRESQL | several).items() if name not in url.query}


def _patience_s() -> float:
    """For how long to wait for another program that writes the same local file."""
    try:
        return int(str(settings.machine("local_wait_ms"))) / 1000
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong


def hosts(url: URL) -> list[str]:
    """Give every server of an address, with its port where it has one; none for a path of this computer."""
    if url.host:
        return [f"{url.host}:{url.port}" if url.port else url.host]
    named = url.query.get("host", ())
    return ",".join((named,) if isinstance(named, str) else named).split(",") if named else []


def watch(engine: Engine) -> Engine:
    """Let the connections of an engine for PostgreSQL notice a silent link, and a server that is stuck."""
    if engine.dialect.name == "postgresql":
        from db.road import Road  # its driver is slow to load, and a console on SQLite does without it

        # Whoever sets other limits for the server's work may mean to wait for it.
        patience_s = None if "options" in engine.url.query else ANSWER_WITHIN_S
        event.listen(engine, "do_connect", Road(patience_s).connect)
    return engine


def make_engine(url: URL) -> Engine:
    """Make the one pool of a process; values never reach an error's text, they may be a patient's."""
    engine = create_engine(
        url,
        connect_args=connect_args(url),
        pool_size=3,
        max_overflow=5,
        pool_pre_ping=url.get_backend_name() == "postgresql",
        hide_parameters=True,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False),
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return watch(engine)


def let_it_take_its_time(connection: Connection) -> None:
    """Let the statements of a connection to PostgreSQL take as long as they need, such as an upgrade's."""
    from db.watchdog import WatchedConnection  # its driver is slow to load, and SQLite does without it

    connection.exec_driver_sql("SET statement_timeout = 0")
    raw = connection.connection.driver_connection
    if isinstance(raw, WatchedConnection):
        raw.patience_s = None


def for_writing(engine: Engine) -> Engine:
    """Return the same pool for transactions that write: SQLite then takes its one writer's place at once."""
    return engine.execution_options(**{WRITER: True})


def for_reading(engine: Engine) -> Engine:
    """Return the same pool for transactions that see one moment and cannot write."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _prepare_sqlite(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver would begin too late, and without IMMEDIATE
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a saved step survives a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")  # else REPLACE deletes unseen by the audit
    for name in ("id", "name", "role", "device", "made_by"):
        _tell_triggers(connection, entry.info, name)
    account = _account()
    connection.create_function("app_account", 0, lambda: account)


def do_not_wait(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """Let a connection commit without waiting for the disk."""
    is_local = isinstance(connection, sqlite3.Connection)
    connection.execute("PRAGMA synchronous = OFF" if is_local else "SET synchronous_commit = off")
    if not is_local:
        connection.commit()


def _account() -> str:
    """Return the account of this computer, which is SQLite's only boundary; a bare number has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"account {os.getuid()}" if hasattr(os, "getuid") else "unknown"


def _tell_triggers(connection: sqlite3.Connection, info: dict[Any, Any], name: str) -> None:
    connection.create_function(f"app_actor_{name}", 0, lambda: info.get("actor", {}).get(name))


def _begin_sqlite(connection: Connection) -> None:
    connection.connection.info.pop("actor", None)
    is_writer = connection.get_execution_options().get(WRITER, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if is_writer else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")


class Begun(NamedTuple):
    """What a transaction that writes is told when it begins, on the way on which it says who acts."""

    shape: Shape
    transaction: str | None = None
    timeline: str = ""
    """Which server's line of history the number belongs to; another one begins when a standby takes over."""
    session: int = 0
    """Which of the server's sessions it is; after a crash another one may be given the same number."""


def introduce(connection: Connection, actor: Actor, made_by: str) -> Begun:
    """Tell the triggers of this transaction who acts."""
    if connection.dialect.name == "sqlite":
        connection.connection.info["actor"] = {
            "id": actor.staff_id,
            "name": actor.name,
            "role": actor.role.value,
            "device": actor.device,
            "made_by": made_by,
        }
        return Begun(shape_of(connection))
    values = (str(actor.staff_id), actor.name, actor.role.value, actor.device, made_by)
    number, session, timeline, version, serves_from, *_ = connection.exec_driver_sql(
        "SELECT pg_current_xact_id()::text, pg_backend_pid(),"
        " substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8),"
        " version_num, serves_from, set_config('doorstep.actor_id', %s, true),"
        " set_config('doorstep.actor_name', %s, true), set_config('doorstep.actor_role', %s, true),"
        " set_config('doorstep.device', %s, true), set_config('doorstep.made_by', %s, true)"
        " FROM alembic_version",
        values,
    ).one()
    return Begun(Shape(version, serves_from), number, timeline, session)


def server_time(connection: Connection) -> dt.datetime:
    """Return the database's own clock; SQLite's is this computer's."""
    if connection.dialect.name == "sqlite":
        return dt.datetime.now(dt.UTC)
    at: dt.datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return at.astimezone(dt.UTC)
