"""Upgrade to 999: an ambulance is asked for, and the patient stays on the board until the crew has them."""

from PySide6.QtWidgets import QWidget

from console.domain.rows import ReferralRow
from ui.dialogs.decision import ReferralDecision, about_visit
from ui.dialogs.on_behalf import Told
from ui.session import Session
from ui.widgets.fields import NotesField


class UpgradeDialog(ReferralDecision):
    """Why, and who said so; the call itself is made by a person."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """The address is shown, because it is read to ambulance control."""
        sentence = "Doorstep does not call 999: ring control now, then record the reference (Ctrl+Shift+9)."
        super().__init__(
            session, row, "Upgrade to 999", sentence, "Upgrade to 999", look="danger", parent=parent
        )
        self.show_row(row)
        self.reason = NotesField(2)
        self.form.add("reason", "Why an ambulance is needed", self.reason, needed="Say why.")
        is_out = row.visit_status is not None and row.visit_status.is_active
        self.told = Told(session, self.form, row.practitioner_id if is_out else None, row.practitioner)

    def show_row(self, row: ReferralRow) -> None:
        """Say where: the address is read out, and may have been corrected."""
        self.about.setText(about_visit(row))

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, row = self.session.desk, self.row
        reason, happened = self.reason.read() or "", self.told.happened()
        self.carry_out(
            lambda: desk.ambulance.upgrade(row.id, row.version, reason, happened),
            f"999 is asked for {self.who}: record the reference as soon as control gives it.",
        )
