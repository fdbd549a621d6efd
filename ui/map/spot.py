"""A ring around a place that somebody looked for; nothing of the service stands there."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from ui import theme

_REACH = 17.0
_ABOVE_GROUND = 1.5  # over names, below marks: who is there must never be covered


class Spot(QGraphicsItem):
    """Two rings of one ink on a light edge: seen on land and sea, and in every theme."""

    def __init__(self, scene: QGraphicsScene) -> None:
        """Not shown."""
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setZValue(_ABOVE_GROUND)
        self.hide()
        scene.addItem(self)

    def show_at(self, x: float, y: float) -> None:
        """Stand around this point of the scene."""
        self.setPos(x, y)
        self.show()

    def boundingRect(self) -> QRectF:
        reach = _REACH + 4
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, wide in (("card", 6.0), ("brand", 3.0)):
            painter.setPen(QPen(look.colour(ink), wide))
            painter.drawEllipse(QRectF(-_REACH, -_REACH, 2 * _REACH, 2 * _REACH))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("brand"))
        painter.drawEllipse(QRectF(-3, -3, 6, 6))
