"""A report goes without a signature: its clinician cannot sign, and the supervisor says why it may."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import ReportRow
from ui.dialogs.decision import Decision
from ui.dialogs.report_sent import about
from ui.session import Session
from ui.widgets.fields import NotesField
from ui.widgets.looks import label

_SAYS = (
    "Release it only when its clinician cannot sign: wherever it stands, it says that nobody has signed it,"
    " who released it, when and why."
)
_INCOMPLETE = "It is not complete, and cannot be released. Write first (Ctrl+R) what is missing:"


class ReleaseReportDialog(Decision):
    """Asks why; a report that is not complete is refused with what is missing, before anything is typed."""

    def __init__(self, session: Session, row: ReportRow, parent: QWidget | None = None) -> None:
        """What is missing is read in the background."""
        super().__init__(
            session, "Release without a signature", about(row), "Release", look="danger", parent=parent
        )
        self.setMinimumWidth(600)
        self._row = row
        written = f"Version {row.content_version}, author {row.author or 'not known'}."
        self.missing = label("", wraps=True)
        self.missing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.missing.hide()
        for place, part in enumerate((label(f"{written} {_SAYS}", wraps=True), self.missing)):
            self.body.insertWidget(place, part)
        self.why = NotesField(2)
        self.form.add("why", "Why nobody signs it", self.why, needed="Say why it is released unsigned.")
        self.at = self.ask_when("When it was released")
        self.body.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            return
        reports, row = self.session.desk.reports, self._row
        self.session.background.run(
            lambda: reports.what_is_missing(row.id, reports.content(row.id)),
            self._tell,
            self._failed,
            refused=self._refused,
            owner=self,
        )

    def submit(self) -> None:
        if not self.primary.isEnabled() or self.form.read() is None:
            return
        reports, row, why = self.session.desk.reports, self._row, self.why.read() or ""
        happened = Happened(at=self.at.read())
        self.carry_out(
            lambda: reports.release(row.id, row.version, why, happened),
            f"Report of {row.referral_number} is released without a signature: send it to the practice.",
        )

    def _tell(self, missing: tuple[str, ...]) -> None:
        if not missing:
            return
        self.missing.setText("\n".join((_INCOMPLETE, *(f"• {one}" for one in missing))))
        self.missing.show()
        self.form.hide()
        self.primary.setEnabled(False)
        self._fit()
