"""Parts of the window between which a person draws the line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

_GAP = 10


class Splitter(QSplitter):
    """Parts side by side, or below each other; none can be drawn shut. By its name it is remembered."""

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        way: Qt.Orientation = Qt.Orientation.Horizontal,
    ) -> None:
        """Nothing in it yet."""
        super().__init__(way, parent)
        self.setObjectName(name)
        self.setHandleWidth(_GAP)
        self.setChildrenCollapsible(False)
