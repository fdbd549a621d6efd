"""The call list: practices that have to be rung, each once, worked off with two keys a call."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.call_list import PracticeToCall, call_list
from ui.boards import call_cells as cells
from ui.boards.delegates import RowDelegate
from ui.boards.emptiness import why_empty
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.session import Session
from ui.widgets.action_bar import ActionBar
from ui.widgets.looks import Card
from ui.widgets.messages import EmptyState

STEPS = ("calls.spoke", "calls.no_reply", "calls.accepted", "calls.again", "calls.wrong", "calls.snooze")


class CallListPane(Card):
    """One line for each practice; `chose` gives the chosen one's key."""

    chose = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until it is known by what the ladders go."""
        super().__init__("Call list", margin=12, parent=parent)
        self._session = session
        self.to_call = 0
        self.model: KeyedTableModel[PracticeToCall] = KeyedTableModel(
            cells.columns(session.now),
            key=lambda row: row.id,
            order=self._order,
            spoken=cells.spoken,
            now=session.now,
            parent=self,
        )
        delegate: RowDelegate[PracticeToCall] = RowDelegate(self.model)
        self.view: LiveView[PracticeToCall] = LiveView(self.model, delegate, session.countdown)
        self.view.setAccessibleName("Practices to call")
        self.view.setObjectName("calls")
        self.empty = EmptyState("phone", "")
        self.bar = ActionBar(session.commands, self.view)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.bar)
        self.view.selected.connect(self.chose)
        if session.frame is None:
            session.service_clocks.read()

    def _order(self, row: PracticeToCall) -> object:
        frame = self._session.frame
        return (False,) if frame is None else cells.order(row, self._session.now(), frame)

    def tell(self) -> None:
        """Show who has to be rung now."""
        session, now, frame = self._session, self._session.now(), self._session.frame
        rows = [] if frame is None else call_list(session.live.reports.by_id.values(), now, frame)
        session.calls = {row.id: row for row in rows}
        self.to_call = 0 if frame is None else sum(row.is_to_call(now, frame) for row in rows)
        self.model.reset(rows)
        self.model.reorder()  # a promise or a snooze ends by the time alone
        waiting = len(rows) - self.to_call
        said = f"{self.to_call} to call" + (f", {waiting} called or snoozed" if waiting else "")
        self.say_aside(said if rows else "")
        self.view.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if frame is None and session.live.as_of is not None:
            self.empty.say("refresh-cw", "The call list is being read.")
        else:
            calm = "No practice has to be called now."
            self.empty.say(*why_empty(session, calm, what="The call list"))
        self.show_actions()

    def show_actions(self) -> None:
        """Offer what may come of a call to the chosen practice."""
        row, commands = self.view.selected_row(), self._session.commands
        if row is None:
            self.bar.show_commands("Choose a practice and ring it", ())
            return
        there = {command.id for command in commands}
        fitting = tuple(one for one in STEPS if one in there and commands.is_enabled(one))
        self.bar.show_commands(row.name, fitting)
