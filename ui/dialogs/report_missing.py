"""What is still missing before a report can be signed, beside what one types."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.widgets.looks import Card, label


class MissingCard(Card):
    """A list that scrolls by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is known yet."""
        super().__init__("Still missing", margin=12, parent=parent)
        self.words = label("", "", wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        reel = QScrollArea()
        reel.setWidgetResizable(True)
        reel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        reel.setWidget(self.words)
        self.body.addWidget(reel)

    def say(self, owed: tuple[str, ...]) -> None:
        """Say what is owed, each on a line of its own."""
        self.words.setText("\n".join(f"• {one}" for one in owed) or "Nothing: it can be signed.")
