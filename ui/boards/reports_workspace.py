"""Reports: what practices wait for, what they have not accepted, and the next step for each."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QWidget

from console.domain.rows import ReportRow
from ui.boards import report_cells as cells
from ui.boards.call_detail import CallDetail
from ui.boards.call_list_pane import CallListPane
from ui.boards.chase_line import ChaseLine
from ui.boards.delegates import RowDelegate
from ui.boards.emptiness import why_empty
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.boards.referral_cells import name_of
from ui.boards.report_detail import ReportDetail
from ui.boards.stacking import Halves
from ui.said import is_said
from ui.selection import Kind
from ui.session import Session
from ui.widgets.action_bar import ActionBar
from ui.widgets.feed_age import PaneAge
from ui.widgets.filters import FilterChips, SearchField
from ui.widgets.looks import Card, column, line, restyle
from ui.widgets.messages import EmptyState

NAME = "reports"
_TELL_EVERY_S = 5
_ANSWER = "report.result"  # the next step of what is on its way
_STEPS = ("report.sign", "report.release", "report.sent", "report.write", _ANSWER, "report.snooze")
CALLS = "calls"


class ReportsWorkspace(QWidget):
    """The table of reports or the call list on the left, the chosen one on the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Follow the live rows."""
        super().__init__(parent)
        self._session = session
        self._filter, self._typed, self._seconds = "all", "", 0
        self.model: KeyedTableModel[ReportRow] = KeyedTableModel(
            cells.columns(session.now, session.presence.here),
            key=lambda row: row.id,
            order=cells.order,
            spoken=lambda row, now: cells.spoken(row, now, session.presence.here(row.referral_id)),
            now=session.now,
            parent=self,
        )
        delegate = RowDelegate(self.model, cells.is_over)
        self.view: LiveView[ReportRow] = LiveView(self.model, delegate, session.countdown)
        self.view.setAccessibleName("Outcome reports")
        self.view.setObjectName("reports")
        self.card = Card("Outcome reports", margin=12)
        kinds = [(name, words) for name, (words, _) in cells.FILTERS.items()]
        self.chips = FilterChips(kinds, "Show", wraps=True)
        self.switch = FilterChips([(NAME, "Reports"), (CALLS, "Call list")], "Work at")
        self.chases = ChaseLine(session)
        self.search = SearchField("Find patient, practice, author")
        self.hidden = QPushButton()
        self.bar = ActionBar(session.commands, self.view)
        self.empty = EmptyState("circle-check", "")
        self.detail = ReportDetail(session)
        self.calls = CallListPane(session)
        self.call_detail = CallDetail(session)
        panes = (self.view, self.detail, self.calls.view, self.call_detail)
        self.ages = [PaneAge(pane, session.countdown) for pane in panes]
        self._lay_out()
        self._connect()
        self.tell()

    def _lay_out(self) -> None:
        whole = column(self, gap=10)
        self.halves = Halves(self._session)
        self.search.setMaximumWidth(320)
        self.search.setMinimumWidth(270)
        self.card.head.addWidget(self.search)
        restyle(self.hidden, look="warning")
        self.card.body.addWidget(self.chips)
        self.card.body.addWidget(self.hidden, 0, Qt.AlignmentFlag.AlignLeft)
        self.card.body.addWidget(self.view, 1)
        self.card.body.addWidget(self.empty, 1)
        self.card.body.addWidget(self.bar)
        self.lists, self.beside = QStackedWidget(), QStackedWidget()
        for stack, parts in (
            (self.lists, (self.card, self.calls)),
            (self.beside, (self.detail, self.call_detail)),
        ):
            for part in parts:
                stack.addWidget(part)
            self.halves.addWidget(stack)
        self.halves.setStretchFactor(0, 5)
        self.halves.setStretchFactor(1, 2)
        self.halves.setSizes([860, 400])
        self.panel_place = self.halves
        top = line(gap=14)
        top.addWidget(self.switch)
        self.chases.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.chases, 1)
        whole.addLayout(top)
        whole.addWidget(self.halves, 1)

    def _connect(self) -> None:
        session = self._session
        session.live.changed.connect(self.tell)
        session.service_clocks.came.connect(self.tell)
        session.live.state_changed.connect(self._heard)
        session.chosen.connect(self._show_actions)
        session.only_wanted.connect(self._show_only)
        session.countdown.ticked.connect(self._tick)
        session.presence.changed.connect(self.view.viewport().update)
        self.chips.chosen.connect(self.show_only)
        self.switch.chosen.connect(self._work_at)
        self.calls.chose.connect(self._choose_practice)
        self.search.searched.connect(self._search)
        self.search.left.connect(self.view.enter)
        self.hidden.clicked.connect(self.show_all)
        self.empty.acted.connect(self.show_all)
        self.view.selected.connect(self._choose)
        self.view.opened.connect(self._open)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu_at)

    # What is shown

    def tell(self) -> None:
        """Show what holds now."""
        rows = self._session.live.reports.by_id
        self.model.reset(rows.values())
        now = self._session.now()
        for name, (words, wanted) in cells.FILTERS.items():
            count = sum(wanted(row, now) for row in rows.values())
            self.chips.say(name, f"{words} {count}" if count else words)
        self._tell_hidden()
        self.calls.tell()
        self.switch.say(CALLS, f"Call list {self.calls.to_call}" if self.calls.to_call else "Call list")
        self._show_actions()
        self.detail.show_row(self.view.selected_row())
        self.call_detail.show_row(self.calls.view.selected_row())
        self._heard()

    def _tell_hidden(self) -> None:
        """Say how many are hidden, and never hide overdue ones silently."""
        shown, hidden, now = self.model.rowCount(), self.model.hidden, self._session.now()
        self.card.say_aside(f"{shown} of {shown + hidden}" if hidden else f"{shown}")
        all_rows = self._session.live.reports.by_id.values()
        late = sum(cells.is_over(row, now) for row in all_rows if self.model.row_of(row.id) is None)
        among = f", {late} of them overdue" if late else ""
        self.hidden.setText(f"{hidden} hidden{among}.  Show all")
        self.hidden.setVisible(hidden > 0 and shown > 0)
        restyle(self.hidden, tone="bad" if late else "plain")
        self.view.setVisible(shown > 0)
        self.empty.setVisible(shown == 0)
        if hidden:
            self.empty.say("search", f"No report is like that; {hidden} hidden{among}.", "Show all")
        else:
            self.empty.say(*why_empty(self._session, "No practice waits for a report.", what="The list"))

    def _heard(self) -> None:
        as_of = self._session.live.as_of
        if as_of is not None:
            for age in self.ages:
                age.heard(as_of, self._session.live.heard_at)
        else:
            self._tell_hidden()

    def _tick(self) -> None:
        """Reports become due and late with the time, not only with changes."""
        self._seconds = (self._seconds + 1) % _TELL_EVERY_S
        if self._seconds == 0 and self.isVisible():
            self.model.refilter()
            self.tell()

    # Filters

    def show_all(self) -> None:
        """Hide nothing."""
        self.search.clear()
        self._typed = ""
        self.show_only("all")

    def _show_only(self, workspace: str, name: str) -> None:
        """Another workspace leads here."""
        if workspace != NAME:
            return
        self.work_at(CALLS if name == CALLS else NAME)
        if name != CALLS:
            self.show_only(name)

    def work_at(self, which: str) -> None:
        """Go to the reports or to the call list, and to the first practice that is to be called."""
        self.switch.choose(which)
        if which == CALLS:
            if self.calls.view.selected_row() is None and self.calls.model.rowCount():
                self.calls.view.select_id(self.calls.model.id_at(0))
            self.calls.view.setFocus()
        else:
            self.view.setFocus(Qt.FocusReason.TabFocusReason)  # by hand, which chooses the first

    def _work_at(self, which: str) -> None:
        """What is out of sight is not chosen: no key acts on it."""
        is_calls = which == CALLS
        self.lists.setCurrentWidget(self.calls if is_calls else self.card)
        self.beside.setCurrentWidget(self.call_detail if is_calls else self.detail)
        self._session.choose(NAME, "report", None if is_calls else self.view.selected_id())
        self._session.choose(NAME, "practice", self.calls.view.selected_id() if is_calls else None)
        self._show_actions()

    @property
    def _is_at_calls(self) -> bool:
        return self.lists.currentWidget() is self.calls

    def show_only(self, name: str) -> None:
        """Narrow the table down to one kind of report."""
        self._filter = name
        self.chips.choose(name)
        self._narrow()

    def _search(self, typed: str) -> None:
        self._typed = typed.casefold()
        self._narrow()

    def _narrow(self) -> None:
        is_all = self._filter == "all" and not self._typed
        self.model.set_filter(None if is_all else self._wants)
        self._tell_hidden()

    def _wants(self, row: ReportRow) -> bool:
        wanted = cells.FILTERS[self._filter][1]
        name = f"{row.family_name} {row.given_name}"
        return wanted(row, self._session.now()) and is_said(self._typed, cells.found_by(row), name)

    # What is chosen

    def _choose(self, report_id: int | None) -> None:
        if not self._is_at_calls:
            self._session.choose(NAME, "report", report_id)
        self.detail.show_row(self.view.selected_row())
        self._show_actions()

    def _choose_practice(self, practice_id: int | None) -> None:
        if self._is_at_calls:
            self._session.choose(NAME, "practice", practice_id)
        self.call_detail.show_row(self.calls.view.selected_row())
        self.calls.show_actions()

    def _show_actions(self) -> None:
        self.calls.show_actions()
        row, commands = self.view.selected_row(), self._session.commands
        if row is None:
            self.bar.show_commands("Choose a report to act on", ())
            return
        there = {command.id for command in commands}
        steps = _STEPS if cells.is_owed(row) else tuple(dict.fromkeys((_ANSWER, *_STEPS)))
        fitting = tuple(one for one in steps if one in there and commands.is_enabled(one))
        self.bar.show_commands(name_of(row), fitting)

    def _open(self, report_id: int) -> None:
        row = self.model.row(report_id)
        if row is not None:
            self._session.open_record(row.referral_id)

    def _menu_at(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in self._session.commands:
            if command.group == "Report" and not command.why_not(self._session):
                menu.addAction(self._session.commands.action(command.id))
        menu.popup(self.view.viewport().mapToGlobal(where))

    # What the window asks

    def focus_search(self) -> None:
        """Go to the search field."""
        self.work_at(NAME)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_row(self, kind: Kind, row_id: int) -> None:
        """Choose a report, or a practice of the call list, and give it the keyboard."""
        self.work_at(CALLS if kind == "practice" else NAME)
        if kind == "practice":
            self.calls.view.select_id(row_id)
        elif kind == "report":
            if self.model.row_of(row_id) is None:
                self.show_all()
            self.view.select_id(row_id)

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        if self._is_at_calls:
            return [self.calls.view, self.call_detail.words, self.switch]
        return [self.view, self.detail.words, self.chips, self.switch]

    def set_narrow(self, narrow: bool) -> None:
        """Give the place of the detail to the side panel."""
        self.beside.setVisible(not narrow)
