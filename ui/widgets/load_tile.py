"""One figure of the load strip that somebody can act on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.looks import column, label, restyle


class LoadTile(QFrame):
    """A large figure, its label and the tone it has; a click, Space or Enter goes to what it counts."""

    clicked = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Show a dash until a figure is known."""
        super().__init__(parent)
        self._words = words
        self._clickable = True
        whole = column(self, gap=1)
        whole.setContentsMargins(10, 5, 14, 5)
        self._figure = label("–", "figure")
        self._label = label(words, "small")
        whole.addWidget(self._figure)
        whole.addWidget(self._label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{words}: not known yet")

    @property
    def figure(self) -> str:
        """The figure as it is shown."""
        return self._figure.text()

    def show_figure(self, figure: int | str, tone: str = "plain", detail: str = "") -> None:
        """Show a figure; tone is plain, ok, warn or bad, `detail` is the tooltip and is read aloud."""
        self._figure.setText(str(figure))
        # A plain figure is in the colour of text: only what asks for action is tinted.
        restyle(self._figure, tone="" if tone == "plain" else tone)
        self.setToolTip(detail)
        self.setAccessibleName(f"{self._words}: {figure}")
        self.setAccessibleDescription(detail)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
