"""Two ways in which keys reach the window: from within the program, and through the display by xdotool."""

import ctypes
import subprocess

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.end_to_end.hands import waited_for
from ui.main_window import MainWindow

_PATIENCE_S = 20
_LETTERS_APART_MS = "2"
_PROPERTY_CHANGED, _SMALL_NAME = 28, 37  # PropertyNotify and WM_ICON_NAME of the X protocol
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
    is sent when the window has taken the one before: a mark is sent after each, and comes after it.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window, self._marks = window, _Marks()

    def press(self, key: str) -> None:
        """Press a key, and let the program take it."""
        self.go_to()
        seen = self._marks.seen
        _xdotool("key", "--delay", "0", as_x_writes(key), *self._mark())
        self._has_taken(seen)

    def type(self, text: str) -> None:
        """Type while the program reads: a list may open below the field."""
        self.go_to()
        seen, letters = self._marks.seen, ("--args", "1", "--", text)
        typing = subprocess.Popen(["xdotool", "type", "--delay", _LETTERS_APART_MS, *letters, *self._mark()])
        assert waited_for(lambda: typing.poll() is not None, _PATIENCE_S), "The keyboard hangs."
        assert typing.returncode == 0
        self._has_taken(seen)

    def _mark(self) -> tuple[str, ...]:
        return "set_window", "--icon-name", f"mark {self._marks.seen}", str(int(self._window.winId()))

    def _has_taken(self, seen: int) -> None:
        """Read until the mark comes: what came before it has then been taken.

        Qt reads the display on a thread of its own. On a busy computer that may lag behind `sync()`.
        """
        QGuiApplication.sync()
        assert waited_for(lambda: self._marks.seen > seen, _PATIENCE_S), "The display tells nothing any more."

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


class _Marks(QAbstractNativeEventFilter):
    """Counts how often the display told that the small name of a window had changed, which Qt never reads."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0
        app = QGuiApplication.instance()
        assert app is not None
        app.installNativeEventFilter(self)

    def nativeEventFilter(  # noqa: N802 - Qt calls it by this name
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        """Look at what the display tells, its kind and which property has changed, and let it pass."""
        told = ctypes.string_at(int(message), 12)
        is_mark = told[0] & 0x7F == _PROPERTY_CHANGED and int.from_bytes(told[8:12], "little") == _SMALL_NAME
        self.seen += is_mark
        return False, 0


def in_front(window: MainWindow) -> QWidget:
    """What takes the keys: the dialog over the window, else the window."""
    return QApplication.activeModalWidget() or window


def is_on_screen(window: QWidget) -> bool:
    """Whether the display shows it: before that it cannot be given keys."""
    number = window.effectiveWinId()
    return any(one.isExposed() and one.winId() == number for one in QGuiApplication.topLevelWindows())


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
