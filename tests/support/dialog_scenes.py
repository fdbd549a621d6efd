"""Opens a sample dialog over a small real service at its fixed moment, for pictures and for tests."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from PySide6.QtTest import QTest
from shiboken6 import delete

from db.engine import Database, open_database
from db.upgrade import upgrade
from tests.services.team import Clock, Team, build
from tests.support.call_samples import CALL_SAMPLES
from tests.support.conflict_samples import CONFLICT_SAMPLES
from tests.support.dialog_samples import SAMPLES, Scene
from tests.support.hub_samples import HUB_SAMPLES
from tests.support.in_memory import folder_of_this_process
from tests.support.near_samples import NEAR_SAMPLES
from tests.support.paper_samples import PAPER_SAMPLES
from tests.support.sitting import Seat
from ui.dialogs.base import DecisionDialog

ALL = SAMPLES | HUB_SAMPLES | NEAR_SAMPLES | CALL_SAMPLES | PAPER_SAMPLES | CONFLICT_SAMPLES
MOMENT = dt.datetime(2026, 1, 14, 14, 0, tzinfo=dt.UTC)


@contextmanager
def opened(name: str) -> Iterator[DecisionDialog]:
    """The sample of that name, laid out and with what it reads read."""
    sample = ALL[name]
    team, key = _set_up(sample.set_up)
    scene = Scene(team, key)
    seat = Seat(team, sample.who)
    seat.look()
    _settle(seat)
    dialog = sample.make(seat, scene)
    dialog.open()
    _settle(seat)
    if sample.then is not None:
        sample.then(dialog)
        _settle(seat)
    try:
        yield dialog
    finally:
        delete(dialog)
        seat.stand_up()
        delete(seat.window)


def _set_up(happens: Callable[[Team], int]) -> tuple[Team, int]:
    """A service in which this has happened, and the referral that it is about."""
    file, team, key = _once(happens)
    database, used = _database()
    _copy(file, used)
    return Team(database, Clock(team.clock()), dict(team.ids), dict(team.actors)), key


@cache
def _once(happens: Callable[[Team], int]) -> tuple[Path, Team, int]:
    """Let it happen once, however many dialogs begin with it; gives a file of what the database held then."""
    empty, team = _service()
    database, used = _database()
    _copy(empty, used)
    after = Team(database, Clock(MOMENT), dict(team.ids), dict(team.actors))
    key = happens(after)
    kept = _file()
    _copy(used, kept)
    return kept, after, key


@cache
def _service() -> tuple[Path, Team]:
    """The people, before anything has happened."""
    database, used = _database()
    team = build(database, MOMENT)
    kept = _file()
    _copy(used, kept)
    return kept, team


@cache
def _database() -> tuple[Database, Path]:
    """The one database of this process, and its file: a new one would prepare every query anew."""
    file = _file()
    upgrade(f"sqlite:///{file}")
    database = open_database(f"sqlite:///{file}")
    database.hurry()
    return database, file


def _file() -> Path:
    return folder_of_this_process() / "sample.sqlite"


def _copy(one: Path, other: Path) -> None:
    """Put into the other file what the one holds, past whoever has it open."""
    with closing(sqlite3.connect(one)) as whole, closing(sqlite3.connect(other)) as copy:
        whole.backup(copy)


def _settle(seat: Seat) -> None:
    """Let the background answer and everything be laid out."""
    QTest.qWait(1)
    while seat.background.busy:
        QTest.qWait(1)
    QTest.qWait(10)
