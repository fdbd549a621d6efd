"""The fields of a new referral, in the order of a telephone call, in two columns where there is room."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from console.domain.dispositions import disposition
from console.domain.rows import HubRow
from console.domain.triage import TRIAGED_BY_SENDER, needs_triage
from console.domain.words import Gender, PracticeLink, Source
from console.services.forms import NewReferral
from ui.dialogs.duplicates import Decided
from ui.dialogs.practice_field import PracticeField
from ui.dialogs.triage import PRIORITIES
from ui.session import Session
from ui.widgets.checked_field import nhs_number_field, phone_field, postcode_field
from ui.widgets.fields import ChoiceField, DateField, NotesField, TextField, TickField, TimeField
from ui.widgets.form import Form
from ui.widgets.unkept_field import UnkeptField

_BY_PHONE = tuple(one for one in Source if one is not Source.HUB)
_NO_PRACTICE = tuple(one for one in PracticeLink if one is not PracticeLink.KNOWN)


class ReferralForm(QWidget):
    """Who refers, who the patient is, where they are, and what is the matter."""

    def __init__(self, session: Session, warning: QWidget, *, at_hub: bool, is_wide: bool) -> None:
        """At a hub the patient stands at the desk: the source is known. The warning follows the patient."""
        super().__init__()
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        columns = QBoxLayout(direction, self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(28 if is_wide else 14)
        self.left, self.right = Form(gap=9), Form(gap=9)
        for one in (self.left, self.right):
            columns.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
        self._fields(session, at_hub=at_hub)
        if at_hub:
            self._desk()
        else:
            self._sender()
        self._patient()
        self.left.add_widget(warning)
        self._place()
        self._matter(at_hub=at_hub)
        self._follow()

    def _fields(self, session: Session, *, at_hub: bool) -> None:
        sources = (Source.HUB,) if at_hub else _BY_PHONE
        self.source: ChoiceField[Source] = ChoiceField([(one, one.label) for one in sources])
        if at_hub:
            self.source.put(Source.HUB)
        self.received = TimeField(session.now)
        self.caller, self.caller_phone = TextField(), phone_field()
        self.nhs_number, self.born = nhs_number_field(), DateField()
        self.family, self.given = TextField(), TextField()
        self.gender: ChoiceField[Gender] = ChoiceField([(one, one.label) for one in Gender])
        self.phone = phone_field()
        self.read_back = TickField()
        self.home, self.home_postcode = TextField(), postcode_field()
        self.key_safe, self.key_safe_place = UnkeptField(is_secret=True), UnkeptField()
        self.is_elsewhere = TickField()
        self.visit, self.visit_postcode = TextField(), postcode_field()
        self.practice = PracticeField(session)
        self.no_practice: ChoiceField[PracticeLink] = ChoiceField([(one, one.label) for one in _NO_PRACTICE])
        self.problem, self.narrative = TextField(), NotesField(2)
        self.priority: ChoiceField[int] = ChoiceField(PRIORITIES)
        self.by_clinician, self.is_routine, self.gp_needed = TickField(), TickField(), TickField()
        self.disposition, self.disposition_at = TextField(), TimeField(session.now)
        hubs: list[HubRow] = sorted(session.live.hubs.by_id.values(), key=lambda one: one.name)
        self.hub: ChoiceField[int] = ChoiceField(
            [(one.id, one.name) for one in hubs if not one.is_closed_down]
        )

    def _sender(self) -> None:
        self.left.add_heading("Who refers")
        self.left.add_row(
            ("source", "Source", self.source, "Choose who refers the patient."),
            ("received", "Received at (empty: now)", self.received, ""),
        )
        self._caller()

    def _desk(self) -> None:
        """At a hub: which one, and since when the patient stands there."""
        self.left.add_heading("At which hub")
        self.left.add_row(
            ("hub", "Hub", self.hub, "Choose the hub at which the patient is."),
            ("received", "Arrived at (empty: now)", self.received, ""),
        )
        self.left.add("source", "Source", self.source)
        self.left.ask("source", wanted=False)  # a hub, as it stands there
        self._caller()

    def _caller(self) -> None:
        self.left.add_row(
            ("caller", "Caller", self.caller, ""), ("caller_phone", "Caller's phone", self.caller_phone, "")
        )

    def _patient(self) -> None:
        self.left.add_heading("Patient")
        self.left.add_row(
            ("nhs_number", "NHS number", self.nhs_number, ""), ("born", "Date of birth", self.born, "")
        )
        self.left.add_row(
            ("family", "Family name", self.family, "Enter the patient's family name."),
            ("given", "Given name", self.given, ""),
        )
        self.left.add_row(("gender", "Gender", self.gender, ""), ("phone", "Patient's phone", self.phone, ""))
        self.left.add("read_back", "Two identifiers read back to the caller", self.read_back)

    def _place(self) -> None:
        self.right.add_heading("Where")
        self.right.add_row(
            ("home", "Home address", self.home, ""),
            ("home_postcode", "Home postcode", self.home_postcode, ""),
            shares=(3, 2),
        )
        self.right.add("is_elsewhere", "To be seen at another address", self.is_elsewhere)
        self.right.add_row(
            ("visit", "Visit address", self.visit, "Enter the address at which the patient is seen."),
            ("visit_postcode", "Visit postcode", self.visit_postcode, ""),
            shares=(3, 2),
        )
        self.right.add_row(
            ("practice", "Own practice", self.practice, ""),
            ("no_practice", "Or why none", self.no_practice, ""),
            shares=(3, 2),
        )

    def _matter(self, *, at_hub: bool) -> None:
        self.right.add_heading("What is the matter")
        self.right.add("problem", "Problem", self.problem, needed="Enter the problem in a few words.")
        self.right.add("narrative", "What the caller says", self.narrative)
        if at_hub:
            self.right.add("priority", "Priority asked for", self.priority)
        else:
            self.right.add_row(
                ("priority", "Priority asked for", self.priority, ""),
                ("hub", "Hub (empty: by practice)", self.hub, ""),
            )
        self.right.add("by_clinician", "A GP or CAS clinician judged this priority", self.by_clinician)
        self.right.add_row(
            ("disposition", "111 disposition", self.disposition, ""),
            ("disposition_at", "given at", self.disposition_at, ""),
        )
        self.right.add_row(
            ("is_routine", "Routine request", self.is_routine, ""),
            ("gp_needed", "A GP is needed", self.gp_needed, ""),
        )
        self.right.add_row(
            ("key_safe", "Key-safe code", self.key_safe, ""),
            ("key_safe_place", "Where the key safe is", self.key_safe_place, ""),
            shares=(2, 3),
        )

    def _follow(self) -> None:
        """Ask only what fits the answers so far."""
        self.is_elsewhere.toggled.connect(self._fit)
        self.source.currentIndexChanged.connect(self._fit)
        self.priority.currentIndexChanged.connect(self._fit)
        self.by_clinician.toggled.connect(self._say_triage)
        self.disposition.editingFinished.connect(self._say_disposition)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        source = self.source.value()
        for name in ("visit", "visit_postcode"):
            self.right.ask(name, wanted=self.is_elsewhere.isChecked())
        has_priority = self.priority.value() is not None
        self.right.ask("by_clinician", wanted=has_priority and source in TRIAGED_BY_SENDER)
        for name in ("disposition", "disposition_at"):
            self.right.ask(name, wanted=source in (Source.NHS_111, Source.CAS_999))
        self._say_triage()

    @Slot()
    def _say_triage(self) -> None:
        source, priority = self.source.value(), self.priority.value()
        if source is None or priority is None:
            self.right.say_hint("priority", "")
            return
        asks = needs_triage(source, priority, stated_by_clinician=self._is_judged(source))
        words = "A clinician here triages it." if asks else "Counts as triage: it can be allocated."
        self.right.say_hint("priority", words)

    @Slot()
    def _say_disposition(self) -> None:
        code = self.disposition.read()
        self.right.say_hint("disposition", disposition(code).text if code else "")

    def _is_judged(self, source: Source) -> bool:
        return source in TRIAGED_BY_SENDER and self.by_clinician.isChecked()

    def is_complete(self) -> bool:
        """Whether every field holds what it may; what is wrong is said below its field."""
        is_right_complete = self.right.read() is not None
        # The left column is read last, so that the cursor goes to the first wrong field of the form.
        return self.left.read() is not None and is_right_complete

    def says_place(self) -> bool:
        """Whether it is said where the patient is to be visited."""
        is_said = self.home.read() or self.is_elsewhere.isChecked()
        words = "Ask for the address and enter it: whoever goes needs one, and none is taken by itself."
        self.right.show_errors({} if is_said else {"home": words})
        return bool(is_said)

    def says_where(self) -> bool:
        """Whether hub and time of the arrival are said."""
        errors = {}
        if self.hub.value() is None:
            errors["hub"] = "Choose the hub at which the patient is."
        try:
            self.received.read()
        except ValueError as wrong:
            errors["received"] = str(wrong)
        self.left.show_errors(errors)
        return not errors

    def read(self, decided: Decided, taken_for: str) -> NewReferral:
        """What was entered; call it when it is complete."""
        source = self.source.read() or Source.GP_PRACTICE
        is_elsewhere = self.is_elsewhere.isChecked()
        else_ = f"Taken for somebody else than {taken_for}: {decided.somebody_else}"
        is_timed = source in (Source.NHS_111, Source.CAS_999)
        return NewReferral(
            source=source,
            family_name=self.family.read() or "",
            given_name=self.given.read() or "",
            problem=self.problem.read() or "",
            birth_date=self.born.read(),
            gender=self.gender.read() or Gender.UNKNOWN,
            nhs_number=self.nhs_number.read(),
            phone=self.phone.read(),
            home_address=self.home.read() or "",
            home_postcode=self.home_postcode.read(),
            visit_address=self.visit.read() if is_elsewhere else None,
            visit_postcode=self.visit_postcode.read() if is_elsewhere else None,
            caller=self.caller.read() or "",
            caller_phone=self.caller_phone.read(),
            practice_id=self.practice.read(),
            practice_link=self.no_practice.read(),
            narrative=self.narrative.read() or "",
            stated_priority=self.priority.read(),
            stated_by_clinician=self._is_judged(source),
            is_routine=self.is_routine.isChecked(),
            disposition=self.disposition.read() if is_timed else None,
            disposition_at=self.disposition_at.read() if is_timed else None,
            gp_needed=self.gp_needed.isChecked(),
            patient_id=decided.patient_id,
            hub_id=self.hub.read(),
            received_at=self.received.read(),
            identity_read_back=self.read_back.isChecked(),
            key_safe_code=self.key_safe.read() or "",
            key_safe_place=self.key_safe_place.read() or "",
            issues=(else_,) if decided.somebody_else else (),
        )
