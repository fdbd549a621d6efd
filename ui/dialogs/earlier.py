"""A step at the hub that is entered after it happened: only when is asked."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import QueueRow
from console.domain.words import QueueStatus
from ui.dialogs.queue_decision import QueueDecision
from ui.session import Session
from ui.widgets.fields import TimeField

# What one key does at once, and what is asked of its time when it was some time ago.
_STEPS = {
    QueueStatus.BOOKED: ("Has arrived", "Arrived at", "has arrived"),
    QueueStatus.STREAMED: ("Called", "Called at", "was called"),
    QueueStatus.CALLED: ("Did not come", "Given up at", "did not come and waits on in the same place"),
}


class EarlierDialog(QueueDecision):
    """Arrived, called or did not come, some time ago."""

    def __init__(self, session: Session, row: QueueRow, parent: QWidget | None = None) -> None:
        """The status says which step it is."""
        title, asked, self._did = _STEPS[row.status]
        sentence = "The clocks count from the time that you enter."
        super().__init__(session, row, title, sentence, f"Save: {title.lower()}", parent=parent)
        self.at = TimeField(session.now)
        self.form.add("at", asked, self.at, needed="Type when it happened, such as 14:05 or -10.")

    def submit(self) -> None:
        if self.form.read() is not None:
            self.carry_out(self._work(Happened(at=self.at.read())), f"{self.who} {self._did}.")

    def _work(self, happened: Happened) -> Callable[[], object]:
        row, queue = self.row, self.session.desk.hub_queue
        if row.status is QueueStatus.BOOKED:
            return lambda: queue.arrive(row.referral_id, row.hub_id, happened)
        step = queue.call if row.status is QueueStatus.STREAMED else queue.put_back
        return lambda: step(row.id, row.version, happened)
