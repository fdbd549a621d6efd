"""The Board: load strip, pending referrals, practitioners, hubs."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.boards.beside import Beside
from ui.boards.for_you import ForYouCard
from ui.boards.hub_cards import HubCards
from ui.boards.load_strip import LoadStrip
from ui.boards.practitioners import PractitionersPane
from ui.boards.referrals import ReferralsPane
from ui.boards.send_now import SendNowBar
from ui.boards.tally import ReferralCounts, count
from ui.boards.task_cells import of_one, to_answer
from ui.map.marks import Key
from ui.selection import Kind
from ui.session import Ask, Session
from ui.widgets.looks import column
from ui.widgets.scrolled import height_in_sight, on_room_changed
from ui.widgets.splitter import Splitter

NAME = "board"
_REFILTER_EVERY_S, _MAP_AFTER_S = 15, 7  # never both within one second: each takes a while on a large board
_HIGH, _WITH_HUBS, _WITH_STRIP = 860, 500, 400
_SMALL = 1150
_WIDE = 1560
_VERY_WIDE = 2000  # the map has room even beside the side panel
# Of referrals and what stands beside them, until a person arranges it otherwise.
_SHARES = {"halves": [854, 412], "wide": [860, 960]}
BESIDE = f"{NAME}.beside"


class BoardWorkspace(QWidget):
    """What a coordinator looks at all day."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Follow the live rows."""
        super().__init__(parent)
        self._session = session
        self.strip = LoadStrip(session)
        self.send_now = SendNowBar(session)
        self.referrals = ReferralsPane(session)
        self.practitioners = PractitionersPane(session)
        self.tasks = ForYouCard(session)
        self.hubs = HubCards(session)
        self._counts = ReferralCounts(session.live.referrals, session.now)
        self._seconds = 0
        self._awaited: int | None = None
        self._is_narrow = self._is_beside_wanted = self._is_wide = False
        self._lay_out()
        self.map = self.beside.map
        self.strip.filter_wanted.connect(self._narrow)
        self.referrals.chose.connect(self._choose_referral)
        self.practitioners.chose.connect(self._choose_practitioner)
        self.tasks.chose.connect(self._choose_task)
        session.live.changed.connect(self.tell)
        session.live.state_changed.connect(self._heard)
        session.chosen.connect(self.referrals.show_actions)
        session.chosen.connect(self.tasks.show_step)
        session.only_wanted.connect(self._show_only)
        session.map_wanted.connect(self._show_map)
        session.place_wanted.connect(self._show_spot)
        self.map.chose.connect(self._choose_on_map)
        self.hubs.looked_at.connect(self._look_at_hub)
        self.beside.turned.connect(self._turned)
        session.arrangement.recalled.connect(self._recall)
        session.countdown.ticked.connect(self._tick)
        self.tell()

    def _lay_out(self) -> None:
        """From the outside inwards: a splitter styles what it is given, and anew each time it is moved."""
        whole = column(self, gap=10)
        whole.addWidget(self.strip)
        whole.addWidget(self.send_now)
        # The side panel comes to the right of tables and hubs; the load strip keeps the whole width.
        self.panel_place = Splitter("panel", self)
        whole.addWidget(self.panel_place, 1)
        self._left = QWidget()
        self.panel_place.addWidget(self._left)
        self.panel_place.setStretchFactor(0, 1)
        under = column(self._left, gap=10)
        self.halves = Splitter("halves", self._left)
        under.addWidget(self.halves, 1)
        under.addWidget(self.hubs)
        self.halves.addWidget(self.referrals)
        self.beside = Beside(self._session, self.practitioners, self.tasks, self.halves)
        self.halves.setStretchFactor(0, 5)
        self.halves.setStretchFactor(1, 2)
        self._share()

    def tell(self) -> None:
        """Show what holds now around the tables; the tables merge their rows by themselves."""
        session = self._session
        tally = count(session.live, self._counts, session.now())
        if session.live.as_of is not None:  # until then dashes: a nought would look as if all were well
            self.strip.show_tally(tally)
        self._tell_tasks()
        self.referrals.show_counts(tally.referrals)
        self.referrals.tell()
        self.referrals.show_actions()
        self.practitioners.tell()
        self.hubs.tell()
        self._choose_awaited()
        self._heard()

    def _tell_tasks(self) -> None:
        session, tasks = self._session, self._session.live.tasks.by_id.values()
        who = session.actor, session.person.practitioner_id
        self.tasks.tell()
        if session.live.as_of is not None:
            self.strip.show_tasks(len(of_one(tasks, *who)), len(to_answer(tasks, *who)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a high screen there is room for more of what is asked."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        on_room_changed(self, self._arrange)

    @Slot()
    def _arrange(self) -> None:
        """Where there is no room for all side by side, show one thing at a time: never half of each."""
        is_small, is_wide = self.width() < _SMALL, self.width() >= _WIDE
        # On a low screen the rows come first: the chips count too, and a hub has a workspace of its own.
        high = height_in_sight(self)
        self.hubs.setVisible(high >= _WITH_HUBS)
        self.strip.setVisible(high >= _WITH_STRIP)
        self.tasks.rows_in_sight = 2 if high < _HIGH else 6
        self.tasks.fit()
        if is_wide is not self._is_wide:
            self._is_wide = is_wide
            self._share()
        self._left.setVisible(not (is_small and self._is_narrow))
        has_room = not self._is_narrow or self.width() >= _VERY_WIDE
        self.beside.setVisible(has_room and (self._is_beside_wanted or not is_small))
        self.beside.arrange(is_wide=is_wide, is_narrow=self._is_narrow, is_low=high < _WITH_STRIP)
        self.referrals.setVisible(not (is_small and self._is_beside_wanted))

    def _recall(self) -> None:
        """What was kept of this person is known: show what they looked at where there is room for one."""
        kept = self._session.arrangement.value(BESIDE, of_screen=True)
        if isinstance(kept, str):
            self.beside.show_one(kept)

    def _turned(self) -> None:
        self._session.arrangement.note(BESIDE, self.beside.shown, of_screen=True)
        self._arrange()

    def _share(self) -> None:
        """With room for referrals, map and people the halves are shared otherwise, and remembered apart."""
        self.halves.setObjectName(name := "wide" if self._is_wide else "halves")
        if not self._session.arrangement.restore(self.halves):
            self.halves.setSizes(_SHARES[name])

    def _show_map(self, place: str) -> None:
        """A command asks for the map: bring it out where there is room for one thing only."""
        self._want_beside(is_wanted=True)
        self.beside.show_one("map")
        self.map.show_place(place)

    def _show_spot(self, lat: float, lon: float, name: str) -> None:
        self._show_map("show")
        self.map.see_place(lat, lon, name)

    def _choose_on_map(self, key: Key) -> None:
        """What is pointed at on the map is chosen in its table."""
        kind, row_id = key
        self.hubs.choose(row_id if kind == "hub" else None)
        if kind == "practitioner":
            self.practitioners.view.select_id(row_id)
        elif kind == "referral":
            if self.referrals.model.row_of(row_id) is None:
                self.referrals.show_all()
            self.referrals.view.select_id(row_id)

    def _look_at_hub(self, hub_id: int) -> None:
        self.map.view.choose(("hub", hub_id))

    def _want_beside(self, *, is_wanted: bool) -> None:
        self._is_beside_wanted = is_wanted
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On a small screen Escape leads from practitioners and tasks back to the referrals."""
        if event.key() == Qt.Key.Key_Escape and not self.referrals.isVisible():
            self._want_beside(is_wanted=False)
            self.referrals.view.setFocus()
            return
        super().keyPressEvent(event)

    def enter_tasks(self) -> bool:
        """Take the keyboard to what is asked of this person; False when nothing is."""
        self._want_beside(is_wanted=True)
        self.beside.show_one("people")
        is_asked = self.tasks.enter()
        if not is_asked:
            self._want_beside(is_wanted=False)
        return is_asked

    def _heard(self) -> None:
        """The feed has told how true the board is; while it is silent the panes grow old by themselves."""
        state, as_of = self._session.live.state, self._session.live.as_of
        if as_of is not None and (state is None or state.is_live):
            panes = self.referrals, self.practitioners, self.tasks, self.map, self.strip, self.hubs
            for pane in panes:
                pane.age.heard(as_of, self._session.live.heard_at)
        elif as_of is None:
            self.referrals.tell()
            self.practitioners.tell()

    def focus_search(self) -> None:
        """Go to the search field."""
        self.referrals.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.referrals.search.selectAll()

    def choose_referral(self, referral_id: int) -> None:
        """Choose a referral, now or when the feed has brought it; until then no other one is chosen."""
        self._awaited = referral_id
        self._want_beside(is_wanted=False)
        self.referrals.view.select_id(None)
        self._choose_awaited()

    def show_row(self, kind: Kind, row_id: int) -> None:
        """Choose a row, bring it into sight and give it the keyboard."""
        if kind == "referral":
            self.choose_referral(row_id)
            self.referrals.view.setFocus()
        elif kind == "practitioner":
            self._enter_people(row_id)

    def _enter_people(self, row_id: int | None) -> None:
        self._want_beside(is_wanted=True)
        self.beside.show_one("people")
        self.practitioners.view.setFocus()
        self.practitioners.view.select_id(row_id)

    def _choose_awaited(self) -> None:
        awaited = self._awaited
        if awaited is not None and awaited in self._session.live.referrals.by_id:
            self._awaited = None
            if self.referrals.model.row_of(awaited) is None:
                self.referrals.show_all()
            self.referrals.view.select_id(awaited)

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        of_map = (self.map.view, self.map.list)
        return [self.referrals.view, *of_map, self.tasks.view, self.practitioners.view, self.hubs, self.strip]

    def set_narrow(self, narrow: bool) -> None:
        """Give the place of practitioners and tasks to the side panel."""
        self._is_narrow = narrow
        self._arrange()

    def _show_only(self, workspace: str, name: str) -> None:
        """Another workspace leads here."""
        if workspace == NAME:
            self._narrow(name)

    def _narrow(self, name: str) -> None:
        if name == "tasks":
            self._session.asked.emit(Ask.TASKS)
        elif name == "free":
            self._enter_people(next((row.id for row in self.practitioners.model.rows()), None))
        else:
            self._want_beside(is_wanted=False)
            self.referrals.show_only(name)
            self.referrals.view.setFocus()

    def _choose_referral(self, row_id: int | None) -> None:
        if row_id is not None:
            self._awaited = None
        self._session.choose(NAME, "referral", row_id)

    def _choose_practitioner(self, row_id: int | None) -> None:
        self._session.choose(NAME, "practitioner", row_id)

    def _choose_task(self, row_id: int | None) -> None:
        self._session.choose(NAME, "task", row_id)

    def _tick(self) -> None:
        """Figures and waits move with the time, not only with changes."""
        self._seconds = (self._seconds + 1) % _REFILTER_EVERY_S
        if not self.isVisible():
            return
        if self._seconds == 0:  # in a turn of its own: others have done much in this one
            QTimer.singleShot(0, self, self._look_again)
        elif self._seconds == _MAP_AFTER_S:
            QTimer.singleShot(0, self.map, self.map.tell)

    def _look_again(self) -> None:
        self.referrals.model.refilter()
        self._counts.recount()
        self.tell()
        for view in (self.referrals.view, self.practitioners.view, self.tasks.view):
            view.viewport().update()
