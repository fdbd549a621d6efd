"""The queue of one hub: grouped by stream, in the order in which patients are called."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMenu, QStyleOptionViewItem, QWidget

from console.domain.rows import QueueRow
from console.domain.words import QueueStatus
from ui import theme
from ui.boards import hub_cells as cells
from ui.boards.cells import TwoLines
from ui.boards.delegates import RowDelegate
from ui.boards.hub_load import HubLoad, is_unsafe, order
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.boards.referral_cells import name_of
from ui.session import Session
from ui.widgets.action_bar import ActionBar, KeyButton
from ui.widgets.looks import Card, line
from ui.widgets.messages import EmptyState

_STEPS: dict[QueueStatus, tuple[str, ...]] = {
    QueueStatus.BOOKED: ("hub.arrived", "hub.booking", "hub.left"),
    QueueStatus.ARRIVED: ("hub.stream",),
    QueueStatus.STREAMED: ("hub.begin", "hub.call", "hub.stream"),
    QueueStatus.CALLED: ("hub.begin", "hub.put_back"),
    QueueStatus.BEING_SEEN: ("hub.seen", "hub.stream"),
}
_ALWAYS = ("referral.worse", "hub.elsewhere")
_ROOM_IN_BAR = 4


class QueueDelegate(RowDelegate[QueueRow]):
    """Draws a stronger line above the first row of each stream."""

    def __init__(self, model: KeyedTableModel[QueueRow], pane: "HubQueuePane") -> None:
        """Ask the pane which rows are the first of their stream."""
        super().__init__(model, is_unsafe)
        self._pane = pane

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The cell, and the line."""
        super().paint(painter, option, index)
        if index.row() > 0 and self._pane.is_first(index.row()):
            box: QRect = option.rect
            painter.fillRect(QRect(box.left(), box.top() - 1, box.width(), 2), theme.current().colour("edge"))


class HubQueuePane(Card):
    """Everybody in one hub's queue."""

    chose = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until a hub is shown."""
        super().__init__("Queue", margin=12, parent=parent)
        self._session = session
        self.model: KeyedTableModel[QueueRow] = KeyedTableModel(
            cells.columns(session.now, self._heading, session.presence.here),
            key=lambda row: row.id,
            order=lambda row: order(row, session.now()),
            spoken=lambda row, now: cells.spoken(row, now, session.presence.here(row.referral_id)),
            now=session.now,
            parent=self,
        )
        self.view: LiveView[QueueRow] = LiveView(
            self.model, QueueDelegate(self.model, self), session.countdown
        )
        self.view.setAccessibleName("Hub queue")
        self.view.setObjectName("queue")
        self.empty = EmptyState("circle-check", "")
        self.bar = ActionBar(session.commands, self.view)
        self.more = KeyButton("More")
        foot = line(gap=8)
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.more)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addLayout(foot)
        self._connect()

    def _connect(self) -> None:
        self.view.selected.connect(self.chose)
        self.view.opened.connect(self._open)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu_at)
        self.more.clicked.connect(self._show_more)
        self.model.settled.connect(self.view.viewport().update)
        self._session.presence.changed.connect(self.view.viewport().update)

    # Groups

    def is_first(self, place: int) -> bool:
        """Whether the row at this place is the first of its stream."""
        rows, now = self.model.rows(), self._session.now()
        return place == 0 or cells.group(rows[place - 1], now) != cells.group(rows[place], now)

    def _heading(self, row: QueueRow) -> TwoLines:
        """The stream and how many stand in it, on the first row of each."""
        place = self.model.row_of(row.id)
        if place is None or not self.is_first(place):
            return TwoLines("")
        now = self._session.now()
        name = cells.group(row, now)
        count = sum(cells.group(one, now) == name for one in self.model.rows())
        return TwoLines(name, "", f"{count} patient" if count == 1 else f"{count} patients")

    # What is shown

    def forget(self) -> None:
        """Another hub is shown: its rows are not news."""
        self.view.select_id(None)
        self.model.reset(())

    def show_load(self, load: HubLoad) -> None:
        """Show the queue as it is now."""
        self.model.reset(load.entries)
        self.title.setText(f"Queue · {load.hub.name}")
        self.say_aside(f"{len(load.entries)} in hub order" if load.entries else "")
        self.view.setVisible(bool(load.entries))
        self.empty.setVisible(not load.entries)
        closed = load.hub.is_closed_down
        said = (
            "The hub is closed for the day and its queue is empty."
            if closed
            else ("Nobody is in this queue. Record who stands at the desk with Ctrl+H.")
        )
        self.empty.say("circle-check", said)
        self.show_actions()

    def show_actions(self) -> None:
        """Offer the commands of the chosen patient, those of the next step first."""
        row = self.view.selected_row()
        self.more.setVisible(row is not None)
        if row is None:
            self.bar.show_commands("Choose a patient to act on", ())
            return
        commands = self._session.commands
        there = {command.id for command in commands}
        fitting = (
            one for one in (*_STEPS[row.status], *_ALWAYS) if one in there and commands.is_enabled(one)
        )
        self.bar.show_commands(name_of(row), tuple(fitting)[:_ROOM_IN_BAR])

    def _open(self, entry_id: int) -> None:
        row = self.model.row(entry_id)
        if row is not None:
            self._session.open_record(row.referral_id)

    def _menu_at(self, where: QPoint) -> None:
        self._menu().popup(self.view.viewport().mapToGlobal(where))

    def _show_more(self) -> None:
        menu = self._menu()
        menu.popup(self.more.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _menu(self) -> QMenu:
        """Every command that the chosen patient allows now."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in self._session.commands:
            if command.group in ("Hub", "Referral") and not command.why_not(self._session):
                menu.addAction(self._session.commands.action(command.id))
        return menu
