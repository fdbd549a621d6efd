"""A reminder of which nobody knows whether it was sent: it came, or it goes once more."""

from PySide6.QtWidgets import QWidget

from console.domain.rows import TaskRow
from ui.dialogs.decision import Decision
from ui.session import Session
from ui.widgets.fields import ChoiceField
from ui.widgets.looks import label

_SENTENCE = "The sending broke off. Nothing goes to this person twice unless you say so."
_CAME = "It came: nothing more is sent"
_AGAIN = "It did not come: send it again"


class ReminderDialog(Decision):
    """Asks what the person said who was to be reminded."""

    def __init__(self, session: Session, row: TaskRow, parent: QWidget | None = None) -> None:
        """Nothing is chosen: neither answer is safe to give unasked."""
        super().__init__(session, "Reminder: was it sent?", _SENTENCE, "Save", parent=parent)
        self._row = row
        self.body.insertWidget(0, label(row.words, wraps=True))
        self.came: ChoiceField[bool] = ChoiceField([(True, _CAME), (False, _AGAIN)])
        self.form.add("came", "What they say", self.came, needed="Ask them first: choose what they say.")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row = self.session.live.tasks.by_id.get(self._row.id, self._row)
        reminders, came = self.session.desk.reminders, bool(self.came.read())
        settle = reminders.came if came else reminders.send_again
        self.carry_out(
            lambda: settle(row.id, row.version),
            "Reminder: it came." if came else "Reminder: it goes again in a moment.",
        )
