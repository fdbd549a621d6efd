"""Asked before a half-typed form is thrown away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.widgets.action_bar import KeyButton
from ui.widgets.fields import ChoiceField
from ui.widgets.looks import column, label, line
from ui.widgets.messages import announce
from ui.widgets.unkept_field import UnkeptField

_ASKED = "What you typed is not saved. Throw it away?"


class LeaveQuestion(QWidget):
    """Takes the place of the buttons; the harmless answer has the keyboard: a stray key loses nothing."""

    stayed = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Hidden until it is asked."""
        super().__init__()
        stack = column(self, gap=8)
        stack.addWidget(label(_ASKED, "label", wraps=True))
        whole = line(gap=8)
        whole.addStretch(1)
        self.stay = KeyButton("Keep typing", "Esc")
        self.leave = KeyButton("Throw away", "Tab, Enter", "danger")
        self.stay.clicked.connect(self.stayed)
        self.leave.clicked.connect(self.left)
        for button in (self.stay, self.leave):
            button.setAutoDefault(False)
            whole.addWidget(button)
        stack.addLayout(whole)
        self.hide()

    def ask(self) -> None:
        """Ask."""
        self.show()
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, _ASKED, urgent=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape keeps what was typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.stayed.emit()
            return
        super().keyPressEvent(event)


def holds_typed_text(inside: QWidget, *, to_keep: bool = False) -> bool:
    """Whether a person has typed a text that stands in a field; a choice is quickly made again.

    `to_keep` leaves out what is kept nowhere but in its field.
    """
    choices = {id(one.lineEdit()) for one in inside.findChildren(ChoiceField)}
    lines = (
        one
        for one in inside.findChildren(QLineEdit)
        if id(one) not in choices and not (to_keep and isinstance(one, UnkeptField))
    )
    return any(one.isModified() and one.text().strip() for one in lines) or any(
        one.document().isModified() and one.toPlainText().strip()
        for one in inside.findChildren(QPlainTextEdit)
    )
