"""A line for a password: unseen, never kept, and taken as it is typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget


class PasswordField(QLineEdit):
    """Dots instead of letters; spaces count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty; input methods and screens' keyboards learn nothing from it."""
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )

    def kept(self) -> str:
        """Nothing: a password is in no half-typed form."""
        return ""

    def put_back(self, kept: object) -> None:
        """Nothing was kept."""

    def read(self) -> str | None:
        """The password, or None."""
        return self.text() or None
