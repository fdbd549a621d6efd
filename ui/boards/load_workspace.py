"""Load: what a supervisor can act on now, in figures that are read from across the room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from console.domain.permissions import Deed
from ui.boards.big_tile import BigTile
from ui.boards.chase_line import ChaseLine
from ui.boards.emptiness import NO_HUB, why_empty
from ui.boards.hub_load import load_of
from ui.boards.load_figures import FIGURES, figures
from ui.boards.load_hub_card import LoadHubCard
from ui.boards.practitioners import PractitionersPane
from ui.boards.seat import hubs_of
from ui.boards.stacking import NARROW, Halves
from ui.boards.tally import ReferralCounts
from ui.boards.tasks_pane import TasksPane
from ui.selection import Kind
from ui.session import Session
from ui.widgets.feed_age import PaneAge
from ui.widgets.looks import column, empty_layout, line
from ui.widgets.messages import EmptyState
from ui.widgets.scrolled import height_in_sight

NAME = "load"
_TELL_EVERY_S = 5
_WITH_HUBS = 530
_SMALL = 1100
# Where each figure leads.
_TILES = {
    "triage": "Show them on the board",
    "overdue": "Show them on the board",
    "silent": "Show them on the board",
    "ambulance": "Show them on the board",
    "open": "Show them below",
    "reports": "Show them among the reports",
    "free": "Show them on the board",
}


class LoadWorkspace(QWidget):
    """Tiles, hubs side by side, tasks and practitioners."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Follow the live rows."""
        super().__init__(parent)
        self._session = session
        self._seconds = 0
        self._is_narrow = False
        self._across = 0
        self._counts = ReferralCounts(session.live.referrals, session.now)
        self.tiles = {name: BigTile(FIGURES[name][0], leads_to) for name, leads_to in _TILES.items()}
        self.hubs: dict[int, LoadHubCard] = {}
        self.hub_row = QWidget()
        self._beside = line(self.hub_row, gap=10)
        self.chases = ChaseLine(session)
        self.tasks = TasksPane(session)
        self.practitioners = PractitionersPane(session)
        self.empty = EmptyState("hospital", "")
        self.figures = QWidget()
        self.ages = [PaneAge(pane, session.countdown) for pane in (self.tasks, self.practitioners)]
        self.ages += [PaneAge(low, session.countdown, says=False) for low in (self.figures, self.hub_row)]
        self._lay_out()
        self._connect()
        self.tell()

    def _lay_out(self) -> None:
        whole = column(self, gap=10)
        self._rows = QGridLayout(self.figures)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(10)
        for name, tile in self.tiles.items():
            tile.setProperty("figure", name)
            tile.clicked.connect(self._clicked)
        self._put_figures(len(self.tiles))
        self.panel_place = Halves(self._session)
        self.panel_place.addWidget(self.tasks)
        self.panel_place.addWidget(self.practitioners)
        self.panel_place.setStretchFactor(0, 3)
        self.panel_place.setStretchFactor(1, 2)
        self.panel_place.setSizes([800, 460])
        whole.addWidget(self.figures, 2)
        whole.addWidget(self.chases)
        whole.addWidget(self.hub_row, 3)
        whole.addWidget(self.empty)
        whole.addWidget(self.panel_place, 7)

    def _connect(self) -> None:
        session = self._session
        session.live.changed.connect(self.tell)
        session.live.state_changed.connect(self._heard)
        session.chosen.connect(self.tasks.show_actions)
        session.countdown.ticked.connect(self._tick)
        self.tasks.chose.connect(self._choose_task)
        self.practitioners.chose.connect(self._choose_practitioner)

    # What is shown

    def tell(self) -> None:
        """Show what holds now."""
        shown = figures(self._session, self._counts)
        for name, tile in self.tiles.items():
            is_known = self._session.live.as_of is not None  # a nought would look as if all were well
            tile.show_figure(
                shown[name].value if is_known else "–", shown[name].tone if is_known else "plain"
            )
        self._tell_hubs()
        self.tasks.tell()
        self.practitioners.tell()
        self._heard()

    def _tell_hubs(self) -> None:
        session = self._session
        hubs = hubs_of(session)
        if [hub.id for hub in hubs] != list(self.hubs):
            empty_layout(self._beside)
            may_divert = session.may(Deed.DIVERT_HUB)
            self.hubs = {hub.id: LoadHubCard(hub.id, may_divert) for hub in hubs}
            for card in self.hubs.values():
                card.opened.connect(self._open_hub)
                card.divert_wanted.connect(self._divert)
                self._beside.addWidget(card, 1)
        self._arrange()
        for hub in hubs:
            self.hubs[hub.id].show_load(load_of(session.live, hub, session.now(), session.clocks))
        # Where there is no room for hubs either, the tasks say the same.
        self.empty.setVisible(not hubs and height_in_sight(self) >= _WITH_HUBS)
        self.empty.say(*why_empty(session, NO_HUB, "hospital"))

    def _heard(self) -> None:
        as_of = self._session.live.as_of
        if as_of is not None:
            for age in self.ages:
                age.heard(as_of, self._session.live.heard_at)
        else:
            self._tell_hubs()
            self.tasks.tell()
            self.practitioners.tell()

    def _tick(self) -> None:
        """Figures move with the time, not only with changes."""
        self._seconds = (self._seconds + 1) % _TELL_EVERY_S
        if self._seconds == 0 and self.isVisible():
            self._counts.recount()
            self.tell()
            self.practitioners.view.viewport().update()

    # Where the figures lead

    def _clicked(self) -> None:
        name = str(self.sender().property("figure"))
        if name == "open":
            self.tasks.show_only("open")
            self.tasks.view.setFocus(Qt.FocusReason.TabFocusReason)  # by hand, which chooses the first
        elif name == "reports":
            self._session.go_to("reports", "overdue")
        else:
            self._session.go_to("board", name)

    def _open_hub(self, hub_id: int) -> None:
        self._session.show_row("hub", "hub", hub_id)

    def _divert(self, hub_id: int) -> None:
        self._session.choose(NAME, "hub", hub_id)
        self._session.commands.run("hub.divert")

    def _choose_task(self, task_id: int | None) -> None:
        self._session.choose(NAME, "task", task_id)
        self.tasks.show_actions()

    def _choose_practitioner(self, practitioner_id: int | None) -> None:
        self._session.choose(NAME, "practitioner", practitioner_id)

    # What the window asks

    def show_row(self, kind: Kind, row_id: int) -> None:
        """Choose a practitioner and give them the keyboard."""
        if kind == "practitioner":
            self.practitioners.view.select_id(row_id)
            self.practitioners.view.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 goes through; Tab goes on among hubs and figures."""
        hubs, tiles = list(self.hubs.values())[:1], list(self.tiles.values())[:1]
        return [self.tasks.view, self.practitioners.view, self.tasks.chips, *hubs, *tiles]

    def set_narrow(self, narrow: bool) -> None:
        """Give the place of the practitioners to the side panel."""
        self._is_narrow = narrow
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the tasks need all the width; the practitioners stand on the board too."""
        super().resizeEvent(event)
        self._arrange()

    def _put_figures(self, across: int) -> None:
        """Put so many figures into a row."""
        if self._rows.count() and self._across == across:
            return
        self._across = across
        for place, tile in enumerate(self.tiles.values()):
            self._rows.addWidget(tile, place // across, place % across)

    def _arrange(self) -> None:
        is_narrow = self.width() < NARROW
        self._put_figures(4 if is_narrow else len(self.tiles))
        self.practitioners.setVisible(not self._is_narrow and self.width() >= _SMALL)
        # Where there is no room for all, the tasks stay: a hub has a workspace of its own.
        self.hub_row.setVisible(bool(self.hubs) and height_in_sight(self) >= _WITH_HUBS)
