"""One thing that is recorded of a patient, beside what stands in the form for it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.widgets.action_bar import KeyButton
from ui.widgets.form import Form
from ui.widgets.looks import column, label, line, restyle
from ui.widgets.typed_values import put_value, text_of, value_of


class RecordedLine(QWidget):
    """Taken at once where nothing stands; what was typed stays until its button is pressed."""

    def __init__(
        self, words: str, key: str, form: Form, names: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """`names` are the fields of the form that hold it together, such as address and postcode."""
        super().__init__(parent)
        self._words, self._form, self._names = words, form, names
        self._fields = [form.field(name) for name in names]
        self._recorded: list[Any] = []
        self._before: list[Any] | None = None  # what stood there when it was taken
        whole = line(self, gap=12)
        texts = column(gap=1)
        self.says, self.stands = label("", "label", wraps=True), label("", "small", wraps=True)
        texts.addWidget(self.says)
        texts.addWidget(self.stands)
        whole.addLayout(texts, 1)
        self.button = KeyButton("", key)
        self.button.setShortcut(key)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._turn)
        whole.addWidget(self.button)
        for field in self._fields:
            if isinstance(field, QComboBox):
                field.currentTextChanged.connect(self._compare)
            elif isinstance(field, QLineEdit):
                field.textChanged.connect(self._compare)

    def offer(self, words: str, recorded: Sequence[Any]) -> None:
        """Show what is recorded, in words, and take it where nothing stands; nothing of it may be to take."""
        self.says.setText(f"{self._words}: {words or 'none is recorded, ask for it'}")
        self._recorded, self._before = list(recorded) if any(map(text_of, recorded)) else [], None
        if self._recorded and not _words(self._standing()):
            self._turn()
        self._compare()

    def forget(self) -> None:
        """Take back what was taken, unless it was changed since."""
        before, recorded = self._before, self._recorded
        self._recorded, self._before = [], None
        if before is not None and _plain(self._standing()) == _plain(recorded):
            self._put(before)

    @Slot()
    def _turn(self) -> None:
        """Take what is recorded; where it stands already, put back what was typed."""
        standing = self._standing()
        if _plain(standing) == _plain(self._recorded):
            values, self._before = self._before or [], None
        else:
            values, self._before = self._recorded, standing
        self._put(values)
        self._compare()

    @Slot()
    def _compare(self) -> None:
        standing = self._standing()
        typed, before = _words(standing), _words(self._before or [])
        is_taken = _plain(standing) == _plain(self._recorded)
        if is_taken:
            self.stands.setText(f"In the form, not {before}" if before else "In the form")
            self._say_button("Back to yours")
        else:
            self.stands.setText(f"In the form: {typed}. It stays" if typed else "Not in the form")
            self._say_button("Take this one")
        restyle(self.stands, tone="warn" if typed and not is_taken else "")
        self.stands.setVisible(bool(self._recorded))
        self.button.setVisible(bool(self._recorded) and (bool(before) or not is_taken))

    def _say_button(self, words: str) -> None:
        self.button.say(words)
        self.button.setAccessibleName(f"{self._words}: {words.lower()}")  # three of them sound alike

    def _standing(self) -> list[Any]:
        return [value_of(field) for field in self._fields]

    def _put(self, values: Sequence[Any]) -> None:
        for name, field, value in zip(self._names, self._fields, values, strict=False):
            put_value(field, value)
            self._form.say_wrong(name, "")


def _words(values: Sequence[Any]) -> str:
    return ", ".join(text for one in values if (text := text_of(one).strip()))


def _plain(values: Sequence[Any]) -> list[str]:
    """Each without what does not count: capitals, spaces and commas."""
    return ["".join(one for one in text_of(value).casefold() if one.isalnum()) for value in values]
