"""A visit comes back: the practitioner hands it back, or the desk calls them off before the door."""

from PySide6.QtWidgets import QWidget

from console.domain.permissions import Deed
from console.domain.rows import ReferralRow
from console.domain.visit import reasons_not_to_move
from console.domain.words import VisitStatus
from ui.dialogs.decision import ReferralDecision
from ui.dialogs.on_behalf import Told
from ui.session import Session
from ui.widgets.fields import ChoiceField, TextField


class HandBackDialog(ReferralDecision):
    """The referral waits again, with its clocks as they were."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Offer to call the practitioner off as long as they are not at the door."""
        name = row.practitioner or "the practitioner"
        sentence = "The patient waits again, with the clocks as they were. Send somebody else next."
        super().__init__(session, row, f"Hand back: {name}", sentence, "Hand back", parent=parent)
        self.way: ChoiceField[VisitStatus] = ChoiceField([(VisitStatus.HANDED_BACK, f"{name} hands it back")])
        self.reason = TextField()
        status = row.visit_status or VisitStatus.ON_SCENE
        may_call_off = session.may(Deed.REASSIGN) and not reasons_not_to_move(status, VisitStatus.WITHDRAWN)
        if may_call_off:
            self.way.offer(
                [
                    (VisitStatus.HANDED_BACK, f"{name} hands it back"),
                    (VisitStatus.WITHDRAWN, f"We call {name} off"),
                ]
            )
        self.form.add("way", "Who decided", self.way, needed="Choose who decided.")
        self.form.ask("way", wanted=may_call_off)
        self.way.put(VisitStatus.HANDED_BACK)
        self.chosen_already = (self.way,)
        self.form.add("reason", "Why", self.reason, needed="Say why the visit comes back.")
        self.told = Told(session, self.form, row.practitioner_id, row.practitioner)
        self.way.currentIndexChanged.connect(self._ask_what_fits)

    def submit(self) -> None:
        visits = self.session.desk.visits
        if self.form.read() is None or (visit := self.visit_in_hand()) is None:
            return
        (visit_id, version), reason = visit, self.reason.read() or ""
        is_off = self.way.value() is VisitStatus.WITHDRAWN
        step = visits.withdraw if is_off else visits.hand_back
        happened = self.told.own() if is_off else self.told.happened()
        self.carry_out(
            lambda: step(visit_id, version, reason, happened), f"{self.who} waits again: send somebody else."
        )

    def _ask_what_fits(self) -> None:
        """What the desk decides itself is nobody's words."""
        self.told.ask_words(wanted=self.way.value() is not VisitStatus.WITHDRAWN)
