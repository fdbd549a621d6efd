"""Fields with the label above and the error below, in one column that is read from top to bottom."""

from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets.checked_field import CheckedField
from ui.widgets.fields import Field, TickField, TimeField, begin_in
from ui.widgets.looks import column, label, line, restyle
from ui.widgets.scrolled import bring_into_sight


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    field: QWidget
    hint_text: str
    hint: QLabel
    error: QLabel
    needed: str
    cell: QWidget
    heading: QLabel | None = None


class Form(QWidget):
    """A column of fields; `read()` gives all values by name, or None after showing what is wrong."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 14) -> None:
        """Empty; a smaller gap lets a long form fit on a small screen."""
        super().__init__(parent)
        self._parts: dict[str, _Part] = {}
        self._column = column(self, gap=gap)

    def add(self, name: str, words: str, field: QWidget, *, hint: str = "", needed: str = "") -> None:
        """Add a field; `needed` is the sentence that is shown when it is left empty."""
        self._column.addWidget(self._cell(name, words, field, hint, needed))

    def add_row(self, *fields: tuple[str, str, QWidget, str], shares: tuple[int, ...] = ()) -> None:
        """Add short fields side by side, each (name, words, field, needed), in these shares of the width."""
        row = line(gap=12)
        for place, (name, words, field, needed) in enumerate(fields):
            row.addWidget(self._cell(name, words, field, "", needed), shares[place] if shares else 1)
        self._column.addLayout(row)

    def add_heading(self, text: str) -> None:
        """Add a heading over the fields that follow."""
        self._column.addWidget(label(text, "heading"))

    def add_widget(self, widget: QWidget) -> None:
        """Add something that is no field, such as a warning, after the fields so far."""
        self._column.addWidget(widget)

    def field(self, name: str) -> QWidget:
        """The field of that name."""
        return self._parts[name].field

    def names(self) -> list[str]:
        """The names of its fields in their order."""
        return list(self._parts)

    def focus_first(self) -> None:
        """Begin in the first field that can be used."""
        for part in self._parts.values():
            if not part.cell.isHidden() and part.field.isEnabled():
                begin_in(part.field)
                return

    def ask(self, name: str, *, wanted: bool) -> None:
        """Ask for a field, or leave it out: what is not asked is neither shown nor read."""
        self._parts[name].cell.setVisible(wanted)

    def rename(self, name: str, words: str) -> None:
        """Call a field something else."""
        part = self._parts[name]
        part.field.setAccessibleName(words)
        if part.heading is not None:
            part.heading.setText(words)

    def say_hint(self, name: str, words: str) -> None:
        """Say something else below a field."""
        hint = self._parts[name].hint
        hint.setText(words)
        hint.setVisible(bool(words))

    def say_wrong(self, name: str, sentence: str) -> None:
        """Say what is wrong with one field, or with an empty text that it is right, leaving the cursor."""
        part = self._parts[name]
        part.error.setText(sentence)
        part.error.setVisible(bool(sentence))
        part.field.setAccessibleDescription(sentence or part.hint_text)
        restyle(part.field, wrong=bool(sentence))

    def read(self) -> dict[str, object] | None:
        """Every value by name; None when something is wrong, which is then said below its field."""
        values: dict[str, object] = {}
        errors: dict[str, str] = {}
        for part in self._parts.values():
            if part.cell.isHidden():
                continue
            try:
                values[part.name] = cast(Field, part.field).read()
            except ValueError as wrong:
                errors[part.name] = str(wrong)
            else:
                # A box that must be ticked is empty while it is not; "no" as a choice is an answer.
                empty = False if isinstance(part.field, TickField) else None
                if part.needed and values[part.name] is empty:
                    errors[part.name] = part.needed
        self.show_errors(errors)
        return None if errors else values

    def show_errors(self, errors: dict[str, str]) -> None:
        """Say below each field what is wrong with it, and put the cursor into the first."""
        for name in self._parts:
            self.say_wrong(name, errors.get(name, ""))
        for part in self._parts.values():
            if part.name in errors:
                part.field.setFocus()
                # Below the field it has its height as soon as it is laid out; until then it is out of sight.
                QTimer.singleShot(0, part.cell, partial(bring_into_sight, part.cell))
                return

    def _cell(self, name: str, words: str, field: QWidget, hint: str, needed: str) -> QWidget:
        cell = QWidget()
        stack = column(cell, gap=4)
        below, error = label(hint, "small", wraps=True), label("", "error", wraps=True)
        part = _Part(name, field, hint, below, error, needed, cell)
        for unseen in (below, error) if not hint else (error,):
            unseen.hide()
        if isinstance(field, TickField):
            field.setText(words)
        else:
            heading = label(words, "label")
            heading.setBuddy(field)
            stack.addWidget(heading)
            part = replace(part, heading=heading)
        stack.addWidget(field)
        stack.addWidget(part.hint)
        stack.addWidget(part.error)
        stack.addStretch(1)
        if isinstance(field, TimeField):
            field.meant.connect(partial(self.say_hint, name))
        if isinstance(field, CheckedField):
            field.judged.connect(partial(self.say_wrong, name))
        field.setAccessibleName(words)
        field.setAccessibleDescription(hint)
        self._parts[name] = part
        return cell
