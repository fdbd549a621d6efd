"""The sections of an outcome report; each reads its own fields into the content."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from console.domain.report_content import GpAction, Medicine, ReportContent
from console.domain.words import OutcomeDisposition
from ui.dialogs.report_lists import ActionLine, Lines, MedicineLine
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TextField, TickField, TimeField
from ui.widgets.form import Form
from ui.widgets.looks import column

_YES_NO = ((True, "Yes"), (False, "No"))


class Section(QWidget):
    """Some fields of the report under a title."""

    changed = Signal()
    TITLE = ""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.form = Form(gap=9)
        self._whole = column(self, gap=9)
        self._whole.addWidget(self.form)

    def settle_at_top(self) -> None:
        """Leave spare room below the fields."""
        self._whole.addStretch(1)

    def listen(self) -> None:
        """Tell of every change from now on."""
        for field in self.findChildren(QWidget):
            if isinstance(field, QPlainTextEdit | QLineEdit):
                field.textChanged.connect(self.changed)
            elif isinstance(field, QComboBox):
                field.currentIndexChanged.connect(self.changed)
            elif isinstance(field, TickField):
                field.toggled.connect(self.changed)

    def fill(self, content: ReportContent) -> None:
        """Show what is written."""

    def read(self, content: ReportContent) -> ReportContent:
        """Put what stands in the fields into the content."""
        return content


class _Texts(Section):
    """A section of texts, each a field of the content by the same name."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, TextField | NotesField] = {}

    def add_text(self, name: str, words: str, lines: int = 1, hint: str = "") -> None:
        """Add a text of the content."""
        field = NotesField(lines) if lines > 1 else TextField()
        self.texts[name] = field
        self.form.add(name, words, field, hint=hint)

    def fill(self, content: ReportContent) -> None:
        for name, field in self.texts.items():
            text = getattr(content, name)
            if isinstance(field, NotesField):
                field.setPlainText(text)
            else:
                field.setText(text)

    def read(self, content: ReportContent) -> ReportContent:
        values: dict[str, Any] = {name: field.read() or "" for name, field in self.texts.items()}
        return replace(content, **values)


class Contact(_Texts):
    """Why and when."""

    TITLE = "Contact"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.add_text("reason", "Reason of the referral")
        self.began, self.ended = TimeField(session.now), TimeField(session.now)
        self.form.add_row(
            ("attended_at", "Contact began", self.began, ""), ("left_at", "Contact ended", self.ended, "")
        )
        self.add_text("history", "History", 3)
        self.add_text("examination", "Examination", 3)
        self.add_text("diagnosis", "Working diagnosis")
        self.listen()

    def fill(self, content: ReportContent) -> None:
        super().fill(content)
        for field, at in ((self.began, content.attended_at), (self.ended, content.left_at)):
            if at is not None:
                field.put(at)

    def read(self, content: ReportContent) -> ReportContent:
        # A field shows whole minutes: what was not typed over keeps its seconds.
        began = self.began.read() if self.began.isModified() else content.attended_at
        ended = self.ended.read() if self.ended.isModified() else content.left_at
        return replace(super().read(content), attended_at=began, left_at=ended)


class Care(_Texts):
    """What was done and given."""

    TITLE = "Treatment and medicines"

    def __init__(self) -> None:
        super().__init__()
        self.add_text("treatment", "Treatment", 2)
        self.add_text("allergies", "Allergies, or that none are known")
        self.add_text("investigations", "Investigations")
        self.listen()
        self.medicines = Lines(
            MedicineLine, "Medicines given, supplied, changed or stopped", "Add a medicine"
        )
        self.medicines.changed.connect(self.changed)
        self._whole.addWidget(self.medicines)

    def fill(self, content: ReportContent) -> None:
        super().fill(content)
        for medicine in content.medicines:
            self.medicines.add(MedicineLine(medicine))

    def read(self, content: ReportContent) -> ReportContent:
        read = [line.read() for line in self.medicines.lines]
        medicines = tuple(one for one in read if isinstance(one, Medicine))
        return replace(super().read(content), medicines=medicines)


class Plan(_Texts):
    """What became of the patient, and what the practice is asked to do."""

    TITLE = "Outcome and requests"

    def __init__(self) -> None:
        super().__init__()
        self.disposition: ChoiceField[OutcomeDisposition] = ChoiceField(
            [(one, one.label) for one in OutcomeDisposition]
        )
        self.form.add("disposition", "What became of the patient", self.disposition)
        self.add_text("advice", "Advice and safety-net", 2)
        self.prevented: ChoiceField[bool] = ChoiceField(_YES_NO)
        self.judge, self.because = TextField(), TextField()
        self.form.add_row(
            ("prevented", "Admission prevented", self.prevented, ""),
            ("prevented_judged_by", "Judged by", self.judge, ""),
            ("prevented_because", "Why", self.because, ""),
        )
        self.texts |= {"prevented_judged_by": self.judge, "prevented_because": self.because}
        self.listen()
        self.requests = Lines(ActionLine, "What the practice is asked to do or to know", "Add a request")
        self.requests.changed.connect(self.changed)
        self._whole.addWidget(self.requests)

    def fill(self, content: ReportContent) -> None:
        super().fill(content)
        if content.disposition is not None:
            self.disposition.put(content.disposition)
        if content.admission_prevented is not None:
            self.prevented.put(content.admission_prevented)
        for action in content.gp_actions:
            self.requests.add(ActionLine(action))

    def read(self, content: ReportContent) -> ReportContent:
        read = [line.read() for line in self.requests.lines]
        return replace(
            super().read(content),
            disposition=self.disposition.value(),
            admission_prevented=self.prevented.value(),
            gp_actions=tuple(one for one in read if isinstance(one, GpAction)),
        )


class Safety(_Texts):
    """Safeguarding, wishes, and who writes."""

    TITLE = "Safeguarding and signature"

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, ChoiceField[bool]] = {}
        self._ask("safeguarding", "Is there a safeguarding concern")
        self.add_text("safeguarding_note", "The concern, and who was told", 2)
        self.answers |= {name: ChoiceField(_YES_NO) for name in ("respect_seen", "dnacpr_seen")}
        self.form.add_row(
            ("respect_seen", "ReSPECT form seen", self.answers["respect_seen"], ""),
            ("dnacpr_seen", "DNACPR seen", self.answers["dnacpr_seen"], ""),
        )
        self.add_text("clinician", "Clinician")
        self.add_text("clinician_role", "Role")
        self.add_text("registration", "Registration")
        self.is_dictated = TickField()
        self.form.add("is_dictated", "Dictated: written for the clinician, who signs it", self.is_dictated)
        self.listen()

    def _ask(self, name: str, words: str) -> None:
        self.answers[name] = ChoiceField(_YES_NO)
        self.form.add(name, words, self.answers[name])

    def fill(self, content: ReportContent) -> None:
        super().fill(content)
        for name, field in self.answers.items():
            if (answer := getattr(content, name)) is not None:
                field.put(answer)
        self.is_dictated.setChecked(content.is_dictated)

    def read(self, content: ReportContent) -> ReportContent:
        values: dict[str, Any] = {name: field.value() for name, field in self.answers.items()}
        return replace(super().read(content), is_dictated=self.is_dictated.isChecked(), **values)
