"""What ambulance control says: its reference, the crew's take-over; or a clinician stands 999 down."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.permissions import Deed
from console.domain.rows import ReferralRow
from console.domain.words import Word
from ui.dialogs.decision import ReferralDecision
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TextField, TimeField


class Said(Word):
    """What is recorded."""

    REFERENCE = "reference", "The call was accepted: reference"
    TAKEN_OVER = "taken_over", "A crew has taken the patient over"
    STOOD_DOWN = "stood_down", "No ambulance is needed: stand down"


_DONE = {
    Said.REFERENCE: "the reference is recorded, the crew's take-over is owed.",
    Said.TAKEN_OVER: "a crew has taken the patient over.",
    Said.STOOD_DOWN: "999 is stood down, the patient waits for us again.",
}
_ASKS = {
    Said.REFERENCE: ("reference", "accepted_by", "at"),
    Said.TAKEN_OVER: ("at",),
    Said.STOOD_DOWN: ("reason", "at"),
}


class AmbulanceDialog(ReferralDecision):
    """Begins with what is owed next."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Standing down is offered to clinicians alone."""
        super().__init__(session, row, "Ambulance", _owed(row), "Save", parent=parent)
        self.what: ChoiceField[Said] = ChoiceField(
            [(one, one.label) for one in Said if one is not Said.STOOD_DOWN or session.may(Deed.STAND_DOWN)]
        )
        self.reference, self.accepted_by = TextField(), TextField()
        self.at, self.reason = TimeField(session.now), NotesField(2)
        self.form.add("what", "What is recorded", self.what, needed="Choose what is recorded.")
        self.form.add(
            "reference", "Ambulance reference", self.reference, needed="Enter the ambulance reference."
        )
        self.form.add(
            "accepted_by", "Who accepted the call", self.accepted_by, needed="Enter who accepted the call."
        )
        self.form.add("reason", "Why no ambulance is needed", self.reason, needed="Say why.")
        self.form.add("at", "When it happened", self.at, hint="Empty means now.")
        self.what.currentIndexChanged.connect(self._ask_what_fits)
        self.what.put(Said.TAKEN_OVER if row.ambulance_reference else Said.REFERENCE)
        self._ask_what_fits()

    def show_row(self, row: ReferralRow) -> None:
        """Say what is owed."""
        self.sentence.setText(_owed(row))

    def submit(self) -> None:
        if self.form.read() is None:
            return
        what = self.what.read() or Said.REFERENCE
        self.carry_out(self._work(what), f"{self.who}: {_DONE[what]}")

    def _work(self, what: Said) -> Callable[[], None]:
        ambulance, row = self.session.desk.ambulance, self.row
        happened = Happened(at=self.at.read())
        if what is Said.STOOD_DOWN:
            reason = self.reason.read() or ""
            return lambda: ambulance.stand_down(row.id, row.version, reason, happened)
        if what is Said.TAKEN_OVER:
            return lambda: ambulance.take_over(row.id, row.version, happened)
        reference, by = self.reference.read() or "", self.accepted_by.read() or ""
        return lambda: ambulance.reference(row.id, row.version, reference, by, happened)

    def _ask_what_fits(self) -> None:
        asked = _ASKS.get(self.what.value() or Said.REFERENCE, ())
        for name in ("reference", "accepted_by", "reason", "at"):
            self.form.ask(name, wanted=name in asked)


def _owed(row: ReferralRow) -> str:
    owed = "The crew's take-over is owed." if row.ambulance_reference else "The reference is owed."
    return f"{owed} The patient stays on the board until the crew has taken them over."
