"""What is asked of this person's role, beside the board: accepted here, and done here."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.rows import TaskRow
from console.domain.words import TaskKind
from ui.boards import task_cells as cells
from ui.boards.cells import Column, Due, Kind, TwoLines
from ui.boards.delegates import ROW_HEIGHT, RowDelegate
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.boards.task_groups import LEADS_TO, grouped, is_group
from ui.session import Session
from ui.time_text import clock, day_clock
from ui.widgets.action_bar import KeyButton
from ui.widgets.feed_age import PaneAge
from ui.widgets.looks import Card

_AROUND_ROWS = 70
_STEPS = ("task.accept", "task.done")


class ForYouCard(Card):
    """The open tasks of this role that nobody else has taken; gone from sight while there are none."""

    chose = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Hidden until something is asked."""
        super().__init__("For you", margin=12, parent=parent)
        self._session = session
        self._opened: set[TaskKind] = set()
        self.rows_in_sight = 2
        self.model: KeyedTableModel[TaskRow] = KeyedTableModel(
            (
                Column("asked", "Task", Kind.TWO_LINES, self._asked, 230, stretches=1),
                Column("due", "Due", Kind.DUE, lambda row: Due(row.due_at, row.created_at), 120),
            ),
            key=lambda row: row.id,
            order=cells.order_for_one,
            spoken=cells.spoken,
            now=session.now,
            parent=self,
        )
        delegate = RowDelegate(self.model, cells.is_over)
        self.view: LiveView[TaskRow] = LiveView(self.model, delegate, session.countdown)
        self.view.setAccessibleName("Tasks for you")
        self.age = PaneAge(self.view, session.countdown)
        self.view.horizontalHeader().hide()
        self.step = KeyButton("Accept", session.commands[_STEPS[0]].shortcut, "primary")
        self._step_id = _STEPS[0]
        self.head.addWidget(self.step)
        self.body.addWidget(self.view, 1)
        self.view.selected.connect(self._choose)
        self.view.opened.connect(self._open)
        self.step.clicked.connect(self._take_step)
        self.hide()

    def tell(self) -> None:
        """Show what is asked now."""
        session = self._session
        who = session.actor, session.person.practitioner_id
        mine = cells.of_one(session.live.tasks.by_id.values(), *who)
        self.model.reset(grouped(mine, self._opened))
        shown = len(mine)
        open_ = sum(row.accepted_by is None for row in mine)
        self.say_aside(f"{shown:,}, {open_:,} to accept" if open_ else f"{shown}, all accepted")
        self.setVisible(shown > 0)
        self.fit()
        self.show_step()

    def fit(self) -> None:
        """Be as high as the rows that may be in sight."""
        rows = min(max(self.model.rowCount(), 1), self.rows_in_sight)
        self.setFixedHeight(_AROUND_ROWS + ROW_HEIGHT * rows)

    def show_step(self) -> None:
        """Offer the next step of the chosen task: to accept it, then to finish it."""
        row = self.view.selected_row()
        if row is not None and is_group(row):
            self.step.say("Show them", "Return")
            self.step.setAccessibleName("Show them")
            self.step.allow(row.words, is_allowed=True)
            return
        self._step_id = _STEPS[1] if row is not None and row.accepted_by else _STEPS[0]
        command = self._session.commands[self._step_id]
        self.step.say("Done" if self._step_id == _STEPS[1] else "Accept", command.shortcut)
        self.step.setAccessibleName(command.text)
        commands = self._session.commands
        self.step.allow(commands.hint(self._step_id), is_allowed=commands.is_enabled(self._step_id))

    def enter(self) -> bool:
        """Take the keyboard to what is owed an answer, else to the first; False when nothing is asked."""
        self.tell()
        if not self.model.rowCount():
            return False
        session = self._session
        owed = cells.to_answer(self.model.rows(), session.actor, session.person.practitioner_id)
        self.view.select_id(owed[0].id if owed else self.model.id_at(0))
        self.view.enter()
        return True

    def _asked(self, row: TaskRow) -> TwoLines:
        said = row.words.removeprefix(f"{row.referral_number}: ")
        about = cells.about(row, self._session.live.referrals.by_id).who
        until = cells.holds_until(row, self._session.frame)
        held = "yours" if until is None else f"yours to {clock(until)}"
        since = f"since {day_clock(row.created_at, self._session.now())}"
        told = said if row.referral_id is None else f"{about} · {said}"
        # Beside the board there is room for the name of the task, which says what to do, and little else.
        if row.accepted_by:
            return TwoLines(row.title, "", f"{held} · {told}")
        return TwoLines(row.title, since, told, gives_way=True)

    def _choose(self, task_id: int | None) -> None:
        self.chose.emit(task_id)
        self.show_step()

    def _open(self, task_id: int) -> None:
        row = self.model.row(task_id)
        if row is None:
            return
        if is_group(row) and row.kind in LEADS_TO and LEADS_TO[row.kind][0] in self._session.workspaces:
            self._session.go_to(*LEADS_TO[row.kind])
        elif is_group(row):
            self._opened.add(row.kind)
            self.tell()
        elif row.referral_id is not None:
            self._session.open_record(row.referral_id)

    def _take_step(self) -> None:
        row = self.view.selected_row()
        if row is not None and is_group(row):
            self._open(row.id)
            return
        self._session.commands.run(self._step_id)
