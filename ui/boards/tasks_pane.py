"""Tasks and escalations: each is accepted by a named person, and done with what came of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from console.domain.rows import TaskRow
from console.domain.words import TaskKind
from ui.boards import task_cells as cells
from ui.boards.delegates import RowDelegate
from ui.boards.emptiness import why_empty
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.boards.task_groups import LEADS_TO, grouped, is_group, once
from ui.session import Session
from ui.widgets.action_bar import ActionBar
from ui.widgets.filters import FilterChips
from ui.widgets.looks import Card, restyle
from ui.widgets.messages import EmptyState

_STEPS = ("task.accept", "task.done")


class TasksPane(Card):
    """Every open task of this person's hubs."""

    chose = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until the board has been read."""
        super().__init__("Tasks and escalations", margin=12, parent=parent)
        self._session = session
        self._filter = "all"
        self._opened: set[TaskKind] = set()
        self.lines: list[TaskRow] = []  # what is asked, each once
        self.model: KeyedTableModel[TaskRow] = KeyedTableModel(
            cells.columns(session),
            key=lambda row: row.id,
            order=cells.order,
            spoken=cells.spoken,
            now=session.now,
            parent=self,
        )
        delegate = RowDelegate(self.model, cells.is_over)
        self.view: LiveView[TaskRow] = LiveView(self.model, delegate, session.countdown)
        self.view.setAccessibleName("Tasks and escalations")
        self.view.setObjectName("tasks")
        self.chips = FilterChips(
            [(name, words) for name, (words, _) in cells.FILTERS.items()], "Show", wraps=True
        )
        self.hidden = QPushButton()
        self.empty = EmptyState("circle-check", "")
        self.bar = ActionBar(session.commands, self.view)
        restyle(self.hidden, look="warning")
        for part in (self.chips, self.hidden):
            self.body.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.bar)
        self.chips.chosen.connect(self.show_only)
        self.hidden.clicked.connect(self._show_all)
        self.view.selected.connect(self.chose)
        self.view.opened.connect(self._open)

    def tell(self) -> None:
        """Show what holds now."""
        role = self._session.actor.role
        self.lines = once(self._session.live.tasks.by_id.values(), role)
        self.model.reset(grouped(self.lines, self._opened))
        for name, (words, wanted) in cells.FILTERS.items():
            count = sum(wanted(row, role) for row in self.lines)
            self.chips.say(name, f"{words} {count}" if count else words)
        self._tell_hidden()
        self.show_actions()

    def show_only(self, name: str) -> None:
        """Narrow the tasks down to one kind."""
        self._filter = name
        self.chips.choose(name)
        self.model.set_filter(None if name == "all" else self._wants)
        self._tell_hidden()

    def show_actions(self) -> None:
        """Offer what can be done about the chosen task."""
        row, commands = self.view.selected_row(), self._session.commands
        if row is None:
            self.bar.show_commands("Choose a task to accept it", ())
            return
        there = {command.id for command in commands}
        fitting = tuple(one for one in _STEPS if one in there and commands.is_enabled(one))
        self.bar.show_commands(row.title, fitting)

    def _wants(self, row: TaskRow) -> bool:
        return cells.FILTERS[self._filter][1](row, self._session.actor.role)

    def _show_all(self) -> None:
        self.show_only("all")

    def _tell_hidden(self) -> None:
        """Say how many are hidden, and how many of those nobody has accepted."""
        shown, hidden = self.model.rowCount(), self.model.hidden
        role = self._session.actor.role
        wanted = cells.FILTERS[self._filter][1]
        unseen = sum(row.accepted_by is None and not wanted(row, role) for row in self.lines)
        among = f", {unseen} of them not accepted" if unseen else ""
        self.hidden.setText(f"{hidden} hidden{among}.  Show all")
        self.hidden.setVisible(hidden > 0)
        restyle(self.hidden, tone="bad" if unseen else "plain")
        self.view.setVisible(shown > 0)
        self.empty.setVisible(shown == 0)
        if hidden:
            self.empty.say("search", "No task is like that.")
        else:
            calm = "Nothing is asked of anybody. Escalations appear by themselves."
            self.empty.say(*why_empty(self._session, calm))

    def _open(self, task_id: int) -> None:
        row = self.model.row(task_id)
        if row is None:
            return
        if is_group(row) and row.kind in LEADS_TO:
            self._session.go_to(*LEADS_TO[row.kind])
        elif is_group(row):
            self._opened.add(row.kind)
            self.tell()
        elif row.referral_id is not None:
            self._session.open_record(row.referral_id)
