"""Snooze a report, or end its snooze early."""

from PySide6.QtWidgets import QWidget

from console.domain.rows import ReportRow, SnoozeRow
from ui.boards.snooze_words import snoozed_words
from ui.dialogs.decision import Decision
from ui.dialogs.report_sent import about
from ui.session import Session
from ui.time_text import day_clock
from ui.widgets.fields import TextField, TimeField

_WHAT = "Its ladder rests and goes on by itself at the end; tasks that stand already stay."


class SnoozeReportDialog(Decision):
    """Until when and why; while a snooze holds, whether it is to end now."""

    def __init__(self, session: Session, row: ReportRow, parent: QWidget | None = None) -> None:
        """The row that was chosen says whether it is snoozed."""
        self._row, self._snooze = row, row.snoozed(session.now())
        title = "Snooze the report" if self._snooze is None else "End the snooze"
        primary = "Snooze" if self._snooze is None else "End the snooze"
        super().__init__(session, title, _sentence(session, about(row), self._snooze), primary, parent=parent)
        if self._snooze is None:
            self.until, self.reason = TimeField(session.now, ahead=True), TextField()
            self.form.add("until", "Until", self.until, needed="Give the time at which it is to go on.")
            self.form.add("reason", "Why it may rest", self.reason, needed="Say why it may rest.")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        snoozes, row, snooze = self.session.desk.snoozes, self._row, self._snooze
        if snooze is not None:
            self.carry_out(lambda: snoozes.end(snooze.id), f"{row.referral_number}: the ladder goes on.")
            return
        now = self.session.now()
        until, reason = self.until.read() or now, self.reason.read() or ""
        self.carry_out(
            lambda: snoozes.report(row.id, row.version, until, reason),
            f"{row.referral_number}: snoozed until {day_clock(until, now)}.",
        )


def _sentence(session: Session, subject: str, snooze: SnoozeRow | None) -> str:
    if snooze is None:
        return f"{subject}. {_WHAT}"
    return f"{subject}. {snoozed_words(snooze, session.now())}. What it held back is due at once."
