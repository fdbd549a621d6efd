"""What stands right of the pending referrals: the map and the people, both where there is room for both."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.boards.for_you import ForYouCard
from ui.boards.practitioners import PractitionersPane
from ui.map.pane import MapPane
from ui.session import Session
from ui.widgets.filters import FilterChips
from ui.widgets.looks import column, line
from ui.widgets.splitter import Splitter

_SHARES = [520, 430]


class Beside(QWidget):
    """Map, then people with what is asked; where it is narrow one of the two, as the chips on top say."""

    turned = Signal()

    def __init__(
        self,
        session: Session,
        practitioners: PractitionersPane,
        tasks: ForYouCard,
        parent: QWidget | None = None,
    ) -> None:
        """People are shown at first: without them nobody is sent."""
        super().__init__(parent)
        self.shown = "people"
        self.map = MapPane(session)
        self.people = QWidget()
        self.chips = FilterChips([("people", "People"), ("map", "Map")], "Beside the referrals")
        inner = column(self.people, gap=10)
        inner.addWidget(practitioners, 1)
        inner.addWidget(tasks)
        self.halves = Splitter("map", self)
        whole = column(self, gap=6)
        self._top = line(gap=8)
        self._top.addWidget(self.chips)
        self._top.addStretch(1)
        whole.addLayout(self._top)
        whole.addWidget(self.halves, 1)  # before it has anything to style
        for widget in (self.map, self.people):
            self.halves.addWidget(widget)
        self.halves.setStretchFactor(0, 3)
        self.halves.setStretchFactor(1, 1)
        self.halves.setSizes(_SHARES)
        self.chips.chosen.connect(self._turn)
        self._is_low = False
        self.arrange(is_wide=False, is_narrow=False)

    def show_one(self, name: str) -> None:
        """Show the map or the people where there is room for one."""
        if name in ("people", "map"):
            self.chips.choose(name)
            self._turn(name)

    def _turn(self, name: str) -> None:
        if name != self.shown:
            self.shown = name
            self.turned.emit()

    def arrange(self, *, is_wide: bool, is_narrow: bool, is_low: bool = False) -> None:
        """Share the room; with the side panel open beside it, the map stays and the people give way."""
        self._lay_low(is_low=is_low and not is_wide)
        self.chips.setVisible(not is_wide)
        self.map.setVisible(is_wide or self.shown == "map")
        self.people.setVisible(not is_narrow if is_wide else self.shown == "people")

    def _lay_low(self, *, is_low: bool) -> None:
        """Give a low map the line of its title: its chip names it, and its buttons have room beside that."""
        if is_low is not self._is_low:
            self._is_low = is_low
            there = next((one for one in self.map.buttons.values() if one.hasFocus()), None)
            self.map.title.setVisible(not is_low)
            (self._top if is_low else self.map.head).addWidget(self.map.tools)
            if there is not None:  # what moves over to another parent loses the keyboard
                self.map.tools.show()
                there.setFocus(Qt.FocusReason.OtherFocusReason)
        self.map.tools.setVisible(not is_low or self.shown == "map")
