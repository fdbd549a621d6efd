"""The Hub: one hub's queue by stream and order, the next patient large, who sees whom, and closing time."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.domain.rows import QueueRow
from ui.boards.closing_card import ClosingCard
from ui.boards.emptiness import NO_HUB, why_empty
from ui.boards.hub_head import HubHead
from ui.boards.hub_load import HubLoad, load_of
from ui.boards.hub_queue import HubQueuePane
from ui.boards.next_card import NextCard
from ui.boards.seat import hubs_of, shown_hub
from ui.boards.seats_card import SeatsCard
from ui.boards.stacking import Halves
from ui.selection import Kind
from ui.session import Session
from ui.widgets.feed_age import PaneAge
from ui.widgets.looks import column
from ui.widgets.messages import EmptyState
from ui.widgets.splitter import Splitter

NAME = "hub"
_TELL_EVERY_S = 5
_NARROW = 940  # the queue would have no room for names


class HubWorkspace(QWidget):
    """Where a clinician at a hub works all day."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Follow the live rows of the hub that is shown."""
        super().__init__(parent)
        self._session = session
        self._seconds = 0
        self._hub_id: int | None = None
        self.load: HubLoad | None = None
        self.head = HubHead(session)
        self.queue = HubQueuePane(session)
        self.next = NextCard(session)
        self.seats = SeatsCard(session)
        self.closing = ClosingCard(session)
        self.empty = EmptyState("hospital", "")
        self.ages = [PaneAge(pane, session.countdown) for pane in self._cards()]
        self.ages.append(PaneAge(self.head, session.countdown, says=False))
        self._lay_out()
        self._connect()
        self.tell()

    def _cards(self) -> Sequence[QWidget]:
        return (self.queue, self.next, self.seats, self.closing)

    def _lay_out(self) -> None:
        whole = column(self, gap=10)
        self.side = QWidget()
        self.side.setMinimumWidth(368)
        below = Splitter("below", way=Qt.Orientation.Vertical)
        self.halves = Halves(self._session, _NARROW)
        for card in (self.seats, self.closing):
            below.addWidget(card)
        below.setSizes([170, 230])
        beside = column(self.side, gap=10)
        beside.addWidget(self.next)
        beside.addWidget(below, 1)
        self.halves.addWidget(self.queue)
        self.halves.addWidget(self.side)
        self.halves.setStretchFactor(0, 5)
        self.halves.setStretchFactor(1, 2)
        self.halves.setSizes([860, 400])
        self.panel_place = self.halves
        whole.addWidget(self.head)
        whole.addWidget(self.halves, 1)
        whole.addWidget(self.empty, 1)

    def _connect(self) -> None:
        session = self._session
        session.live.changed.connect(self.tell)
        session.live.state_changed.connect(self._heard)
        session.chosen.connect(self._chosen)
        session.countdown.ticked.connect(self._tick)
        self.head.hub_wanted.connect(self.show_hub)
        self.head.figure_wanted.connect(self._go_to_figure)
        self.queue.chose.connect(self._choose_entry)
        self.next.wanted.connect(self.queue.view.select_id)
        self.seats.chose.connect(self._choose_seat)
        self.closing.chose.connect(self._choose_in_the_way)

    # What is shown

    def show_hub(self, hub_id: int) -> None:
        """Show another hub; nothing of the former one stays chosen."""
        self._session.choose(NAME, "queue_entry", None)
        self._session.choose(NAME, "hub", hub_id)
        self.tell()

    def tell(self) -> None:
        """Show what holds now."""
        session = self._session
        hub = shown_hub(session)
        self.head.setVisible(hub is not None)
        self.halves.setVisible(hub is not None)
        self.empty.setVisible(hub is None)
        if hub is None:
            self._say_no_hub()
            return
        if hub.id != self._hub_id:
            self._hub_id = hub.id
            self.queue.forget()
            session.choose(NAME, "hub", hub.id)
        self.load = load_of(session.live, hub, session.now(), session.clocks)
        self.head.offer(hubs_of(session), hub.id)
        for part in (self.head, self.queue, self.next, self.seats, self.closing):
            part.show_load(self.load)
        self._heard()

    def _say_no_hub(self) -> None:
        self.empty.say(*why_empty(self._session, NO_HUB, "hospital"))

    def _heard(self) -> None:
        as_of = self._session.live.as_of
        if as_of is not None:
            for age in self.ages:
                age.heard(as_of, self._session.live.heard_at)
        else:
            self._say_no_hub()

    def _tick(self) -> None:
        """Waits, unsafe waits and the closing warning come with the time, not only with changes."""
        self._seconds = (self._seconds + 1) % _TELL_EVERY_S
        if self._seconds == 0 and self.isVisible():
            self.tell()
            for view in (self.queue.view, self.seats.view):
                view.viewport().update()

    # What is chosen

    def _choose_entry(self, entry_id: int | None) -> None:
        self._session.choose(NAME, "queue_entry", entry_id)
        self._session.choose(NAME, "referral", None)

    def _choose_seat(self, practitioner_id: int | None, entry_id: int | None) -> None:
        self._session.choose(NAME, "practitioner", practitioner_id)
        if entry_id is not None:
            self.queue.view.select_id(entry_id)

    def _choose_in_the_way(self, referral_id: int, entry_id: int | None) -> None:
        if entry_id is not None:
            self.queue.view.select_id(entry_id)
        else:
            self.queue.view.select_id(None)
            self._session.choose(NAME, "referral", referral_id)

    def _chosen(self) -> None:
        """Another row or hub was chosen, perhaps by a command."""
        session = self._session
        hub = shown_hub(session)
        if session.selection.front == NAME and hub is not None and hub.id != self._hub_id:
            self.tell()
        entry_id = session.selection.id_of("queue_entry") if session.selection.front == NAME else None
        is_shown = entry_id is not None and self.queue.model.row_of(entry_id) is not None
        if is_shown and entry_id != self.queue.view.selected_id():
            self.queue.view.select_id(entry_id)
        self.queue.show_actions()

    def _go_to_figure(self, name: str) -> None:
        """Choose the next patient that a figure counts."""
        if self.load is None:
            return
        rows = self._counted(self.load, name)
        ids = [row.id for row in rows]
        here = self.queue.view.selected_id()
        after = ids.index(here) + 1 if here in ids else 0
        self.queue.view.setFocus()
        if ids:
            self.queue.view.select_id(ids[after % len(ids)])

    def _counted(self, load: HubLoad, name: str) -> Sequence[QueueRow]:
        longest = sorted(load.here, key=lambda row: row.arrived_at or load.now)[:1]
        counted: dict[str, Sequence[QueueRow]] = {
            "here": load.here,
            "unstreamed": load.unstreamed,
            "unsafe": load.unsafe,
            "longest": longest,
            "cannot": load.cannot_be_seen,
        }
        return counted[name]

    # What the window asks

    def show_row(self, kind: Kind, row_id: int) -> None:
        """Show a hub; or choose a patient of the one that is shown, and give them the keyboard."""
        if kind == "hub":
            self.show_hub(row_id)
        elif kind == "queue_entry":
            self.tell()
            self.queue.view.select_id(row_id)
            self.queue.view.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.queue.view, self.next, self.seats.view, self.closing.view, self.head]

    def set_narrow(self, narrow: bool) -> None:
        """Give the place of the right column to the side panel."""
        self.side.setVisible(not narrow)
