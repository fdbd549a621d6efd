"""The strokes of the wallboard, on a sheet that is 1080 high whatever the screen is."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from ui import theme
from ui.boards import painting
from ui.boards.painting import face

LEAST = 32
"""The smallest words: on a screen of 32 inches 8.6 mm high, which is read from three metres."""


class Ink:
    """A painter with the few strokes that there are; figures are pixels of the sheet."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter

    def write(
        self, at: tuple[float, float], width: float, text: str, size: int = LEAST, *,
        weight: int = 500, ink: str = "text", right: bool = False, tabular: bool = False,
    ) -> float:  # fmt: skip
        """Write one line around the middle height; gives the width that it took."""
        if width <= 0 or not text:
            return 0.0
        used = face(max(size, LEAST), weight, tabular=tabular)
        fitting = used.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        taken = used.metrics.horizontalAdvance(fitting)
        x, middle = at
        self._painter.setFont(used.font)
        self._painter.setPen(theme.current().colour(ink))
        baseline = middle + used.metrics.capHeight() / 2
        self._painter.drawText(QPointF(x + width - taken if right else x, baseline), fitting)
        return taken

    def width_of(self, text: str, size: int, weight: int = 500, *, tabular: bool = False) -> float:
        """How wide a line would be."""
        return face(max(size, LEAST), weight, tabular=tabular).metrics.horizontalAdvance(text)

    def box(self, rect: QRectF, ground: str, edge: str = "", bar: str = "") -> None:
        """A card; `bar` is the colour along its left edge."""
        look, painter = theme.current(), self._painter
        painter.setPen(QPen(look.colour(edge), 2) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(rect, 16, 16)
        if bar:
            painter.save()
            path = QPainterPath()
            path.addRoundedRect(rect, 16, 16)
            painter.setClipPath(path)
            painter.fillRect(QRectF(rect.left(), rect.top(), 10, rect.height()), look.colour(bar))
            painter.restore()

    def pill(self, right: float, middle: float, words: str, tone: str, ground: str = "") -> float:
        """A word on its ground that ends at `right`; gives where it begins."""
        wide = self.width_of(words, LEAST, 600) + 36
        painter, look = self._painter, theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ground or f"{tone}_ground"))
        painter.drawRoundedRect(QRectF(right - wide, middle - 26, wide, 52), 26, 26)
        self.write((right - wide + 18, middle), wide - 36, words, weight=600, ink=tone)
        return right - wide

    def chip(self, left: float, middle: float, priority: int | None) -> None:
        """The mark of a priority, as the boards have it, twice as large."""
        drawn = painting.chip(priority, 2 * self._painter.device().devicePixelRatioF() * 2)
        high = 2 * painting.CHIP_HEIGHT
        self._painter.drawPixmap(
            QRectF(left, middle - high / 2, 2 * painting.CHIP_WIDTH, high), drawn, QRectF(drawn.rect())
        )

    def dot(self, left: float, middle: float, tone: str) -> None:
        """Full while all is well, a ring while not: the difference is not in the colour alone."""
        painter, colour = self._painter, theme.current().colour(tone)
        painter.setPen(QPen(colour, 6))
        painter.setBrush(colour if tone == "ok" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(left, middle - 12, 24, 24))
