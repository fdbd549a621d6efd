"""Paints one line of the command bar: a heading, or a hit with what matters about it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme
from ui.actions import key_text
from ui.bar.hits import Group, Hit
from ui.boards import painting
from ui.boards.cells import Due, PillText
from ui.boards.countdown import Countdown
from ui.boards.delegates import due_tone
from ui.boards.painting import Face, face
from ui.time_text import countdown as counted

if TYPE_CHECKING:
    from ui.bar.hit_list import HitModel, Index

HIT_HEIGHT, HEAD_HEIGHT = 46, 30
_PAD, _ICON = 14, 34
_UPPER, _LOWER = 15, 32
_PILL_AT_MOST = 150


class HitPainter(QStyledItemDelegate):
    """Reads the line itself and paints it."""

    def __init__(
        self,
        model: "HitModel",
        countdown: Countdown,
        typed: Callable[[], Sequence[str]],
        heading: Callable[[Group], str],
        parent: QWidget,
    ) -> None:
        """`typed` gives the words that are marked where they stand in a title."""
        super().__init__(parent)
        self._model, self._countdown, self._typed, self._heading = model, countdown, typed, heading

    def sizeHint(self, option: QStyleOptionViewItem, index: "Index") -> QSize:
        """A hit takes a row, a heading less."""
        is_head = self._model.hit(index.row()) is None
        return QSize(100, HEAD_HEIGHT if is_head else HIT_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: "Index") -> None:
        """One line."""
        box: QRect = option.rect
        line = self._model.lines[index.row()]
        painter.save()
        if isinstance(line, Group):
            self._head(painter, box, line)
        else:
            state: QStyle.StateFlag = option.state
            self._hit(painter, box, line, is_chosen=bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _head(self, painter: QPainter, box: QRect, group: Group) -> None:
        look = theme.current()
        name, _, more = self._heading(group).partition(" · ")
        middle = box.bottom() - 11
        used = painting.write(
            painter, box.left() + _PAD, middle, box.width() - 2 * _PAD, name.upper(),
            ink=look.colour("mute"), used=face(11, 600),
        )  # fmt: skip
        left = box.left() + _PAD + round(used) + 8
        painting.write(
            painter, left, middle, box.right() - _PAD - left, more, ink=look.colour("mute"), used=face(11)
        )

    def _hit(self, painter: QPainter, box: QRect, hit: Hit, *, is_chosen: bool) -> None:
        look = theme.current()
        if is_chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(QRectF(box.adjusted(6, 1, -6, -1)), 7, 7)
            painter.setBrush(look.colour("brand"))
            painter.drawRoundedRect(QRectF(box.left() + 6, box.top() + 8, 4, box.height() - 16), 2, 2)
        left = box.left() + _PAD + 4
        self._mark(painter, left, box, hit)
        left += _ICON + 6
        right = self._aside(painter, box, hit, is_chosen=is_chosen)
        self._words(painter, QRect(left, box.top(), right - left - 12, box.height()), hit)

    def _mark(self, painter: QPainter, left: int, box: QRect, hit: Hit) -> None:
        """A patient's priority, or the icon of what it is."""
        ratio, middle = painter.device().devicePixelRatioF(), box.center().y() + 1
        if hit.has_chip:
            drawn = painting.chip(hit.priority, ratio)
            painter.drawPixmap(left, middle - painting.CHIP_HEIGHT // 2, drawn)
        elif hit.icon:
            ink = "mute" if hit.why_not else "text"
            painter.drawPixmap(left + 8, middle - 9, theme.pixmap(hit.icon, ink, 18, ratio))

    def _aside(self, painter: QPainter, box: QRect, hit: Hit, *, is_chosen: bool) -> int:
        """What stands at the far end: the key of a command, else state and time; gives where it begins."""
        right = box.right() - _PAD - 2
        if hit.shortcut:
            return self._key(painter, right, box.center().y() + 1, key_text(hit.shortcut), hit)
        if hit.pill is None and not hit.due:
            return right
        widest = 0
        if hit.pill is not None:
            widest = self._pill(painter, right, box.top() + _UPPER, hit.pill, is_chosen=is_chosen)
        return right - max(widest, self._due(painter, right, box.top() + _LOWER + 1, hit))

    def _key(self, painter: QPainter, right: int, middle: int, key: str, hit: Hit) -> int:
        look, used = theme.current(), face(11, 600)
        wide = round(used.metrics.horizontalAdvance(key)) + 14
        cap = QRectF(right - wide + 0.5, middle - 10 + 0.5, wide, 19)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("line"))
        painter.setBrush(look.colour("alt"))
        painter.drawRoundedRect(cap, 4, 4)
        painting.write(painter, right - wide + 7, middle, wide, key, ink=look.colour("mute"), used=used)
        return right - wide

    def _pill(self, painter: QPainter, right: int, middle: int, told: PillText, *, is_chosen: bool) -> int:
        used = face(12, 600)
        wide = min(round(used.metrics.horizontalAdvance(told.text)) + 19, _PILL_AT_MOST)
        ground = "card" if is_chosen else f"{told.tone}_ground"
        painting.pill(painter, right - wide, middle, wide, told, ground=ground)
        return wide

    def _due(self, painter: QPainter, right: int, middle: int, hit: Hit) -> int:
        look = theme.current()
        if isinstance(hit.due, Due):
            now = self._countdown.now()
            tone, (figure, word) = due_tone(hit.due, now), counted(hit.due.at, now)
            text, ink = f"{figure} {word}", look.colour("mute" if tone == "ok" else tone)
            used = face(12, 400 if tone == "ok" else 600, tabular=True)
        else:
            text, ink, used = hit.due or "", look.colour("mute"), face(12)
        wide = round(used.metrics.horizontalAdvance(text)) + 1
        painting.write(painter, right - wide, middle, wide + 1, text, ink=ink, used=used)
        return wide

    def _words(self, painter: QPainter, box: QRect, hit: Hit) -> None:
        look = theme.current()
        mute = look.colour("mute")
        ink = mute if hit.why_not else look.colour("text")
        upper = box.top() + (_UPPER if hit.below else box.height() // 2)
        used = face(13, 600)
        aside = round(face(12).metrics.horizontalAdvance(hit.aside)) + 8 if hit.aside else 0
        room = box.width() - aside
        self._marked(painter, QRect(box.left(), upper, room, 0), hit.title, used)
        taken = round(painting.write(painter, box.left(), upper, room, hit.title, ink=ink, used=used)) + 7
        painting.write(
            painter, box.left() + taken, upper, box.width() - taken, hit.aside, ink=mute, used=face(12)
        )
        below = look.colour("warn") if hit.why_not else mute
        painting.write(
            painter, box.left(), box.top() + _LOWER + 1, box.width(), hit.below, ink=below, used=face(12)
        )

    def _marked(self, painter: QPainter, box: QRect, title: str, used: Face) -> None:
        """Put the words that were typed on a ground, where they stand in the title."""
        folded, ground = title.casefold(), theme.current().colour("glow")
        if len(folded) != len(title):  # a letter that folds into two: places would be wrong
            return
        for part in self._typed():
            at = folded.find(part)
            if at >= 0:
                left = used.metrics.horizontalAdvance(title[:at])
                wide = used.metrics.horizontalAdvance(title[at : at + len(part)])
                wide = min(wide, box.width() - left)
                if wide > 0:
                    self._ground(painter, QRectF(box.left() + left - 1, box.top() - 9, wide + 2, 18), ground)

    @staticmethod
    def _ground(painter: QPainter, box: QRectF, ground: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 3, 3)
