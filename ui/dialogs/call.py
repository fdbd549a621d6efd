"""What came of a call to a practice: one answer for all of its reports, or for those that are ticked."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.call_list import PracticeToCall
from console.domain.report import reasons_not_to_move
from console.domain.words import ReportStatus
from ui.boards.call_cells import phone
from ui.boards.referral_cells import name_of
from ui.dialogs.call_answers import Answer
from ui.dialogs.decision import Decision
from ui.session import Session
from ui.widgets.checked_field import phone_field
from ui.widgets.fields import TextField, TickField, TimeField
from ui.widgets.looks import label

_TITLES = {
    Answer.SPOKE: "Spoke to somebody",
    Answer.ACCEPTED: "Accepted by name",
    Answer.AGAIN: "They want it again",
    Answer.WRONG: "Wrong number",
}
_BECOMES = {Answer.ACCEPTED: ReportStatus.ACCEPTED, Answer.AGAIN: ReportStatus.REJECTED}


class CallDialog(Decision):
    """Asks only what this answer needs; the reports that it cannot be true of are not offered."""

    def __init__(
        self, session: Session, row: PracticeToCall, answer: Answer, parent: QWidget | None = None
    ) -> None:
        """The practice as the call list showed it."""
        many = "1 report" if len(row.reports) == 1 else f"{len(row.reports)} reports"
        sentence = f"{row.name}, {phone(row)}: {many}. The call is kept with each."
        super().__init__(session, _TITLES[answer], sentence, "Save call", parent=parent)
        self.setMinimumWidth(560)
        self._row, self._answer = row, answer
        self.ticks: dict[int, TickField] = {}
        self.at = TimeField(session.now)
        if answer is Answer.WRONG:
            self.right = phone_field()
            hint = "It is kept as the practice's number from now on. Empty: nobody knows it yet."
            self.form.add("right", "The right number", self.right, hint=hint)
        else:
            self._ask_whom()
        self._offer_reports()
        self.form.add("at", "When you rang", self.at, hint="Empty means now.")

    def _ask_whom(self) -> None:
        self.whom, self.said = TextField(), TextField()
        self.form.add("whom", "Whom you spoke to", self.whom, needed="Name whom you spoke to.")
        if self._answer is Answer.SPOKE:
            self.promised = TimeField(self.session.now, ahead=True)
            hint = "They are called again then. Without a promise, say below what was agreed."
            self.form.add("promised", "Promised by", self.promised, hint=hint)
        if self._answer is not Answer.ACCEPTED:
            words = "What was agreed" if self._answer is Answer.SPOKE else "Why they want it again"
            self.form.add("said", words, self.said)

    def _offer_reports(self) -> None:
        """Tick those of which the answer is true; all that it can be true of are ticked at first."""
        becomes = _BECOMES.get(self._answer)
        if becomes is None:
            return
        possible = [one.row for one in self._row.reports if not reasons_not_to_move(one.row.status, becomes)]
        self.form.add_widget(label("Which reports", "label"))
        if not possible:
            self.form.add_widget(
                label("None of them can be answered so: send it first.", "error", wraps=True)
            )
        for row in possible:
            tick = TickField()
            tick.setChecked(True)
            self.ticks[row.id] = tick
            self.form.add(f"report-{row.id}", f"{name_of(row)} · {row.referral_number}", tick)

    def submit(self) -> None:
        if self.form.read() is None:
            return
        if self._answer is Answer.SPOKE and not self.promised.read() and not self.said.read():
            self.form.show_errors({"promised": "Say by when it is promised, or below what was agreed."})
            return
        self.carry_out(self._work(), f"{self._row.name}: {_TITLES[self._answer].lower()}.")

    def _work(self) -> Callable[[], None]:
        calls, row = self.session.desk.practice_calls, self._row
        ids, happened = [one.row.id for one in row.reports], Happened(at=self.at.read())
        if self._answer is Answer.WRONG:
            right = self.right.read()
            return lambda: calls.wrong_number(row.practice_id, ids, right, happened)
        whom, said = self.whom.read() or "", self.said.read() or ""
        if self._answer is Answer.SPOKE:
            promised = self.promised.read()
            return lambda: calls.spoke(row.practice_id, ids, whom, promised, said, happened)
        versions = {one.row.id: one.row.version for one in row.reports}
        seen = {key: versions[key] for key, tick in self.ticks.items() if tick.read()}
        if self._answer is Answer.ACCEPTED:
            return lambda: calls.accepted(row.practice_id, seen, whom, happened)
        return lambda: calls.asked_again(row.practice_id, seen, whom, said, happened)
