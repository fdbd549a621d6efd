"""Where the patient is to be seen, corrected; whoever goes there already is told, and it is kept how."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.opening_reasons import ADDRESS
from console.domain.places import in_one_line
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.rows import ReferralRecord, ReferralRow
from console.domain.visit_address import is_same
from console.domain.words import VisitStatus
from ui.dialogs.decision import ReferralDecision, where
from ui.dialogs.on_behalf import Told
from ui.session import Session
from ui.widgets.checked_field import postcode_field
from ui.widgets.fields import ChoiceField, NotesField, TextField, TickField
from ui.widgets.looks import label

_HOME = ((True, "The same: change both"), (False, "Stays as it is: the patient is elsewhere"))
_UNTOLD = "If not, a task asks to tell them, and until then the visit does not go on."
_IDENTITY = "Correct who the patient is (Alt+I)"
_CONTROL = " 999 is asked for: tell ambulance control the address now."
_THERE = (
    " {name} is on scene: if that is the wrong door, save, tell them, then hand the visit back (Ctrl+B) and"
    " allocate it anew. The response clock stands still until then."
)


class VisitAddressDialog(ReferralDecision):
    """The address as it stands can be put right or typed anew; the home address is another thing."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """The record is read in the background; nothing can be typed before it is there."""
        title = "Correct the visit address"
        super().__init__(session, row, title, _stands(row), "Save address", parent=parent)
        self._record: ReferralRecord | None = None
        self._is_home = False  # the patient is to be seen where they live
        self.address, self.postcode, self.reason = TextField(), postcode_field(), NotesField(2)
        self.home: ChoiceField[bool] = ChoiceField(_HOME)
        self.is_told: TickField | None = None
        self._lay_out()
        self.form.setEnabled(False)

    def show_row(self, row: ReferralRow) -> None:
        """Say where it is now."""
        self.sentence.setText(_stands(row))

    def _lay_out(self) -> None:
        self.form.add_row(
            ("address", "Visit address", self.address, "Enter the address at which the patient is seen."),
            ("postcode", "Visit postcode", self.postcode, ""),
            shares=(3, 1),
        )
        self.form.add("home", "Home address", self.home, needed="Say whether the home address was wrong too.")
        self.home_stays = label("", "small", wraps=True)
        self.form.add_widget(self.home_stays)
        self.form.add("reason", "Who gave it, or why it changes", self.reason, needed="Say who gave it.")
        row = self.row
        name = row.practitioner if row.visit_id is not None else None
        if name is not None:
            self.is_told = TickField()
            self.form.add("is_told", f"{name} knows it and has read it back", self.is_told, hint=_UNTOLD)
            self.is_told.toggled.connect(self._ask_words)
        self.told = Told(self.session, self.form, row.practitioner_id if name else None, name)
        self.told.ask_words(wanted=False)

    def _ask_words(self, is_told: bool) -> None:
        self.told.ask_words(wanted=is_told)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self._record is None:
            self._read()

    def _read(self) -> None:
        desk, row_id = self.session.desk, self.row.id
        self.session.background.run(
            lambda: desk.records.open(row_id, ADDRESS),
            self._take,
            self._failed,
            refused=self.show_refusal,
            owner=self,
        )

    @property
    def is_filled(self) -> bool:
        return self._record is not None

    def _take(self, record: ReferralRecord) -> None:
        is_first = self._record is None
        self._record, row, patient = record, record.row, record.patient
        home = in_one_line(patient.home_address, patient.home_postcode)
        self._is_home = is_same((patient.home_address, patient.home_postcode), (row.address, row.postcode))
        self.form.ask("home", wanted=self._is_home)
        self.form.say_hint("home", f"Recorded as home: {home or 'nothing'}.")
        self.home_stays.setText(
            f"The home address is another one and stays: {home}. {_IDENTITY} changes it."
            if home
            else f"No home address is recorded. {_IDENTITY} enters one."
        )
        self.home_stays.setVisible(not self._is_home)
        if is_first:
            self.address.setText(row.address)
            self.postcode.setText(row.postcode or "")
            self.form.setEnabled(True)
            self.form.focus_first()
            self.filled.emit()

    def submit(self) -> None:
        record = self._record
        if record is None or self.form.read() is None:
            return
        desk, row = self.session.desk, self.row
        address, postcode, reason = self.address.read() or "", self.postcode.read(), self.reason.read() or ""
        version = record.patient.version if self._is_home and self.home.read() else None
        happened = self._happened()
        done = f"{self.who} is to be seen at {in_one_line(address, postcode)}."
        if row.visit_id is not None and happened.on_behalf_of_id is None:
            done += f" Tell {row.practitioner} now."
        if record.key_safe is not None:
            done += " A key-safe code is kept: check that it is of this door (Alt+Y)."

        def finished(hub: str | None) -> None:
            theirs = f" {hub} has that place: move the referral there if they go (Ctrl+Shift+H)."
            self.session.done(done + (theirs if hub else ""))

        self.perform(
            self.session.background,
            lambda: desk.referrals.correct_address(
                row.id, row.version, address, postcode, reason, happened, home_version=version
            ),
            finished,
        )

    def _happened(self) -> Happened:
        is_told = self.is_told is not None and self.is_told.isChecked()
        return self.told.happened() if is_told else self.told.own()

    def _refused(self, refusal: Refused) -> None:
        super()._refused(refusal)
        if isinstance(refusal, ChangedElsewhere):
            self._read()  # the home address may be what somebody else has changed


def _stands(row: ReferralRow) -> str:
    now = f"The visit is at: {where(row)}" if row.address else "The visit has no address."
    there = _THERE.format(name=row.practitioner) if row.visit_status is VisitStatus.ON_SCENE else ""
    return f"{now.rstrip('.')}. Read the new one back.{there}{_CONTROL if row.asks_ambulance else ''}"
