"""Brings a database to the newest shape."""

import os
from pathlib import Path

from sqlalchemy import URL, Connection
from sqlalchemy.exc import SQLAlchemyError

from db.connect import address, for_writing, make_engine
from db.kept_copy import keep_copy
from db.not_opened import not_opened
from db.schema_version import NEWEST, known_version

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
ONE_AT_A_TIME = 827_364  # any number: two programs that upgrade at once agree on it


def upgrade(url: str) -> None:
    """Bring a database to the newest shape; does nothing when it is there already.

    A local database's folder and file are made, readable by this account only; of one that has an older shape
    a copy is kept. All of it happens, or nothing.
    """
    where = address(url)
    if where.get_backend_name() == "sqlite":
        _make_file(where)
    engine = make_engine(where)
    try:
        with for_writing(engine).begin() as connection:
            _run(connection, where)
    except SQLAlchemyError as error:
        raise not_opened(error, where) from None
    finally:
        engine.dispose()


def _make_file(where: URL) -> None:
    path = Path(where.database or "")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _run(connection: Connection, where: URL) -> None:
    from alembic import command  # a console that only opens its database never loads Alembic
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        # An upgrade waits for another one, but never stands in the way of people's work for long.
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
    found = known_version(connection)
    if connection.dialect.name == "sqlite" and found not in (None, NEWEST):
        keep_copy(Path(where.database or ""), str(found))  # as it was: nothing is written yet
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
