"""What was half typed about something that has left the board: to be read and copied."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.dialogs.base import DecisionDialog
from ui.session import Session
from ui.widgets.typed_values import text_of

if TYPE_CHECKING:
    from console.services.kept_forms import KeptForm


class KeptTextDialog(DecisionDialog):
    """The form itself can be opened no more; its words are not lost."""

    def __init__(self, session: Session, form: "KeptForm", parent: QWidget | None = None) -> None:
        """Show every field that was filled in."""
        sentence = (
            "What this was about has left the board, so it cannot be entered as it is. Copy what is still"
            " needed; it stays kept until you throw it away."
        )
        super().__init__(parent, form.title, sentence, "Copy all")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("What was typed")
        self.text.setPlainText("\n".join(_lines(form)))
        self.text.setMinimumHeight(240)
        self.body.addWidget(self.text)

    def submit(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.accept()


def _lines(form: "KeptForm") -> list[str]:
    said = [(kept["words"], text_of(kept["value"])) for kept in form.values]
    return [f"{words}: {text}" if words else text for words, text in said if text.strip()]
