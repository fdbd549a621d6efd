"""A booked patient rings: another time at the hub, or none, and they wait on the board again."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import QueueRow
from ui.dialogs.queue_decision import QueueDecision
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TimeField

_WAYS = (("time", "Another time at this hub"), ("none", "They do not come: back to the board"))


class BookingDialog(QueueDecision):
    """Asks which of the two, and why."""

    def __init__(self, session: Session, row: QueueRow, parent: QWidget | None = None) -> None:
        """Another time is asked for first."""
        sentence = "The due time stays as it is until the patient is seen."
        super().__init__(session, row, "Change or cancel a booking", sentence, "Save", parent=parent)
        self.way: ChoiceField[str] = ChoiceField(_WAYS)
        self.time, self.reason = TimeField(session.now, ahead=True), NotesField(2)
        self.form.add("way", "What happens", self.way, needed="Choose what happens.")
        needed = "Give a time in the hub's opening hours, such as 16:30 or tomorrow 09:00."
        self.form.add("time", "New time", self.time, needed=needed)
        self.form.add("reason", "Who rang, and why", self.reason, needed="Say who rang, and what they said.")
        self.at = self.ask_when("When they rang")
        self.way.currentIndexChanged.connect(self._ask_what_fits)
        self.way.put("time")
        self.chosen_already = (self.way,)

    def submit(self) -> None:
        if self.form.read() is None:
            return
        if self.way.read() == "time":
            self.carry_out(self._another(), f"{self.who} has another time.")
        else:
            self.carry_out(self._none(), f"{self.who} waits on the board again: the time is free.")

    def _another(self) -> Callable[[], None]:
        row, queue = self.row, self.session.desk.hub_queue
        at, reason = self.time.read() or self.session.now(), self.reason.read() or ""
        happened = Happened(at=self.at.read())
        return lambda: queue.rebook(row.id, row.version, at, reason, happened)

    def _none(self) -> Callable[[], None]:
        row, queue = self.row, self.session.desk.hub_queue
        reason, happened = self.reason.read() or "", Happened(at=self.at.read())
        return lambda: queue.cancel_booking(row.id, row.version, reason, happened)

    @Slot(int)
    def _ask_what_fits(self, _: int) -> None:
        self.form.ask("time", wanted=self.way.value() != "none")
