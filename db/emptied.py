"""Empties a training database, so that a day can begin anew in it; nothing else is ever emptied."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import sleep

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from console.domain.refusals import Refused
from db.connect import address, for_writing, make_engine
from db.errors import told
from db.queries.training import is_training

IN_USE = "Somebody has this database open. Close its consoles and stop its workers first."
NOT_MARKED = "This is not a training database: it is never emptied."
APPEND_ONLY = ("audit_block", "audit_export", "audit_log", "record_opening")
LOOKS, LOOK_AGAIN_S = 10, 0.1
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND application_name = 'doorstep'"
)
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"


def empty(url: str) -> None:
    """Empty a marked database that nobody has open; a local file is removed whole, and must be made again."""
    where = address(url)
    engine = make_engine(where)
    try:
        with for_writing(engine).begin() as connection:
            _require_mark(connection)
            if connection.dialect.name == "postgresql":
                _truncate(connection)
    except SQLAlchemyError as error:
        raise told(error) from None
    finally:
        engine.dispose()
    if where.get_backend_name() == "sqlite":
        _remove(Path(where.database or ""))


def require_unused(url: str) -> None:
    """Refuse a shared database that others have open: their clocks would go on as before."""
    where = address(url)
    if where.get_backend_name() == "sqlite":
        return
    engine = make_engine(where)
    try:
        with engine.connect() as connection:
            _require_alone(connection)
    except SQLAlchemyError as error:
        raise told(error) from None
    finally:
        engine.dispose()


def _require_mark(connection: Connection) -> None:
    with Session(connection) as session:
        if not is_training(session):
            raise Refused(NOT_MARKED)


def _require_alone(connection: Connection) -> None:
    """Refuse while others are connected; one who has just closed is still leaving for a moment."""
    for _ in range(LOOKS):
        if not connection.execute(text(OTHERS)).scalar_one():
            return
        sleep(LOOK_AGAIN_S)
        connection.execute(text("SELECT pg_stat_clear_snapshot()"))  # else a transaction sees the first look
    raise Refused(IN_USE)


def _truncate(connection: Connection) -> None:
    _require_alone(connection)
    names = ", ".join(f'"{name}"' for name in connection.execute(text(TABLES)).scalars())
    for table in APPEND_ONLY:
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    for table in APPEND_ONLY:
        connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))


def _remove(file: Path) -> None:
    """Nobody else may have the file open: a journal of another kind can then be chosen, else not."""
    with closing(sqlite3.connect(file, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError:
            raise Refused(IN_USE) from None
    file.unlink()
