"""Who the patient is, corrected by somebody who has asked for two identifiers; the audit keeps what was."""

from typing import Any, cast

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.identifiers import format_nhs_number, format_phone
from console.domain.merging import Conflict
from console.domain.opening_reasons import IDENTITY
from console.domain.rows import PatientBanner, ReferralRecord, ReferralRow
from console.domain.words import Gender
from console.services.forms import Identity
from ui.boards.referral_cells import name_of
from ui.dialogs.decision import ReferralDecision
from ui.session import Session
from ui.widgets.checked_field import nhs_number_field, phone_field, postcode_field
from ui.widgets.fields import ChoiceField, DateField, Field, NotesField, TextField, TickField

_SHOWN = {"nhs_number": format_nhs_number, "phone": format_phone}
_TEXTS = ("title", "family_name", "given_name", "nhs_number", "phone", "home_address", "home_postcode")


class IdentityDialog(ReferralDecision):
    """What is recorded stands in the fields; what was not touched is not written."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """The record is read in the background; nothing can be typed before it is there."""
        sentence = "Ask for two identifiers and read them back. It holds for the patient, in every referral."
        super().__init__(session, row, "Correct who the patient is", sentence, "Save", parent=parent)
        self._stored: PatientBanner | None = None
        self._version = 0
        self._stood: dict[str, str] = {}
        self.texts: dict[str, QLineEdit] = {
            "title": TextField(),
            "family_name": TextField(),
            "given_name": TextField(),
            "nhs_number": nhs_number_field(),
            "phone": phone_field(),
            "home_address": TextField(),
            "home_postcode": postcode_field(),
        }
        self.born, self.verified, self.reason = DateField(), TickField(), NotesField(2)
        self.gender: ChoiceField[Gender] = ChoiceField([(one, one.label) for one in Gender])
        self._lay_out()

    def _lay_out(self) -> None:
        texts = self.texts
        self.form.add_row(
            ("family_name", "Family name", texts["family_name"], "Enter the patient's family name."),
            ("given_name", "Given name", texts["given_name"], ""),
            ("title", "Title", texts["title"], ""),
            shares=(3, 3, 1),
        )
        self.form.add_row(
            ("birth_date", "Born", self.born, ""), ("gender", "Gender", self.gender, "Choose the gender.")
        )
        self.form.add_row(
            ("nhs_number", "NHS number", texts["nhs_number"], ""), ("phone", "Telephone", texts["phone"], "")
        )
        self.form.add("verified", "The NHS number is verified", self.verified)
        self.form.add_row(
            ("home_address", "Home address", texts["home_address"], ""),
            ("home_postcode", "Home postcode", texts["home_postcode"], ""),
            shares=(3, 1),
        )
        self.form.add("reason", "Why", self.reason, needed="Say why the identity is corrected.")
        self.form.setEnabled(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self._stored is None:
            desk, row_id = self.session.desk, self.row.id
            self.session.background.run(
                lambda: desk.records.open(row_id, IDENTITY),
                self._fill,
                self._failed,
                refused=self.show_refusal,
                owner=self,
            )

    @property
    def is_filled(self) -> bool:
        return self._stored is not None

    def _fill(self, record: ReferralRecord) -> None:
        self._stored = stored = record.patient
        self._version = stored.version
        self.banner.show_patient(stored, None)
        names = (*_TEXTS, "birth_date", "gender", "nhs_number_verified")
        self._put({name: getattr(stored, name) for name in names})
        self._stood = {name: field.text() for name, field in self.texts.items()}
        self.form.setEnabled(True)
        self.form.focus_first()
        self.filled.emit()

    def _put(self, values: dict[str, Any]) -> None:
        for name, field in self.texts.items():
            if name in values:
                text = values[name] or ""
                field.setText(_SHOWN[name](text) if text and name in _SHOWN else text)
        if "birth_date" in values:
            self.born.clear()
            if values["birth_date"] is not None:
                self.born.put(values["birth_date"])
        if "gender" in values:
            self.gender.put(values["gender"])
        if "nhs_number_verified" in values:
            self.verified.setChecked(values["nhs_number_verified"])

    def submit(self) -> None:
        stored = self._stored
        if stored is None or self.form.read() is None:
            return
        texts = {name: self._text(name, stored) for name in self.texts}
        identity = Identity(
            title=texts["title"] or "",
            family_name=texts["family_name"] or "",
            given_name=texts["given_name"] or "",
            birth_date=self.born.read(),
            gender=self.gender.read() or Gender.UNKNOWN,
            nhs_number=texts["nhs_number"],
            nhs_number_verified=self.verified.isChecked(),
            phone=texts["phone"],
            home_address=texts["home_address"] or "",
            home_postcode=texts["home_postcode"],
        )
        desk, row, version, reason = self.session.desk, self.row, self._version, self.reason.read() or ""
        self.carry_out(
            lambda: desk.referrals.correct_identity(row.id, row.version, identity, reason, version),
            f"The particulars of {name_of(identity)} are corrected.",
        )

    def _text(self, name: str, stored: PatientBanner) -> str | None:
        """What stands there; as it is stored where nobody touched it, however it is written there."""
        field = self.texts[name]
        if field.text() == self._stood[name]:
            return cast("str | None", getattr(stored, name))
        return cast("str | None", cast(Field, field).read())

    def resolve(self, conflict: Conflict, theirs: frozenset[str]) -> None:
        """Put what was chosen, and what others changed, into the fields; then save."""
        self._version = conflict.version
        self._put(conflict.chosen(theirs))
        self.show_error()
        self.submit()
