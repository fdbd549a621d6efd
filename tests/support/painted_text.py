"""Reads back what a window paints: each text with its place, its colour and the colour that it stands on.

Each widget is painted by itself into SVG, in the order in which the screen paints them. So words are found
that no label holds, as in the cells of a table; what is scrolled away or lies under something else is left
out.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QPoint, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QRegion, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit, QScrollArea, QWidget

from ui.map.view import MapView
from ui.theme.tokens import contrast

_TAG = re.compile(r"<(g|text|rect|path|circle|ellipse)\b([^>]*)>(?:([^<]*)</text>)?")
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&apos;": "'", "&amp;": "&"}
# Of the height of a line, letters take so much above and below the line that they stand on.
_RISE, _FALL = 0.72, 0.2
_NEAR = 40
_HIDES, _DIMS = 0.8, 0.2


@dataclass
class Painted:
    """One run of text as it is seen, in the coordinates of the window."""

    words: str
    box: QRectF  # the letters, not the line
    seen: QRectF  # the part of the window in which its widget may paint
    ink: QColor
    owner: QWidget
    is_scrolled: bool  # its widget scrolls, or lies in something that does
    is_dimmed: bool = False  # something that waits for an answer lies over it


@dataclass
class _Ground:
    """A shape that hides or dims what was painted before it."""

    box: QRectF
    fill: QColor


def painted(top: QWidget) -> list[Painted]:
    """Every text that is to be seen below this widget."""
    found: list[Painted | _Ground] = []
    for widget in _in_order(top):
        found += _of_one(widget, top)
    texts: list[Painted] = []
    hiding: list[QRectF] = []
    dimming: list[QRectF] = []
    for one in reversed(found):  # what is painted last lies over the rest
        if isinstance(one, _Ground):
            (hiding if one.fill.alphaF() > _HIDES else dimming).append(one.box)
            continue
        middle = one.box.center()
        if not any(box.contains(middle) for box in hiding):
            one.is_dimmed = any(box.contains(middle) for box in dimming)
            texts.append(one)
    return texts[::-1]


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    """This widget and those in it, each before what lies over it."""
    if not widget.isVisible() or widget.visibleRegion().isEmpty():
        return
    yield widget
    # The marks of the map are pictures; tests/ui/map looks at its words and their places.
    if isinstance(widget, MapView):
        return
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield from _in_order(child)


def _of_one(widget: QWidget, top: QWidget) -> Iterator[Painted | _Ground]:
    at = widget.mapTo(top, QPoint(0, 0)) if widget is not top else QPoint(0, 0)
    seen = QRectF(widget.visibleRegion().boundingRect().translated(at))
    is_scrolled = _scrolls(widget, top)
    read = list(_read(_svg(widget), at))
    if isinstance(widget, QLineEdit):  # paints what is chosen once more, over itself
        words = [one for one in read if not isinstance(one, _Ground)]
        read = [one for one in read if one not in words[1:]]
    for one in read:
        if isinstance(one, _Ground):
            one.box &= seen
            if not one.box.isEmpty():
                yield one
        elif one[1].intersects(seen):
            yield Painted(one[0], one[1], seen, one[2], widget, is_scrolled)


def _scrolls(widget: QWidget, top: QWidget) -> bool:
    around: QWidget | None = widget
    while around is not None:
        if isinstance(around, QScrollArea) or isinstance(around.parentWidget(), QAbstractScrollArea):
            return True
        if around is top:
            return False
        around = around.parentWidget()
    return False


def _svg(widget: QWidget) -> str:
    buffer, generator = QBuffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(max(widget.width(), 1), max(widget.height(), 1)))
    generator.setResolution(96)
    painter = QPainter(generator)
    flags = QWidget.RenderFlag.DrawWindowBackground if widget.isWindow() else QWidget.RenderFlag(0)
    QWidget.render(widget, painter, QPoint(0, 0), QRegion(), flags)  # a map has another of that name
    painter.end()
    return bytes(buffer.data().data()).decode()


def _read(svg: str, at: QPoint) -> Iterator[tuple[str, QRectF, QColor] | _Ground]:
    """Texts and filled shapes of one widget, moved to where it stands."""
    state: dict[str, str] = {}
    for tag, said, words in _TAG.findall(svg):
        if tag == "g":
            state |= dict(_ATTRIBUTE.findall(said))
            continue
        own = state | dict(_ATTRIBUTE.findall(said))
        move = _transform(own.get("transform", "")) * QTransform.fromTranslate(at.x(), at.y())
        fill = _colour(own)
        if tag == "text":
            text = _plain(words).strip()
            if text and fill is not None:
                yield text, move.mapRect(_letters(text, own)), fill
        elif fill is not None:
            box = _shape(tag, own)
            if box is not None and fill.alphaF() > _DIMS:
                yield _Ground(move.mapRect(box), fill)


def _transform(said: str) -> QTransform:
    numbers = [float(one) for one in _NUMBER.findall(said)]
    return QTransform(*numbers) if len(numbers) == 6 else QTransform()


def _colour(own: dict[str, str]) -> QColor | None:
    fill = own.get("fill", "none")
    if not fill.startswith("#"):
        return None
    colour = QColor(fill)
    colour.setAlphaF(float(own.get("fill-opacity", "1")))
    return colour


def _plain(words: str) -> str:
    for entity, letter in _ENTITIES.items():
        words = words.replace(entity, letter)
    return words


def _letters(text: str, own: dict[str, str]) -> QRectF:
    font = QFont(own.get("font-family", "Inter").strip("'"))
    pixels = float(_NUMBER.findall(own.get("font-size", "13"))[0])
    font.setPixelSize(max(round(pixels), 1))
    font.setWeight(QFont.Weight(int(own.get("font-weight", "400"))))
    wide = QFontMetricsF(font).horizontalAdvance(text)
    return QRectF(
        float(own.get("x", "0")),
        float(own.get("y", "0")) - pixels * _RISE,
        wide,
        pixels * (_RISE + _FALL),
    )


def _shape(tag: str, own: dict[str, str]) -> QRectF | None:
    if tag == "rect":
        return QRectF(*(float(own.get(name, "0")) for name in ("x", "y", "width", "height")))
    if tag == "path":
        numbers = [float(one) for one in _NUMBER.findall(own.get("d", ""))]
        across, down = numbers[::2], numbers[1::2]
        if across and down:
            return QRectF(min(across), min(down), max(across) - min(across), max(down) - min(down))
    return None


def contrast_of(text: Painted, picture: QImage) -> float:
    """How much a text stands out from the commonest other colour around its letters."""
    ground = _ground(text, picture)
    if ground is None:
        return 21.0
    alpha = text.ink.alphaF()
    mixed = [round(one * alpha + other * (1 - alpha)) for one, other in _channels(text.ink, ground)]
    return contrast(QColor(*mixed).name(), ground.name())


def _channels(one: QColor, other: QColor) -> tuple[tuple[int, int], ...]:
    return (one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue())


def _ground(text: Painted, picture: QImage) -> QColor | None:
    ratio = picture.devicePixelRatio()
    box = text.box & text.seen
    left, top = max(round(box.left() * ratio) - 1, 0), max(round(box.top() * ratio) - 1, 0)
    right = min(round(box.right() * ratio) + 1, picture.width())
    bottom = min(round(box.bottom() * ratio) + 1, picture.height())
    dots = memoryview(picture.constBits()).cast("I")
    wide = picture.bytesPerLine() // 4
    counted: Counter[int] = Counter()
    for y in range(top, bottom):
        counted.update(dots[y * wide + left : y * wide + right])
    for dot, _ in counted.most_common(3):
        ground = QColor(dot & 0xFFFFFF)
        if sum(abs(a - b) for a, b in _channels(ground, text.ink)) > _NEAR:
            return ground
    return None
