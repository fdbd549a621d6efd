"""A new priority: anybody at the desk may raise one, only a clinician lowers it and says why."""

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import ReferralRow
from console.domain.triage import reasons_not_to_change_priority
from console.domain.words import PRIORITY_LABELS
from ui.dialogs.decision import ReferralDecision
from ui.dialogs.triage import PRIORITIES
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TimeField


class PriorityDialog(ReferralDecision):
    """Raise or lower the priority of a triaged referral."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Offer the priorities that this role may give, never the one that it has."""
        super().__init__(session, row, "Change priority", _stands(row), "Change priority", parent=parent)
        self.priority: ChoiceField[int] = ChoiceField()
        self.show_row(row)
        self.reason = NotesField(2)
        self.at = TimeField(session.now)
        self.form.add("priority", "New priority", self.priority, needed="Choose the new priority.")
        self.form.add("reason", "Why", self.reason, needed="Say why the priority changes.")
        self.form.add("at", "When it was decided", self.at, hint="Empty means now.")

    def show_row(self, row: ReferralRow) -> None:
        """Say which it has, and offer the others."""
        self.sentence.setText(_stands(row))
        self.priority.offer([(one, words) for one, words in PRIORITIES if self._is_open(row, one)])

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row, desk, priority = self.row, self.session.desk, self.priority.read() or 0
        reason, happened = self.reason.read() or "", Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.triage.change_priority(row.id, row.version, priority, reason, happened),
            f"{self.who} is {PRIORITY_LABELS[priority].lower()} now.",
        )

    def _is_open(self, row: ReferralRow, priority: int) -> bool:
        role = self.session.actor.role
        return not reasons_not_to_change_priority(role, row.priority, priority, "a reason")


def _stands(row: ReferralRow) -> str:
    now = PRIORITY_LABELS.get(row.priority or 0, "none")
    return f"The priority is {now.lower()} now. The response clock keeps its start."
