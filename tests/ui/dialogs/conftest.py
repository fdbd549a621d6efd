"""What the tests of the dialogs stand on: people at the window of a small real service on SQLite."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.services.team import Team
from tests.support.ready_team import ready_team
from tests.support.sitting import Seat
from ui.dialogs.base import DecisionDialog

Opened = Callable[[DecisionDialog], DecisionDialog]


@pytest.fixture
def team(sqlite_url: str, now: dt.datetime) -> Iterator[Team]:
    """The small service."""
    with ready_team(sqlite_url, now) as team:
        yield team


@pytest.fixture
def sit(team: Team, qtbot: QtBot) -> Iterator[Callable[[str], Seat]]:
    """Sits a person of the service down at a window, with the board as it stands."""
    seats: list[Seat] = []

    def sit_down(login: str) -> Seat:
        seat = Seat(team, login)
        seats.append(seat)
        seat.look()
        qtbot.waitUntil(lambda: bool(seat.live.hubs.by_id))
        return seat

    yield sit_down
    for seat in seats:
        seat.stand_up()


@pytest.fixture
def jo(sit: Callable[[str], Seat]) -> Seat:
    """The coordinator at the window."""
    return sit("jo")


@pytest.fixture
def ann(sit: Callable[[str], Seat]) -> Seat:
    """The duty clinician at the window."""
    return sit("ann")


@pytest.fixture
def mo(sit: Callable[[str], Seat]) -> Seat:
    """The supervisor at the window."""
    return sit("mo")


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    """Opens a dialog and waits until it can be typed into; it stays readable after it was closed."""
    made: list[QDialog] = []

    def open_it(dialog: DecisionDialog) -> DecisionDialog:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        made.append(dialog)
        with qtbot.waitExposed(dialog):
            dialog.open()
        return dialog

    yield open_it
    for dialog in made:
        dialog.close()
        dialog.deleteLater()
