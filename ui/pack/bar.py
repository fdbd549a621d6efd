"""The line above every workspace while there is no downtime pack to rely on: why, and since when."""

from PySide6.QtWidgets import QFrame, QWidget

from ui.pack.keeper import PackKeeper
from ui.session import Session
from ui.widgets.looks import IconLabel, label, line
from ui.widgets.messages import announce


class PackBar(QFrame):
    """Comes when a pack could not be written, and goes by itself with the next one that is."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Hidden while packs are written."""
        super().__init__(parent)
        self.setObjectName("Warning")
        self.setProperty("tone", "warn")
        whole = line(self, gap=10)
        whole.setContentsMargins(12, 6, 12, 6)
        self.sentence = label("", wraps=True)
        whole.addWidget(IconLabel("file-text", "warn", 18))
        whole.addWidget(self.sentence, 1)
        self.hide()
        self.keeper = PackKeeper(session)
        self.keeper.failed.connect(self._say)
        self.keeper.written.connect(self.hide)

    def _say(self, sentence: str) -> None:
        if self.isHidden() or sentence != self.sentence.text():
            self.sentence.setText(sentence)
            self.setAccessibleName(sentence)
            self.show()
            announce(self, sentence, urgent=True)
