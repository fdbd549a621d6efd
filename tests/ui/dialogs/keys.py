"""The keys of a person at a dialog; they go to whatever has the focus, as from a real keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.base import DecisionDialog


def focused() -> QWidget:
    """What has the keyboard: a list that is open below a field takes the keys before the field does."""
    widget = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert widget is not None, "Nothing has the keyboard."
    return widget


def _let_it_show() -> None:
    """Let a list open or close before the next key, as it does between two keys of a person."""
    QApplication.processEvents()


def typed(text: str) -> None:
    """Type a text over what is selected."""
    for letter in text:
        QTest.keyClicks(focused(), letter)
        _let_it_show()


def press(key: str) -> None:
    """Press one key, such as Ctrl+Return."""
    QTest.keySequence(focused(), QKeySequence(key))
    _let_it_show()


def tab(times: int = 1) -> None:
    """Go to the next field."""
    for _ in range(times):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        _let_it_show()


def done(qtbot: QtBot, dialog: DecisionDialog) -> None:
    """Wait until the step is done and the dialog has closed."""
    qtbot.waitUntil(lambda: not dialog.isVisible() or bool(dialog.error.text()))
    assert not dialog.error.text(), dialog.error.text()
