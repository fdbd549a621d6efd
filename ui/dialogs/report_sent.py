"""A signed report was sent by hand: how, to whom, when."""

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import ReportRow
from console.domain.words import Channel
from ui.boards.referral_cells import name_of
from ui.boards.report_words import unsigned_words
from ui.dialogs.decision import Decision
from ui.session import Session
from ui.widgets.fields import ChoiceField, TextField, TimeField
from ui.widgets.looks import label

_BY = (Channel.MAIL, Channel.POST, Channel.IN_PERSON, Channel.MESSAGE, Channel.TELEPHONE)


def about(row: ReportRow) -> str:
    """Whose report it is, and for which practice."""
    practice = f"{row.practice} ({row.practice_code})" if row.practice else "no practice"
    return f"{name_of(row)} · {row.referral_number} · {row.outcome_kind.label} · for {practice}"


class ReportSentDialog(Decision):
    """What the clock of the report waits for."""

    def __init__(self, session: Session, row: ReportRow, parent: QWidget | None = None) -> None:
        """The practice stands there already."""
        super().__init__(session, "Report sent by hand", about(row), "Save: sent", parent=parent)
        self._row = row
        if unsigned := unsigned_words(row, session.now()):
            self.body.insertWidget(
                0, label(f"{unsigned}\nSay so where you send it.", tone="warn", wraps=True)
            )
        self.channel: ChoiceField[Channel] = ChoiceField([(one, one.label) for one in _BY])
        self.to, self.at = TextField(), TimeField(session.now)
        if row.practice:
            self.to.setText(row.practice)
        self.form.add("channel", "How", self.channel, needed="Choose how it was sent.")
        self.form.add("to", "To", self.to, needed="Say to whom it was sent.")
        self.form.add("at", "When it was sent", self.at, hint="Empty means now.")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, row, channel = self.session.desk, self._row, self.channel.read() or Channel.MAIL
        to, happened = self.to.read() or "", Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.reports.sent(row.id, row.version, channel, to, happened),
            f"Report of {row.referral_number} is sent to {to}.",
        )
