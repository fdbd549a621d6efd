"""A bar that says that something is being done: still at first, and on the move when it takes long."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QWidget

# Painting it thirty times a second takes a good part of what it waits for: a start took half as long again.
STILL_MS = 1500


class BusyBar(QProgressBar):
    """An empty track for a moment; then it moves, for as long as it is shown."""

    def __init__(self, says: str = "", parent: QWidget | None = None) -> None:
        """`says` is what is being done, for a screen reader."""
        super().__init__(parent, maximum=1, textVisible=False)
        if says:
            self.setAccessibleName(says)
        self._takes_long = QTimer(self, singleShot=True, interval=STILL_MS)
        self._takes_long.timeout.connect(self._move)

    def _move(self) -> None:
        self.setMaximum(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Be still at first, each time."""
        super().showEvent(event)
        self._takes_long.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Come to rest."""
        super().hideEvent(event)
        self._takes_long.stop()
        self.setMaximum(1)
