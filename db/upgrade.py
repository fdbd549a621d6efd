"""Brings a database to the newest shape, while people work on it."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from db.connect import address, for_writing, let_it_take_its_time, make_engine
from db.errors import is_busy
from db.kept_copy import keep_copy
from db.not_opened import not_opened
from db.schema_version import known_version, shape_of
from db.secured import OWNER, is_secured

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import Script

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
ONE_AT_A_TIME = 827_364  # any number: two programs that upgrade at once agree on it
TRIES, PAUSE_S = 20, 1.0
SERVES = text("UPDATE alembic_version SET serves_from = :serves_from")


def upgrade(url: str, *beside: Path) -> None:
    """Bring a database to the newest shape; does nothing when it is there already.

    A local database's folder and file are made, readable by this account only; of one that has an older shape
    a copy is kept. All of it happens, or nothing. Further migrations may lie in
    folders `beside` our own.
    """
    where = address(url)
    if where.get_backend_name() == "sqlite":
        _make_file(where)
    engine = make_engine(where)
    try:
        _between_people(engine, where, beside)
    except SQLAlchemyError as error:
        raise not_opened(error, where) from None
    finally:
        engine.dispose()


def _between_people(engine: Engine, where: URL, beside: Sequence[Path]) -> None:
    """Do it where it has to wait for nobody: who waits for a table makes all others wait behind it."""
    for left in reversed(range(TRIES)):
        try:
            with for_writing(engine).begin() as connection:
                _run(connection, where, beside)
                return
        except DBAPIError as error:
            if not left or engine.dialect.name == "sqlite" or not is_busy(error):
                raise
        time.sleep(PAUSE_S)


def _make_file(where: URL) -> None:
    path = Path(where.database or "")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _run(connection: Connection, where: URL, beside: Sequence[Path]) -> None:
    from alembic import command  # a console that only opens its database never loads Alembic
    from alembic.script import ScriptDirectory

    if connection.dialect.name == "postgresql":
        # An upgrade waits for another one, but never long for a table: others would wait behind it, and they
        # give up after three seconds.
        let_it_take_its_time(connection)
        connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        connection.exec_driver_sql("SET LOCAL lock_timeout = '1s'")
        if is_secured(connection):  # whoever upgrades it, everything in it is the owner's
            connection.exec_driver_sql(f"SET LOCAL ROLE {OWNER}")
    config = _config(beside)
    config.attributes["connection"] = connection
    steps = list(ScriptDirectory.from_config(config).walk_revisions())
    found = known_version(connection, {step.revision for step in steps})
    if connection.dialect.name == "sqlite" and found not in (None, steps[0].revision):
        keep_copy(Path(where.database or ""), str(found))  # as it was: nothing is written yet
    command.upgrade(config, "head")
    _say_whom_it_serves(connection, steps)


def _config(beside: Sequence[Path]) -> "Config":
    from alembic.config import Config

    config = Config()
    folders = os.pathsep.join(map(str, (MIGRATIONS / "versions", *beside)))
    for name, value in (("script_location", str(MIGRATIONS)), ("version_locations", folders)):
        config.set_main_option(name, value.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _say_whom_it_serves(connection: Connection, steps: "Sequence[Script]") -> None:
    """Write which programs the shape serves: the strictest of all its migrations.

    One that only adds says `serves_from = "0011"` beside its revision: whoever knows that shape, or a later
    one, can stay connected. One that says nothing asks for a program that knows it.
    """
    serves_from = max(getattr(step.module, "serves_from", step.revision) for step in steps)
    if shape_of(connection).serves_from != serves_from:
        connection.execute(SERVES, {"serves_from": serves_from})
