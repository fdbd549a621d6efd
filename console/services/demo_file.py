"""The demo's own database: one file, whose name says its shape and when it was made; never anybody's data."""

import datetime as dt
import re
from pathlib import Path

from console.domain.refusals import Refused
from console.services import setup
from console.services.demo import play
from console.settings import data_folder
from db.engine import Database, open_database
from db.queries import service
from db.schema_version import NEWEST

FRESH_FOR = dt.timedelta(hours=12)
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(rf"demo-{NEWEST}-([0-9]{{8}}T[0-9]{{6}}Z)\.sqlite")


def folder() -> Path:
    """Give the folder in which the demo lives."""
    return data_folder() / "demo"


def current(now: dt.datetime) -> Path | None:
    """Give the demo that is still fresh and of this program's shape."""
    fresh = {at: file for file in folder().glob("demo-*.sqlite") if (at := _made_at(file))}
    newest = max(fresh, default=None)
    if newest is None or now - newest > FRESH_FOR:
        return None
    return fresh[newest]


def ready(now: dt.datetime) -> Path:
    """Give a fresh demo, made anew when there is none."""
    return current(now) or _make(now)


def fill(database: Database, now: dt.datetime) -> None:
    """Put the demo into a database that holds no referral and no patient of anybody's."""
    with database.read() as session:
        held = service.counts(session)
    if held["referral"] or held["received_message"]:
        raise Refused("This database holds referrals: the demo is made only in an empty one.")
    setup.apply(database, now, with_demo=True)
    play(database, now)


def _make(now: dt.datetime) -> Path:
    from db.upgrade import upgrade  # Alembic is needed only where a database is made

    file = folder() / f"demo-{NEWEST}-{now.strftime(_STAMP)}.sqlite"
    making = file.with_suffix(".making")
    _remove(making)
    upgrade(f"sqlite:///{making}")
    database = open_database(f"sqlite:///{making}")
    try:
        fill(database, now)
    finally:
        database.close()
    # The last connection that closes writes everything back into the one file.
    making.rename(file)
    for old in folder().glob("demo-*.sqlite"):
        if old != file and _is_old(old, now):
            _remove(old)
    return file


def _made_at(file: Path) -> dt.datetime | None:
    found = _NAME.fullmatch(file.name)
    return dt.datetime.strptime(found[1], _STAMP).replace(tzinfo=dt.UTC) if found else None


def _is_old(file: Path, now: dt.datetime) -> bool:
    """Another window may still show yesterday's demo; nobody shows one of two days ago."""
    made_at = _made_at(file)
    return made_at is None or now - made_at > 2 * FRESH_FOR


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        try:
            Path(f"{file}{ending}").unlink(missing_ok=True)
        except PermissionError:  # Windows: a window that is still open keeps it; the next demo tries again
            continue
