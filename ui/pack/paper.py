"""Sheets of A4 in black and white: text, lines and boxes in millimetres, with a head and a foot on each."""

from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
)

from ui.theme.theme import font

PER_MM = 10.0
WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 12.0, 198.0, 24.0, 280.0
ACROSS = RIGHT - LEFT
_STEP, _BOLD = 1.28, QFont.Weight.DemiBold
# A digit or sign in another shape of the same letter cannot be found, copied or read aloud in a PDF.
_NOT_FOUND = (QFont.Tag("calt"), QFont.Tag("liga"), QFont.Tag("tnum"))
_GREY, _LIGHT = QColor("#555555"), QColor("#e9e9e9")


@dataclass(frozen=True, slots=True)
class Edges:
    """What stands on every page."""

    title: str
    as_of: str
    foot: str
    band: str = ""


class Sheets:
    """Draws page after page; `total` is how many there will be, 0 while they are only counted."""

    def __init__(self, device: QPagedPaintDevice, edges: Edges, total: int = 0) -> None:
        """Begin; the first page comes with `page`."""
        device.setPageLayout(page_layout())
        self._device, self._edges, self._total = device, edges, total
        self.painter = QPainter(device)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.scale(device.logicalDpiX() / 254, device.logicalDpiY() / 254)
        self.number = 0
        self.y = TOP
        self._heading = ""
        self._faces: dict[tuple[float, bool], tuple[QFont, QFontMetricsF]] = {}

    def end(self) -> int:
        """Finish and give how many pages there are."""
        self.painter.end()
        return self.number

    def page(self, heading: str, words: str = "") -> None:
        """Begin a new page under a heading."""
        if self.number:
            self._device.newPage()
        self.number += 1
        self._heading = heading
        self._draw_edges()
        self.text(LEFT, TOP, ACROSS, heading, 6.0, bold=True)
        self.y = TOP + 9
        if words:
            used = self.text(LEFT, self.y, ACROSS, words, 3.4, lines=3, grey=True)
            self.y += used + 1.5

    def need(self, height: float) -> bool:
        """Go to a further page of the same heading when there is no room; whether that was so."""
        if self.y + height <= BOTTOM:
            return False
        self.page(self._heading.removesuffix(" (continued)") + " (continued)")
        return True

    def _draw_edges(self) -> None:
        edges = self._edges
        self.text(LEFT, 8, 96, edges.title, 3.4, bold=True)
        self.text(LEFT + 70, 7, ACROSS - 70, edges.as_of, 4.4, bold=True, right=True)
        if edges.band:
            self.fill(LEFT, 13.2, ACROSS, 5, black=True)
            self.text(LEFT, 13.8, ACROSS, edges.band, 3.4, bold=True, centre=True, white=True)
        self.line(LEFT, 20, RIGHT, 20, 0.5)
        self.line(LEFT, 284, RIGHT, 284, 0.3)
        self.text(LEFT, 285.5, ACROSS - 30, edges.foot, 3.0, lines=2, grey=True)
        self.text(RIGHT - 30, 285.5, 30, f"Page {self.number} of {self._total}", 3.6, bold=True, right=True)

    def text(
        self,
        x: float,
        y: float,
        width: float,
        words: str,
        size: float = 3.4,
        *,
        bold: bool = False,
        grey: bool = False,
        white: bool = False,
        right: bool = False,
        centre: bool = False,
        lines: int = 1,
    ) -> float:
        """Write words at their upper left corner, cut to the width and lines; gives the height used in mm."""
        face, metrics = self._face(size, bold=bold)
        step = size * _STEP
        shown = wrapped(words, metrics, width * PER_MM, lines)
        if self._total:  # while pages are counted, nobody sees the words
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            side = Qt.AlignmentFlag.AlignHCenter if centre else side
            self.painter.setFont(face)
            self.painter.setPen(QColor("white") if white else _GREY if grey else QColor("black"))
            for place, one in enumerate(shown):
                box = QRectF(x * PER_MM, (y + place * step) * PER_MM, width * PER_MM, metrics.height())
                self.painter.drawText(box, side | Qt.AlignmentFlag.AlignTop, one)
        return step * len(shown)

    def _face(self, size: float, *, bold: bool) -> tuple[QFont, QFontMetricsF]:
        """Kept for one pack only: a font belongs to the thread that draws."""
        key = (size, bold)
        if key not in self._faces:
            made = font(round(size * PER_MM), _BOLD if bold else QFont.Weight.Normal)
            for feature in _NOT_FOUND:
                made.setFeature(feature, 0)
            self._faces[key] = made, QFontMetricsF(made)
        return self._faces[key]

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        """How wide words would be in one line, in mm."""
        return self._face(size, bold=bold)[1].horizontalAdvance(words) / PER_MM

    def height(self, words: str, width: float, size: float, *, lines: int = 1) -> float:
        """How high words would stand, in mm."""
        _, metrics = self._face(size, bold=False)
        return size * _STEP * max(1, len(wrapped(words, metrics, width * PER_MM, lines)))

    def line(self, x1: float, y1: float, x2: float, y2: float, thick: float = 0.25) -> None:
        """Draw a line."""
        self.painter.setPen(QPen(QColor("black"), thick * PER_MM))
        self.painter.drawLine(round(x1 * PER_MM), round(y1 * PER_MM), round(x2 * PER_MM), round(y2 * PER_MM))

    def box(self, x: float, y: float, width: float, height: float, thick: float = 0.25) -> None:
        """Draw a box to write in."""
        self.painter.setPen(QPen(QColor("black"), thick * PER_MM))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRect(QRectF(x * PER_MM, y * PER_MM, width * PER_MM, height * PER_MM))

    def cap(self, right: float, y: float, words: str, size: float) -> float:
        """Draw a key with what stands on it, up to its right edge; gives how wide it is."""
        wide = self.width(words, size, bold=True) + size * 0.9
        box = QRectF((right - wide) * PER_MM, y * PER_MM, wide * PER_MM, size * 1.5 * PER_MM)
        self.painter.setPen(QPen(_GREY, 0.2 * PER_MM))
        self.painter.setBrush(QColor("white"))
        self.painter.drawRoundedRect(box, 0.7 * PER_MM, 0.7 * PER_MM)
        self.text(right - wide, y + size * 0.11, wide, words, size, bold=True, centre=True)
        return wide

    def fill(self, x: float, y: float, width: float, height: float, *, black: bool = False) -> None:
        """Fill a box with black, or with a grey that a copier keeps light."""
        rect = QRectF(x * PER_MM, y * PER_MM, width * PER_MM, height * PER_MM)
        self.painter.fillRect(rect, QColor("black") if black else _LIGHT)

    def asked(self, x: float, y: float, width: float, height: float, words: str, hint: str = "") -> None:
        """Draw a box to be filled in by hand, with what belongs there small in its corner."""
        self.box(x, y, width, height)
        self.text(x + 0.8, y + 0.5, width - 1.6, words, 2.6, grey=True)
        if hint:
            self.text(x + 0.8, y + height - 4.2, width - 1.6, hint, 2.6, grey=True, right=True)


def page_layout() -> QPageLayout:
    """A4 upright; the margins are ours."""
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        QMarginsF(0, 0, 0, 0),
        QPageLayout.Unit.Millimeter,
    )


def wrapped(words: str, metrics: QFontMetricsF, width: float, lines: int) -> list[str]:
    """Break words into at most so many lines; the last one says by an ellipsis that there was more."""
    left = words.split()
    shown: list[str] = []
    while left and len(shown) < lines - 1:
        taken = 1
        while taken < len(left) and metrics.horizontalAdvance(" ".join(left[: taken + 1])) <= width:
            taken += 1
        shown.append(metrics.elidedText(" ".join(left[:taken]), Qt.TextElideMode.ElideRight, width))
        left = left[taken:]
    if left:
        shown.append(metrics.elidedText(" ".join(left), Qt.TextElideMode.ElideRight, width))
    return shown
