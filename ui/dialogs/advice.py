"""Settled by telephone: a clinician's advice is the whole of our care, and the practice is owed a report."""

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.identifiers import format_phone
from console.domain.rows import ReferralRow
from console.domain.words import OutcomeDisposition, OutcomeKind
from ui.dialogs.decision import ReferralDecision
from ui.dialogs.outcome import OutcomeFields
from ui.session import Session
from ui.widgets.fields import NotesField, TextField

_KINDS = (OutcomeKind.PHONE_ADVICE, OutcomeKind.REFUSAL, OutcomeKind.DEATH)


class AdviceDialog(ReferralDecision):
    """What was said, and what came of it."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """The number that is known stands there."""
        sentence = (
            "Nobody is sent. The report is owed, and the referral closes when nothing else of it is open."
        )
        super().__init__(session, row, "Settle by telephone", sentence, "Save", parent=parent)
        self.said = NotesField(3)
        self.number = TextField()
        if row.phone:
            self.number.setText(format_phone(row.phone))
        self.form.add("said", "What was said and advised", self.said, needed="Write down what was said.")
        self.form.add("number", "Number", self.number)
        self.outcome = OutcomeFields(self.form, _KINDS, died=OutcomeDisposition.DIED)
        self.at = self.ask_when("When the call ended")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row, contacts, came = self.row, self.session.desk.contacts, self.outcome.read()
        said, number, happened = self.said.read() or "", self.number.read(), Happened(at=self.at.read())
        self.carry_out(
            lambda: contacts.advise(
                row.id,
                row.version,
                said,
                disposition=came.disposition,
                admission_prevented=came.admission_prevented,
                prevented_because=came.prevented_because,
                kind=came.kind,
                number=number,
                happened=happened,
            ),
            f"{self.who} is settled by telephone ({came.kind.label.lower()}); the report is owed.",
        )
