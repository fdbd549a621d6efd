"""The model of every board: rows in their own order, merged by id, never jumping under the hand."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.boards.cells import Column, Row, cell_spoken, cell_text
from ui.boards.glow import Glow
from ui.boards.sorted_rows import Id, Key, SortedRows, runs

AnyIndex = QModelIndex | QPersistentModelIndex
# From here on one signal over everything is cheaper for the view than many small ones.
_MANY_MOVES = 50
_MANY_RUNS = 200
_NOWHERE = QModelIndex()
_UTC_NOW = partial(datetime.now, UTC)


class KeyedTableModel(QAbstractTableModel, Generic[Row]):
    """Rows by id in the order of `order(row)`; `apply` changes what changed and nothing else."""

    about_to_settle = Signal()  # rows are about to come, go or move
    settled = Signal()
    counted = Signal(int, int)  # shown, hidden by the filter
    glowed = Signal()  # rows changed just now

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Id],
        order: Callable[[Row], Hashable],
        *,
        spoken: Callable[[Row, datetime], str] | None = None,
        now: Callable[[], datetime] = _UTC_NOW,
        parent: QObject | None = None,
    ) -> None:
        """Start empty; `spoken` says a whole row as one would, `now` is the board's clock."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self.now = now
        self._key, self._order, self._spoken = key, order, spoken
        self._all: dict[Id, Row] = {}
        self._shown: SortedRows[Row] = SortedRows()
        self._wanted: Callable[[Row], bool] | None = None
        self._held = False
        self._owed: set[Id] = set()
        self.glow = Glow()
        self.says_row = 0  # the column whose cells read a whole row aloud
        self._was_counted = (0, 0)

    # What stands where

    def at(self, where: int | AnyIndex) -> Row:
        """The row at a place or index."""
        return self._shown.rows[where if isinstance(where, int) else where.row()]

    def id_at(self, where: int | AnyIndex) -> Id:
        """The id of the row at a place or index."""
        return self._shown.id_at(where if isinstance(where, int) else where.row())

    def row_of(self, row_id: Id) -> int | None:
        """The place of a row, or None when it is not shown."""
        return self._shown.place_of(row_id) if row_id in self._shown else None

    def row(self, row_id: Id) -> Row | None:
        """The newest state of a row, also when the filter hides it."""
        return self._all.get(row_id)

    def rows(self) -> Sequence[Row]:
        """What is shown, from top to bottom."""
        return self._shown.rows

    def is_gone(self, where: int | AnyIndex) -> bool:
        """Whether the row has left the board and only keeps its place while the hand is here."""
        return self._held and self.id_at(where) not in self._all

    @property
    def hidden(self) -> int:
        """How many rows the filter hides."""
        ghosts = sum(1 for row_id in self._owed if row_id not in self._all)
        return len(self._all) - (len(self._shown) - ghosts)

    @property
    def waiting(self) -> int:
        """How many rows will move or leave as soon as the hand is away."""
        return len(self._owed)

    # What changes

    def reset(self, rows: Iterable[Row]) -> None:
        """Take the whole truth: merged by id, so that selection, scroll and unchanged rows stay."""
        fresh = {self._key(row): row for row in rows}
        if not self._all:
            self._all = fresh
            self._rebuild()
            return
        self.apply(fresh.values(), [row_id for row_id in self._all if row_id not in fresh])

    def apply(self, upserts: Iterable[Row], gone: Iterable[Id] = ()) -> None:
        """Take what changed: rows new or with a new state, and ids that left the board."""
        touched: dict[Id, None] = {}
        for row_id in gone:
            if self._all.pop(row_id, None) is not None:
                touched[row_id] = None
        for row in upserts:
            row_id = self._key(row)
            if self._all.get(row_id) != row:
                self._all[row_id] = row
                self.glow.light(row_id)
                touched[row_id] = None
        if touched:
            self._settle(touched)
            self.glowed.emit()

    def set_filter(self, wanted: Callable[[Row], bool] | None) -> None:
        """Show only the rows that are wanted; None shows all."""
        self._wanted = wanted
        held, self._held = self._held, False
        self._settle({**dict.fromkeys(self._shown.ids()), **dict.fromkeys(self._all)})
        self._held = held

    def refilter(self) -> None:
        """Ask the filter again; for filters that depend on the time."""
        if self._wanted is not None:
            self._settle(dict.fromkeys(self._all))

    def reorder(self) -> None:
        """Ask each row again where it belongs; for orders that depend on the time."""
        placed = [(one, self._shown.key_of(one)) for one in self._shown.ids() if one in self._all]
        self._settle([one for one, key in placed if self._placed(one, self._all[one]) != key])

    def set_order(self, order: Callable[[Row], Hashable]) -> None:
        """Order by something else."""
        self._order = order
        self._resort()

    def hold_order(self, held: bool) -> None:
        """While held no row moves or leaves, new ones still come; what is owed is taken on release."""
        self._held = held
        if not held and self._owed:
            owed, self._owed = self._owed, set()
            self._settle(dict.fromkeys(owed))

    # How it changes

    def _placed(self, row_id: Id, row: Row) -> Key:
        return (self._order(row), row_id)

    def _settle(self, touched: Iterable[Id]) -> None:
        """Bring what is shown in line with what is true for these ids."""
        entering, leaving, changed, moving = [], [], [], []
        for row_id in touched:
            row = self._all.get(row_id)
            wanted = row is not None and (self._wanted is None or self._wanted(row))
            if row_id not in self._shown:
                if wanted:
                    entering.append(row_id)
                continue
            if row is not None:
                self._shown.replace(self._shown.place_of(row_id), row)
            if not wanted:
                leaving.append(row_id)
            elif self._placed(row_id, self._all[row_id]) != self._shown.key_of(row_id):
                moving.append(row_id)
            changed.append(row_id)
        if self._held:
            self._owed.update(leaving, moving)
            leaving, moving = [], []
        self._tell_changed(changed)
        if entering or leaving or moving:
            self.about_to_settle.emit()
            self._restructure(entering, leaving, moving)
            self.settled.emit()
        self._count()

    def _restructure(self, entering: list[Id], leaving: list[Id], moving: list[Id]) -> None:
        going = runs(sorted(self._shown.place_of(row_id) for row_id in leaving))
        coming = sorted((self._placed(row_id, self._all[row_id]), self._all[row_id]) for row_id in entering)
        if len(going) + len(coming) > _MANY_RUNS:
            self._rebuild()
            return
        for first, last in reversed(going):
            self.beginRemoveRows(_NOWHERE, first, last)
            self._shown.remove(first, last)
            self.endRemoveRows()
        if len(moving) > _MANY_MOVES:
            self._resort()
        else:
            for row_id in moving:
                self._move(row_id)
        self._insert(coming)

    def _insert(self, coming: list[tuple[Key, Row]]) -> None:
        while coming:
            place = self._shown.place_for(coming[0][0])
            size = 1
            while size < len(coming) and self._shown.place_for(coming[size][0]) == place:
                size += 1
            self.beginInsertRows(_NOWHERE, place, place + size - 1)
            self._shown.insert(place, coming[:size])
            self.endInsertRows()
            coming = coming[size:]

    def _move(self, row_id: Id) -> None:
        place, key = self._shown.place_of(row_id), self._placed(row_id, self._all[row_id])
        before = self._shown.place_for(key)
        to = before if before <= place else before - 1
        if to == place:
            self._shown.move(place, to, key)
            return
        self.beginMoveRows(_NOWHERE, place, place, _NOWHERE, before)
        self._shown.move(place, to, key)
        self.endMoveRows()

    def _resort(self) -> None:
        """Order all that is shown anew in one step; indexes and selection follow their rows."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._shown.id_at(index.row()) for index in before]
        shown = zip(self._shown.ids(), self._shown.rows, strict=True)
        self._shown.fill([(self._placed(row_id, row), row) for row_id, row in shown])
        after = [
            self.index(self._shown.place_of(i), old.column()) for i, old in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._shown.fill(
            (self._placed(row_id, row), row)
            for row_id, row in self._all.items()
            if self._wanted is None or self._wanted(row)
        )
        self.endResetModel()
        self._owed.clear()
        self._count()

    def _tell_changed(self, changed: list[Id]) -> None:
        if not changed:
            return
        places = sorted(self._shown.place_of(row_id) for row_id in changed)
        together = runs(places) if len(places) <= _MANY_MOVES else [(places[0], places[-1])]
        for first, last in together:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _count(self) -> None:
        counted = (len(self._shown), self.hidden)
        if counted != self._was_counted:
            self._was_counted = counted
            self.counted.emit(*counted)

    # What Qt asks

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heading of a column, in capitals as painted and in words as read aloud."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading.upper()
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.columns[section].heading_spoken
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text to copy, text to read aloud, and under UserRole the row itself."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row = self._shown.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row) if index.column() == self.says_row else column.spoken(row, self.now())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell_text(column.kind, column.value(row), self.now())
        return None

    def spoken(self, row: Row) -> str:
        """The whole row as one would say it."""
        now, more = self.now(), self.glow.said(self._key(row))
        if self._spoken is not None:
            return self._spoken(row, now) + more
        parts = (cell_spoken(column.kind, column.value(row), now) for column in self.columns)
        return ", ".join(part for part in parts if part) + more
