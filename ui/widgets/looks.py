"""Labels, icons, rules and cards in the looks that the style sheet knows."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QLayoutItem, QVBoxLayout, QWidget

from ui import theme

# Labels whose digits change while one looks at them: digits of one width.
_COUNTS = frozenset({"figure", "percent", "clock", "count", "as_of"})


def restyle(widget: QWidget, **properties: object) -> None:
    """Give style-sheet properties such as look, tone or wrong, and let the style take them in."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def label(text: str = "", look: str = "", *, tone: str = "", wraps: bool = False) -> QLabel:
    """A label of plain text; `look` is one of those that the style sheet declares for QLabel."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("look", look)
    if tone:
        made.setProperty("tone", tone)
    made.setWordWrap(wraps)
    if look in _COUNTS:
        made.setFont(theme.font(13, tabular=True))
    return made


def column(parent: QWidget | None = None, *, gap: int = 8, margin: int = 0) -> QVBoxLayout:
    """A vertical layout with even margins."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(margin, margin, margin, margin)
    return made


def line(parent: QWidget | None = None, *, gap: int = 8, margin: int = 0) -> QHBoxLayout:
    """A horizontal layout with even margins."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(margin, margin, margin, margin)
    return made


def rule(*, upright: bool = False) -> QFrame:
    """A thin line between two things."""
    made = QFrame()
    made.setObjectName("Rule")
    if upright:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def empty_layout(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while item := layout.takeAt(0):
        _let_go(item)


def _let_go(item: QLayoutItem) -> None:
    widget, inner = item.widget(), item.layout()
    if widget is not None:
        widget.hide()
        widget.deleteLater()
    elif inner is not None:
        empty_layout(inner)


class IconLabel(QLabel):
    """A line icon that is drawn anew when the theme changes."""

    def __init__(self, name: str, ink: str = "mute", size: int = 16, parent: QWidget | None = None) -> None:
        """Show the icon of that file name in the colour of a token."""
        super().__init__(parent)
        self._name, self._ink, self._size = name, ink, size
        self.setFixedSize(size, size)
        self._draw()

    def show_icon(self, name: str, ink: str) -> None:
        """Show another icon."""
        self._name, self._ink = name, ink
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._draw()

    def _draw(self) -> None:
        self.setPixmap(theme.pixmap(self._name, self._ink, self._size, self.devicePixelRatioF()))


class Card(QFrame):
    """A surface with a thin line and round corners; fill `body`, with `title` above it if one is given."""

    def __init__(self, title: str = "", *, margin: int = 14, parent: QWidget | None = None) -> None:
        """An empty card; `head` is the line of the title, for what belongs beside it."""
        super().__init__(parent)
        whole = column(self, gap=10, margin=margin)
        self.head = line(gap=10)
        self.title = label(title, "heading")
        self.aside = label("", "small")
        if not title:
            self.title.hide()
        self.aside.hide()
        self.head.addWidget(self.title)
        self.head.addWidget(self.aside)
        self.head.addStretch(1)
        whole.addLayout(self.head)
        self.body = column(gap=8)
        whole.addLayout(self.body, 1)
        if title:
            self.setAccessibleName(title)

    def say_aside(self, text: str) -> None:
        """Put muted words behind the title, such as how many rows are shown and hidden."""
        self.aside.setText(text)
        self.aside.setVisible(bool(text))

    def add(self, widgets: Iterable[QWidget]) -> None:
        """Put widgets into the body, one below the other."""
        for widget in widgets:
            self.body.addWidget(widget)


class Pill(QLabel):
    """A status word on its rounded ground; tone is plain, info, ok, warn or bad."""

    def __init__(self, text: str = "", tone: str = "plain", parent: QWidget | None = None) -> None:
        """Show the word."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)

    def say(self, text: str, tone: str = "plain") -> None:
        """Show another word."""
        self.setText(text)
        restyle(self, tone=tone)
