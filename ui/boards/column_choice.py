"""The columns of a table as a person wants them: which, in which order, how wide; by header or menu."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from ui.boards.cells import Column
from ui.boards.room import as_wanted, fitting, least

MOST = 1200
_SHOW, _RESET = "show", "reset"
_MOVES = {"Move left": -1, "Move right": 1}
_WIDTHS = {"Wider": 24, "Narrower": -24}
_STEPS = (*_MOVES, *_WIDTHS)


def read_order(value: Any, columns: Sequence[Column[Any]]) -> tuple[list[str], set[str]]:
    """Give the order and what is hidden as they were kept; what cannot be so, or is not known, is let be."""
    kept = value if isinstance(value, Mapping) else {}
    ids = [one.id for one in columns]
    listed = kept.get("order")
    known = [one for one in listed if one in ids] if isinstance(listed, list) else []
    order = list(dict.fromkeys(known))
    for place, one in enumerate(ids):  # a column that came later stands where it is declared
        if one not in order:
            before = ids[place - 1] if place else None
            order.insert(order.index(before) + 1 if before else 0, one)
    hidden = kept.get("hidden")
    may_go = [one.id for one in columns if not one.is_safety]
    return order, {one for one in hidden if one in may_go} if isinstance(hidden, list) else set()


def read_widths(value: Any, columns: Sequence[Column[Any]]) -> dict[str, int]:
    """Give the widths as they were kept; one that nobody can have chosen is let be."""
    kept = value if isinstance(value, Mapping) else {}
    widths: dict[str, int] = {}
    for one in columns:
        width = kept.get(one.id)
        if isinstance(width, int) and not isinstance(width, bool) and least(one) <= width <= MOST:
            widths[one.id] = width
    return widths


class ColumnChoice(QObject):
    """Shares the room of a table among its columns, as they are declared and as the person wants them."""

    changed = Signal()  # by the person
    shared = Signal()  # the room is shared anew

    def __init__(self, view: QTableView, columns: Sequence[Column[Any]]) -> None:
        """Nothing is chosen: all as declared."""
        super().__init__(view)
        self._view, self._columns = view, tuple(columns)
        self._left_out: frozenset[str] = frozenset()
        self._hidden: set[str] = set()
        self._widths: dict[str, int] = {}
        self._is_at_it = False
        self.first = 0  # the column that stands leftmost
        header = view.horizontalHeader()
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._menu_at)
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)
        header.sectionHandleDoubleClicked.connect(self._let_width_be)

    @property
    def _header(self) -> QHeaderView:
        return self._view.horizontalHeader()

    @property
    def order(self) -> list[str]:
        """The ids of all columns from left to right."""
        return [self._columns[self._header.logicalIndex(n)].id for n in range(len(self._columns))]

    # What is kept

    @property
    def kept_order(self) -> dict[str, Any]:
        """Order and what is hidden, to be kept; empty when all is as declared."""
        is_declared = self.order == [one.id for one in self._columns] and not self._hidden
        return {} if is_declared else {"order": self.order, "hidden": sorted(self._hidden)}

    @property
    def kept_widths(self) -> dict[str, int]:
        """The widths that were chosen, to be kept."""
        return dict(self._widths)

    def recall(self, order: Any, widths: Any) -> None:
        """Arrange the columns as they were kept; what is not right in it is as if it had not been kept."""
        wanted, self._hidden = read_order(order, self._columns)
        self._widths = read_widths(widths, self._columns)
        self._put_in_order(wanted)
        self.share_room()

    def reset(self) -> None:
        """All as declared."""
        self.recall(None, None)
        self.changed.emit()

    # How the room is shared

    def leave_out(self, column_id: str, *, is_out: bool) -> None:
        """Leave a column out where there is no room for it, or show it again."""
        if (column_id in self._left_out) is not is_out:
            self._left_out ^= {column_id}
            self.share_room()

    def share_room(self) -> None:
        """Give each column its width."""
        room = self._view.viewport().width()
        out = self._left_out | self._hidden
        widths = fitting(as_wanted(self._columns, self._widths, room, out), room, out)
        self._is_at_it = True
        for place, width in enumerate(widths):
            self._view.setColumnHidden(place, width == 0)
            if width:
                self._view.setColumnWidth(place, width)
        self._is_at_it = False
        seen = (self._header.logicalIndex(n) for n in range(len(widths)))
        self.first = next((place for place in seen if widths[place]), 0)
        self.shared.emit()

    def _resized(self, place: int, before: int, now: int) -> None:
        """The person draws the edge of a column."""
        if self._is_at_it or not before or not now:
            return
        self._widen(self._columns[place], now)

    def _widen(self, column: Column[Any], width: int) -> None:
        out = self._left_out | self._hidden
        others = (one for one in self._columns if one.id not in out and one is not column)
        room = self._view.viewport().width() - sum(least(one) for one in others)
        self._widths[column.id] = max(least(column), min(width, room, MOST))
        self.share_room()
        self.changed.emit()

    def _let_width_be(self, place: int) -> None:
        self._widths.pop(self._columns[place].id, None)
        self.share_room()
        self.changed.emit()

    def _moved(self) -> None:
        if not self._is_at_it:
            self.share_room()
            self.changed.emit()

    def _put_in_order(self, wanted: Sequence[str]) -> None:
        self._is_at_it = True
        for target, one in enumerate(wanted):
            place = next(n for n, column in enumerate(self._columns) if column.id == one)
            self._header.moveSection(self._header.visualIndex(place), target)
        self._is_at_it = False

    # The menu

    def _menu_at(self, where: QPoint) -> None:
        self.menu().popup(self._header.mapToGlobal(where))

    def popup(self) -> None:
        """Show the menu below the header, for the keyboard."""
        menu = self.menu()
        menu.popup(self._header.mapToGlobal(QPoint(0, self._header.height())))
        menu.setActiveAction(menu.actions()[0])

    def menu(self) -> QMenu:
        """Every column to show or hide, to move, to widen; and all as it was."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(self._chosen)
        by_id = {one.id: one for one in self._columns}
        in_order = [by_id[one] for one in self.order]
        for column in in_order:
            words = f"{column.heading_spoken} (always shown)" if column.is_safety else column.heading_spoken
            action = _add(menu, words, _SHOW, column.id)
            action.setCheckable(True)
            action.setChecked(column.id not in self._hidden)
            action.setEnabled(not column.is_safety)
        menu.addSeparator()
        further = menu.addMenu("Order and width")
        for column in (one for one in in_order if one.id not in self._hidden):
            steps = further.addMenu(column.heading_spoken)
            for what in _STEPS:
                _add(steps, what, what, column.id)
        menu.addSeparator()
        _add(menu, "Reset columns", _RESET, "")
        return menu

    def _chosen(self, action: QAction) -> None:
        what, column_id = action.data()
        if what == _RESET:
            self.reset()
        elif what == _SHOW:
            self._hidden ^= {column_id}
            self.share_room()
            self.changed.emit()
        elif what in _MOVES:
            self._shift(column_id, _MOVES[what])
        else:
            place = next(n for n, one in enumerate(self._columns) if one.id == column_id)
            self._widen(self._columns[place], self._view.columnWidth(place) + _WIDTHS[what])

    def _shift(self, column_id: str, by: int) -> None:
        """Over the next column that is seen: one step of the eye."""
        order = self.order
        seen = [one for one in order if one not in self._hidden]
        at = seen.index(column_id) + by
        if 0 <= at < len(seen):
            order.remove(column_id)
            order.insert(order.index(seen[at]) + (by > 0), column_id)
            self._put_in_order(order)
            self.share_room()
            self.changed.emit()


def _add(menu: QMenu, words: str, what: str, column_id: str) -> QAction:
    action = menu.addAction(words)
    action.setData((what, column_id))
    return action
