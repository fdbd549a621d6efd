"""The Board: load strip, pending referrals, practitioners, hubs."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui.boards.for_you import ForYouCard
from ui.boards.hub_cards import HubCards
from ui.boards.load_strip import LoadStrip
from ui.boards.practitioners import PractitionersPane
from ui.boards.referrals import ReferralsPane
from ui.boards.send_now import SendNowBar
from ui.boards.tally import ReferralCounts, count
from ui.boards.task_cells import of_one, to_answer
from ui.session import Ask, Session
from ui.widgets.looks import column

NAME = "board"
_REFILTER_EVERY_S = 15
_HIGH = 860
_SMALL = 1150


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
        self._is_narrow = self._is_beside_wanted = False
        self._lay_out()
        self.strip.filter_wanted.connect(self._narrow)
        self.referrals.chose.connect(self._choose_referral)
        self.practitioners.chose.connect(self._choose_practitioner)
        self.tasks.chose.connect(self._choose_task)
        session.live.changed.connect(self.tell)
        session.live.state_changed.connect(self._heard)
        session.chosen.connect(self.referrals.show_actions)
        session.chosen.connect(self.tasks.show_step)
        session.only_wanted.connect(self._show_only)
        session.countdown.ticked.connect(self._tick)
        self.tell()

    def _lay_out(self) -> None:
        whole = column(self, gap=10)
        self.beside = QWidget()
        right = column(self.beside, gap=10)
        right.addWidget(self.practitioners, 1)
        right.addWidget(self.tasks)
        self.halves = _splitter(self.referrals, self.beside)
        self.halves.setStretchFactor(0, 5)
        self.halves.setStretchFactor(1, 2)
        self.halves.setSizes([854, 412])
        self._left = QWidget()
        under = column(self._left, gap=10)
        under.addWidget(self.halves, 1)
        under.addWidget(self.hubs)
        # The side panel comes to the right of tables and hubs; the load strip keeps the whole width.
        self.panel_place = _splitter(self._left)
        self.panel_place.setStretchFactor(0, 1)
        whole.addWidget(self.strip)
        whole.addWidget(self.send_now)
        whole.addWidget(self.panel_place, 1)

    def tell(self) -> None:
        """Show what holds now around the tables; the tables merge their rows by themselves."""
        session = self._session
        tally = count(session.live, self._counts, session.now())
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
        self.strip.show_tasks(len(of_one(tasks, *who)), len(to_answer(tasks, *who)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a high screen there is room for more of what is asked."""
        super().resizeEvent(event)
        self.tasks.rows_in_sight = 2 if self.height() < _HIGH else 6
        self.tasks.fit()
        self._arrange()

    def _arrange(self) -> None:
        """Where there is no room for all side by side, show one thing at a time: never half of each."""
        is_small = self.width() < _SMALL
        self._left.setVisible(not (is_small and self._is_narrow))
        self.beside.setVisible(not self._is_narrow and (self._is_beside_wanted or not is_small))
        self.referrals.setVisible(not (is_small and self._is_beside_wanted))

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
        is_asked = self.tasks.enter()
        if not is_asked:
            self._want_beside(is_wanted=False)
        return is_asked

    def _heard(self) -> None:
        """The feed has told how true the board is; while it is silent the panes grow old by themselves."""
        state, as_of = self._session.live.state, self._session.live.as_of
        if as_of is not None and (state is None or state.is_live):
            for age in (self.referrals.age, self.practitioners.age, self.tasks.age):
                age.heard(as_of, self._session.live.heard_at)

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

    def _choose_awaited(self) -> None:
        awaited = self._awaited
        if awaited is not None and awaited in self._session.live.referrals.by_id:
            self._awaited = None
            if self.referrals.model.row_of(awaited) is None:
                self.referrals.show_all()
            self.referrals.view.select_id(awaited)

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.referrals.view, self.tasks.view, self.practitioners.view, self.hubs, self.strip]

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
            self._want_beside(is_wanted=True)
            self.practitioners.view.setFocus()
            self.practitioners.view.select_id(next((row.id for row in self.practitioners.model.rows()), None))
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
        if self._seconds == 0 and self.isVisible():
            self.referrals.model.refilter()
            self._counts.recount()
            self.tell()
            for view in (self.referrals.view, self.practitioners.view, self.tasks.view):
                view.viewport().update()


def _splitter(*widgets: QWidget) -> QSplitter:
    made = QSplitter(Qt.Orientation.Horizontal)
    made.setHandleWidth(10)
    made.setChildrenCollapsible(False)
    for widget in widgets:
        made.addWidget(widget)
    return made
