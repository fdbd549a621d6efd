"""The pictures that the map is put together from: marks, words and shields, each drawn once for a theme.

They are pixmaps, so that the scene paints a moving marker without asking Python.
"""

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from ui import theme
from ui.boards.painting import CHIP_HEIGHT, CHIP_WIDTH, face, priority_shape
from ui.map.marks import Mark, Shape

SYMBOL = 28  # with the room for its edge
_CHIP_SHARE, _TAIL = 0.82, 7
_HALO = 3.0
HUB_HEIGHT = 26
_CORNERS: dict[Shape, list[tuple[float, float]]] = {
    Shape.DIAMOND: [(0, -12), (12, 0), (0, 12), (-12, 0)],
    Shape.TRIANGLE: [(0, -12), (12, 9.5), (-12, 9.5)],
    Shape.HOUSE: [(0, -11.5), (10.5, -2.5), (10.5, 10), (-10.5, 10), (-10.5, -2.5)],
}


def _blank(width: float, height: float, ratio: float) -> tuple[QPixmap, QPainter]:
    made = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return made, painter


def picture(mark: Mark, ratio: float) -> QPixmap:
    """The picture of a mark, without its words."""
    now = theme.current().name
    if mark.shape is Shape.HUB:
        return _hub(mark.label, mark.letter, mark.tone, ratio, now)
    if mark.shape is Shape.CHIP:
        return _chip(mark.letter, mark.tone, mark.is_faded, mark.is_late, ratio, now)
    return _symbol(mark.shape, mark.tone, mark.letter, mark.is_faded, ratio, now)


def symbol(shape: Shape, tone: str, letter: str, ratio: float) -> QPixmap:
    """The picture of a practitioner whose position is young, for the key to the marks."""
    return _symbol(shape, tone, letter, False, ratio, theme.current().name)


def anchor(mark: Mark, drawn: QPixmap) -> tuple[float, float]:
    """Where in its picture the place is that the mark stands for."""
    size = drawn.deviceIndependentSize()
    if mark.shape in (Shape.CHIP, Shape.HUB):
        return size.width() / 2, size.height()
    return size.width() / 2, size.height() / 2


