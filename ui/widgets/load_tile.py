"""The load strip: figures that somebody can act on, and how full a hub is."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.boards.painting import bar
from ui.widgets.looks import column, label, line, restyle
from ui.widgets.press_area import PressArea

# Left and right of the words; and the edge that shows the keyboard.
_WIDE, _TIGHT, _EDGE = (10, 14), (5, 5), 2


class LoadTile(PressArea):
    """A large figure, its label and the tone it has; a press goes to what it counts."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Show a dash until a figure is known."""
        super().__init__(parent)
        self._words = words
        self._whole = whole = column(self, gap=1)
        self.be_tight(is_tight=False)
        self._figure = label("–", "figure")
        self._label = label(words, "small")
        whole.addWidget(self._figure)
        whole.addWidget(self._label)
        self.setAccessibleName(f"{words}: not known yet")

    def be_tight(self, *, is_tight: bool) -> None:
        """Stand closer to the others."""
        left, right = _TIGHT if is_tight else _WIDE
        self._whole.setContentsMargins(left, 5, right, 5)

    def wide(self, *, is_tight: bool = False) -> int:
        """How wide it is."""
        inside = max(self._figure.sizeHint().width(), self._label.sizeHint().width())
        return inside + sum(_TIGHT if is_tight else _WIDE) + 2 * _EDGE

    @property
    def figure(self) -> str:
        """The figure as it is shown."""
        return self._figure.text()

    def show_figure(self, figure: int | str, tone: str = "plain", detail: str = "") -> None:
        """Show a figure; tone is plain, ok, warn or bad, `detail` is the tooltip and is read aloud."""
        self._figure.setText(str(figure))
        # A plain figure is in the colour of text: only what asks for action is tinted.
        restyle(self._figure, tone="" if tone == "plain" else tone)
        self.setToolTip(detail)
        self.setAccessibleName(f"{self._words}: {figure}")
        self.setAccessibleDescription(detail)


class Meter(QWidget):
    """How full something is: its name, the share, the two counts, and a thin bar; full is said in words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Nothing is known yet."""
        super().__init__(parent)
        self._name, self._share, self._tone = name, 0.0, "ok"
        whole = column(self, gap=2)
        whole.setContentsMargins(8, 6, 8, 6)
        figures = line(gap=10)
        self._percent, self._counts = label("–", "percent"), label("", "small")
        whole.addWidget(label(name, "small"))
        figures.addWidget(self._percent)
        figures.addStretch(1)
        figures.addWidget(self._counts, 0, Qt.AlignmentFlag.AlignBottom)
        whole.addLayout(figures)
        whole.addSpacing(7)
        self.setMinimumWidth(132)
        self.setAccessibleName(f"{name}: not known yet")

    def show_load(self, used: int, places: int) -> None:
        """Show how many of the places are used: warn from three quarters on, bad from nine tenths."""
        self._share = used / places if places else 1.0
        self._tone = "bad" if self._share >= 0.9 else "warn" if self._share >= 0.75 else "ok"
        self._percent.setText(f"{self._share:.0%}" if self._share < 1 else "Full")
        self._counts.setText(f"{used} of {places}")
        restyle(self._percent, tone="" if self._tone == "ok" else self._tone)
        self.setAccessibleName(f"{self._name}: {used} of {places}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bar(painter, QRect(8, self.height() - 10, self.width() - 16, 5), self._share, self._tone)
        painter.end()
