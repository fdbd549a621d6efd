"""No access: nobody was seen at the door; a concern brings a clinician, a safe refusal closes."""

from PySide6.QtWidgets import QWidget

from console.domain.clinical_words import NoAccess
from console.domain.rows import ReferralRow
from ui.dialogs.decision import ReferralDecision
from ui.dialogs.on_behalf import Told
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField

_FOLLOWS = {
    NoAccess.NO_REPLY_CONCERN: "A clinician is asked to decide now, and the patient stays on the board.",
    NoAccess.REFUSED_SAFE: "The referral closes, and the practice is told that the patient refused.",
}


class NoAccessDialog(ReferralDecision):
    """What was found at the door, and whether it is a concern."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Nothing is chosen: a closed door is never taken for a safe refusal by default."""
        name = row.practitioner or "the practitioner"
        super().__init__(session, row, f"No access: {name}", "", "Save: no access", parent=parent)
        self.why: ChoiceField[NoAccess] = ChoiceField([(one, one.label) for one in NoAccess])
        self.found = NotesField(2)
        self.form.add("why", "What it means", self.why, needed="Choose whether it is a concern.")
        self.form.add("found", "What was found at the door", self.found, needed="Say what was found.")
        self.told = Told(session, self.form, row.practitioner_id, row.practitioner)
        self.why.currentIndexChanged.connect(self._say_what_follows)

    def submit(self) -> None:
        if self.form.read() is None or (visit := self.visit_in_hand()) is None:
            return
        visits, (visit_id, version) = self.session.desk.visits, visit
        why = self.why.read() or NoAccess.NO_REPLY_CONCERN
        is_concern, words, happened = (
            why is NoAccess.NO_REPLY_CONCERN,
            self.found.read() or "",
            self.told.happened(),
        )
        self.carry_out(
            lambda: visits.no_access(visit_id, version, is_concern, words, happened),
            f"No access to {self.who}. {_FOLLOWS[why]}",
        )

    def _say_what_follows(self) -> None:
        why = self.why.value()
        self.form.say_hint("why", _FOLLOWS[why] if why else "")
