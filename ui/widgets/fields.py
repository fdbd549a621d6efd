"""The fields of forms; `read()` gives what was entered or raises ValueError with a sentence to show."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from ui.time_entry import read_time
from ui.time_text import clock, day_clock, local
from ui.widgets.asked import focus_in

Value = TypeVar("Value")


class Field(Protocol):
    """What a form needs of a field; every one is a QWidget too."""

    def read(self) -> object:
        """What was entered; None when it is empty."""


def begin_in(field: QWidget) -> None:
    """Give the keyboard to a field, as by Tab: what one types replaces what stands there.

    Qt selects it by itself only in a window that is in front already; a dialog may be filled before it is.
    """
    field.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(field, QLineEdit):
        field.selectAll()


def fill_in(field: QLineEdit, text: str) -> None:
    """Put a text into a field that may have the keyboard already: what one types replaces it then too."""
    field.setText(text)
    if focus_in(field.window()) is field:
        field.selectAll()


class TextField(QLineEdit):
    """One line of text; spaces around it do not count."""

    def read(self) -> str | None:
        """The text, or None."""
        return " ".join(self.text().split()) or None


class NotesField(QPlainTextEdit):
    """Several lines of text; Tab leaves the field."""

    def __init__(self, lines: int = 3, parent: QWidget | None = None) -> None:
        """So many lines high."""
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 26)

    def read(self) -> str | None:
        """The text, or None."""
        return self.toPlainText().strip() or None


class TickField(QCheckBox):
    """Yes or no."""

    def read(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()


class TimeField(QLineEdit):
    """When something happened: 14:05, now, -10; `meant` says how it was understood."""

    meant = Signal(str)

    def __init__(
        self, now: Callable[[], dt.datetime], *, ahead: bool = False, parent: QWidget | None = None
    ) -> None:
        """With `ahead` for a time that is still to come."""
        super().__init__(parent)
        self._now, self._ahead = now, ahead
        self.setPlaceholderText("14:05 or +30" if ahead else "now, 14:05 or -10")
        self.textChanged.connect(self._say_meant)

    def put(self, at: dt.datetime) -> None:
        """Show a time."""
        same_day = local(at).date() == local(self._now()).date()
        self.setText(clock(at) if same_day else f"{local(at):%d/%m/%Y %H:%M}")

    def read(self) -> dt.datetime | None:
        """The aware UTC time, or None."""
        if not self.text().strip():
            return None
        now = self._now()
        at = read_time(self.text(), now, ahead=self._ahead)
        if at > now and not self._ahead:
            raise ValueError("That is still to come. Type when it happened.")
        if at < now and self._ahead:
            raise ValueError("That has passed. Type a time that is still to come.")
        return at

    def value(self) -> dt.datetime | None:
        """The time as far as it can be understood, else None."""
        try:
            return self.read()
        except ValueError:
            return None

    def _say_meant(self) -> None:
        at = self.value()
        self.meant.emit("" if at is None else f"Understood as {day_clock(at, self._now())}")


_DATE = re.compile(r"(\d{1,2})(?:[/. -]+(\d{1,2})[/. -]+|[/. -]*([a-z]{3,9})[/. -]*)(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DateField(QLineEdit):
    """A date such as a date of birth: 3/10/1941, 03101941 or 3 Oct 1941, the year always in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.setPlaceholderText("3/10/1941")

    def put(self, on: dt.date) -> None:
        """Show a date."""
        self.setText(f"{on:%d/%m/%Y}")

    def read(self) -> dt.date | None:
        """The date, or None."""
        typed = " ".join(self.text().lower().split())
        if not typed:
            return None
        # Without separators the first two digits are the day.
        found = _DATE.fullmatch(typed if re.search(r"\D", typed) else f"{typed[:2]}/{typed[2:4]}/{typed[4:]}")
        if found is None:
            raise ValueError("Type the date as day, month and full year, such as 3/10/1941.")
        try:
            month = int(found[2]) if found[2] else _MONTHS.index(found[3][:3]) + 1
            return dt.date(int(found[4]), month, int(found[1]))
        except ValueError as wrong:
            raise ValueError("There is no such date. Check the day and the month.") from wrong


