"""A task is done: what came of it, in words that the next person can use."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import TaskRow
from console.domain.task_results import results_of
from console.domain.visit_address import is_for_control, is_for_practitioner
from console.domain.words import Channel, TaskKind
from ui.dialogs.decision import Decision
from ui.dialogs.on_behalf import told_by
from ui.dialogs.reminder import ReminderDialog
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TimeField
from ui.widgets.looks import label

_WITH_PRACTICE = frozenset({TaskKind.TELEPHONE_GP, TaskKind.GP_LIAISON})
_CHANNELS = (Channel.TELEPHONE, Channel.IN_PERSON, Channel.MESSAGE)


def for_task(session: Session, row: TaskRow, parent: QWidget | None = None) -> Decision:
    """Give the dialog that finishes this task: most ask for words, some for a decision."""
    made = ReminderDialog if row.kind is TaskKind.REMINDER_UNCERTAIN else TaskDoneDialog
    return made(session, row, parent)


class TaskDoneDialog(Decision):
    """Asks for the result; a talk with the practice is kept as a contact as well."""

    def __init__(self, session: Session, row: TaskRow, parent: QWidget | None = None) -> None:
        """Show what was asked, of whom, and who accepted it."""
        super().__init__(session, "Task done", row.title, "Save: done", parent=parent)
        self._row = row
        accepted = f"Accepted by {row.accepted_by}." if row.accepted_by else "Nobody has accepted it yet."
        self.body.insertWidget(0, label(row.words, wraps=True))
        self.body.insertWidget(1, label(accepted, "small", wraps=True))
        self.came_of_it = NotesField(3)
        self.channel: ChoiceField[Channel] = ChoiceField([(one, one.label) for one in _CHANNELS])
        self.at = TimeField(session.now)
        self.form.add("result", "What came of it", self.came_of_it)
        # After the words, which always do: whoever types at once must not be stopped.
        self.usual: ChoiceField[str] | None = None
        if usual := results_of(row):
            self.usual = ChoiceField([(one, one) for one in usual])
            self.form.add("usual", "Or, in the usual words", self.usual)
        self._is_telling = is_for_practitioner(row.subject)
        if self._is_telling:
            self.channel = told_by()
            self.form.add("channel", "How they were told", self.channel, needed="Choose how they were told.")
        if row.kind in _WITH_PRACTICE or is_for_control(row.subject):
            self.channel.put(Channel.TELEPHONE)
            self.form.add("channel", "How", self.channel)
        self.form.add("at", "When", self.at, hint="Empty means now.")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row = self.session.live.tasks.by_id.get(self._row.id, self._row)
        usual = None if self.usual is None else self.usual.read()
        result = ". ".join(part for part in (usual, self.came_of_it.read()) if part)
        if not result:
            needed = "Say what came of it: whom you spoke to and what was agreed."
            self.form.show_errors({"result": needed})
            return
        desk = self.session.desk
        happened = Happened(at=self.at.read(), channel=self.channel.value())
        if self._is_telling:
            happened = replace(happened, on_behalf_of_id=row.practitioner_id, said=result)
        self.carry_out(lambda: desk.tasks.done(row.id, row.version, result, happened), f"{row.title}: done.")
