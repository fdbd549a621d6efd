"""A person's hands: keys to whatever has the keyboard, and time that passes."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QPlainTextEdit, QWidget
from pytestqt.exceptions import TimeoutError as NeverCame
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow

LONG_MS = 10_000
_MOST_FIELDS = 80
Answer = TypeVar("Answer")


class PlayedClock:
    """The time of a played day: it stands until the day goes on."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        """Give the time."""
        return self.at


class Hands:
    """Types, presses and looks; waits for what must come, never for a while."""

    def __init__(
        self, window: MainWindow, qtbot: QtBot, clock: PlayedClock, look: Callable[[], object]
    ) -> None:
        """`look` is what the timetable does when time has passed."""
        self.window, self._qtbot, self.clock, self._look = window, qtbot, clock, look

    # Time

    def passes(self, minutes: float) -> dt.datetime:
        """Let time pass, and with it what happens by itself; gives the time that it is then."""
        self.clock.at += dt.timedelta(minutes=minutes)
        self._look()
        return self.clock.at

    def until(self, hour: int, minute: int) -> dt.datetime:
        """Let time pass until the clock on the wall (in winter, when London is on UTC) shows this."""
        at = self.clock.at.replace(hour=hour, minute=minute)
        assert at > self.clock.at, "A day does not go backwards."
        return self.passes((at - self.clock.at).total_seconds() / 60)

    def waits_until(self, seen: Callable[[], object], instead: Callable[[], str] = str) -> None:
        """Wait until something is seen; `instead` tells what is seen when it does not come."""
        try:
            self._qtbot.waitUntil(lambda: bool(seen()), timeout=LONG_MS)
        except NeverCame as late:
            raise AssertionError(instead() or "It never came.") from late

    def awaits(self, seen: Callable[[], Answer | None]) -> Answer:
        """Wait until something is there, and give it."""
        self.waits_until(lambda: seen() is not None)
        there = seen()
        assert there is not None
        return there

    # Keys

    @property
    def has_keyboard(self) -> str:
        """The name of what takes the keys."""
        here = QApplication.focusWidget()
        return "" if here is None else here.accessibleName()

    def press(self, key: str, times: int = 1) -> None:
        """Press a key."""
        for _ in range(times):
            QTest.keySequence(self._keys_go_to(), QKeySequence(key))

    def type(self, text: str) -> None:
        """Type where the cursor is."""
        for letter in text:
            QTest.keyClicks(self._keys_go_to(), letter)

    def _keys_go_to(self) -> QWidget:
        """What has the keyboard: a list that is open below a field before the field itself.

        Offscreen there is no window manager to give the keys back to a window when what stood over it goes.
        """
        if (popup := QApplication.activePopupWidget()) is not None:
            return popup
        front = QApplication.activeModalWidget() or self.window
        if QApplication.activeWindow() is not front:
            front.activateWindow()
            self.waits_until(lambda: QApplication.activeWindow() is front)
        return self.awaits(QApplication.focusWidget)

    def tab_to(self, name: str) -> QWidget:
        """Go from field to field with Tab until this one is reached; it must lie ahead, never behind."""
        passed: list[str] = []
        for _ in range(_MOST_FIELDS):
            here = QApplication.focusWidget()
            assert here is not None, "Nothing has the keyboard."
            passed.append(name_of(here))
            if passed[-1] == name:
                return here
            self.press("Tab")
        raise AssertionError(f"Tab does not come to {name!r} from here: {passed[:40]}")

    def fill(self, name: str, text: str) -> None:
        """Go to a field and type over what stands there."""
        here = self.tab_to(name)
        if isinstance(here, QPlainTextEdit) and here.toPlainText():
            self.press("Ctrl+A")
        self.type(text)

    def choose(self, name: str, part: str) -> None:
        """Go to a list, type a part of what is wanted, and see on leaving that it was understood."""
        here = self.tab_to(name)
        assert isinstance(here, QComboBox)
        self.type(part)
        self.press("Tab")
        # Offscreen a list is a window like any other, and gives the keys back to its field when it closes.
        QApplication.processEvents()
        if self._keys_go_to() is here:
            self.press("Tab")
        self.waits_until(
            lambda: here.findText(here.currentText()) >= 0,
            lambda: f"{name}: {part!r} became {here.currentText()!r}, of {here.count()}",
        )
        shown = here.currentText()
        assert part.casefold() in shown.casefold(), f"{name}: {part!r} was taken for {shown!r}"

    def tick(self, name: str) -> None:
        """Go to a box and tick it."""
        here = self.tab_to(name)
        assert isinstance(here, QCheckBox)
        self.press("Space")
        assert here.isChecked()


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a widget; a button is called by its text."""
    is_button = isinstance(widget, QAbstractButton) and not widget.accessibleName()
    return widget.text() if isinstance(widget, QAbstractButton) and is_button else widget.accessibleName()