class ChoiceField(QComboBox, Generic[Value]):
    """One of several; letters find an option by any part of its text; the wheel changes nothing."""

    def __init__(self, options: Sequence[tuple[Value, str]] = (), parent: QWidget | None = None) -> None:
        """Each option is (value, text); nothing is chosen."""
        super().__init__(parent)
        self._values: list[Value] = []
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._finder = finder = QCompleter(self.model(), self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._line = QLineEdit()
        self._line.setPlaceholderText("Choose")
        self._line.installEventFilter(self)
        self.setLineEdit(self._line)
        self.setCompleter(finder)
        if (popup := finder.popup()) is not None:
            popup.setObjectName("Choices")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer(options)

    def offer(self, options: Sequence[tuple[Value, str]]) -> None:
        """Offer other options; what was chosen or typed stays, as far as it is among them."""
        before = self._before()
        self._replace(options)
        self._restore(*before)

    def _before(self) -> tuple[Value | None, str, int | None]:
        """What is chosen, as long as nobody is typing another one, what stands there, and where one types."""
        typed = self.currentText()
        is_whole = self.findText(typed, Qt.MatchFlag.MatchFixedString) >= 0
        kept = None if self._has_keyboard and not is_whole else self.value()
        return kept, typed, self._line.cursorPosition() if self._line.isModified() else None

    def _replace(self, options: Sequence[tuple[Value, str]]) -> None:
        self.clear()
        self._values = [value for value, _ in options]
        self.addItems([text for _, text in options])
        self.setCurrentIndex(-1)

    def _restore(self, kept: Value | None, typed: str, cursor: int | None) -> None:
        if kept is not None:
            self.put(kept)
            if cursor is not None and self._has_keyboard:
                self._line.setCursorPosition(cursor)  # what is whole may be the beginning of a longer one
        elif typed.strip():
            # Somebody was quicker than the list: what they typed now means an option of it.
            self.setEditText(typed)
            if cursor is not None:
                self._line.setCursorPosition(cursor)
                self._line.setModified(True)
            if not self._has_keyboard and (meant := self.value()) is not None:
                self.put(meant)

    @property
    def _has_keyboard(self) -> bool:
        """Whether somebody types here, or will once the window is in front."""
        return focus_in(self.window()) is self

    def setAccessibleName(self, name: str) -> None:
        """Also of the line in which one types: a screen reader comes to that."""
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """Also of the line in which one types."""
        super().setAccessibleDescription(description)
        self._line.setAccessibleDescription(description)

    def put(self, value: Value) -> None:
        """Choose an option; whoever is here already types over it, not behind it."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)
        if self._has_keyboard:
            self._line.selectAll()

    def value(self) -> Value | None:
        """The chosen option, or None while nothing or something unknown stands there."""
        typed = self.currentText().strip().lower()
        place = self.currentIndex()
        if place >= 0 and typed == self.itemText(place).lower():
            return self._values[place]
        matching = [at for at in range(self.count()) if typed and typed in self.itemText(at).lower()]
        exact = [at for at in matching if self.itemText(at).lower() == typed]
        found = exact or matching
        return self._values[found[0]] if len(found) == 1 else None

    def read(self) -> Value | None:
        """The chosen option, or None when the field is empty."""
        value = self.value()
        if value is None and self.currentText().strip():
            raise ValueError("Choose one of the list.")
        return value

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What one types replaces what is chosen, however the keyboard came here."""
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self._line.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed means an option: it is shown whole, so that one sees what was understood."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.settle()

    def focusNextPrevChild(self, to_next: bool) -> bool:
        """Settled before Tab looks for the next field: the choice may have brought a new one."""
        # A list that is still open would take the focus back when it closes.
        if (popup := self._finder.popup()) is not None:
            popup.hide()
        self.settle()
        return super().focusNextPrevChild(to_next)

    def settle(self) -> None:
        """What was typed is the option that it means, and whoever asks what belongs to it is told."""
        if (value := self.value()) is not None:
            self.put(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down opens the list, as in a list that cannot be typed into."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            opens = event.key() == Qt.Key.Key_Down and not self.currentText()
            if opens:
                self.showPopup()
                return True
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
