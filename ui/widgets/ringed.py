"""A button whose ring is seen also on a strong ground, from which a ring around it would not stand out."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from ui import theme

_INSET, _ROUND = 4, 4


class RingedButton(QPushButton):
    """Draws a second ring inside its edge, in the colour of its words, while it has the keyboard."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        ink = self._ink()
        if ink and self.hasFocus():
            box = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
            rounded = box.height() / 2 if self.property("look") == "chip" else _ROUND
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.current().colour(ink), 1.5))
            painter.drawRoundedRect(box, rounded, rounded)
            painter.end()

    def _ink(self) -> str:
        """The colour of the words where the ground is a strong one, else nothing."""
        look = self.property("look")
        if look == "primary" and self.isEnabled():
            return "on_primary"
        return "on_brand" if look == "chip" and self.isChecked() else ""
