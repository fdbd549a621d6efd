"""What stands side by side in a workspace stands below each other where the window is narrow."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.session import Session
from ui.widgets.splitter import Splitter

# Narrower than this a list and what belongs to it would each be too narrow to be read.
NARROW = 760
_EACH = 300


class Halves(Splitter):
    """A list and what belongs to it; below each other they ask for a height that scrolls.

    Where the handles stand is remembered apart for both, since lengths across are no lengths down.
    """

    def __init__(self, session: Session, narrow: int = NARROW, parent: QWidget | None = None) -> None:
        """Side by side until the width is known; what is narrower than `narrow` is turned."""
        super().__init__("halves", parent)
        self._session, self._narrow = session, narrow

    @property
    def is_stacked(self) -> bool:
        """Whether they stand below each other."""
        return self.orientation() is Qt.Orientation.Vertical

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self._narrow
        if is_narrow is not self.is_stacked:
            self.setOrientation(Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal)
            self.setObjectName("stacked" if is_narrow else "halves")
            self._ask_for_room()
            self._session.arrangement.restore(self)

    def event(self, event: QEvent) -> bool:
        """What comes or goes, such as the side panel, changes how much room is asked for."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._ask_for_room()
        return done

    def _ask_for_room(self) -> None:
        parts = [self.widget(place) for place in range(self.count())] if self.is_stacked else []
        shown = [part for part in parts if part is not None and not part.isHidden()]
        gaps = self.handleWidth() * len(shown)
        self.setMinimumHeight(sum(max(_EACH, part.minimumSizeHint().height()) for part in shown) + gaps)
