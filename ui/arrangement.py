"""How a person has arranged the window: kept in the database, so that it is theirs at every workstation.

What is shown and in which order goes with the person; how wide things are also depends on the screen. It is
written when the hand has rested, and again when a line that was lost is back: nothing waits for it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from console.domain.looks import Arranged
from ui.background import Background
from ui.boards.live_view import LiveView
from ui.widgets.asked import screen_of

RESTED_MS = 1_500
_AGAIN_MS = 30_000
_WIDEST = 20_000


class Arrangement(QObject):
    """Knows what was kept, puts it on what is attached, and lets `keep` write what is changed."""

    recalled = Signal()  # what was kept is known now

    def __init__(
        self,
        keep: Callable[[list[Arranged]], None],
        writing: Background,
        window: QWidget,
        parent: QObject,
    ) -> None:
        """`keep` is called on the thread of `writing`, which outlives this session."""
        super().__init__(parent)
        self._keep, self._writing, self._window = keep, writing, window
        self._kept: dict[tuple[str, str], Any] = {}
        self._owed: dict[tuple[str, str], Any] = {}
        self._tables: dict[LiveView[Any], str] = {}
        self._splitters: dict[QSplitter, str] = {}
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self.flush)

    @property
    def screen(self) -> str:
        """The screen that the window is on, by its size: two that are as large are arranged alike."""
        size = screen_of(self._window).size()
        return f"{size.width()}x{size.height()}"

    # What is kept

    def recall(self, arranged: Iterable[Arranged]) -> None:
        """Take what was kept; what the hand has changed meanwhile stays as the hand left it."""
        kept = {(one.name, one.screen): one.value for one in arranged}
        self._kept = kept | self._kept
        for view, name in self._tables.items():
            self._put_on_table(view, name)
        for splitter in self._splitters:
            self.restore(splitter)
        self.recalled.emit()

    def value(self, name: str, *, of_screen: bool = False) -> Any:
        """What was kept of that name, for this screen or for all; None when nothing was."""
        return self._kept.get((name, self.screen if of_screen else ""))

    def note(self, name: str, value: Any, *, of_screen: bool = False) -> None:
        """Keep this of that name once the hand has rested."""
        key = name, self.screen if of_screen else ""
        if self._kept.get(key) != value:
            self._kept[key] = self._owed[key] = value
            self._rest.start(RESTED_MS)

    def flush(self) -> None:
        """Hand over what is owed now; it is tried again later when that fails."""
        self._rest.stop()
        owed, self._owed = self._owed, {}
        if not owed:
            return
        listed = [Arranged(name, screen, value) for (name, screen), value in owed.items()]

        def again(_: object) -> None:
            self._owed = owed | self._owed
            self._rest.start(_AGAIN_MS)

        keep = self._keep
        self._writing.run(lambda: keep(listed), failed=again, refused=again, owner=self)

    def choose_columns(self, front: QWidget) -> None:
        """Open the menu of the table that has the keyboard, else of the first one in this workspace."""
        here = [view for view in self._tables if view.isVisible() and front.isAncestorOf(view)]
        focused = QApplication.focusWidget()
        if here:
            next((view for view in here if view is focused), here[0]).choice.popup()

    # What is attached

    def attach(self, workspace: str, part: QWidget) -> None:
        """Arrange the named tables and splitters of a part of the window, now and as they are changed."""
        for view in part.findChildren(LiveView):
            if view.objectName():
                self._tables[view] = f"{workspace}.{view.objectName()}"
                view.choice.changed.connect(self._table_changed)
                self._put_on_table(view, self._tables[view])
        for splitter in part.findChildren(QSplitter):
            if splitter.objectName():
                self.attach_splitter(workspace, splitter)

    def attach_splitter(self, workspace: str, splitter: QSplitter) -> None:
        """Remember where the hand puts the handles of this splitter."""
        self._splitters[splitter] = workspace
        splitter.splitterMoved.connect(self._splitter_moved)
        self.restore(splitter)

    def _put_on_table(self, view: LiveView[Any], name: str) -> None:
        order = self.value(f"{name}.columns")
        widths = self.value(f"{name}.widths", of_screen=True)
        if order or widths:
            view.choice.recall(order, widths)

    def _table_changed(self) -> None:
        for view, name in self._tables.items():
            if view.choice is self.sender():
                self.note(f"{name}.columns", view.choice.kept_order)
                self.note(f"{name}.widths", view.choice.kept_widths, of_screen=True)

    def restore(self, splitter: QSplitter) -> bool:
        """Put the handles where they were with the same parts in sight; False when that is not known."""
        sizes = self.value(self._name_of(splitter), of_screen=True)
        shown = _shown(splitter)
        if not _are_sizes(sizes, len(shown)):
            return False
        left = iter(sizes)
        parts = range(splitter.count())
        splitter.setSizes([next(left) if place in shown else 0 for place in parts])
        return True

    def _splitter_moved(self) -> None:
        splitter = self.sender()
        if isinstance(splitter, QSplitter):
            sizes = splitter.sizes()
            shown = [sizes[place] for place in _shown(splitter)]
            self.note(self._name_of(splitter), shown, of_screen=True)

    def _name_of(self, splitter: QSplitter) -> str:
        """Which parts are in sight belongs to the name: with the side panel all is shared otherwise."""
        shown = _shown(splitter)
        pattern = "".join("1" if place in shown else "0" for place in range(splitter.count()))
        workspace = self._splitters.get(splitter, "")
        return f"{workspace}.{splitter.objectName()}.{pattern.rstrip('0')}"


def _shown(splitter: QSplitter) -> list[int]:
    parts = ((place, splitter.widget(place)) for place in range(splitter.count()))
    return [place for place, part in parts if part is not None and not part.isHidden()]


def _are_sizes(value: Any, count: int) -> bool:
    """Whether these are sizes of so many parts that somebody can have given them."""
    if not isinstance(value, list) or len(value) != count:
        return False
    are_numbers = all(isinstance(one, int) and not isinstance(one, bool) for one in value)
    return are_numbers and all(0 < one < _WIDEST for one in value)
