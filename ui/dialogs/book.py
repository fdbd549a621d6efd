"""Booking: a patient on the board gets a time at a hub."""

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import ReferralRow
from ui.dialogs.decision import ReferralDecision
from ui.session import Session
from ui.widgets.fields import ChoiceField, TimeField


class BookDialog(ReferralDecision):
    """Asks for hub and time."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """The referral's own hub is offered first."""
        sentence = "The patient comes to the hub. The due time stays as it is until they are seen."
        super().__init__(session, row, "Book into a hub", sentence, "Book", parent=parent)
        self.hub: ChoiceField[int] = ChoiceField(
            [(hub.id, hub.name) for hub in session.live.hubs.by_id.values()]
        )
        self.hub.put(row.hub_id)
        self.time = TimeField(session.now, ahead=True)
        self.form.add_row(
            ("hub", "Hub", self.hub, "Choose the hub."),
            ("time", "Time", self.time, "Give a time in the hub's opening hours, such as 16:30."),
        )
        self.at = self.ask_when("When it was agreed")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row, desk = self.row, self.session.desk
        at, hub_id = self.time.read() or self.session.now(), self.hub.read()
        happened = Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.hub_queue.book(row.id, row.version, at, hub_id, happened),
            f"{self.who} is booked at {self.hub.currentText()}.",
        )
