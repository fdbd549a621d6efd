"""Control takes a practitioner: every visit in hand waits again, and the hub has to acknowledge it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import PractitionerRow
from ui.dialogs.decision import Decision
from ui.session import Session
from ui.widgets.fields import TextField, TimeField


class DivertPractitionerDialog(Decision):
    """Says before it happens what comes back; it cannot be undone, because the hub is told at once."""

    def __init__(self, session: Session, row: PractitionerRow, parent: QWidget | None = None) -> None:
        """Name the referral in hand and how many wait."""
        sentence = (
            f"{_in_hand(row)} It goes back to waiting with its clocks, and the hub must acknowledge it."
        )
        super().__init__(session, f"Divert {row.name}", sentence, "Divert", look="danger", parent=parent)
        self._row = row
        self.reason, self.at = TextField(), TimeField(session.now)
        self.form.add(
            "reason", "Diverted to", self.reason, needed="Say what the practitioner is diverted to."
        )
        self.form.add("at", "When it was decided", self.at, hint="Empty means now.")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, row, session = self.session.desk, self._row, self.session
        work = partial(desk.visits.divert, row.id, self.reason.read() or "", Happened(at=self.at.read()))

        def say(count: int) -> None:
            waits = {0: "Nobody waits because of it.", 1: "One patient waits again."}
            what = waits.get(count, f"{count} patients wait again.")
            session.done(f"{row.name} is diverted. {what}")

        self.perform(session.background, work, say)


def _in_hand(row: PractitionerRow) -> str:
    parts = [row.referral_number] if row.referral_number else []
    if row.visits_behind:
        parts.append(f"{row.visits_behind} waiting")
    return f"In hand: {', '.join(parts)}." if parts else "Nothing is in hand."
