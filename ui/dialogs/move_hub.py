"""A referral goes to another hub, with all that hangs on it."""

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import ReferralRow
from ui.dialogs.decision import ReferralDecision
from ui.session import Session
from ui.widgets.fields import ChoiceField, TextField


class MoveHubDialog(ReferralDecision):
    """Which hub, and why."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """With one other hub it is chosen already."""
        super().__init__(session, row, "Move to another hub", _stands(row), "Move", parent=parent)
        self.hub: ChoiceField[int] = ChoiceField()
        self.show_row(row)
        if self.hub.count() == 1:  # once: said again when it was moved meanwhile, this would move it back
            self.hub.setCurrentIndex(0)
        self.chosen_already = (self.hub,)
        self.reason = TextField()
        self.form.add("hub", "To", self.hub, needed="Choose the hub.")
        self.form.add("reason", "Why", self.reason, needed="Say why it moves.")
        self.at = self.ask_when("When it moved")

    def show_row(self, row: ReferralRow) -> None:
        """Say whose it is, and offer the others."""
        self.sentence.setText(_stands(row))
        hubs = sorted(self.session.live.hubs.by_id.values(), key=lambda one: one.name)
        others = [one for one in hubs if one.id != row.hub_id and not one.is_closed_down]
        self.hub.offer([(one.id, one.name) for one in others])

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row, desk, hub_id = self.row, self.session.desk, self.hub.read() or 0
        reason, happened = self.reason.read() or "", Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.referrals.move_hub(row.id, row.version, hub_id, reason, happened),
            f"{self.who} is {self.hub.currentText()}'s now.",
        )


def _stands(row: ReferralRow) -> str:
    return f"It is {row.hub}'s now. Its clocks run on as they are."
