"""Which shapes of the database this program knows, and which of them, and of newer ones, it can work on.

Two neighbouring versions of the program may be connected at once. A migration that only adds says from which
shape on the programs that know it can go on working; that stands beside the version in the database. A
program says of itself which older shape it can still work on.
"""

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, Connection, inspect, text

from console.domain.refusals import OtherVersion, Outdated

# One entry for each file in migrations/versions; a test compares them.
KNOWN = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0019",
    "0020",
    "0021",
    "0022",
    "0023",
    "0024",
    "0025",
    "0026",
    "0027",
    "0028",
    "0029",
    "0030",
    "0031",
    "0032",
    "0033",
    "0034",
    "0035",
)
NEWEST = KNOWN[-1]
OLDEST = "0035"
"""The oldest shape that this program works on: an earlier one where it needs nothing of what came after."""
NOT_SET_UP = "This database has not been set up yet. Run: main.py migrate"
TOO_NEW = "This database was set up by a newer version of Doorstep. Install that version on this computer."
TOO_OLD = "This database was set up by an older version of Doorstep. Run: main.py migrate"
MOVED_ON = (
    "The database was brought to another version of Doorstep while this one was open. Close the console"
    " and start it again; if it says then that a newer version is needed, install that."
)
# Both stand in the one row that Alembic keeps: they change together, in the transaction of the migration.
SHAPE = "SELECT version_num, serves_from FROM alembic_version"


class Shape(NamedTuple):
    """What a database says of itself: its version, and the oldest version that a program may know for it."""

    version: str
    serves_from: str | None


class Program(NamedTuple):
    """What a program says of itself: the shapes that it knows, and the oldest that it works on."""

    known: tuple[str, ...]
    oldest: str

    def works_on(self, shape: Shape) -> bool:
        """Tell whether neither the database is too old for the program nor the program for the database."""
        if shape.version in self.known:
            return self.known.index(shape.version) >= self.known.index(self.oldest)
        return shape.serves_from is not None and shape.serves_from <= self.known[-1]


THIS = Program(KNOWN, OLDEST)


def require_file(where: URL) -> None:
    """Refuse a local database that does not exist: opening it would leave an empty file behind."""
    if where.get_backend_name() == "sqlite" and not Path(where.database or "").is_file():
        raise Outdated(NOT_SET_UP)


def require_shape(connection: Connection) -> None:
    """Refuse a database that this program cannot work with, saying what to do.

    A local file has no other program to wait for: of an older shape it is always brought to the newest.
    """
    found = _version(connection)
    if found is None:
        raise Outdated(NOT_SET_UP)
    if found == NEWEST:
        return
    if found in KNOWN:
        if connection.dialect.name == "sqlite" or not THIS.works_on(Shape(found, None)):
            raise Outdated(TOO_OLD)
    elif not _serves_this(connection):
        raise OtherVersion(TOO_NEW)


def shape_of(connection: Connection) -> Shape:
    """Read what an open database says of itself."""
    return Shape(*connection.exec_driver_sql(SHAPE).one())


def require_unmoved(connection: Connection) -> None:
    """Refuse a database that this program could work with when it was opened and cannot now."""
    require_served(shape_of(connection))


def require_served(shape: Shape) -> None:
    """Refuse a shape that an open database has come to and that this program cannot work with."""
    if not THIS.works_on(shape):
        raise OtherVersion(MOVED_ON)


def known_version(connection: Connection, known: Collection[str]) -> str | None:
    """Give the shape to upgrade from, None before the first; refuse what a newer version has upgraded."""
    found = _version(connection)
    if found is not None and found not in known:
        raise OtherVersion(TOO_NEW)
    return found


def _serves_this(connection: Connection) -> bool:
    names = {column["name"] for column in inspect(connection).get_columns("alembic_version")}
    return "serves_from" in names and THIS.works_on(shape_of(connection))


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found
