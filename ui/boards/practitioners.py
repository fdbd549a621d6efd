"""The practitioners beside the board: who is free, what the others do, and how old their position is."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from console.domain.permissions import Deed
from console.domain.rows import PractitionerRow
from console.domain.sendable import is_free_to_send, is_on_duty
from ui.boards import practitioner_cells as cells
from ui.boards.delegates import RowDelegate
from ui.boards.emptiness import why_empty
from ui.boards.following import follow
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.boards.load_strip import command_button
from ui.boards.referrals import HEAD
from ui.session import Session
from ui.widgets.feed_age import PaneAge
from ui.widgets.looks import Card
from ui.widgets.messages import EmptyState

_MARGIN = 12
_COMMANDS = {
    "practitioner.shift": ("Shift", Deed.RECORD_SHIFT),
    "practitioner.position": ("Position", Deed.RECORD_POSITION),
    "practitioner.divert": ("Divert", Deed.DIVERT_PRACTITIONER),
}


class PractitionersPane(Card):
    """Everyone who works now or soon."""

    chose = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until the board has been read."""
        super().__init__("Practitioners", margin=_MARGIN, parent=parent)
        self.setMinimumWidth(396)  # its three buttons and whatever they stand behind, whole
        self.title.setMinimumHeight(HEAD)
        self._session = session
        self.model: KeyedTableModel[PractitionerRow] = KeyedTableModel(
            cells.columns(session),
            key=lambda row: row.id,
            order=lambda row: cells.order(row, session.now()),
            now=session.now,
            parent=self,
        )
        delegate: RowDelegate[PractitionerRow] = RowDelegate(self.model, cells.is_over)
        self.view: LiveView[PractitionerRow] = LiveView(self.model, delegate, session.countdown)
        self.view.setAccessibleName("Practitioners")
        self.view.setObjectName("practitioners")
        self.age = PaneAge(self.view, session.countdown)
        self.empty = EmptyState("users", "")
        self.empty.hide()
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.empty, 1)
        there = {command.id for command in session.commands}
        for command_id, (words, deed) in _COMMANDS.items():
            if command_id in there and session.may(deed):
                button = command_button(session, command_id, words)
                self.head.addWidget(button)
                QWidget.setTabOrder(button, self.view)
        self.view.selected.connect(self.chose)
        follow(session.live.practitioners, self.model)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all, the title gives way: it is never cut, and no figure is."""
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        self.title.show()
        self.title.setVisible(self.head.sizeHint().width() <= self.width() - 2 * _MARGIN)

    def tell(self) -> None:
        """Say how many could be sent; who is late or whose shift is over changes places by the time alone."""
        self.model.reorder()
        rows, now = self.model.rows(), self._session.now()
        free, on_duty = sum(is_free_to_send(row, now) for row in rows), sum(map(is_on_duty, rows))
        silent = sum(row.unanswered_since is not None for row in rows)
        over = sum(cells.is_over(row, now) for row in rows) - silent
        said = [f"{silent} no answer"] if silent else []
        said += [f"{over} over"] if over else []
        said.append(f"{free} of {on_duty} free" if on_duty else "nobody on duty")
        self.say_aside(", ".join(said) if rows else "")
        self._fit_head()
        self.view.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        calm = "Nobody is on shift. Record a shift to be able to send somebody."
        self.empty.say(*why_empty(self._session, calm, "users"))
