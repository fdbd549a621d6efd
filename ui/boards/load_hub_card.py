"""One hub as a supervisor watches it: open or diverting, who waits, what is unsafe, and what to do."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.boards.big_tile import BigTile
from ui.boards.hub_load import HubLoad
from ui.boards.hub_opening import safe_arrival, standing
from ui.time_text import duration
from ui.widgets.action_bar import KeyButton
from ui.widgets.elided import ElidedLabel
from ui.widgets.looks import Card, Pill, line

_FIGURES = {
    "here": "Waiting",
    "unstreamed": "Not streamed",
    "unsafe": "Unsafe waits",
    "cannot": "Cannot be seen",
    "longest": "Longest wait",
}


class LoadHubCard(Card):
    """The figures of one hub; each leads to its queue."""

    opened = Signal(int)
    divert_wanted = Signal(int)

    def __init__(self, hub_id: int, may_divert: bool, parent: QWidget | None = None) -> None:
        """Dashes until the board has been read."""
        super().__init__(margin=12, parent=parent)
        self._hub_id = hub_id
        self.name = ElidedLabel()
        self.name.setFont(theme.font(18, QFont.Weight.Bold))
        self.head.insertWidget(0, self.name)
        self.state, self.until = Pill(), ElidedLabel(look="small")
        self.divert = KeyButton("Divert hub")
        self.head.addWidget(self.state)
        self.tiles = {
            name: BigTile(words, "Go to this hub's queue", is_flat=True) for name, words in _FIGURES.items()
        }
        across = line(gap=4)
        for tile in self.tiles.values():
            tile.clicked.connect(self._open)
            across.addWidget(tile, 1)
        self.body.addLayout(across, 1)
        foot = line(gap=8)
        self.seats = ElidedLabel(look="small")
        self.go = KeyButton("Go to queue")
        foot.addWidget(self.seats, 1)
        foot.addWidget(self.go)
        foot.addWidget(self.divert)
        self.divert.setVisible(may_divert)
        self.body.addWidget(self.until)
        self.body.addLayout(foot)
        self.go.clicked.connect(self._open)
        self.divert.clicked.connect(self._divert)

    def show_load(self, load: HubLoad) -> None:
        """Show the hub as it is now."""
        name = load.hub.name
        self.name.setText(name)
        self.setAccessibleName(name)
        word, tone, until = standing(load)
        self.state.say(word, tone)
        self.until.setText(_until(load, until))
        self.divert.say("End divert" if load.is_diverting else "Divert hub")
        self.go.setAccessibleName(f"Go to the queue of {name}")
        self.divert.setAccessibleDescription(name)
        seats = len(load.working)
        self.seats.setText(
            f"{load.free_seats} free of {seats} who see patients" if seats else "Nobody sees patients"
        )
        wait = load.longest_wait
        self.tiles["here"].show_figure(len(load.here))
        self.tiles["unstreamed"].show_figure(len(load.unstreamed), "bad" if load.unstreamed else "plain")
        self.tiles["unsafe"].show_figure(len(load.unsafe), "bad" if load.unsafe else "plain")
        cannot = len(load.cannot_be_seen)
        self.tiles["cannot"].show_figure(cannot, "warn" if cannot else "plain")
        self.tiles["longest"].show_figure("–" if wait is None else duration(wait.total_seconds()))

    def _open(self) -> None:
        self.opened.emit(self._hub_id)

    def _divert(self) -> None:
        self.divert_wanted.emit(self._hub_id)


def _until(load: HubLoad, until: str) -> str:
    parts = [until[:1].upper() + until[1:]]
    if load.is_open and load.last_safe_arrival_at is not None:
        parts.append(safe_arrival(load))
    if load.booked_today:
        parts.append(f"{len(load.booked_today)} still booked")
    return " · ".join(part for part in parts if part)
