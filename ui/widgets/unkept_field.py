"""A field whose text is kept nowhere but in itself: what opens a door must not lie in a file."""

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.fields import TextField


class UnkeptField(TextField):
    """A line of text that a half-typed form leaves out; `is_secret` covers it once one moves on."""

    def __init__(self, *, is_secret: bool = False, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        if is_secret:
            self.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)

    def kept(self) -> str:
        """Nothing: it has to be typed again after a crash."""
        return ""

    def put_back(self, kept: object) -> None:
        """Nothing was kept."""
