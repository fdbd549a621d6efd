"""Fields with the label above and the error below, in one column that is read from top to bottom."""

from dataclasses import dataclass
from typing import cast

from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets.fields import Field, TickField, TimeField
from ui.widgets.looks import column, label, line, restyle


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    field: QWidget
    hint_text: str
    hint: QLabel
    error: QLabel
    needed: str


class Form(QWidget):
    """A column of fields; `read()` gives all values by name, or None after showing what is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._parts: dict[str, _Part] = {}
        self._column = column(self, gap=14)

    def add(self, name: str, words: str, field: QWidget, *, hint: str = "", needed: str = "") -> None:
        """Add a field; `needed` is the sentence that is shown when it is left empty."""
        self._column.addWidget(self._cell(name, words, field, hint, needed))

    def add_row(self, *fields: tuple[str, str, QWidget, str]) -> None:
        """Add short fields side by side, each (name, words, field, needed)."""
        row = line(gap=12)
        for name, words, field, needed in fields:
            row.addWidget(self._cell(name, words, field, "", needed), 1)
        self._column.addLayout(row)

    def add_heading(self, text: str) -> None:
        """Add a heading over the fields that follow."""
        self._column.addWidget(label(text, "heading"))

    def field(self, name: str) -> QWidget:
        """The field of that name."""
        return self._parts[name].field

    def read(self) -> dict[str, object] | None:
        """Every value by name; None when something is wrong, which is then said below its field."""
        values: dict[str, object] = {}
        errors: dict[str, str] = {}
        for part in self._parts.values():
            try:
                values[part.name] = cast(Field, part.field).read()
            except ValueError as wrong:
                errors[part.name] = str(wrong)
            else:
                if part.needed and values[part.name] in (None, False):
                    errors[part.name] = part.needed
        self.show_errors(errors)
        return None if errors else values

    def show_errors(self, errors: dict[str, str]) -> None:
        """Say below each field what is wrong with it, and put the cursor into the first."""
        for part in self._parts.values():
            said = errors.get(part.name, "")
            part.error.setText(said)
            part.error.setVisible(bool(said))
            part.field.setAccessibleDescription(said or part.hint_text)
            restyle(part.field, wrong=bool(said))
        for part in self._parts.values():
            if part.name in errors:
                part.field.setFocus()
                return

    def _cell(self, name: str, words: str, field: QWidget, hint: str, needed: str) -> QWidget:
        cell = QWidget()
        stack = column(cell, gap=4)
        below, error = label(hint, "small", wraps=True), label("", "error", wraps=True)
        part = _Part(name, field, hint, below, error, needed)
        for unseen in (below, error) if not hint else (error,):
            unseen.hide()
        if isinstance(field, TickField):
            field.setText(words)
        else:
            heading = label(words, "label")
            heading.setBuddy(field)
            stack.addWidget(heading)
        stack.addWidget(field)
        stack.addWidget(part.hint)
        stack.addWidget(part.error)
        stack.addStretch(1)
        if isinstance(field, TimeField):
            field.meant.connect(part.hint.setText)
            field.meant.connect(part.hint.show)
        field.setAccessibleName(words)
        field.setAccessibleDescription(hint)
        self._parts[name] = part
        return cell
