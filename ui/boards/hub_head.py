"""The top of the Hub workspace: which hub, whether it is open, and the figures that lead to patients."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from console.domain.rows import HubRow
from ui.actions import key_text
from ui.boards.hub_load import HubLoad
from ui.boards.hub_opening import standing
from ui.boards.load_strip import command_button
from ui.session import Session
from ui.time_text import duration
from ui.widgets.action_bar import KeyButton
from ui.widgets.elided import ElidedLabel
from ui.widgets.load_tile import LoadTile
from ui.widgets.looks import Card, Pill, column, line, rule
from ui.widgets.ringed import RingedButton

TILES = {
    "here": "Waiting here",
    "unstreamed": "Not streamed",
    "unsafe": "Unsafe waits",
    "longest": "Longest wait",
    "cannot": "Cannot be seen",
}

_KEYS = 4
_WITH_KEYS, _TIGHT, _IN_TWO = 1080, 960, 760


class HubHead(Card):
    """The chooser and the figures; `hub_wanted` gives a hub's id, `figure_wanted` a figure's name."""

    hub_wanted = Signal(int)
    figure_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Dashes until the board has been read."""
        super().__init__(margin=4, parent=parent)
        self.setAccessibleName("Hub")
        self._across, self._below = line(gap=4), line(gap=4)
        self._choices = line(gap=6)
        self._group = QButtonGroup(self)
        self._buttons: dict[int, QPushButton] = {}
        self._shown = 0
        self._group.idToggled.connect(self._turned)
        self._hubs: tuple[tuple[int, str], ...] = ()
        self._is_narrow = False
        self._arrive: KeyButton | None = None
        self.state, self.until = Pill(), ElidedLabel(look="small")
        self.tiles = {name: LoadTile(words) for name, words in TILES.items()}
        self._lay_out(session)

    def _lay_out(self, session: Session) -> None:
        across = self._across
        across.setContentsMargins(6, 0, 6, 0)
        across.addLayout(self._choices)
        told = column(gap=3)
        told.addStretch(1)
        told.addWidget(self.state)
        told.addWidget(self.until)
        told.addStretch(1)
        across.addSpacing(8)
        across.addLayout(told, 1)
        self._rule = rule(upright=True)
        across.addWidget(self._rule)
        self._below.setContentsMargins(6, 0, 6, 0)
        for name, tile in self.tiles.items():
            tile.setProperty("figure", name)
            tile.clicked.connect(self._clicked)
            across.addWidget(tile)
        if any(command.id == "hub.arrive" for command in session.commands):
            self._arrive = command_button(session, "hub.arrive")
            across.addWidget(self._arrive)
        self.body.addLayout(across)
        self.body.addLayout(self._below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the keys give way, not the words: they are in the tooltips."""
        super().resizeEvent(event)
        self._place_tiles(is_below=self.width() < _IN_TWO)
        is_narrow = self.width() < _WITH_KEYS
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            if self._arrive is not None:
                self._arrive.show_key(is_shown=not is_narrow)
            for number, (hub_id, name) in enumerate(self._hubs, 1):
                self._offer_one(number, hub_id, name)

    def _place_tiles(self, *, is_below: bool) -> None:
        """Where it is very narrow the figures stand in a row of their own."""
        for tile in self.tiles.values():
            tile.be_tight(is_tight=self.width() < _TIGHT)
        if is_below is not self._rule.isHidden():
            self._rule.setVisible(not is_below)
            first = self._across.indexOf(self._rule) + 1
            for place, tile in enumerate(self.tiles.values()):
                if is_below:
                    self._below.addWidget(tile, 1)
                else:
                    self._across.insertWidget(first + place, tile)

    def minimumSizeHint(self) -> QSize:
        """The keys give way."""
        return QSize(0, super().minimumSizeHint().height())

    def offer(self, hubs: Sequence[HubRow], shown: int) -> None:
        """Offer these hubs, each with its key; one of them is shown."""
        offered = tuple((hub.id, hub.name) for hub in hubs)
        if offered != self._hubs:
            self._hubs = offered
            for number, (hub_id, name) in enumerate(offered, 1):
                self._offer_one(number, hub_id, name)
        self._shown = shown
        if shown in self._buttons:
            self._buttons[shown].setChecked(True)

    def _turned(self, hub_id: int, is_on: bool) -> None:
        if is_on and hub_id != self._shown:
            self.hub_wanted.emit(hub_id)

    def _offer_one(self, number: int, hub_id: int, name: str) -> None:
        button = self._buttons.get(hub_id)
        if button is None:
            button = self._buttons[hub_id] = RingedButton()
            button.setCheckable(True)
            button.setProperty("look", "chip")
            self._group.addButton(button, hub_id)
            self._choices.addWidget(button)
        key = key_text(f"Alt+{number}") if number <= _KEYS else ""
        button.setText(f"{name}  {key}" if key and not self._is_narrow else name)
        button.setToolTip(f"Show {name} ({key})" if key else f"Show {name}")
        button.setAccessibleName(f"Show {name}")

    def show_load(self, load: HubLoad) -> None:
        """Show the figures of this hub."""
        word, tone, until = standing(load)
        self.state.say(word, tone)
        self.until.setText(until[:1].upper() + until[1:])
        wait = load.longest_wait
        figures: dict[str, tuple[int | str, str]] = {
            "here": (len(load.here), "plain"),
            "unstreamed": (len(load.unstreamed), "bad"),
            "unsafe": (len(load.unsafe), "bad"),
            "longest": ("–" if wait is None else duration(wait.total_seconds()), "plain"),
            "cannot": (len(load.cannot_be_seen), "warn"),
        }
        for name, (figure, warns) in figures.items():
            self.tiles[name].show_figure(figure, warns if figure else "plain")

    def _clicked(self) -> None:
        tile = self.sender()
        if tile is not None:
            self.figure_wanted.emit(tile.property("figure"))
