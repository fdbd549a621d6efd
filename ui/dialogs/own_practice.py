"""The patient's own practice, to which the report goes; or why there is none."""

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import ReferralRow
from console.domain.words import PracticeLink
from ui.dialogs.decision import ReferralDecision
from ui.dialogs.practice_field import PracticeField
from ui.session import Session
from ui.widgets.fields import ChoiceField

_NONE = tuple(one for one in PracticeLink if one is not PracticeLink.KNOWN)


class OwnPracticeDialog(ReferralDecision):
    """Finds the practice while one types."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """The one that is recorded stands in the sentence, not in the field."""
        recorded = f"{row.practice} ({row.practice_code})" if row.practice else row.practice_link.label
        sentence = f"Recorded now: {recorded}. Reports that are not sent yet follow the change."
        super().__init__(session, row, "Own practice", sentence, "Save practice", parent=parent)
        self.practice = PracticeField(session)
        self.link: ChoiceField[PracticeLink] = ChoiceField([(one, one.label) for one in _NONE])
        self.form.add("practice", "Practice", self.practice)
        self.form.add("link", "Or why there is none", self.link)
        self.at = self.ask_when("When you were told")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        practice_id, link = self.practice.read(), self.link.read()
        if practice_id is None and link is None:
            self.form.show_errors({"practice": "Choose the practice, or say below why there is none."})
            return
        if practice_id is not None and link is not None:
            self.form.show_errors({"link": "There is a practice: leave this empty, or empty the practice."})
            return
        row, desk, happened = self.row, self.session.desk, Happened(at=self.at.read())
        words = self.practice.text() if practice_id is not None else (link or PracticeLink.UNKNOWN).label
        self.carry_out(
            lambda: desk.referrals.set_practice(row.id, row.version, practice_id, link, happened),
            f"Own practice of {self.who}: {words}.",
        )
