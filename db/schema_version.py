"""Which shapes of the database this program knows, oldest first; the last one is the shape that it needs."""

from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text

from console.domain.refusals import OtherVersion, Outdated

# One entry for each file in migrations/versions; a test compares them.
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
NEWEST = KNOWN[-1]
NOT_SET_UP = "This database has not been set up yet. Run: main.py migrate"
TOO_NEW = "This database was set up by a newer version of Doorstep. Install that version on this computer."
TOO_OLD = "This database was set up by an older version of Doorstep. Run: main.py migrate"
MOVED_ON = (
    "The database was brought to another version of Doorstep while this one was open. Close the console"
    " and start it again; if it says then that a newer version is needed, install that."
)


def require_file(where: URL) -> None:
    """Refuse a local database that does not exist: opening it would leave an empty file behind."""
    if where.get_backend_name() == "sqlite" and not Path(where.database or "").is_file():
        raise Outdated(NOT_SET_UP)


def require_newest(connection: Connection) -> None:
    """Refuse a database that this program cannot work with, saying what to do."""
    found = _version(connection)
    if found is None:
        raise Outdated(NOT_SET_UP)
    if found not in KNOWN:
        raise OtherVersion(TOO_NEW)
    if found != NEWEST:
        raise Outdated(TOO_OLD)


def require_unmoved(connection: Connection) -> None:
    """Refuse a database that had the right shape when it was opened and has another one now."""
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found != NEWEST:
        raise OtherVersion(MOVED_ON)


def known_version(connection: Connection) -> str | None:
    """Give the shape to upgrade from, None before the first; refuse what a newer version has upgraded."""
    found = _version(connection)
    if found not in (None, *KNOWN):
        raise OtherVersion(TOO_NEW)
    return found


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found
