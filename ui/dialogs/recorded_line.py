"""One thing that is recorded of a patient, beside what stands in the form for it."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from console.domain.places import address_words
from ui.widgets.action_bar import KeyButton
from ui.widgets.checked_field import CheckedField
from ui.widgets.form import Form
from ui.widgets.looks import column, label, line, restyle
from ui.widgets.typed_values import put_value, text_of, value_of

_AS_RECORDED = "As recorded: does it still fit?"


class Left(Enum):
    """What became of something that was taken, once it is said that it is another patient's."""

    NOTHING, GONE, CHANGED = range(3)


class RecordedLine(QWidget):
    """Taken at once where nothing stands; what was typed stays until its button is pressed."""

    def __init__(
        self, words: str, key: str, form: Form, names: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """`names` are the fields of the form that hold it together, such as address and postcode."""
        super().__init__(parent)
        self.words, self._form, self._names = words, form, names
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
        self.says.setText(f"{self.words}: {words or 'none is recorded, ask for it'}")
        self._recorded = list(recorded) if any(map(text_of, recorded)) else []
        if self._recorded and not _words(self._standing()):
            self._turn()
        self._compare()

    def forget(self) -> Left:
        """Take back what was taken, unless it was changed since."""
        before, is_taken, standing = self._before, self._is_taken(), _words(self._standing())
        self._recorded, self._before = [], None
        if before is None:
            return Left.NOTHING
        if is_taken:
            self._put(before)
            return Left.GONE
        self._compare()
        return Left.CHANGED if standing else Left.NOTHING

    def kept(self) -> dict[str, list[Any]] | None:
        """What was taken, and what stood there before; None where nothing was."""
        return None if self._before is None else {"recorded": self._recorded, "before": self._before}

    def put_back(self, kept: dict[str, list[Any]] | None) -> None:
        """Know again what was taken; what stands in the form comes back by itself."""
        if kept is not None:
            self._recorded, self._before = kept["recorded"], kept["before"]

    @Slot()
    def _turn(self) -> None:
        """Take what is recorded; where it stands already, put back what was typed."""
        if self._is_taken():
            values, self._before = self._before or [], None
        else:
            values, self._before = self._recorded, self._standing()
        self._put(values)
        self._compare()

    @Slot()
    def _compare(self) -> None:
        typed, before = _words(self._standing()), _words(self._before or [])
        is_taken = self._is_taken()
        if is_taken:
            self.stands.setText(f"In the form, not {before}" if before else "In the form")
            self._say_button("Back to yours")
        else:
            self.stands.setText(f"In the form: {typed}. It stays" if typed else "Not in the form")
            self._say_button("Take this one")
        restyle(self.stands, tone="warn" if typed and not is_taken else "")
        self.stands.setVisible(bool(self._recorded))
        self.button.setVisible(bool(self._recorded) and (bool(before) or not is_taken))
        self._say_what_is_left(is_taken=is_taken)

    def _say_what_is_left(self, *, is_taken: bool) -> None:
        """Of an address that was taken and typed over, the postcode would lead to the old one."""
        same = [] if is_taken or self._before is None else self._same()
        for name, is_same in zip(self._names, same or [False] * len(self._names), strict=True):
            self._form.say_hint(name, _AS_RECORDED if is_same else "")

    def _say_button(self, words: str) -> None:
        self.button.say(words)
        self.button.setAccessibleName(f"{self.words}: {words.lower()}")  # three of them sound alike

    def _standing(self) -> list[Any]:
        return [value_of(field) for field in self._fields]

    def _is_taken(self) -> bool:
        """Whether what is recorded stands in the form, however it is written."""
        pairs = zip(self._plain(self._standing()), self._plain(self._recorded), strict=False)
        return bool(self._recorded) and all(one == other for one, other in pairs)

    def _same(self) -> list[bool]:
        """Which fields hold what is recorded, where that is not nothing."""
        pairs = zip(self._plain(self._standing()), self._plain(self._recorded), strict=False)
        return [any(one) and one == other for one, other in pairs]

    def _plain(self, values: Sequence[Any]) -> list[tuple[str, ...]]:
        """Each without what does not count: capitals and punctuation; spaces count in an address."""
        words = [address_words(text_of(value)) for value in values]
        checked = [isinstance(field, CheckedField) for field in self._fields]
        return [("".join(one),) if is_one else one for one, is_one in zip(words, checked, strict=False)]

    def _put(self, values: Sequence[Any]) -> None:
        for name, field, value in zip(self._names, self._fields, values, strict=False):
            put_value(field, value)
            self._form.say_wrong(name, "")


def _words(values: Sequence[Any]) -> str:
    return ", ".join(text for one in values if (text := text_of(one).strip()))
