"""What narrows the audit down: a patient, a person, days, and a kind of line."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QSize, QStringListModel, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from console.domain.audit_rows import AuditKind, AuditWish, PatientOfAudit
from console.domain.calendar import from_local
from console.domain.identifiers import format_nhs_number
from ui.session import Session
from ui.time_text import day
from ui.widgets.fields import ChoiceField, DateField
from ui.widgets.filters import FilterChips
from ui.widgets.looks import column, label, line

_PAUSE_MS = 200
_SHORTEST = 2
_IN_TWO, _LEAST = 760, 340
ANYBODY = 0


class PatientField(QLineEdit):
    """Finds a patient while one types; `settled` when one is meant, or none any more."""

    settled = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty: any patient."""
        super().__init__(parent)
        self.setPlaceholderText("Name, NHS number or R-2026-000123")
        self.setClearButtonEnabled(True)
        self._session = session
        self._found: dict[str, int] = {}
        self._model = QStringListModel(self)
        finder = QCompleter(self._model, self)
        finder.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(finder)
        if (popup := finder.popup()) is not None:
            popup.setObjectName("Choices")
        finder.activated.connect(self._meant)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textChanged.connect(self._typed)
        self.editingFinished.connect(self._search)

    @property
    def patient_id(self) -> int | None:
        """Who is meant; None while it is nobody, or not clear yet."""
        return self._found.get(self.text().strip())

    @Slot()
    def _typed(self) -> None:
        if not self.text().strip():
            self.settled.emit()
        else:
            self._pause.start()

    @Slot()
    def _search(self) -> None:
        self._pause.stop()
        typed = self.text().strip()
        if len(typed) < _SHORTEST or typed in self._found:
            return
        find = self._session.desk.audits.find_patients
        self._session.background.run(
            lambda: (typed, find(typed)),
            self._show,
            self._session.failed,
            refused=self._session.refused,
            owner=self,
        )

    def _show(self, answer: tuple[str, Sequence[PatientOfAudit]]) -> None:
        asked, patients = answer
        if asked != self.text().strip():
            return
        self._found = {_patient_words(one): one.id for one in patients}
        self._model.setStringList(list(self._found))
        if len(patients) == 1:
            self.setText(_patient_words(patients[0]))
            if (popup := self.completer().popup()) is not None:
                popup.hide()
            self.settled.emit()
        elif patients and self.hasFocus():
            self.completer().complete()
        elif not patients:
            self._session.say("No patient of your hubs is found by that.", "warn")

    @Slot(str)
    def _meant(self, _: str) -> None:
        self._pause.stop()
        self.settled.emit()


class AuditFilters(QWidget):
    """The fields in one row and the kinds below; `changed` when what is asked for is another."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Everything of the last days."""
        super().__init__(parent)
        self.patient = PatientField(session)
        self.person: ChoiceField[int] = ChoiceField([(ANYBODY, "Anybody")])
        self.person.put(ANYBODY)
        self.since, self.until = DateField(), DateField()
        self.kinds = FilterChips([(one.value, one.label) for one in AuditKind], "Kind of line", wraps=True)
        self._asked = AuditWish()
        whole = column(self, gap=8)
        first, second = line(gap=12), line(gap=12)
        self._rows = first, second
        self._cells: list[tuple[QWidget, int]] = []
        named = (
            ("Patient", self.patient, 5),
            ("Person", self.person, 3),
            ("From", self.since, 2),
            ("To", self.until, 2),
        )
        for name, field, share in named:
            part = QWidget()
            cell = column(part, gap=4)
            cell.addWidget(label(name, "label"))
            cell.addWidget(field)
            field.setAccessibleName(name if field is not self.patient else "Patient to ask about")
            field.setMinimumWidth(90)
            first.addWidget(part, share)
            self._cells.append((part, share))
        self.error = label("", "error", wraps=True)
        self.error.hide()
        whole.addLayout(first)
        whole.addLayout(second)
        whole.addWidget(self.error)
        whole.addWidget(self.kinds)
        for field in (self.since, self.until):
            field.setPlaceholderText("3/10/2026")
            field.editingFinished.connect(self._look)
        self.patient.settled.connect(self._look)
        self.person.currentIndexChanged.connect(self._look)
        self.kinds.chosen.connect(self._look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the patient has a row of their own."""
        super().resizeEvent(event)
        first, second = self._rows
        row = second if self.width() < _IN_TWO else first
        if row.indexOf(self._cells[-1][0]) < 0:
            for part, share in self._cells[1:]:
                row.addWidget(part, share)

    def minimumSizeHint(self) -> QSize:
        """As in two rows."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def offer_people(self, people: Sequence[tuple[int, str]]) -> None:
        """Offer who may have done something."""
        self.person.offer([(ANYBODY, "Anybody"), *people])

    @property
    def wish(self) -> AuditWish:
        """What is asked for; the last days stay where a date cannot be read."""
        return self._asked

    @Slot()
    def _look(self) -> None:
        wish = self._read()
        if wish is not None and wish != self._asked:
            self._asked = wish
            self.changed.emit()

    def _read(self) -> AuditWish | None:
        self.error.hide()
        try:
            since, until = self.since.read(), self.until.read()
        except ValueError as wrong:
            self.error.setText(str(wrong))
            self.error.show()
            return None
        day_after = None if until is None else until + dt.timedelta(days=1)
        return AuditWish(
            kind=AuditKind(self.kinds.current),
            patient_id=self.patient.patient_id,
            staff_id=self.person.value() or None,
            since=None if since is None else from_local(since, dt.time()),
            until=None if day_after is None else from_local(day_after, dt.time()),
        )


def _patient_words(one: PatientOfAudit) -> str:
    born = f", born {day(one.birth_date)}" if one.birth_date else ""
    number = f", {format_nhs_number(one.nhs_number)}" if one.nhs_number else ""
    return f"{one.name}{born}{number}"
