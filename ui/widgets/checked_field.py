"""A line of text that has a shape: an NHS number, a postcode, a phone number; judged as it is left."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.identifiers import (
    format_nhs_number,
    format_phone,
    normalise_nhs_number,
    normalise_phone,
    normalise_postcode,
)
from console.domain.refusals import Refused
from console.domain.staff import normalise_login


class CheckedField(QLineEdit):
    """Text that a rule reads; `judged` gives what is wrong with it, empty when it is right."""

    judged = Signal(str)

    def __init__(
        self,
        normalise: Callable[[str], str],
        shown: Callable[[str], str] = str,
        *,
        complete_at: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """`complete_at` letters and digits are judged while one types; else only when the field is left."""
        super().__init__(parent)
        self._normalise, self._shown, self._complete_at = normalise, shown, complete_at
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._left)

    def read(self) -> str | None:
        """The text as the rule writes it, or None; ValueError with the rule's own sentence."""
        if not self.text().strip():
            return None
        try:
            return self._normalise(self.text())
        except Refused as refusal:
            raise ValueError(str(refusal)) from refusal

    def is_right(self) -> bool:
        """Whether something stands here that the rule takes."""
        try:
            return self.read() is not None
        except ValueError:
            return False

    @Slot(str)
    def _typed(self, text: str) -> None:
        is_complete = self._complete_at and sum(one.isalnum() for one in text) >= self._complete_at
        self.judged.emit(self._wrong() if is_complete else "")

    @Slot()
    def _left(self) -> None:
        wrong = self._wrong()
        if not wrong and self.text().strip():
            was_typed = self.isModified()
            self.setText(self._shown(self.read() or ""))
            self.setModified(was_typed)
        self.judged.emit(wrong)

    def _wrong(self) -> str:
        try:
            self.read()
        except ValueError as wrong:
            return str(wrong)
        return ""


def nhs_number_field() -> CheckedField:
    """An NHS number, judged at its tenth digit and shown as 3-3-4."""
    made = CheckedField(normalise_nhs_number, format_nhs_number, complete_at=10)
    made.setPlaceholderText("943 476 5919")
    return made


def postcode_field() -> CheckedField:
    """A UK postcode."""
    made = CheckedField(normalise_postcode)
    made.setPlaceholderText("CT20 1AB")
    return made


def phone_field() -> CheckedField:
    """A phone number, shown in the usual groups."""
    return CheckedField(normalise_phone, format_phone)


def login_field() -> CheckedField:
    """A login that a server can make."""
    return CheckedField(normalise_login)