@lru_cache(maxsize=512)
def _symbol(shape: Shape, tone: str, letter: str, is_faded: bool, ratio: float, _: str) -> QPixmap:
    """A practitioner: filled while the position is young; hollow and dashed when it says nothing any more."""
    colours = theme.current()
    drawn, painter = _blank(SYMBOL, SYMBOL, ratio)
    ink, ground = colours.colour(tone), colours.colour("card")
    outline = _outline(shape)
    painter.setPen(
        QPen(_edge(), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.drawPath(outline)
    pen = QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    if is_faded:
        pen.setDashPattern([1.6, 1.2])
    painter.setPen(pen)
    is_hollow = is_faded or shape is Shape.RING
    painter.setBrush(ground if is_hollow else ink)
    painter.drawPath(outline)
    used = face(12, 700)
    painter.setFont(used.font)
    painter.setPen(ink if is_hollow else ground)
    middle = SYMBOL / 2 + (2.5 if shape in (Shape.TRIANGLE, Shape.HOUSE) else 0)
    left = (SYMBOL - used.metrics.horizontalAdvance(letter)) / 2
    painter.drawText(QPointF(left, middle + used.metrics.capHeight() / 2), letter)
    painter.end()
    return drawn


def _edge() -> QColor:
    """What sets a mark off from the ground: white on light, black on dark."""
    return theme.current().colour("card")


def _outline(shape: Shape) -> QPainterPath:
    middle, path = SYMBOL / 2, QPainterPath()
    if shape in (Shape.DISC, Shape.RING):
        path.addEllipse(QPointF(middle, middle), 10.5, 10.5)
    elif shape is Shape.SQUARE:
        path.addRoundedRect(QRectF(middle - 9.5, middle - 9.5, 19, 19), 2, 2)
    else:
        corners = _CORNERS[shape]
        path.addPolygon(QPolygonF([QPointF(middle + x, middle + y) for x, y in corners]))
        path.closeSubpath()
    return path


@lru_cache(maxsize=256)
def _chip(letter: str, tone: str, is_faded: bool, is_late: bool, ratio: float, name: str) -> QPixmap:
    """A patient: the board's chip over a tip on the place; hollow once somebody has them in hand."""
    colours = theme.current()
    wide, high = CHIP_WIDTH * _CHIP_SHARE, CHIP_HEIGHT * _CHIP_SHARE
    around = 4.0
    drawn, painter = _blank(wide + 2 * around, high + _TAIL + around, ratio)
    ground, ink = colours.colour(tone), colours.colour(f"on_{tone}")
    tip = QPolygonF(
        [
            QPointF(around + wide / 2 - 5, around + high - 3),
            QPointF(around + wide / 2 + 5, around + high - 3),
            QPointF(around + wide / 2, around + high + _TAIL),
        ]
    )
    rim = colours.colour("bad") if is_late else _edge()
    priority = int(letter[1]) if letter[:1] == "P" else None
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawPolygon(tip)
    painter.translate(around, around)
    painter.scale(_CHIP_SHARE, _CHIP_SHARE)
    inner = QPen(_edge(), 3.5) if is_late else QPen(Qt.PenStyle.NoPen)
    strokes: list[tuple[QPen, QColor]] = [(QPen(rim, 7 if is_late else 4.5), rim), (inner, ground)]
    for pen, brush in strokes:
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(brush)
        priority_shape(painter, priority)
    if is_faded or name == "contrast":
        painter.setPen(QPen(colours.colour("text") if name == "contrast" else ground, 2.5))
        painter.setBrush(colours.colour("card") if is_faded else ground)
        priority_shape(painter, priority)
        ink = colours.colour("text") if is_faded else ink
    used = face(14, 700)
    painter.setFont(used.font)
    painter.setPen(ink)
    left = (CHIP_WIDTH - used.metrics.horizontalAdvance(letter)) / 2
    painter.drawText(QPointF(left, (CHIP_HEIGHT + used.metrics.capHeight()) / 2), letter)
    painter.end()
    return drawn


@lru_cache(maxsize=64)
def _hub(label: str, count: str, tone: str, ratio: float, name: str) -> QPixmap:
    """A hub: how many wait, and its name, over a tip that stands on the place."""
    colours = theme.current()
    bold, figures = face(12, 700), face(12, 700, tabular=True)
    box = max(figures.metrics.horizontalAdvance(count) + 10, 20)
    wide = box + bold.metrics.horizontalAdvance(label) + 20
    drawn, painter = _blank(wide + 4, HUB_HEIGHT + _TAIL + 2, ratio)
    ground = colours.colour("head")
    rim = colours.colour("text") if name != "light" else colours.colour("card")
    path = QPainterPath()
    path.addRoundedRect(QRectF(2, 2, wide, HUB_HEIGHT - 2), 6, 6)
    tip = QPainterPath()
    middle = 2 + wide / 2
    tip.addPolygon(
        QPolygonF(
            [
                QPointF(middle - 6, HUB_HEIGHT - 2),
                QPointF(middle + 6, HUB_HEIGHT - 2),
                QPointF(middle, HUB_HEIGHT + _TAIL),
            ]
        )
    )
    painter.setPen(QPen(rim, 1.5))
    painter.setBrush(ground)
    painter.drawPath(path.united(tip))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.colour("bad" if tone == "bad" else "on_head"))
    painter.drawRoundedRect(QRectF(6, 6, box, HUB_HEIGHT - 10), 4, 4)
    line = 2 + (HUB_HEIGHT - 2) / 2 + bold.metrics.capHeight() / 2
    painter.setFont(figures.font)
    painter.setPen(colours.colour("card") if tone == "bad" else ground)
    painter.drawText(QPointF(6 + (box - figures.metrics.horizontalAdvance(count)) / 2, line), count)
    painter.setFont(bold.font)
    painter.setPen(colours.colour("on_head"))
    painter.drawText(QPointF(box + 12, line), label)
    painter.end()
    return drawn


@lru_cache(maxsize=8192)
def words_size(text: str, pixels: int, weight: int) -> tuple[float, float]:
    """How much room words take; they are drawn only where they find it."""
    metrics = face(pixels, weight).metrics
    return metrics.horizontalAdvance(text) + 2 * _HALO, metrics.height() + 2


@lru_cache(maxsize=2048)
def words(text: str, pixels: int, weight: int, ink: str, ratio: float, _: str) -> QPixmap:
    """Words with a rim in the colour of the land, so that they can be read on anything."""
    used = face(pixels, weight)
    drawn, painter = _blank(*words_size(text, pixels, weight), ratio)
    path = QPainterPath()
    path.addText(QPointF(_HALO, 1 + used.metrics.ascent()), used.font, text)
    rim = QColor(theme.current().colour("land"))
    rim.setAlphaF(0.9)
    painter.strokePath(
        path, QPen(rim, _HALO, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setFont(used.font)
    painter.setPen(theme.current().colour(ink))
    painter.drawText(QPointF(_HALO, 1 + used.metrics.ascent()), text)
    painter.end()
    return drawn


@lru_cache(maxsize=256)
def shield(ref: str, is_motorway: bool, ratio: float, _: str) -> QPixmap:
    """The number of a road as it stands on its signs."""
    colours, used = theme.current(), face(10, 700)
    wide = used.metrics.horizontalAdvance(ref) + 9
    drawn, painter = _blank(wide, 16, ratio)
    painter.setPen(QPen(colours.colour("on_p3" if is_motorway else "edge"), 1))
    painter.setBrush(colours.colour("p3" if is_motorway else "card"))
    painter.drawRoundedRect(QRectF(0.5, 0.5, wide - 1, 15), 3, 3)
    painter.setFont(used.font)
    painter.setPen(colours.colour("on_p3" if is_motorway else "text"))
    painter.drawText(QPointF(4.5, 8 + used.metrics.capHeight() / 2), ref)
    painter.end()
    return drawn
