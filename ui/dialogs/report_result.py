"""What the practice answered: delivered, accepted by a named person, rejected; or the report is held."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.report import answers
from console.domain.rows import ReportRow
from console.domain.words import ReportStatus
from ui.dialogs.decision import Decision
from ui.dialogs.report_sent import about
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TextField, TimeField

_WORDS = {
    ReportStatus.ACCEPTED: "Accepted by the practice",
    ReportStatus.DELIVERED: "Delivered, nobody has answered yet",
    ReportStatus.REJECTED: "Rejected by the practice",
    ReportStatus.HELD: "Held until a person decides",
}
_WITH_REASON = frozenset({ReportStatus.REJECTED, ReportStatus.HELD})


class ReportResultDialog(Decision):
    """Offers only what may follow the report's status."""

    def __init__(self, session: Session, row: ReportRow, parent: QWidget | None = None) -> None:
        """A delivery proves that it arrived, not that anybody read it."""
        is_sent = row.sent_at is not None
        found = answers(row.status, is_released=row.is_released, is_sent=is_sent)
        possible = [(one, _WORDS[one]) for one in found]
        is_unsent = possible == [(ReportStatus.HELD, _WORDS[ReportStatus.HELD])]
        title = "Hold the report back" if is_unsent else "What the practice answered"
        button = "Hold back" if is_unsent else "Save answer"
        super().__init__(session, title, about(row), button, parent=parent)
        self._row = row
        self.answer: ChoiceField[ReportStatus] = ChoiceField(possible)
        self.by_whom, self.reason, self.at = TextField(), NotesField(2), TimeField(session.now)
        self.form.add("answer", "Answer", self.answer, needed="Choose the answer.")
        self.form.add("by_whom", "Who accepted it", self.by_whom, needed="Name who accepted it.")
        self.form.add("reason", "Why", self.reason, needed="Say why.")
        self.form.add("at", "When they answered", self.at, hint="Empty means now.")
        self.answer.currentIndexChanged.connect(self._ask_what_fits)
        if is_unsent:
            self.answer.put(ReportStatus.HELD)
        self.form.ask("answer", wanted=not is_unsent)
        self._ask_what_fits()

    def submit(self) -> None:
        if self.form.read() is None:
            return
        answer = self.answer.read() or ReportStatus.DELIVERED
        self.carry_out(self._work(answer), f"Report of {self._row.referral_number}: {answer.label.lower()}.")

    def _work(self, answer: ReportStatus) -> Callable[[], None]:
        reports, row = self.session.desk.reports, self._row
        happened, reason = Happened(at=self.at.read()), self.reason.read() or ""
        if answer is ReportStatus.ACCEPTED:
            by_whom = self.by_whom.read() or ""
            return lambda: reports.accepted(row.id, row.version, by_whom, happened)
        if answer is ReportStatus.REJECTED:
            return lambda: reports.rejected(row.id, row.version, reason, happened)
        if answer is ReportStatus.HELD:
            return lambda: reports.hold(row.id, row.version, reason)
        return lambda: reports.delivered(row.id, row.version, happened)

    def _ask_what_fits(self) -> None:
        answer = self.answer.value()
        self.form.ask("by_whom", wanted=answer is ReportStatus.ACCEPTED)
        self.form.ask("reason", wanted=answer in _WITH_REASON)
        self.form.ask("at", wanted=answer is not ReportStatus.HELD)
