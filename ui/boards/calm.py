"""What a small card says when it has nothing to show: an icon and a sentence in one line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.looks import IconLabel, label, line


class Calm(QWidget):
    """Takes no more room than its words."""

    def __init__(self, icon: str = "circle-check", parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        across = line(self, gap=8)
        across.setContentsMargins(0, 4, 0, 4)
        self._icon = IconLabel(icon, "mute", 18)
        self._words = label("", "mute", wraps=True)
        across.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)

    def say(self, icon: str, sentence: str) -> None:
        """Say another sentence."""
        self._icon.show_icon(icon, "mute")
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
