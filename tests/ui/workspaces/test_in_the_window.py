"""The three workspaces inside the real window, over the demo."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.words import Role
from tests.ui.conftest import SignInAs
from ui.boards.board import BoardWorkspace
from ui.boards.hub_workspace import HubWorkspace
from ui.boards.load_workspace import LoadWorkspace
from ui.boards.reports_workspace import ReportsWorkspace
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
PLACES = (
    (Role.CLINICIAN, Qt.Key.Key_2, HubWorkspace),
    (Role.COORDINATOR, Qt.Key.Key_3, ReportsWorkspace),
    (Role.SUPERVISOR, Qt.Key.Key_4, LoadWorkspace),
)


@pytest.mark.parametrize(("role", "key", "kind"), PLACES)
def test_that_a_workspace_has_its_key_and_fits_a_small_screen(
    role: Role, key: Qt.Key, kind: type, window: MainWindow, sign_in: SignInAs, qtbot: QtBot
) -> None:
    page = sign_in(role)
    QTest.keyClick(QApplication.focusWidget() or window, key, CTRL)
    qtbot.waitUntil(lambda: isinstance(page.front, kind) and page.front.isVisible())
    for hub_key in (Qt.Key.Key_2, Qt.Key.Key_1):
        QTest.keyClick(QApplication.focusWidget() or window, hub_key, Qt.KeyboardModifier.AltModifier)
        QApplication.processEvents()
    assert window.size() == QSize(1366, 768)
    least = window.minimumSizeHint()
    assert least.width() <= 1366
    assert least.height() <= 768


def test_that_a_figure_of_the_load_leads_to_the_board_narrowed_down(sign_in: SignInAs, qtbot: QtBot) -> None:
    page = sign_in(Role.SUPERVISOR)
    page.go_to("load")
    load = page.front
    assert isinstance(load, LoadWorkspace)
    load.tiles["triage"].setFocus()
    QTest.keyClick(load.tiles["triage"], Qt.Key.Key_Return)
    board = page.front
    assert isinstance(board, BoardWorkspace)
    assert all(row.is_untriaged for row in board.referrals.model.rows())


def test_that_leaving_lets_every_workspace_go(window: MainWindow, sign_in: SignInAs) -> None:
    page = sign_in(Role.SUPERVISOR)
    for name in ("hub", "reports", "load"):
        page.go_to(name)
    window.sign_out()
    sign_in(Role.COORDINATOR)
    assert window.page is not page
