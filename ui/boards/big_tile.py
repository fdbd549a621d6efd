"""A figure that can be read across a room, with what it counts and where it leads."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from ui import theme
from ui.boards import painting
from ui.boards.painting import Face, face
from ui.widgets.press_area import PressArea

_NARROW = 124
_GROUNDS = frozenset({"bad", "warn", "ok", "info"})


class BigTile(PressArea):
    """Grows with its room; a press goes to what it counts."""

    def __init__(self, words: str, leads_to: str = "", *, is_flat: bool = False) -> None:
        """`leads_to` says what a press does; a flat tile has no edge of its own."""
        super().__init__()
        self._words, self._leads_to, self._is_flat = words, leads_to, is_flat
        self.figure, self.tone = "–", "plain"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(f"{words}: not known yet")
        self.setAccessibleDescription(leads_to)
        self.setToolTip(leads_to)

    def show_figure(self, figure: int | str, tone: str = "plain") -> None:
        """Show a figure; bad and warn lie on their ground, so that they are seen from afar."""
        if (str(figure), tone) == (self.figure, self.tone):
            return
        self.figure, self.tone = str(figure), tone
        self.setAccessibleName(f"{self._words}: {figure}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 68 if self._is_flat else 92)

    def minimumSizeHint(self) -> QSize:
        return QSize(84, 60 if self._is_flat else 84)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        small = 13 if self.height() < 110 else 16
        left, wide = (8, self.width() - 12) if self._is_flat else (16, self.width() - 26)
        if not self._is_flat and self.width() < _NARROW:
            left, wide = 12, self.width() - 16
        ink = look.colour(self.tone if self.tone in _GROUNDS else "text")
        used = face(small, 600)
        lines = _lines(self._words, wide, used)
        below = (small + 2) * len(lines)
        pixels = max(20, min(64, round(self.height() * 0.4), self.height() - below - 12))
        top = round((self.height() - pixels - below - 8) / 2)
        fitting = _fitting(self.figure, pixels, wide)
        painting.write(painter, left, top + pixels // 2, wide, self.figure, ink=ink, used=fitting)
        words = look.colour("text" if self.tone in _GROUNDS else "mute")
        middle = top + pixels + 8 + small // 2
        for number, words_ in enumerate(lines):
            at = middle + number * (small + 2)
            painting.write(painter, left, at, wide, words_, ink=words, used=used)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        look, tinted = theme.current(), self.tone in _GROUNDS
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = look.colour(f"{self.tone}_ground") if tinted else look.colour("card")
        edge = look.colour(self.tone if tinted else "line")
        outline = ground if tinted and look.name != "contrast" else edge
        painter.setBrush(ground)
        painter.setPen(Qt.PenStyle.NoPen if self._is_flat else QPen(outline, 1))
        if not self._is_flat or tinted:
            painter.drawRoundedRect(box, 10, 10)
        if tinted and not self._is_flat:
            # A bar along the left edge, as warnings have everywhere, rounded like the tile.
            painter.save()
            painter.setClipRect(QRectF(0, 0, 5, self.height()))
            painter.setBrush(edge)
            painter.drawRoundedRect(box, 10, 10)
            painter.restore()
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(QRect(1, 1, self.width() - 2, self.height() - 2), 10, 10)


def _lines(words: str, wide: int, used: Face) -> tuple[str, ...]:
    """On one line if it fits, else on two: the last word goes down."""
    before, _, last = words.rpartition(" ")
    is_wide = used.metrics.horizontalAdvance(words) > wide
    return (before, last) if is_wide and before else (words,)


def _fitting(figure: str, pixels: int, wide: int) -> Face:
    """The largest face up to that size in which the figure has room."""
    used = face(pixels, 700, tabular=True)
    while pixels > 18 and used.metrics.horizontalAdvance(figure) > wide:
        pixels -= 2
        used = face(pixels, 700, tabular=True)
    return used
