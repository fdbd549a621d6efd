"""Worse: a waiting patient is said to be worse, and a clinician is asked for now."""

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import ReferralRow
from ui.dialogs.decision import ReferralDecision
from ui.session import Session
from ui.widgets.fields import NotesField, TimeField


class WorseDialog(ReferralDecision):
    """The words of whoever said so go to the clinician; nothing else is asked."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Words may stay empty: the call for a clinician must not wait for typing."""
        ambulance = "999 is asked for already: tell ambulance control too."
        upgrade = "If life is in danger, upgrade to 999 with Ctrl+9 instead."
        sentence = f"A clinician is asked to look now. {ambulance if row.asks_ambulance else upgrade}"
        super().__init__(session, row, "Worse", sentence, "Ask a clinician now", look="danger", parent=parent)
        self.words, self.at = NotesField(2), TimeField(session.now)
        self.form.add("words", "What has changed, as it was said", self.words)
        self.form.add("at", "When it was said", self.at, hint="Empty means now.")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, row_id = self.session.desk, self.row.id
        words, happened = self.words.read() or "", Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.referrals.worse(row_id, words, happened),
            f"{self.who} is worse: a clinician is asked to look now.",
        )
