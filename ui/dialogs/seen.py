"""Seen: what became of the patient; the report to their own practice is owed from here."""

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import QueueRow
from console.domain.words import OutcomeDisposition, OutcomeKind
from ui.dialogs.outcome import OutcomeFields
from ui.dialogs.queue_decision import QueueDecision
from ui.session import Session
from ui.time_text import duration
from ui.widgets.fields import TimeField


class SeenDialog(QueueDecision):
    """The end of a consultation."""

    def __init__(self, session: Session, row: QueueRow, parent: QWidget | None = None) -> None:
        """Ask for the outcome."""
        super().__init__(session, row, "Seen", _seen_by(session, row), "Save: seen", parent=parent)
        self.outcome = OutcomeFields(
            self.form, (OutcomeKind.HUB_CONSULTATION, OutcomeKind.DEATH), OutcomeDisposition.DIED
        )
        self.at = TimeField(session.now)
        self.form.add("at", "When it ended", self.at, hint="Empty means now.")

    def show_row(self, row: QueueRow) -> None:
        """Say also who sees the patient."""
        super().show_row(row)
        self.sentence.setText(_seen_by(self.session, row))

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row, desk, came = self.row, self.session.desk, self.outcome.read()
        happened = Happened(at=self.at.read())
        came_to = "died at the hub" if came.kind is OutcomeKind.DEATH else "was seen"
        self.carry_out(
            lambda: desk.hub_queue.finish(
                row.id,
                row.version,
                came.disposition,
                came.admission_prevented,
                came.prevented_because,
                kind=came.kind,
                happened=happened,
            ),
            f"{self.who} {came_to}; the report is owed.",
        )


def _seen_by(session: Session, row: QueueRow) -> str:
    owed = duration(60 * session.clocks.report_due)
    return f"Seen by {row.practitioner or 'nobody named'}. The report is owed within {owed}."
