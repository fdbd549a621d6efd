"""Two ways in which keys reach the window: from within the program, and through the display by xdotool."""

import subprocess

from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.end_to_end.hands import waited_for
from ui.main_window import MainWindow

_PATIENCE_S = 20
_LETTERS_APART_MS = "2"
_NAMED = {"ctrl": "ctrl", "shift": "shift", "alt": "alt", "esc": "Escape", "space": "space"}


class WithinTheProgram:
    """Keys are handed to the widget that has the keyboard; there is no display."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def press(self, key: str) -> None:
        """Press a key."""
        QTest.keySequence(self.go_to(), QKeySequence(key))

    def type(self, text: str) -> None:
        """Type letter by letter: a list may open below the field while one types."""
        for letter in text:
            QTest.keyClicks(self.go_to(), letter)

    def go_to(self) -> QWidget:
        """Give what has the keyboard: a list that is open below a field before the field itself.

        Offscreen there is no window manager to give the keys back to a window when what stood over it goes.
        """
        if (popup := QApplication.activePopupWidget()) is not None:
            return popup
        front = in_front(self._window)
        if QApplication.activeWindow() is not front:
            front.activateWindow()
        assert waited_for(lambda: QApplication.activeWindow() is front), "The window never had the keyboard."
        return _focused()

    def attend(self) -> None:
        """Nobody manages windows here."""


class ThroughTheDisplay:
    """Keys go through the X server, as those of a keyboard do, to whatever window of it has them.

    The display has no window manager: who opens a window is given the keys from outside, as one would. A key
    is sent when the window has taken the one before: after each the program reads all that the display sent.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def press(self, key: str) -> None:
        """Press a key, and let the program take it."""
        self.go_to()
        _xdotool("key", "--delay", "0", as_x_writes(key))
        QGuiApplication.sync()

    def type(self, text: str) -> None:
        """Type while the program reads: a list may open below the field."""
        self.go_to()
        typing = subprocess.Popen(["xdotool", "type", "--delay", _LETTERS_APART_MS, "--", text])
        assert waited_for(lambda: typing.poll() is not None, _PATIENCE_S), "The keyboard hangs."
        assert typing.returncode == 0
        QGuiApplication.sync()

    def go_to(self) -> QWidget:
        """Give the keys to the window in front, as window managers do, and see that it has them."""
        QGuiApplication.sync()
        if (popup := QApplication.activePopupWidget()) is not None:
            return popup
        assert waited_for(self._has_keys), "The window in front never had the keyboard."
        return _focused()

    def _has_keys(self) -> bool:
        self.attend()
        return QApplication.activeWindow() is in_front(self._window)

    def attend(self) -> None:
        """A window that comes to the front is given the keys, from outside."""
        front = in_front(self._window)
        if QApplication.activeWindow() is not front and is_on_screen(front):
            _xdotool("windowfocus", str(int(front.winId())))
            QGuiApplication.sync()


def in_front(window: MainWindow) -> QWidget:
    """What takes the keys: the dialog over the window, else the window."""
    return QApplication.activeModalWidget() or window


def is_on_screen(window: QWidget) -> bool:
    """Whether the display shows it: before that it cannot be given keys."""
    handle: QWindow | None = window.windowHandle()
    return handle is not None and handle.isExposed()


def as_x_writes(key: str) -> str:
    """A key as xdotool wants it: Ctrl+Shift+S is ctrl+shift+s."""
    *held, last = key.split("+")
    names = [_NAMED[one.casefold()] for one in held]
    return "+".join([*names, _NAMED.get(last.casefold(), last.lower() if len(last) == 1 else last)])


def _xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True)


def _focused() -> QWidget:
    assert waited_for(QApplication.focusWidget), "Nothing in the window has the keyboard."
    here = QApplication.focusWidget()
    assert here is not None
    return here
