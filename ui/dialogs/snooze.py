"""Snooze a report or the calls to a practice, or end a snooze early."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from console.domain.call_list import PracticeToCall
from console.domain.rows import ReportRow, SnoozeRow
from ui.boards.snooze_words import snoozed_words
from ui.dialogs.decision import Decision
from ui.dialogs.report_sent import about
from ui.session import Session
from ui.time_text import day_clock
from ui.widgets.fields import TextField, TimeField

_WHAT = "Its ladder rests: what is asked now is taken back, and asked again by itself at the end."


Begin = Callable[[dt.datetime, str], int]


class SnoozeDialog(Decision):
    """Until when and why; while a snooze holds, whether it is to end now."""

    def __init__(
        self,
        session: Session,
        what: str,
        subject: str,
        snooze: SnoozeRow | None,
        begin: Begin,
        parent: QWidget | None,
    ) -> None:
        """`what` is snoozed by `begin`, `subject` says which."""
        self._what, self._snooze, self._begin = what, snooze, begin
        title = f"Snooze the {what}" if snooze is None else "End the snooze"
        primary = "Snooze" if snooze is None else "End the snooze"
        super().__init__(session, title, _sentence(session, subject, snooze), primary, parent=parent)
        if snooze is None:
            self.until, self.reason = TimeField(session.now, ahead=True), TextField()
            self.form.add("until", "Until", self.until, needed="Give the time at which it is to go on.")
            self.form.add("reason", "Why it may rest", self.reason, needed="Say why it may rest.")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        snoozes, snooze, what = self.session.desk.snoozes, self._snooze, self._what
        if snooze is not None:
            self.carry_out(lambda: snoozes.end(snooze.id), f"The {what} is snoozed no more.")
            return
        now = self.session.now()
        until, reason = self.until.read() or now, self.reason.read() or ""
        done = f"The {what} is snoozed until {day_clock(until, now)}."
        self.carry_out(lambda: self._begin(until, reason), done)


class SnoozeReportDialog(SnoozeDialog):
    """One report's ladder."""

    def __init__(self, session: Session, row: ReportRow, parent: QWidget | None = None) -> None:
        """The row that was chosen says whether it is snoozed."""
        begin = partial(session.desk.snoozes.report, row.id, row.version)
        super().__init__(session, "report", about(row), row.snoozed(session.now()), begin, parent)


class SnoozeCallsDialog(SnoozeDialog):
    """The calls to one practice."""

    def __init__(self, session: Session, row: PracticeToCall, parent: QWidget | None = None) -> None:
        """The entry that was chosen says whether it is snoozed."""
        begin = partial(session.desk.snoozes.practice, row.practice_id)
        super().__init__(session, "call list", row.name, row.snoozed(session.now()), begin, parent)


def _sentence(session: Session, subject: str, snooze: SnoozeRow | None) -> str:
    if snooze is None:
        return f"{subject}. {_WHAT}"
    return f"{subject}. {snoozed_words(snooze, session.now())}. What it held back is due at once."
