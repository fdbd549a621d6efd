"""Reassign: somebody else goes, in one step, and the patient never waits for nobody in between."""

from PySide6.QtWidgets import QWidget

from console.domain.rows import CandidateRow, ReferralRow
from ui.dialogs.allocate import AllocateDialog
from ui.session import Session


class ReassignDialog(AllocateDialog):
    """The candidates without the one who has the visit, and why somebody else goes."""

    TITLE, VERB = "Reassign the visit", "Reassign to"
    BECAUSE, NEEDED = "Why somebody else goes", "Say why somebody else goes."
    WHEN = "Reassigned at (empty: now)"

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Somebody has the visit; nobody is offered to begin with."""
        super().__init__(session, row, parent=parent)

    def show_row(self, row: ReferralRow) -> None:
        """Say also who has it."""
        super().show_row(row)
        name = row.practitioner or "Nobody"
        self.about.setText(f"{self.about.text()}\n{name} has this visit now. The clocks run on as they are.")

    @property
    def taken_from(self) -> int | None:
        """The visit that somebody else is to have."""
        return self.row.visit_id

    def send(self, chosen: CandidateRow) -> None:
        """Give the visit away."""
        row, visits, who = self.row, self.session.desk.visits, chosen.practitioner
        if row.visit_id is None or row.visit_version is None:
            self.show_error("Nobody has this visit any more. Close this and look at the board.")
            return
        visit_id, version, before = row.visit_id, row.visit_version, row.practitioner
        reason, happened = self.because.read() or "", self.happened()
        self.carry_out(
            lambda: visits.reassign(visit_id, version, who.id, reason, happened),
            f"{self.who} is {who.name}'s now. Tell {who.name} and {before}, and record who acknowledged.",
        )
