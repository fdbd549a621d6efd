"""Lets a part of the window scroll where the screen is too small for it; else nothing is seen of it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

_AROUND, _ENOUGH = 12, 90


def scrolled_around(widget: QWidget) -> "Scrolled | None":
    """What this widget scrolls in, if anything."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, Scrolled):
        around = around.parentWidget()
    return around


def height_in_sight(widget: QWidget) -> int:
    """How much of this can be seen at once: its own height may be more, and then it scrolls."""
    around = scrolled_around(widget)
    return widget.height() if around is None else around.viewport().height()


def on_room_changed(widget: QWidget, arrange: Callable[[], None]) -> None:
    """Let this slot of the widget arrange it anew whenever more or less of it can be seen."""
    around = scrolled_around(widget)
    if around is not None:
        around.room_changed.connect(arrange, Qt.ConnectionType.UniqueConnection)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to all of this, where it stands in something that scrolls."""
    around = scrolled_around(widget)
    if around is not None:
        around.ensureWidgetVisible(widget, _AROUND, _AROUND)


class Scrolled(QScrollArea):
    """Gives what it holds its room, and never less than it asks for; what has the keyboard is in sight."""

    room_changed = Signal()

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        """Hold this part."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.room_changed.emit()

    def minimumSizeHint(self) -> QSize:
        return QSize(_AROUND * 10, _AROUND * 10)

    @Slot(QWidget, QWidget)
    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        inside = self.widget()
        if now is None or inside is None or not inside.isAncestorOf(now):
            return
        place = QRect(now.mapTo(inside, QPoint(0, 0)), now.size())
        seen = place & QRect(inside.mapFrom(self.viewport(), QPoint(0, 0)), self.viewport().size())
        # Nothing moves under the hand for a table of which enough is in sight.
        if seen.height() < min(place.height(), _ENOUGH) or seen.width() < min(place.width(), _ENOUGH):
            self._bring(now, place)

    def _bring(self, widget: QWidget, place: QRect) -> None:
        """Bring all of it into sight; of what is larger than the room, where the cursor stands."""
        room = self.viewport().size()
        if place.width() > room.width() or place.height() > room.height():
            self.ensureWidgetVisible(widget, _AROUND, _AROUND)
            return
        across = min(place.width() // 2 + _AROUND, room.width() // 2)
        down = min(place.height() // 2 + _AROUND, room.height() // 2)
        self.ensureVisible(place.center().x(), place.center().y(), across, down)
