"""Whether the practitioner can read the patient's GP record: checked now, by this person."""

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import ReferralRow
from console.domain.words import RecordAccess
from ui.dialogs.decision import ReferralDecision
from ui.session import Session
from ui.widgets.fields import ChoiceField


class RecordAccessDialog(ReferralDecision):
    """One answer."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Nothing is chosen: what was found out before may not hold any more."""
        sentence = f"{row.record_access.label}. Check it in the record system, then say what you found."
        super().__init__(session, row, "GP record access", sentence, "Save", parent=parent)
        words = {
            RecordAccess.YES: "Yes, it can be read",
            RecordAccess.NO: "No, it cannot be read",
            RecordAccess.UNKNOWN: "Not known: it could not be checked",
        }
        self.access: ChoiceField[RecordAccess] = ChoiceField(list(words.items()))
        self.form.add("access", "Can the GP record be read", self.access, needed="Choose yes or no.")
        self.at = self.ask_when("When you checked")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row, desk, access = self.row, self.session.desk, self.access.read() or RecordAccess.UNKNOWN
        happened = Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.referrals.record_access(row.id, row.version, access, happened),
            f"{self.who}: {access.label}.",
        )
