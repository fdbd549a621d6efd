"""Asks in words why a record is opened that is not part of the work at hand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ui.widgets.fields import TextField
from ui.widgets.looks import IconLabel, column, label, restyle


class ReasonBox(QWidget):
    """A sentence, a line for the reason, and one button; what is typed goes into the audit as it stands."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until there is something to ask."""
        super().__init__(parent)
        self.setAccessibleName("Why this record is opened")
        self.sentence = label("", wraps=True)
        self.field = TextField()
        self.field.setAccessibleName("Why you open this record")
        self.field.setPlaceholderText("Why you open this record")
        self.button = QPushButton("Open the record")
        self.button.setAutoDefault(True)
        restyle(self.button, look="primary")
        self.error = label("", "error", wraps=True)
        self.error.hide()
        self.field.returnPressed.connect(self._give)
        self.button.clicked.connect(self._give)
        whole = column(self, gap=10, margin=24)
        whole.addStretch(1)
        whole.addWidget(IconLabel("eye", "mute", 36), 0, Qt.AlignmentFlag.AlignHCenter)
        told = "Who opened it, when, and these words are kept for ever."
        for part in (self.sentence, self.field, self.error, label(told, "small", wraps=True)):
            whole.addWidget(part)
        whole.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(2)
        self.hide()

    def ask(self, sentence: str) -> None:
        """Ask for the reason of one opening; nothing of the one before stands there."""
        self.sentence.setText(sentence)
        self.field.clear()
        self.error.hide()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        words = self.field.read()
        self.error.setText("Say in a few words why you open this record.")
        self.error.setVisible(words is None)
        if words is None:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(words)
