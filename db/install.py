"""Makes a secured database: roles, the database itself, what belongs to whom. A superuser runs it once."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import SQLAlchemyError

from console.domain.refusals import Refused
from db.connect import address, let_it_take_its_time, make_engine
from db.not_opened import not_opened
from db.secured import OWNER
from db.upgrade import upgrade

SQL = Path(__file__).resolve().parent.parent / "migrations" / "sql" / "postgresql"
MAINTENANCE = "postgres"
OLDEST_SERVER = 150_000
ONLY_SHARED = "Only a shared database is installed: give postgresql://superuser@host/name."
NOT_SUPERUSER = "The login {login} is no superuser of this server: run this once as one, such as postgres."
TOO_OLD = "This server is PostgreSQL {version}: Doorstep needs 15 or later."
NO_NAME = "Say which database: give postgresql://superuser@host/name."
NOT_THAT_ONE = "The database {name} is the server's own: choose another name, such as doorstep."
SERVERS_OWN = ("postgres", "template0", "template1")


def install(url: str) -> None:
    """Make the roles, the database and the rights, and bring it to the newest shape; may be run again.

    A database that was open until now becomes secured, with what it holds.
    """
    where = address(url)
    if where.get_backend_name() != "postgresql":
        raise Refused(ONLY_SHARED)
    if not where.database:
        raise Refused(NO_NAME)
    if where.database in SERVERS_OWN:
        raise Refused(NOT_THAT_ONE.format(name=where.database))
    _run(where, MAINTENANCE, lambda connection: _make(connection, where.database or ""))
    _run(where, where.database, _secure)
    upgrade(url)
    _run(where, where.database, _grant)


def _run(where: URL, database: str, do: Callable[[Connection], None]) -> None:
    engine = make_engine(where.set(database=database)).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            let_it_take_its_time(connection)
            do(connection)
    except SQLAlchemyError as error:
        raise not_opened(error, where) from None
    finally:
        engine.dispose()


def _make(connection: Connection, name: str) -> None:
    version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    if version < OLDEST_SERVER:
        raise Refused(TOO_OLD.format(version=version // 10_000))
    login, is_superuser = connection.exec_driver_sql(
        "SELECT session_user, rolsuper FROM pg_roles WHERE rolname = session_user"
    ).one()
    if not is_superuser:
        raise Refused(NOT_SUPERUSER.format(login=login))
    run_file(connection, "roles")
    quoted = connection.dialect.identifier_preparer.quote(name)
    found = text("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = :name")
    owner = connection.execute(found, {"name": name}).scalar()
    if owner is None:
        connection.exec_driver_sql(
            f"CREATE DATABASE {quoted} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'"
        )
    elif owner != OWNER:
        connection.exec_driver_sql(f"ALTER DATABASE {quoted} OWNER TO {OWNER}")


def secure(url: str) -> None:
    """Say who may connect, and with which limits: a copy or a restored database lacks that."""
    where = address(url)
    _run(where, where.database or "", _secure)


def _secure(connection: Connection) -> None:
    run_file(connection, "database")
    run_file(connection, "people")


def _grant(connection: Connection) -> None:
    """Give the rights once more: what was open until now had no roles when its shape was made."""
    for file in sorted((SQL / "access").glob("*_grants.sql")):
        _execute(connection, file)


def run_file(connection: Connection, name: str) -> None:
    """Run one of the files that need a superuser."""
    _execute(connection, SQL / "install" / f"{name}.sql")


def _execute(connection: Connection, file: Path) -> None:
    cursor = connection.connection.cursor()
    try:
        cursor.execute(file.read_text(encoding="utf-8"))  # sent as it is: all of a file happens or none of it
    finally:
        cursor.close()
