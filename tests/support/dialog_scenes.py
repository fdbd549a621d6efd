"""Opens a sample dialog over a small real service at its fixed moment, for pictures and for tests."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from PySide6.QtTest import QTest
from shiboken6 import delete

from db.engine import open_database
from db.upgrade import upgrade
from tests.services.team import build
from tests.support.call_samples import CALL_SAMPLES
from tests.support.conflict_samples import CONFLICT_SAMPLES
from tests.support.dialog_samples import SAMPLES, Scene
from tests.support.hub_samples import HUB_SAMPLES
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
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "sample.sqlite"
        shutil.copyfile(_template(), file)
        database = open_database(f"sqlite:///{file}")
        team = build(database, MOMENT)
        scene = Scene(team, sample.set_up(team))
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
            database.close()


@cache
def _template() -> Path:
    """An empty database of the newest shape: making one takes longer than everything else here."""
    file = Path(tempfile.mkdtemp()) / "template.sqlite"
    upgrade(f"sqlite:///{file}")
    return file


def _settle(seat: Seat) -> None:
    """Let the background answer and everything be laid out."""
    QTest.qWait(1)
    while seat.background.busy:
        QTest.qWait(1)
    QTest.qWait(10)
