"""Contacts: what was said to or by whom, on which number; and what is decided when nobody answers."""

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCompleter, QWidget

from console.domain.acting import Happened
from console.domain.identifiers import format_phone
from console.domain.opening_reasons import RINGING
from console.domain.rows import ReferralRecord, ReferralRow
from console.domain.words import Channel, ContactResult, ContactWith
from ui.dialogs.decision import ReferralDecision
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TextField, TimeField, fill_in

_CHANNELS = tuple(one for one in Channel if one is not Channel.CONSOLE)


class ContactDialog(ReferralDecision):
    """One contact, also one that failed; the known numbers are offered."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """A call to the patient is what is recorded most."""
        clocks = session.clocks
        limit = f"after {clocks.failed_contact_attempts}, or {clocks.failed_contact_window} minutes"
        sentence = f"Record a call that failed as well: {limit}, a clinician decides."
        super().__init__(session, row, "Log a contact", sentence, "Save contact", parent=parent)
        self.with_: ChoiceField[ContactWith] = ChoiceField([(one, one.label) for one in ContactWith])
        self.with_.put(ContactWith.PATIENT)
        self.channel: ChoiceField[Channel] = ChoiceField([(one, one.label) for one in _CHANNELS])
        self.channel.put(Channel.TELEPHONE)
        self.number = TextField()
        self._numbers = QStringListModel(self)
        offer = QCompleter(self._numbers, self)
        self.number.setCompleter(offer)
        if (popup := offer.popup()) is not None:
            popup.setObjectName("Choices")
        self.came: ChoiceField[ContactResult] = ChoiceField([(one, one.label) for one in ContactResult])
        self.said = NotesField(2)
        self.promised, self.at = TimeField(session.now, ahead=True), TimeField(session.now)
        self.form.add_row(
            ("with", "With", self.with_, "Choose with whom."),
            ("channel", "How", self.channel, "Choose how."),
        )
        self.form.add("number", "Number", self.number)
        self.form.add("result", "What came of it", self.came, needed="Choose what came of it.")
        self.form.add("promised", "Promised by", self.promised, needed="Say by when it was promised.")
        self.form.add("said", "What was said or agreed", self.said)
        self.form.add("at", "When it happened", self.at, hint="Empty means now.")
        self.came.currentIndexChanged.connect(self._ask_what_fits)
        self._ask_what_fits()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            desk, row_id = self.session.desk, self.row.id
            self.session.background.run(
                lambda: desk.records.open(row_id, RINGING),
                self._show_numbers,
                refused=self.show_refusal,
                owner=self,
            )

    def submit(self) -> None:
        if self.form.read() is None:
            return
        result, said = self.came.read() or ContactResult.NO_REPLY, self.said.read() or ""
        if result is ContactResult.SPOKEN and not said:
            self.form.show_errors({"said": "Write down what was said or agreed."})
            return
        desk, row_id = self.session.desk, self.row.id
        with_, channel = self.with_.read() or ContactWith.PATIENT, self.channel.read() or Channel.TELEPHONE
        number, happened = self.number.read(), Happened(at=self.at.read())
        promised = self.promised.read() if result is ContactResult.PROMISED else None
        self.carry_out(
            lambda: desk.contacts.record(
                row_id, with_, channel, number, result, said=said, promised_by_at=promised, happened=happened
            ),
            f"Contact about {self.who} saved: {result.label.lower()}.",
        )

    def _show_numbers(self, record: ReferralRecord) -> None:
        known = [
            format_phone(one) for one in dict.fromkeys((*record.phones, record.caller_phone or "")) if one
        ]
        self._numbers.setStringList(known)
        self.form.say_hint("number", f"Known: {', '.join(known)}" if known else "No number is known.")
        if known and not self.number.text():
            fill_in(self.number, known[0])

    def _ask_what_fits(self) -> None:
        self.form.ask("promised", wanted=self.came.value() is ContactResult.PROMISED)


class FailedContactDialog(ReferralDecision):
    """A clinician decides about a patient whom nobody can reach."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Ask for the decision in words."""
        sentence = (
            "This patient left, or nobody reaches them, at the door or by telephone."
            " The referral does not close by itself: decide what happens."
        )
        super().__init__(session, row, "Cannot be reached", sentence, "Save decision", parent=parent)
        self.decision = NotesField(3)
        self.form.add("decision", "What is to happen now", self.decision, needed="Say what is to happen now.")
        self.at = self.ask_when("When you decided")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, row, decision = self.session.desk, self.row, self.decision.read() or ""
        happened = Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.contacts.decide_failed_contact(row.id, row.version, decision, happened),
            f"{self.who}: what happens now is decided.",
        )
