"""Control takes a practitioner: every visit in hand waits again, and the hub has to acknowledge it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import PractitionerRow
from console.domain.words import Availability
from ui.dialogs.decision import Decision
from ui.session import Session
from ui.widgets.fields import TextField, TimeField


class DivertPractitionerDialog(Decision):
    """Says before it happens what comes back; it cannot be undone, because the hub is told at once."""

    def __init__(self, session: Session, row: PractitionerRow, parent: QWidget | None = None) -> None:
        """Name the referral in hand and how many wait."""
        super().__init__(
            session, f"Divert {row.name}", _what_comes_back(row), "Divert", look="danger", parent=parent
        )
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


def _what_comes_back(row: PractitionerRow) -> str:
    """Visits come back to waiting, and a patient who is being seen at a hub waits on in the stream."""
    if row.availability is Availability.AT_HUB:
        where = f" at {row.hub}" if row.hub else ""
        return (
            f"{row.referral_number} is being seen{where}. The patient waits on in the stream with the clocks"
            " they had, and the hub must acknowledge it."
        )
    if row.referral_number is None:
        return "No visit is in hand: nobody waits because of it."
    if row.visits_behind:
        return (
            f"In hand: {row.referral_number}, {row.visits_behind} waiting. They go back to waiting with"
            " their clocks, and the hub must acknowledge each."
        )
    return (
        f"In hand: {row.referral_number}. It goes back to waiting with its clocks,"
        " and the hub must acknowledge it."
    )
