"""Connections to both databases: time-outs, transactions and who is acting."""

import datetime as dt
import getpass
import json
import os
import sqlite3
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from console.domain.acting import Actor
from console.domain.refusals import Refused
from db.schema_version import Shape, shape_of

# A dead link is noticed after about four seconds; a forgotten transaction does not hold anyone up.
POSTGRESQL = {
    "connect_timeout": 2,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 4000,
    "application_name": "doorstep",
    "options": "-c timezone=UTC -c statement_timeout=15s -c lock_timeout=3s"
    " -c idle_in_transaction_session_timeout=20s",
}
SQLITE_BUSY_MS = 5000
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
        return {"timeout": SQLITE_BUSY_MS / 1000, "check_same_thread": False}
    return {name: value for name, value in POSTGRESQL.items() if name not in url.query}


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
    return engine


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


def introduce(connection: Connection, actor: Actor, made_by: str) -> tuple[str | None, Shape]:
    """Tell the triggers of this transaction who acts.

    Return the transaction's number where it has one, and the shape of the database: no way of its own.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.info["actor"] = {
            "id": actor.staff_id,
            "name": actor.name,
            "role": actor.role.value,
            "device": actor.device,
            "made_by": made_by,
        }
        return None, shape_of(connection)
    values = (str(actor.staff_id), actor.name, actor.role.value, actor.device, made_by)
    number, version, serves_from, *_ = connection.exec_driver_sql(
        "SELECT pg_current_xact_id()::text, version_num, serves_from,"
        " set_config('doorstep.actor_id', %s, true),"
        " set_config('doorstep.actor_name', %s, true), set_config('doorstep.actor_role', %s, true),"
        " set_config('doorstep.device', %s, true), set_config('doorstep.made_by', %s, true)"
        " FROM alembic_version",
        values,
    ).one()
    return number, Shape(version, serves_from)


def server_time(connection: Connection) -> dt.datetime:
    """Return the database's own clock; SQLite's is this computer's."""
    if connection.dialect.name == "sqlite":
        return dt.datetime.now(dt.UTC)
    at: dt.datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return at.astimezone(dt.UTC)
