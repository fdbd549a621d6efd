"""The strokes that cells are painted with; laid-out text and chips are kept, since boards repaint often."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF, QStaticText

from ui import theme

if TYPE_CHECKING:  # the head of the window paints too, before there are rows
    from ui.boards.cells import PillText
    from ui.presence import Here

CHIP_WIDTH, CHIP_HEIGHT = 34, 24
PILL_HEIGHT = 20
HERE_HEIGHT = 17
# What stands on the line keeps the better half of it.
_SHARE_OF_HERE = 0.45


@dataclass(frozen=True, eq=False, slots=True)
class Face:
    """A font with its measures; each is made once, so that it can be a key."""

    font: QFont
    metrics: QFontMetricsF


@cache
def face(pixels: int, weight: int = 400, *, tabular: bool = False) -> Face:
    """Inter in that size and weight."""
    font = theme.font(pixels, QFont.Weight(weight), tabular=tabular)
    return Face(font, QFontMetricsF(font))


class Laid(NamedTuple):
    """One line of text, elided and laid out once."""

    static: QStaticText
    width: float


@lru_cache(maxsize=8192)
def laid(text: str, width: int, used: Face) -> Laid:
    """The text as it fits into `width` pixels."""
    fitting = used.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    static = QStaticText(fitting)
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    return Laid(static, used.metrics.horizontalAdvance(fitting))


def write(
    painter: QPainter, left: int, middle: int, width: int, text: str, *, ink: QColor, used: Face
) -> float:
    """Write one line centred on the height `middle`; returns the width that it took."""
    if not text or width <= 0:
        return 0.0
    line = laid(text, width, used)
    painter.setFont(used.font)
    painter.setPen(ink)
    painter.drawStaticText(QPointF(left, round(middle - used.metrics.height() / 2)), line.static)
    return line.width


def pill(painter: QPainter, left: int, middle: int, width: int, words: "PillText", *, ground: str) -> float:
    """A status word on its rounded ground; returns the width that it took."""
    used = face(12, 600)
    # Where room is short the ground gives way before the word does.
    margin = 9 if used.metrics.horizontalAdvance(words.text) + 18 <= width else 5
    room = max(width - 2 * margin, 8)
    wide = laid(words.text, room, used).width + 2 * margin
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().colour(ground))
    box = QRectF(left, middle - PILL_HEIGHT / 2, wide, PILL_HEIGHT)
    painter.drawRoundedRect(box, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
    ink = theme.current().colour(words.tone)
    write(painter, left + margin, middle, room, words.text, ink=ink, used=used)
    return wide


def here(painter: QPainter, box: QRect, middle: int, who: "Here") -> int:
    """Who has the row open, at the far end of a line: as many words as leave room; gives the width taken.

    A dashed edge and muted letters say that nobody may be there any more.
    """
    used, look = face(11, 600), theme.current()
    room = box.width() * _SHARE_OF_HERE
    choices = (who.short, f"{who.letters} {who.short.rpartition(' · ')[2]}", who.letters)
    text = next((one for one in choices if used.metrics.horizontalAdvance(one) + 14 <= room), choices[-1])
    wide = round(used.metrics.horizontalAdvance(text)) + 14
    edge = QRectF(box.right() - wide + 0.5, middle - HERE_HEIGHT / 2 + 0.5, wide - 1, HERE_HEIGHT - 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = look.colour("mute" if who.is_stale else "info")
    painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine if who.is_stale else Qt.PenStyle.SolidLine))
    painter.setBrush(look.colour("card" if who.is_stale else "info_ground"))
    painter.drawRoundedRect(edge, HERE_HEIGHT / 2, HERE_HEIGHT / 2)
    write(painter, round(edge.left()) + 7, middle, wide, text, ink=ink, used=used)
    return wide


def bar(painter: QPainter, box: QRect, share: float, tone: str) -> None:
    """A thin bar of which `share`, 0 to 1, is used."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().colour("track"))
    radius = box.height() / 2
    painter.drawRoundedRect(QRectF(box), radius, radius)
    if share > 0:
        used = QRectF(box)
        used.setWidth(max(box.width() * min(share, 1.0), box.height()))
        painter.setBrush(theme.current().colour(tone))
        painter.drawRoundedRect(used, radius, radius)


def chip(priority: int | None, ratio: float) -> QPixmap:
    """The mark of a priority: colour, shape and text; None is the question mark of an untriaged one."""
    return _chip(priority, ratio, theme.current().name)


@lru_cache(maxsize=64)
def _chip(priority: int | None, ratio: float, theme_name: str) -> QPixmap:
    colours = theme.current()
    token = "untriaged" if priority is None else f"p{priority}"
    drawn = QPixmap(round(CHIP_WIDTH * ratio), round(CHIP_HEIGHT * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colours.colour(token))
    # The high-contrast theme has dark chips on black ground: they need an edge.
    edge = QPen(colours.colour("text"), 1.5) if theme_name == "contrast" else QPen(Qt.PenStyle.NoPen)
    painter.setPen(edge)
    priority_shape(painter, priority)
    text = "?" if priority is None else f"P{priority}"
    used = face(13 if priority is None else 12, 700)
    painter.setFont(used.font)
    painter.setPen(colours.colour(f"on_{token}"))
    left = (CHIP_WIDTH - used.metrics.horizontalAdvance(text)) / 2
    painter.drawText(QPointF(left, (CHIP_HEIGHT + used.metrics.capHeight()) / 2), text)
    painter.end()
    return drawn


def priority_shape(painter: QPainter, priority: int | None) -> None:
    """P1 a stop sign, P2 a hexagon lying on its side, P3 a box, P4 a capsule, untriaged a disc."""
    wide, high = CHIP_WIDTH - 1, CHIP_HEIGHT - 1
    if priority == 1:
        cut = 7.0
        corners = [(cut, 0.5), (wide - cut, 0.5), (wide, cut), (wide, high - cut), (wide - cut, high),
                   (cut, high), (0.5, high - cut), (0.5, cut)]  # fmt: skip
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    elif priority == 2:
        corners = [(7, 0.5), (wide - 7, 0.5), (wide, high / 2), (wide - 7, high), (7, high), (0.5, high / 2)]
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    elif priority == 3:
        painter.drawRoundedRect(QRectF(1, 0.5, wide - 1, high), 4, 4)
    elif priority == 4:
        painter.drawRoundedRect(QRectF(1, 1.5, wide - 1, high - 2), 11, 11)
    else:
        painter.drawEllipse(QRectF((CHIP_WIDTH - high) / 2, 0.5, high, high))


def unread_mark(painter: QPainter, left: int, top: int, *, is_new: bool) -> None:
    """The mark of a row that its reader has not seen as it is: full for a new one, a ring for a changed."""
    ink = theme.current().colour("brand")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 2))
    painter.setBrush(ink if is_new else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(left, top, 7, 7))
    painter.restore()


def blend(ground: QColor, over: QColor, share: float) -> QColor:
    """`over` laid on `ground` with `share` from 0 to 1."""
    keep = 1 - share
    return QColor(
        round(ground.red() * keep + over.red() * share),
        round(ground.green() * keep + over.green() * share),
        round(ground.blue() * keep + over.blue() * share),
    )
