"""A table view for live rows: the hand decides when rows may move, the selection holds on to its row."""

from collections.abc import Mapping
from typing import Generic

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from console.domain.since import News
from ui.boards.cells import Kind, Row
from ui.boards.column_choice import ColumnChoice
from ui.boards.countdown import Countdown
from ui.boards.delegates import ROW_HEIGHT, RowDelegate, focus_ring
from ui.boards.keyed_table import AnyIndex, KeyedTableModel
from ui.boards.sorted_rows import Id
from ui.boards.table_dress import dress
from ui.widgets.reader_choice import ReaderChoice

# A pointer that lies still for this long is no hand any more: an order that is due must not wait for ever.
POINTER_HOLDS_MS = 10_000
KEY_HOLDS_MS = 2_000
_GLOW_STEP_MS = 120
_Reason = Qt.FocusReason
_BY_HAND = (_Reason.TabFocusReason, _Reason.BacktabFocusReason, _Reason.MouseFocusReason)
_NOTHING_ELSE = QItemSelectionModel.SelectionFlag.NoUpdate


class LiveView(QTableView, Generic[Row]):
    """Shows a KeyedTableModel; `selected` names the chosen row's id or None, `opened` the one to open."""

    selected = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        model: KeyedTableModel[Row],
        delegate: RowDelegate[Row],
        countdown: Countdown,
        parent: QWidget | None = None,
    ) -> None:
        """Wire view, model, delegate and the shared timer."""
        super().__init__(parent)
        self._rows, self._delegate = model, delegate
        delegate.setParent(self)
        self._chosen: Id | None = None
        self._anchor: tuple[Id, int] | None = None
        self._to_top = False
        self._pushed = 0
        self._late_shown: frozenset[Id] = frozenset()
        self._hand = QTimer(self, singleShot=True)
        self._hand.timeout.connect(self._hand_is_away)
        self._glow = QTimer(self, interval=_GLOW_STEP_MS)
        self._glow.timeout.connect(self._fade)
        self.setModel(model)
        self.setItemDelegate(delegate)
        dress(self, ROW_HEIGHT)
        for place, column in enumerate(model.columns):
            self.setColumnWidth(place, column.width)
        self.choice = ColumnChoice(self, model.columns)
        delegate.choice = self.choice
        self._connect(countdown)

    def _connect(self, countdown: Countdown) -> None:
        self.viewport().installEventFilter(self)
        self.choice.shared.connect(self._shared)
        ReaderChoice(self)
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.activated.connect(self._open)
        self._rows.about_to_settle.connect(self._remember_place)
        self._rows.settled.connect(self._keep_place)
        self._rows.glowed.connect(self._glow.start)
        self._rows.modelReset.connect(self._choose_again)
        countdown.ticked.connect(self._tick)

    # Selection, by id

    def selected_id(self) -> Id | None:
        """The id of the chosen row."""
        return self._chosen

    def selected_row(self) -> Row | None:
        """The newest state of the chosen row."""
        return None if self._chosen is None else self._rows.row(self._chosen)

    def select_id(self, row_id: Id | None) -> bool:
        """Choose a row and bring it into sight; False when it is not shown."""
        place = None if row_id is None else self._rows.row_of(row_id)
        if place is None:
            self.selectionModel().clear()
            return row_id is None
        self.selectRow(place)
        self.scrollTo(self._rows.index(place, 0))
        return True

    def enter(self) -> None:
        """Take the keyboard, and choose the first row unless one is chosen."""
        if self._rows.rowCount():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            if self._chosen is None or self._rows.row_of(self._chosen) is None:
                self.select_id(self._rows.id_at(0))

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid() and not self.selectionModel().isRowSelected(current.row(), QModelIndex()):
            # Focus alone makes a row current: what keys act on must look chosen, also when focus moves on.
            self.selectRow(current.row())
        chosen = self._rows.id_at(current) if current.isValid() else None
        if chosen != self._chosen:
            self._chosen = chosen
            self.selected.emit(chosen)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Stay in the column that says the whole row aloud, whichever cell is clicked."""
        if not self._says_row(current):
            super().currentChanged(current, previous)

    def _says_row(self, current: AnyIndex) -> bool:
        is_elsewhere = current.isValid() and current.column() != self._rows.says_row
        if is_elsewhere:
            there = self._rows.index(current.row(), self._rows.says_row)
            self.selectionModel().setCurrentIndex(there, _NOTHING_ELSE)
        return is_elsewhere

    def _choose_again(self) -> None:
        chosen, self._chosen = self._chosen, None
        if chosen is not None and not self.select_id(chosen):
            self.selected.emit(None)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.id_at(index))

    def rowsAboutToBeRemoved(self, parent: AnyIndex, start: int, end: int) -> None:
        """Choose nothing when the chosen row leaves: Qt would choose its neighbour, another patient."""
        if start <= self.currentIndex().row() <= end:
            self.selectionModel().clear()
        super().rowsAboutToBeRemoved(parent, start, end)

    # The hand

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the pointer coming, moving and going."""
        if watched is self.viewport():
            if isinstance(event, QMouseEvent):
                self._hover(self.rowAt(event.position().toPoint().y()))
                self._hand_is_here(POINTER_HOLDS_MS)
            elif event.type() is QEvent.Type.Leave:
                self._hover(-1)
                if self._hand.remainingTime() > KEY_HOLDS_MS:
                    self._hand_is_away()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hold the order for a moment; Home and End go to the first and last row."""
        self._hand_is_here(KEY_HOLDS_MS)
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._rows.rowCount() - 1}
        if event.key() in ends and self._rows.rowCount() and not event.modifiers():
            self.selectRow(ends[Qt.Key(event.key())])
            self.scrollTo(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of commands here, they search nothing."""

    def _hand_is_here(self, for_ms: int) -> None:
        if not self._hand.isActive():
            self._to_top, self._pushed = self.verticalScrollBar().value() == 0, 0
            self._rows.hold_order(True)
        if self._hand.remainingTime() < for_ms:
            self._hand.start(for_ms)

    def _hand_is_away(self) -> None:
        self._hand.stop()
        # Only rows that came in above the hand have pushed the board down: show them now.
        only_pushed = self._to_top and self.verticalScrollBar().value() == self._pushed
        self._rows.hold_order(False)
        if only_pushed:
            self.verticalScrollBar().setValue(0)

    def _hover(self, place: int) -> None:
        before, self._delegate.hovered = self._delegate.hovered, place
        if before != place:
            self._repaint_row(before)
            self._repaint_row(place)

    # Keeping the place

    def _remember_place(self) -> None:
        place = self._place_to_keep()
        self._anchor = None if place is None else (self._rows.id_at(place), place)

    def _place_to_keep(self) -> int | None:
        """The row under the pointer, else the current one while keys are used, else the top one."""
        if self._hand.isActive():
            under = self._delegate.hovered
            if 0 <= under < self._rows.rowCount():
                return under
            if self.hasFocus() and self.currentIndex().isValid():
                return self.currentIndex().row()
        top = self.rowAt(0)
        return top if top >= 0 and self.verticalScrollBar().value() > 0 else None

    def _keep_place(self) -> None:
        if self._anchor is None:
            return
        row_id, before = self._anchor
        after = self._rows.row_of(row_id)
        if after is not None and after != before:
            self.updateGeometries()
            bar = self.verticalScrollBar()
            start = bar.value()
            bar.setValue(start + (after - before) * ROW_HEIGHT)
            self._pushed += bar.value() - start
            if self._delegate.hovered == before:
                self._delegate.hovered = after

    # Painting

    def _tick(self) -> None:
        """Repaint what counts down, and everything in the second in which a row becomes late."""
        if not self.isVisible():
            return
        late = frozenset(
            self._rows.id_at(place)
            for place in self._in_sight()
            if self._delegate.is_late(self._rows.at(place))
        )
        if late != self._late_shown:
            self._late_shown = late
            self.viewport().update()
            return
        for place, column in enumerate(self._rows.columns):
            if column.kind is Kind.DUE:
                left = self.columnViewportPosition(place)
                self.viewport().update(QRect(left, 0, self.columnWidth(place), self.viewport().height()))

    def _in_sight(self) -> range:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return range(max(first, 0), (last if last >= 0 else self._rows.rowCount() - 1) + 1)

    def _fade(self) -> None:
        glowing = self._rows.glow.lit()
        if not glowing:
            self._glow.stop()
            self.viewport().update()
        for row_id in glowing:
            place = self._rows.row_of(row_id)
            if place is not None:
                self._repaint_row(place)

    def _repaint_row(self, place: int) -> None:
        if place >= 0:
            self.viewport().update(
                QRect(0, self.rowViewportPosition(place), self.viewport().width(), ROW_HEIGHT)
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the columns share the room anew."""
        super().resizeEvent(event)
        self.choice.share_room()

    def _shared(self) -> None:
        self._rows.says_row = self.choice.first
        self._says_row(self.currentIndex())

    def show_unread(self, unread: Mapping[Id, tuple[News, str]]) -> None:
        """Mark the rows that changed while the reader looked elsewhere; what is newly marked glows."""
        glow = self._rows.glow
        for row_id in unread.keys() - glow.unread.keys():
            glow.light(row_id)
        glow.unread = dict(unread)
        self._glow.start()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring; who comes by hand chooses, but never a window that gets its keys back.

        Qt would choose the first row, while the row that is meant may be on its way.
        """
        if event.reason() in _BY_HAND or self.currentIndex().isValid():
            super().focusInEvent(event)
        else:
            super(QAbstractItemView, self).focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, then the ring around the current one."""
        super().paintEvent(event)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid():
            painter = QPainter(self.viewport())
            wide = min(self.viewport().width(), self.horizontalHeader().length())
            focus_ring(painter, QRect(0, self.rowViewportPosition(current.row()), wide, ROW_HEIGHT))
            painter.end()
