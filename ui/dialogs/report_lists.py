"""The short lists of a report, medicines and what the practice is asked to do: a line each."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from console.domain.clinical_words import MedicineAction
from console.domain.report_content import GpAction, Medicine
from ui.widgets.asked import screen_of
from ui.widgets.fields import ChoiceField, DateField, TextField
from ui.widgets.looks import column, label, line

One = TypeVar("One")
_IN_TWO = 1000  # on a screen that is narrower


class ListLine(QWidget, Generic[One]):
    """The fields of one entry, side by side."""

    changed = Signal()
    unwanted = Signal()

    def __init__(self, fields: Sequence[tuple[str, QLineEdit | ChoiceField[Any], int]], what: str) -> None:
        """Each field is (words, field, share of the width)."""
        super().__init__()
        self._edits: list[QLineEdit] = []
        row = line(gap=6)
        rows = column(self, gap=6)
        rows.addLayout(row)
        # On a small screen in two rows, so that each is as wide as its words.
        ends_at = (len(fields) + 1) // 2 if screen_of(self).availableSize().width() < _IN_TWO else len(fields)
        for place, (words, field, share) in enumerate(fields):
            if place == ends_at:
                row = line(gap=6)
                rows.addLayout(row)
            field.setAccessibleName(f"{what}: {words.lower()}")
            edit = field.lineEdit() if isinstance(field, ChoiceField) else field
            if edit is not None:
                edit.setPlaceholderText(words)
                edit.textChanged.connect(self.changed)
                self._edits.append(edit)
            row.addWidget(field, share)
        remove = QPushButton("Remove")
        remove.setProperty("look", "quiet")
        remove.setAccessibleName(f"Remove this {what.lower()}")
        remove.setAutoDefault(False)
        remove.clicked.connect(self.unwanted)
        row.addWidget(remove)

    def texts(self) -> list[str]:
        """What stands in its fields."""
        return [edit.text() for edit in self._edits]

    def put_texts(self, texts: list[str]) -> None:
        """Show these texts, as somebody typed them."""
        for edit, text in zip(self._edits, texts, strict=False):
            edit.setText(text)
            edit.setModified(True)

    def read(self) -> One | None:
        """What was entered; None for a line that was left empty."""
        raise ValueError("A line reads its own fields.")


class MedicineLine(ListLine[Medicine]):
    """One medicine."""

    def __init__(self, medicine: Medicine | None = None) -> None:
        """Empty, or as it was written."""
        self.name, self.dose, self.route = TextField(), TextField(), TextField()
        self.quantity, self.authority = TextField(), TextField()
        self.action: ChoiceField[MedicineAction] = ChoiceField([(one, one.label) for one in MedicineAction])
        super().__init__(
            (
                ("Name (dm+d)", self.name, 5),
                ("Action", self.action, 4),
                ("Dose", self.dose, 3),
                ("Route", self.route, 3),
                ("Quantity", self.quantity, 3),
                ("Authority", self.authority, 3),
            ),
            "Medicine",
        )
        if medicine is not None:
            self.action.put(medicine.action)
            for field, text in (
                (self.name, medicine.name),
                (self.dose, medicine.dose),
                (self.route, medicine.route),
                (self.quantity, medicine.quantity),
                (self.authority, medicine.authority),
            ):
                field.setText(text)

    def read(self) -> Medicine | None:
        values = [field.read() or "" for field in (self.dose, self.route, self.quantity, self.authority)]
        name, action = self.name.read() or "", self.action.value()
        if not any((name, action, *values)):
            return None
        return Medicine(name, action or MedicineAction.GIVEN, *values)


class ActionLine(ListLine[GpAction]):
    """One thing that the practice is asked to do, or to know."""

    def __init__(self, action: GpAction | None = None) -> None:
        """Empty, or as it was written."""
        self.what, self.due = TextField(), DateField()
        self.kind: ChoiceField[bool] = ChoiceField([(True, "For action"), (False, "For information")])
        self.kind.put(True)
        super().__init__(
            (
                ("What the practice is asked", self.what, 6),
                ("For", self.kind, 3),
                ("By, such as 3/10/2026", self.due, 3),
            ),
            "Request",
        )
        if action is not None:
            self.what.setText(action.text)
            self.kind.put(action.for_action)
            if action.due is not None:
                self.due.put(action.due)

    def read(self) -> GpAction | None:
        try:
            due = self.due.read()
        except ValueError:
            due = None
        what = self.what.read() or ""
        return GpAction(what, due, self.kind.value() is not False) if what or due else None


class Lines(QWidget):
    """Any number of lines with a button for one more."""

    changed = Signal()

    def __init__(self, make: type[MedicineLine] | type[ActionLine], words: str, more: str) -> None:
        """Empty."""
        super().__init__()
        self._make = make
        self.lines: list[MedicineLine | ActionLine] = []
        whole = column(self, gap=6)
        whole.addWidget(label(words, "label"))
        self._rows = column(gap=6)
        whole.addLayout(self._rows)
        self.more = QPushButton(more)
        self.more.setAutoDefault(False)
        self.more.clicked.connect(self._add_and_go)
        foot = line()
        foot.addWidget(self.more)
        foot.addStretch(1)
        whole.addLayout(foot)

    def add(self, made: MedicineLine | ActionLine) -> None:
        """Add a line."""
        made.changed.connect(self.changed)
        made.unwanted.connect(lambda: self._remove(made))
        self.lines.append(made)
        self._rows.addWidget(made)

    def kept(self) -> list[list[str]]:
        """What stands in the lines, field by field."""
        return [one.texts() for one in self.lines]

    def put_back(self, kept: list[list[str]]) -> None:
        """Show the lines that were kept instead of those that stand here."""
        while self.lines:
            self._remove(self.lines[-1])
        for texts in kept:
            made = self._make()
            made.put_texts(texts)
            self.add(made)

    def _add_and_go(self) -> None:
        made = self._make()
        self.add(made)
        first = made.findChild(QLineEdit)
        if first is not None:
            first.setFocus()

    def _remove(self, made: MedicineLine | ActionLine) -> None:
        self.lines.remove(made)
        made.hide()
        made.deleteLater()
        self.more.setFocus()
        self.changed.emit()
