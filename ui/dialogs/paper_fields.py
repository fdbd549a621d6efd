"""The fields of one line of paper: when, what, whom; and what each kind of step asks besides."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Slot

from console.domain.identifiers import format_nhs_number
from console.domain.initials import initials
from console.domain.paper import KEYS, NEW_PATIENTS, OF_PRACTITIONERS, PaperEntry, PaperStep
from console.domain.rows import PractitionerName, PractitionerRow, ReferralRow
from console.domain.words import ContactResult, ContactWith, OutcomeDisposition, Placement, Stream
from ui.boards.referral_cells import name_of
from ui.dialogs.triage import PRIORITIES, STREAMS
from ui.session import Session
from ui.time_entry import read_time
from ui.time_text import day, day_clock, local
from ui.widgets.fields import ChoiceField, DateField, TextField, TickField, TimeField
from ui.widgets.form import Form
from ui.widgets.keyed_choice import KeyedChoice

_CLOCK = re.compile(r"\d{1,2}[:.]?\d{2}")
_P = PaperStep
# What is asked besides time, step and patient; what ends in ! is needed.
ASKS: dict[PaperStep, tuple[str, ...]] = {
    _P.TRIAGED: ("priority!", "stream!", "gp_needed", "words"),
    _P.ALLOCATED: ("practitioner!",),
    _P.LEFT: ("until",),
    _P.THERE: ("until",),
    _P.CLEAR: ("disposition!", "prevented!", "words"),
    _P.VISITED: ("practitioner!", "until!", "disposition!", "prevented!", "words"),
    _P.NO_ACCESS: ("concern!", "words!"),
    _P.HANDED_BACK: ("words!",),
    _P.ARRIVED: ("hub!",),
    _P.STREAMED: ("priority!", "stream!", "gp_needed", "words!"),
    _P.BEING_SEEN: ("practitioner!",),
    _P.SEEN: ("disposition!", "prevented!", "words"),
    _P.LEFT_UNSEEN: ("words",),
    _P.CONTACT: ("with!", "result!", "number", "until", "words"),
    _P.ADVISED: ("words!",),
    _P.WORSE: ("words!",),
    _P.ASKED_999: ("words!",),
    _P.REFERENCE_999: ("words!", "accepted_by!"),
    _P.CANCELLED: ("words!",),
    _P.SHIFT_ON: ("practitioner!", "hub!", "placement!", "until!"),
    _P.SHIFT_OFF: ("practitioner!",),
}
_NEEDED = {
    "practitioner": "Type the initials of the practitioner.",
    "priority": "Choose the priority that stands on the paper.",
    "stream": "Choose the kind of care that stands on the paper.",
    "until": "Give the time at which it ends, or ended.",
    "disposition": "Choose what became of the patient.",
    "prevented": "Ask the clinician, and choose yes or no.",
    "concern": "Choose what was found at the door.",
    "with": "Choose with whom.",
    "result": "Choose what came of it.",
    "words": "Write what stands on the paper.",
    "accepted_by": "Name who accepted the call.",
    "hub": "Choose the hub.",
    "placement": "Choose what the shift is worked as.",
}
_WORDS = {
    _P.REFERENCE_999: "Reference",
    _P.CANCELLED: "Who took it back for the sender",
    _P.CONTACT: "What was said or agreed",
    _P.ADVISED: "What was said",
}


class PaperTime(TimeField):
    """A time of the day that the paper is of: 1405 or 14:05."""

    def __init__(self, now: Callable[[], dt.datetime], paper_day: Callable[[], dt.date]) -> None:
        """`paper_day` is the day that stands in the form."""
        self._day = paper_day
        super().__init__(now)
        self.setPlaceholderText("1405")

    def read(self) -> dt.datetime | None:
        """The aware UTC time, or None."""
        typed = self.text().strip()
        if not _CLOCK.fullmatch(typed):
            return super().read()
        now = self._now()
        at = read_time(f"{self._day():%d/%m/%Y} {typed}", now)
        if at > now:
            raise ValueError("That is still to come. Type when it happened, and look at the day.")
        return at


class PaperFields(QObject):
    """The fields in a form; `entry` gives the line that they make."""

    def __init__(self, session: Session, form: Form) -> None:
        """Nothing is chosen; the day is today."""
        super().__init__(form)
        self.session, self.form = session, form
        self.day = DateField()
        self.at = PaperTime(session.now, self._paper_day)
        self.step: KeyedChoice[PaperStep] = KeyedChoice([(one, KEYS[one], one.label) for one in PaperStep])
        self.patient: ChoiceField[int] = ChoiceField()
        self.practitioner: KeyedChoice[int] = KeyedChoice()
        self.priority: ChoiceField[int] = ChoiceField(PRIORITIES)
        self.stream: ChoiceField[Stream] = ChoiceField(STREAMS)
        self.gp_needed = TickField()
        self.until = TimeField(self._its_time, ahead=True)
        self.disposition: ChoiceField[OutcomeDisposition] = ChoiceField(
            [(one, one.label) for one in OutcomeDisposition if one is not OutcomeDisposition.NOT_SEEN]
        )
        self.prevented: ChoiceField[bool] = ChoiceField([(True, "Yes"), (False, "No")])
        self.concern: ChoiceField[bool] = ChoiceField([(True, "No reply, concern"), (False, "Refused, safe")])
        self.with_: ChoiceField[ContactWith] = ChoiceField([(one, one.label) for one in ContactWith])
        self.result: ChoiceField[ContactResult] = ChoiceField([(one, one.label) for one in ContactResult])
        self.number, self.words, self.accepted_by = TextField(), TextField(), TextField()
        hubs = sorted(session.live.hubs.by_id.values(), key=lambda one: one.name)
        self.hub: ChoiceField[int] = ChoiceField([(one.id, one.name) for one in hubs])
        self.placement: ChoiceField[Placement] = ChoiceField([(one, one.label) for one in Placement])
        self._people: dict[int, str] = {}
        self._lay_out()
        self._own_day = ""
        self._renew_day()
        self.offer_people([PractitionerName(one.id, one.name, one.profession) for one in _on_board(session)])
        self.offer_patients()
        self.at.textEdited.connect(self._renew_day)
        self.step.currentTextChanged.connect(self.fit)
        self.result.currentTextChanged.connect(self.fit)
        self.fit()

    def _lay_out(self) -> None:
        form = self.form
        form.add_row(
            ("day", "Day of the paper", self.day, "Give the day of the paper."),
            ("at", "When", self.at, "Give the time that stands on the paper."),
            ("step", "What happened", self.step, "Choose what happened, such as ask, left, there or clear."),
            shares=(2, 2, 5),
        )
        form.add("patient", "Patient", self.patient, needed="Choose the patient, by any part of the name.")
        form.add_row(
            ("practitioner", "Practitioner (initials)", self.practitioner, ""),
            ("hub", "Hub", self.hub, ""),
            ("placement", "Works as", self.placement, ""),
        )
        form.add_row(("priority", "Priority", self.priority, ""), ("stream", "Kind of care", self.stream, ""))
        form.add("gp_needed", "A GP is needed", self.gp_needed)
        form.add_row(
            ("disposition", "What became of the patient", self.disposition, ""),
            ("prevented", "Admission prevented", self.prevented, ""),
        )
        form.add("concern", "What was found at the door", self.concern)
        form.add_row(("with", "With", self.with_, ""), ("result", "What came of it", self.result, ""))
        form.add_row(("number", "Number", self.number, ""), ("until", "Until", self.until, ""))
        form.add("words", "Words of the paper", self.words)
        form.add("accepted_by", "Who accepted the call", self.accepted_by)

    # What can be chosen

    def offer_patients(self) -> None:
        """Offer whoever is on the board now."""
        rows = sorted(self.session.live.referrals.by_id.values(), key=name_of)
        self.patient.offer([(row.id, _described(row)) for row in rows])

    def offer_people(self, people: list[PractitionerName]) -> None:
        """Offer these practitioners, by their initials."""
        self._people = {one.id: one.name for one in people}
        ordered = sorted(people, key=lambda one: one.name)
        self.practitioner.offer_keyed(
            [(one.id, initials(one.name), f"{one.name}, {one.profession.label}") for one in ordered]
        )

    @Slot()
    def fit(self) -> None:
        """Ask only what fits the step."""
        step = self.step.value()
        asked = {one.rstrip("!") for one in ASKS.get(step, ())} if step is not None else set()
        if step is PaperStep.CONTACT and self.result.value() is not ContactResult.PROMISED:
            asked.discard("until")
        for name in _NEEDED | {"gp_needed": "", "number": ""}:
            self.form.ask(name, wanted=name in asked)
        self.form.ask("patient", wanted=step not in NEW_PATIENTS | OF_PRACTITIONERS)
        is_clear = step in (PaperStep.LEFT, PaperStep.THERE)
        is_whole = step is PaperStep.VISITED
        self.form.rename("at", "There at" if is_whole else "When")
        self.form.rename("until", "Expected clear" if is_clear else "Clear at" if is_whole else "Until")
        self.form.rename("words", _WORDS.get(step, "Words of the paper") if step else "Words of the paper")

    # What was entered

    def is_complete(self) -> bool:
        """Whether everything that the step needs is there; what is not is said below its field."""
        step = self.step.value()
        if self.form.read() is None or step is None:
            return False
        asked = [one.rstrip("!") for one in ASKS.get(step, ()) if one.endswith("!")]
        if self.disposition.value() is OutcomeDisposition.DIED and "prevented" in asked:
            asked.remove("prevented")
        errors = {name: _NEEDED[name] for name in asked if _is_empty(self.form.field(name))}
        self.form.show_errors(errors)
        return not errors

    def entry(self) -> PaperEntry:
        """The line; call it when it is complete."""
        step, at = self.step.read(), self.at.read()
        if step is None or at is None:
            raise ValueError("A line without step or time is not complete.")
        asked = {one.rstrip("!") for one in ASKS.get(step, ())}
        is_of_patient = step not in OF_PRACTITIONERS
        return PaperEntry(
            step=step,
            at=at,
            referral_id=self.patient.read() if is_of_patient else None,
            practitioner_id=self.practitioner.read() if "practitioner" in asked else None,
            words=(self.words.read() or "") if "words" in asked else "",
            priority=self.priority.read() if "priority" in asked else None,
            stream=self.stream.read() if "stream" in asked else None,
            gp_needed="gp_needed" in asked and self.gp_needed.isChecked(),
            until_at=self.until.read() if "until" in asked else None,
            disposition=self.disposition.read() if "disposition" in asked else None,
            admission_prevented=self.prevented.read() if "prevented" in asked else None,
            is_concern="concern" in asked and bool(self.concern.read()),
            contact_with=self.with_.read() or ContactWith.PATIENT,
            result=self.result.read() or ContactResult.SPOKEN,
            number=self.number.read() if "number" in asked else None,
            accepted_by=(self.accepted_by.read() or "") if "accepted_by" in asked else "",
            hub_id=self.hub.read() if "hub" in asked else None,
            placement=self.placement.read() or Placement.HOME_VISITING,
        )

    def said(self) -> str:
        """What is about to be entered, in one line; empty while it is not known."""
        step, at = self.step.value(), self.at.value()
        if step is None or at is None:
            return ""
        row = self.session.live.referrals.by_id.get(self.patient.value() or 0)
        person = self._people.get(self.practitioner.value() or 0, "")
        has_person = "practitioner!" in ASKS.get(step, ())
        by = person if has_person else (row.practitioner or "") if row is not None else ""
        who = "" if step in NEW_PATIENTS | OF_PRACTITIONERS else name_of(row) if row is not None else "?"
        parts = (day_clock(at, self.session.now()), who, f"{step.label}{f', {by}' if by else ''}")
        return "   ".join(part for part in parts if part)

    def next_line(self, step: PaperStep | None, *, same_patient: bool) -> None:
        """Make ready for the next line: the patient stays, and what mostly follows stands there."""
        texts = (self.at, self.until, self.number, self.words, self.accepted_by)
        for text in texts:
            text.clear()
            text.setModified(False)
        self._renew_day()
        choices: tuple[ChoiceField[Any], ...] = (
            self.practitioner, self.priority, self.stream, self.disposition, self.prevented, self.concern,
            self.with_, self.result,
        )  # fmt: skip
        for choice in choices:
            choice.setCurrentIndex(-1)
            choice.setEditText("")
        self.gp_needed.setChecked(False)
        if not same_patient:
            self.patient.setCurrentIndex(-1)
            self.patient.setEditText("")
        self.step.setCurrentIndex(-1)
        self.step.setEditText("")
        if step is not None:
            self.step.put(step)
        self.fit()
        self.at.setFocus()

    @Slot()
    def _renew_day(self) -> None:
        """Let the day go on over midnight as long as nobody has given one."""
        if self.day.text() == self._own_day and not self.day.isModified():
            self.day.put(local(self.session.now()).date())
            self._own_day = self.day.text()

    def _paper_day(self) -> dt.date:
        try:
            return self.day.read() or local(self.session.now()).date()
        except ValueError:
            return local(self.session.now()).date()

    def _its_time(self) -> dt.datetime:
        return self.at.value() or self.session.now()


def _described(row: ReferralRow) -> str:
    born = day(row.birth_date) if row.birth_date else "born ?"
    number = format_nhs_number(row.nhs_number) if row.nhs_number else ""
    return " · ".join(part for part in (name_of(row), born, row.number, number) if part)


def _on_board(session: Session) -> list[PractitionerRow]:
    return list(session.live.practitioners.by_id.values())


def _is_empty(field: object) -> bool:
    read = getattr(field, "read", None)
    return read is not None and read() is None
