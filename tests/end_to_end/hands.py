"""A person's hands: keys to whatever has the keyboard, and time that passes."""

import datetime as dt
from collections.abc import Callable
from time import monotonic
from typing import Protocol, TypeVar

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QPlainTextEdit, QWidget

from ui.main_window import MainWindow

LONG_S = 10.0
_MOST_FIELDS = 80
Answer = TypeVar("Answer")


class PlayedClock:
    """The time of a played day: it stands until the day goes on."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        """Give the time."""
        return self.at


class Keys(Protocol):
    """How keys reach the window: `tests.end_to_end.ways` has two ways."""

    def press(self, key: str) -> None:
        """Press a key, written as on the key cap, and let the window take it."""

    def type(self, text: str) -> None:
        """Type letter by letter."""

    def go_to(self) -> QWidget:
        """Give what has the keyboard, once the window in front has it."""

    def attend(self) -> None:
        """Do what whatever manages the windows does while one waits and looks."""


class Hands:
    """Types, presses and looks; waits for what must come, never for a while."""

    def __init__(
        self, window: MainWindow, keys: Keys, clock: PlayedClock, look: Callable[[], object]
    ) -> None:
        """`look` is what the timetable does when time has passed."""
        self.window, self._keys, self.clock, self._look = window, keys, clock, look

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

        def is_seen() -> object:
            self._keys.attend()
            return seen()

        if not waited_for(is_seen):
            raise AssertionError(instead() or "It never came.")

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
            self._keys.press(key)

    def type(self, text: str) -> None:
        """Type where the cursor is."""
        self._keys.type(text)

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
        if self._keys.go_to() is here:
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
        self.waits_until(here.isChecked, lambda: f"{name} is not ticked")


def waited_for(seen: Callable[[], object], seconds: float = LONG_S) -> bool:
    """Let the window work until something is seen; whether it was."""
    until = monotonic() + seconds
    while not seen():
        if monotonic() > until:
            return False
        QTest.qWait(5)
    return True


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a widget; a button is called by its text."""
    is_button = isinstance(widget, QAbstractButton) and not widget.accessibleName()
    return widget.text() if isinstance(widget, QAbstractButton) and is_button else widget.accessibleName()
