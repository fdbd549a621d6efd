"""Opens a console's database: a local one is made or upgraded first, by a process of its own."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

from console.domain.refusals import AsksWho, Outdated, Refused
from console.domain.sign_in import SIGN_IN
from console.services import setup, way_in
from console.services.server_clock import ServerClock
from db.engine import Database, open_database
from db.queries import service

_MAIN = Path(__file__).resolve().parents[2] / "main.py"
_LONGEST_SECONDS = 120


def open_service(url: str | None) -> Database:
    """Open the named database, or this machine's; a local one is brought to the newest shape and set up.

    A shared one that wants to know who it is answers AsksWho.
    """
    if way_in.asks_first(url):
        raise AsksWho(SIGN_IN)
    where = way_in.where(url)
    if not where.startswith("sqlite"):
        return way_in.open_as_named(url)
    try:
        database = open_database(where)
    except Outdated:
        _run("migrate", "--database", where)
        database = open_database(where)
    with database.read() as session:
        is_empty = not service.hubs(session)
    if is_empty:
        setup.apply(database, database.server_now())
    return database


def open_shared(url: str | None) -> Database:
    """Open the named database, or this machine's, for a worker; a local one is its console's business."""
    where = way_in.where(url)
    if where.startswith("sqlite"):
        raise Refused(
            "This database is a file, and the console that opens it does the work of a worker itself."
            " A worker needs a shared database: --database postgresql://user@host/name."
        )
    return open_database(where)


def open_demo() -> Database:
    """Open the demo's own database, made anew when there is no fresh one."""
    from console.services import demo_file  # with it comes all that plans the day of a demo

    file = demo_file.current(dt.datetime.now(dt.UTC))
    if file is None:
        _run("demo")
        file = demo_file.current(dt.datetime.now(dt.UTC))
    if file is None:
        raise Refused("The demo could not be made. Run: main.py demo")
    database = open_database(f"sqlite:///{file}")
    demo_file.catch_up(database, database.server_now())
    return database


def server_clock(database: Database) -> ServerClock:
    """Give the database's time."""
    return ServerClock(database.server_now)


def _run(*words: str) -> None:
    """Run a command in a process of its own, so that its packages stay out of the console."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program with fixed words
            [sys.executable, str(_MAIN), *words],
            capture_output=True,
            text=True,
            timeout=_LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise Refused("Preparing the database takes too long. Run main.py migrate by hand.") from slow
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()
        raise Refused(last[-1] if last else "The database could not be prepared. Run: main.py migrate")
