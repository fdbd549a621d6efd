"""What narrows a board down: chips of which one holds, and a search field."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, Qt
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QWidget

from ui import theme
from ui.widgets.ringed import RingedButton

_TYPING_MS = 120
_GAP = 6
_GOES_ON = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down})


class FilterChips(QWidget):
    """Chips of which exactly one is on; `chosen` gives its id. Those that wrap take the rows they need."""

    chosen = Signal(str)

    def __init__(
        self,
        chips: Sequence[tuple[str, str]],
        name: str,
        parent: QWidget | None = None,
        *,
        wraps: bool = False,
    ) -> None:
        """Each chip is (id, text); the first is on. `name` says aloud what the chips do."""
        super().__init__(parent)
        self._wraps = wraps
        self._group = QButtonGroup(self)
        self._chips: dict[str, QPushButton] = {}
        self.setAccessibleName(name)
        for number, (chip_id, text) in enumerate(chips):
            chip = RingedButton(text, self)
            chip.setCheckable(True)
            chip.setProperty("look", "chip")
            chip.setChecked(number == 0)
            self._group.addButton(chip, number)
            self._chips[chip_id] = chip
        self._group.idToggled.connect(self._toggled)

    @property
    def current(self) -> str:
        """The id of the chip that is on."""
        return list(self._chips)[self._group.checkedId()]

    def choose(self, chip_id: str) -> None:
        """Turn a chip on."""
        self._chips[chip_id].setChecked(True)

    def say(self, chip_id: str, text: str) -> None:
        """Change the words of a chip, for instance its count."""
        if text != self._chips[chip_id].text():
            self._chips[chip_id].setText(text)
            self._arrange()

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [chip.sizeHint() for chip in self._chips.values()]
        return QSize(sum(size.width() + _GAP for size in sizes) - _GAP, self.height())

    def minimumSizeHint(self) -> QSize:
        """One row, unless it may wrap; then the widest chip."""
        widest = max(chip.sizeHint().width() for chip in self._chips.values())
        return QSize(widest, self.height()) if self._wraps else self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A chip that asks for other room, in other words or another theme, gets it."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Polish, QEvent.Type.StyleChange):
            self._arrange()
        return done

    def _arrange(self) -> None:
        """Side by side, and below each other where the row is full."""
        left, top, high = 0, 0, 0
        for chip in self._chips.values():
            size = chip.sizeHint()
            if self._wraps and left and left + size.width() > self.width():
                left, top = 0, top + high + _GAP
            chip.setGeometry(left, top, size.width(), size.height())
            left, high = left + size.width() + _GAP, size.height()
        self.setFixedHeight(top + high)
        self.updateGeometry()

    def _toggled(self, number: int, on: bool) -> None:
        if on:
            self.chosen.emit(list(self._chips)[number])


class FindField(QLineEdit):
    """A field with a magnifying glass, which is drawn anew when the theme changes."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        """The hint says what can be found."""
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self._glass = QAction(theme.icon("search", "mute"), "Find", self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._glass.setIcon(theme.icon("search", "mute"))


class SearchField(FindField):
    """Finds while one types; Enter or Down goes on to what was found, Escape empties it."""

    searched = Signal(str)  # the text, after a short pause
    left = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        """The hint says what can be found."""
        super().__init__(hint, parent)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        if (clear := self.findChild(QAction, "_q_qlineeditclearaction")) is not None:
            clear.setText("Empty the field")  # Qt gives it an icon alone
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._pause.timeout.connect(self._search)
        self.textChanged.connect(self._pause.start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _GOES_ON:
            self._search()
            self.left.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._search()
            return
        super().keyPressEvent(event)

    def _search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text().strip())
