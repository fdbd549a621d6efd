"""Escalate: the supervisor is asked to take a referral up, and accepts it by name."""

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import ReferralRow
from ui.dialogs.decision import ReferralDecision
from ui.session import Session
from ui.widgets.fields import NotesField, TimeField


class EscalateDialog(ReferralDecision):
    """What must be decided or done, in words, for the supervisor who accepts it."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """The supervisor reads the words before the record."""
        sentence = "It stands on the supervisor's Load until it is accepted by name and done."
        title = "Escalate to the supervisor"
        super().__init__(session, row, title, sentence, "Escalate", parent=parent)
        self.words, self.at = NotesField(3), TimeField(session.now)
        needed = "Say what the supervisor must decide or do."
        self.form.add("words", "What must be decided or done", self.words, needed=needed)
        self.form.add("at", "When it happened", self.at, hint="Empty means now.")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, row_id = self.session.desk, self.row.id
        words, happened = self.words.read() or "", Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.referrals.escalate(row_id, words, happened),
            f"{self.who} is escalated to the supervisor.",
        )
