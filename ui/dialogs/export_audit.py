"""Taking a copy of the audit away, as a table for a spreadsheet; who does it and why is kept first."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from console.domain.audit_rows import AuditWish
from ui.dialogs.decision import Decision
from ui.session import Session
from ui.widgets.fields import NotesField


class ExportAuditDialog(Decision):
    """Why, and where it goes."""

    def __init__(self, session: Session, wish: AuditWish, parent: QWidget | None = None) -> None:
        """The copy holds what the workspace asks for, all of it and not only what is shown."""
        sentence = (
            "The copy holds all lines that are asked for, with patients' data in them. Who took it, when and"
            " why is kept in the audit before it is written."
        )
        super().__init__(session, "Take a copy of the audit", sentence, "Take the copy", parent=parent)
        self._wish = wish
        self.folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        if not self.folder.is_dir():
            self.folder = Path.home()
        self.reason = NotesField(2)
        hint = f"It is written into {self.folder}, for this account alone."
        self.form.add("reason", "Why", self.reason, hint=hint, needed="Say why you take a copy away.")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, wish, folder, session = self.session.desk, self._wish, self.folder, self.session
        reason = self.reason.read() or ""
        self.perform(
            session.background,
            lambda: desk.audits.export(wish, reason, folder),
            lambda made: session.say(f"{made[1]:,} lines are in {made[0]}.", "ok"),
        )
