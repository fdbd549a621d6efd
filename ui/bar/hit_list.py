"""The list below the line: hits by kind under headings, painted like the rows of a board."""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.bar.hit_paint import HEAD_HEIGHT, HIT_HEIGHT, HitPainter
from ui.bar.hits import Group, Hit
from ui.boards.cells import Due, priority_words
from ui.boards.countdown import Countdown
from ui.time_text import due_spoken

Index = QModelIndex | QPersistentModelIndex


class HitModel(QAbstractListModel):
    """Headings and hits, one below the other; only hits can be chosen."""

    def __init__(self, countdown: Countdown, parent: QObject | None = None) -> None:
        """Nothing has been found."""
        super().__init__(parent)
        self._countdown = countdown
        self.lines: list[Hit | Group] = []

    def show(self, groups: Sequence[Group]) -> None:
        """Show these groups and nothing else."""
        self.beginResetModel()
        self.lines = []
        for group in groups:
            self.lines += [group, *group.hits]
        self.endResetModel()

    def hit(self, row: int) -> Hit | None:
        """The hit in that line; a heading is none."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, Hit) else None

    def row_of(self, hit_id: Hashable) -> int | None:
        """The line in which a hit stands."""
        return next(
            (row for row, line in enumerate(self.lines) if isinstance(line, Hit) and line.id == hit_id), None
        )

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.hit(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a line says, also to a screen reader."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if isinstance(line, Group):
            words = heading(line)
            return words if role in (Qt.ItemDataRole.DisplayRole, _SPOKEN) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        return self.spoken(line) if role == _SPOKEN else None

    def spoken(self, hit: Hit) -> str:
        """A hit as one would say it."""
        due = due_spoken(hit.due.at, self._countdown.now()) if isinstance(hit.due, Due) else hit.due or ""
        parts = (
            priority_words(hit.priority) if hit.has_chip else "",
            hit.title,
            hit.aside,
            hit.pill.text if hit.pill else "",
            due,
            hit.below,
            hit.shortcut,
            "cannot be used now" if hit.why_not else "",
        )
        return ", ".join(part for part in parts if part)


_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def heading(group: Group) -> str:
    """The name of a kind, and that there are more than are shown."""
    if group.of > len(group.hits):
        return f"{group.sort.value} · {len(group.hits)} of {group.of}, type more to see others"
    return group.sort.value


class HitList(QListView):
    """Shows hits; the keys are those of the line above, a click chooses."""

    clicked_on = Signal(object)

    def __init__(
        self, countdown: Countdown, typed: Callable[[], Sequence[str]], parent: QWidget | None = None
    ) -> None:
        """`typed` gives the words that are marked in what was found."""
        super().__init__(parent)
        self.setObjectName("Hits")
        self.setAccessibleName("What was found")
        self._has_lost = False  # what was chosen has gone, and nothing is chosen instead
        self.hits = HitModel(countdown, self)
        self.setModel(self.hits)
        self.setItemDelegate(HitPainter(self.hits, countdown, typed, heading, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.clicked.connect(self._clicked)
        self.entered.connect(self.setCurrentIndex)  # the pointer and the keys mark one and the same line
        countdown.ticked.connect(self.viewport().update)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these; what was chosen stays chosen, and once it has gone Enter acts on nothing else."""
        chosen, bar = self.chosen(), self.verticalScrollBar().value()
        self.hits.show(groups)
        if chosen is None and not self._has_lost:
            self.first()
            return
        row = None if chosen is None else self.hits.row_of(chosen.id)
        self._has_lost = row is None
        self.setCurrentIndex(QModelIndex() if row is None else self.hits.index(row))
        self.verticalScrollBar().setValue(bar)

    def chosen(self) -> Hit | None:
        """The hit on which Enter acts."""
        return self.hits.hit(self.currentIndex().row())

    def first(self) -> None:
        """Choose the first hit, at the top."""
        self._has_lost = False
        if self.hits.lines:
            self.setCurrentIndex(self.hits.index(1))
        self.scrollToTop()

    def step(self, by: int) -> None:
        """Go so many hits on, over headings; past the end it begins again."""
        rows = [row for row, line in enumerate(self.hits.lines) if isinstance(line, Hit)]
        if rows:
            here = self.currentIndex().row()
            at = rows.index(here) if here in rows else -by
            single = abs(by) == 1
            to = (at + by) % len(rows) if single else max(0, min(len(rows) - 1, at + by))
            self._go(rows[to])

    def next_kind(self, by: int) -> None:
        """Go to the first hit of the next kind, or of the one before."""
        heads = [row for row, line in enumerate(self.hits.lines) if isinstance(line, Group)]
        if heads:
            here = max((n for n, row in enumerate(heads) if row < self.currentIndex().row()), default=0)
            self._go(heads[(here + by) % len(heads)] + 1)

    def _go(self, row: int) -> None:
        if isinstance(self.hits.lines[row - 1], Group):
            self.scrollTo(self.hits.index(row - 1))  # its heading with it
        self.setCurrentIndex(self.hits.index(row))
        self.scrollTo(self.hits.index(row))

    def _clicked(self, index: QModelIndex) -> None:
        if (hit := self.hits.hit(index.row())) is not None:
            self.clicked_on.emit(hit)

    def wanted_height(self) -> int:
        """How high it is with everything in sight."""
        heads = sum(isinstance(line, Group) for line in self.hits.lines)
        return heads * HEAD_HEIGHT + (len(self.hits.lines) - heads) * HIT_HEIGHT + 2

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.wanted_height())

    def visualRectOf(self, row: int) -> QRect:
        """Where a line stands."""
        return self.visualRect(self.hits.index(row))
