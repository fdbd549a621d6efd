"""The one delegate of the boards: it reads the row itself and paints each cell by the kind of its column."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Generic

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from console.domain.since import News
from ui import theme
from ui.boards import painting
from ui.boards.cells import Due, Flag, Kind, PillText, Row, TwoLines
from ui.boards.column_choice import ColumnChoice
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.painting import face
from ui.time_text import countdown

ROW_HEIGHT = 46
_PAD = 10
# The middles of the two lines of a row: every cell of two lines stands on them.
_UPPER, _LOWER = 15, 33
_MOST_FLAGS = 4
_SOON_AT_LEAST, _SOON_AT_MOST = 10 * 60, 30 * 60


def due_tone(due: Due, now: dt.datetime) -> str:
    """Bad when over, warn in the last fifth of the time frame (10 to 30 minutes), ok before."""
    left = (due.at - now).total_seconds()
    if left <= 0:
        return "bad"
    frame = (due.at - due.since).total_seconds() if due.since else 0
    return "warn" if left <= min(max(_SOON_AT_LEAST, frame / 5), _SOON_AT_MOST) else "ok"


def due_share(due: Due, now: dt.datetime) -> float:
    """How much of the time frame is used, 0 to 1."""
    if now >= due.at or due.since is None:
        return 1.0 if now >= due.at else 0.0
    frame = (due.at - due.since).total_seconds()
    return max(0.0, min(1.0, (now - due.since).total_seconds() / frame)) if frame > 0 else 0.0


class RowDelegate(QStyledItemDelegate, Generic[Row]):
    """Paints rows of 46 pixels; `is_late(row, now)` puts a row on the ground of what is over."""

    def __init__(
        self,
        model: KeyedTableModel[Row],
        is_late: Callable[[Row, dt.datetime], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Read rows and time from the model."""
        super().__init__(parent)
        self._model = model
        self._is_late = is_late
        self.hovered = -1
        self.choice: ColumnChoice | None = None
        self._is_tinted = False
        self._cells: dict[Kind, Callable[[QPainter, QRect, Any], None]] = {
            Kind.TEXT: self._text,
            Kind.TWO_LINES: self._two_lines,
            Kind.PRIORITY: self._priority,
            Kind.PILL: self._pill,
            Kind.DUE: self._due,
            Kind.FLAGS: self._flags,
        }

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every row is as high."""
        return QSize(self._model.columns[index.column()].width, ROW_HEIGHT)

    def is_late(self, row: Row) -> bool:
        """Whether the row is painted as over now."""
        return self._is_late is not None and self._is_late(row, self._model.now())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, mark of selection, cell, and the focus ring around the current row."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        place, column = index.row(), self._model.columns[index.column()]
        row = self._model.at(place)
        painter.save()
        self._ground(painter, box, place, row, selected=bool(state & QStyle.StateFlag.State_Selected))
        is_first = index.column() == (0 if self.choice is None else self.choice.first)
        if state & QStyle.StateFlag.State_Selected and is_first:
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), theme.current().colour("brand"))
        if is_first and (unread := self._model.glow.unread.get(self._model.id_at(place))):
            painting.unread_mark(painter, box.left() + 6, box.top() + 5, is_new=unread[0] is News.NEW)
        gone = self._model.is_gone(place)
        if gone:
            painter.setOpacity(0.45)
        self._cells[column.kind](painter, box.adjusted(_PAD, 0, -_PAD, -1), column.value(row))
        painter.setOpacity(1.0)
        if gone:
            middle = box.center().y()
            painter.setPen(theme.current().colour("mute"))
            painter.drawLine(box.left(), middle, box.right(), middle)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRect, place: int, row: Row, *, selected: bool) -> None:
        look = theme.current()
        late = self.is_late(row)
        self._is_tinted = selected or late
        if selected:
            ground = look.colour("selection")
        elif late:
            ground = look.colour("bad_ground")
        else:
            ground = look.colour("hover" if place == self.hovered else "card")
        glow = self._model.glow.share(self._model.id_at(place))
        if glow > 0 and not selected:
            ground = painting.blend(ground, look.colour("glow"), min(1.0, glow * 2))
        painter.fillRect(box, ground)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.colour("line"))

    def _text(self, painter: QPainter, box: QRect, value: str) -> None:
        middle = box.center().y() + 1
        painting.write(
            painter, box.left(), middle, box.width(), value, ink=theme.current().colour("text"), used=face(13)
        )

    def _two_lines(self, painter: QPainter, box: QRect, value: TwoLines) -> None:
        text, mute = theme.current().colour("text"), theme.current().colour("mute")
        left, wide = box.left(), box.width()
        upper = box.top() + _UPPER if value.what or value.here else box.center().y() + 1
        room = wide
        if value.flags:
            room -= min(len(value.flags), _MOST_FLAGS) * 20 + 2
            self._icons(painter, QRect(left + room + 4, upper - 10, wide - room, 20), value.flags)
        # A name may be cut, age and sex may not: with half of them one takes one patient for another.
        aside = round(face(12).metrics.horizontalAdvance(value.aside)) + 8 if value.aside else 0
        if value.gives_way and face(13, 600).metrics.horizontalAdvance(value.who) > room - aside:
            value, aside = value._replace(aside=""), 0
        who = painting.write(painter, left, upper, room - aside, value.who, ink=text, used=face(13, 600))
        taken = round(who) + 7
        painting.write(painter, left + taken, upper, room - taken, value.aside, ink=mute, used=face(12))
        if value.here:
            wide -= painting.here(painter, box, box.top() + _LOWER, value.here) + 6
        painting.write(painter, left, box.top() + _LOWER, wide, value.what, ink=mute, used=face(12))

    def _priority(self, painter: QPainter, box: QRect, value: int | None) -> None:
        drawn = painting.chip(value, painter.device().devicePixelRatioF())
        painter.drawPixmap(box.left(), box.center().y() - painting.CHIP_HEIGHT // 2 + 1, drawn)

    def _pill(self, painter: QPainter, box: QRect, value: PillText | None) -> None:
        if value is not None:
            middle = box.top() + _UPPER - 1 if value.what else box.center().y() + 1
            # On a tinted row the ground of the tone would vanish.
            ground = "card" if self._is_tinted else f"{value.tone}_ground"
            painting.pill(painter, box.left(), middle, box.width(), value, ground=ground)
            below, mute = box.top() + _LOWER, theme.current().colour("mute")
            painting.write(painter, box.left(), below, box.width(), value.what, ink=mute, used=face(12))

    def _due(self, painter: QPainter, box: QRect, value: Due | str | None) -> None:
        look, left, wide = theme.current(), box.left(), box.width()
        mute = look.colour("mute")
        if not isinstance(value, Due):
            words = value or "No time yet"
            painting.write(painter, left, box.center().y() + 1, wide, words, ink=mute, used=face(12))
            return
        now = self._model.now()
        tone, (figure, word) = due_tone(value, now), countdown(value.at, now)
        ink, middle = look.colour("text" if tone == "ok" else tone), box.top() + _UPPER
        taken = (
            round(
                painting.write(painter, left, middle, wide, figure, ink=ink, used=face(13, 600, tabular=True))
            )
            + 5
        )
        late = tone == "bad"
        used = face(12, 600 if late else 400)
        whole = f"{word} · {value.what}" if value.what else word
        # Which clock it is gives way; by how much it is over never does.
        fits = used.metrics.horizontalAdvance(whole) <= wide - taken
        painting.write(
            painter, left + taken, middle, wide - taken, whole if fits else word,
            ink=ink if late else mute, used=used,
        )  # fmt: skip
        painting.bar(painter, QRect(left, box.top() + _LOWER - 2, wide, 4), due_share(value, now), tone)

    def _flags(self, painter: QPainter, box: QRect, value: tuple[Flag, ...]) -> None:
        self._icons(painter, box, value)

    def _icons(self, painter: QPainter, box: QRect, value: tuple[Flag, ...]) -> None:
        ratio = painter.device().devicePixelRatioF()
        fitting = max(1, (box.width() + 4) // 20)
        shown = value if len(value) <= fitting else value[: fitting - 1]
        left = box.left()
        for flag in shown:
            painter.drawPixmap(left, box.center().y() - 7, theme.pixmap(flag.icon, flag.tone, 16, ratio))
            left += 20
        if len(shown) < len(value):
            more = f"+{len(value) - len(shown)}"
            mute, middle = theme.current().colour("mute"), box.center().y() + 1
            painting.write(painter, left, middle, 24, more, ink=mute, used=face(12, 600))


def focus_ring(painter: QPainter, box: QRect) -> None:
    """The ring around the current row of a table that has the keyboard."""
    painter.setPen(QPen(theme.current().colour("focus"), 2))
    painter.drawRect(box.adjusted(1, 1, -1, -2))
