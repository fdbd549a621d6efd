"""What tests do at the sign-in of a service with logins, and what can be read on the screen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.support.guarded import PASSWORD
from ui.desk_page import DeskPage
from ui.main_window import MainWindow
from ui.way_in import WayIn

LONG_MS = 20_000


def card_of(window: MainWindow) -> WayIn:
    """The card on which one signs in."""
    card = window.start.way_in
    assert card is not None
    return card


def is_in_front(window: MainWindow) -> bool:
    """Tell whether the window has the keyboard; ask for it, since a dialog that goes may still have it."""
    if not window.isActiveWindow():
        window.activateWindow()
    return window.isActiveWindow()


def type_in(window: MainWindow, qtbot: QtBot, login: str, password: str) -> None:
    """Type both where the keyboard is, and Enter."""
    card = card_of(window)
    qtbot.waitUntil(lambda: card.login.isVisible() and is_in_front(window), timeout=LONG_MS)
    card.login.setFocus()
    card.login.selectAll()
    QTest.keyClicks(card.login, login)
    QTest.keyClick(card.login, Qt.Key.Key_Tab)
    assert card.password.hasFocus()
    QTest.keyClicks(card.password, password)
    QTest.keyClick(card.password, Qt.Key.Key_Return)


def is_live(page: DeskPage | None) -> bool:
    """Whether somebody is in, at a live board."""
    return page is not None and page.session.live.state is not None and page.session.live.state.is_live


def sign_in(window: MainWindow, qtbot: QtBot, login: str) -> DeskPage:
    """Sign somebody in who has one role, and wait for the live board."""
    type_in(window, qtbot, login, PASSWORD)
    qtbot.waitUntil(lambda: is_live(window.page), timeout=LONG_MS)
    assert window.page is not None
    return window.page


def read() -> str:
    """All that can be read or is typed in what is on the screen."""
    visible = [part for part in QApplication.allWidgets() if part.isVisible()]
    words = [part.text() for part in visible if isinstance(part, QLabel | QLineEdit)]
    words += [part.toPlainText() for part in visible if isinstance(part, QPlainTextEdit)]
    words += [f"{part.accessibleName()} {part.windowTitle()} {part.toolTip()}" for part in visible]
    return "\n".join(words)
