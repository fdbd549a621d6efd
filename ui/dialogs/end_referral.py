"""A referral ends without a visit: cancelled, a duplicate, closed, redirected or declined."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.permissions import Deed
from console.domain.referral import reasons_not_to_move
from console.domain.rows import ReferralRow
from console.domain.words import ReferralStatus, Word
from ui.dialogs.decision import ReferralDecision, patient_name
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TextField


class Way(Word):
    """How it ends."""

    CANCELLED = "cancelled", "The sender cancelled it"
    DUPLICATE = "duplicate", "It is a duplicate of another referral"
    CLOSED = "closed", "Nothing is left to do: close"
    REDIRECTED = "redirected", "Redirect to another service"
    DECLINED = "declined", "Decline"


_DEEDS = {
    Way.CANCELLED: Deed.CANCEL,
    Way.DUPLICATE: Deed.MARK_DUPLICATE,
    Way.CLOSED: Deed.CLOSE_REFERRAL,
    Way.REDIRECTED: Deed.REDIRECT,
    Way.DECLINED: Deed.DECLINE,
}
_NEEDS_REASON = frozenset({Way.REDIRECTED, Way.DECLINED, Way.CLOSED})
_ASKS = {
    Way.CANCELLED: ("by_whom", "reason"),
    Way.DUPLICATE: ("of", "reason"),
    Way.CLOSED: ("reason",),
    Way.REDIRECTED: ("to", "reason"),
    Way.DECLINED: ("reason",),
}


class EndReferralDialog(ReferralDecision):
    """Asks how, and only what that way needs."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Declining and redirecting are offered to clinicians alone, and each way only while it is one."""
        sentence = "The referral leaves the board. It is refused as long as anything of it is open."
        super().__init__(
            session, row, "End without a visit", sentence, "End referral", look="danger", parent=parent
        )
        ways = [(one, one.label) for one in Way if session.may(_DEEDS[one]) and _is_open(row, one)]
        self.way: ChoiceField[Way] = ChoiceField(ways)
        self.by_whom, self.to, self.reason = TextField(), TextField(), NotesField(2)
        self.of: ChoiceField[int] = ChoiceField(_others(session, row))
        self.form.add("way", "How it ends", self.way, needed="Choose how it ends.")
        self.form.add("by_whom", "Who cancelled it", self.by_whom, needed="Name who cancelled it.")
        self.form.add("of", "The other referral", self.of, needed="Choose the other referral.")
        self.form.add("to", "The service that takes the patient", self.to, needed="Name the service.")
        self.form.add("reason", "Why", self.reason)
        self.at = self.ask_when("When it ended")
        self.way.currentIndexChanged.connect(self._ask_what_fits)
        self._ask_what_fits()

    def submit(self) -> None:
        if self.form.read() is None:
            return
        way, reason = self.way.read() or Way.CLOSED, self.reason.read() or ""
        if way in _NEEDS_REASON and not reason:
            self.form.show_errors({"reason": "Say why, in words that the sender can read."})
            return
        self.carry_out(self._work(way, reason), f"{self.row.number}, {self.who}, has ended.")

    def _work(self, way: Way, reason: str) -> Callable[[], None]:
        referrals, row, happened = self.session.desk.referrals, self.row, Happened(at=self.at.read())
        if way is Way.CANCELLED:
            by_whom = self.by_whom.read() or ""
            return lambda: referrals.cancel(row.id, row.version, by_whom, reason, happened)
        if way is Way.DUPLICATE:
            of_id = self.of.read() or 0
            return lambda: referrals.mark_duplicate(row.id, of_id, row.version, reason, happened)
        if way is Way.REDIRECTED:
            to = self.to.read() or ""
            return lambda: referrals.redirect(row.id, row.version, to, reason, happened)
        step = referrals.decline if way is Way.DECLINED else referrals.close
        return lambda: step(row.id, row.version, reason, happened)

    def _ask_what_fits(self) -> None:
        way = self.way.value()
        asked = _ASKS[way] if way is not None else ()
        for name in ("by_whom", "of", "to", "reason"):
            self.form.ask(name, wanted=name in asked)


def _is_open(row: ReferralRow, way: Way) -> bool:
    """Whether a referral that stands where this one does can end so at all."""
    return not reasons_not_to_move(row.status, ReferralStatus(way.value))


def _others(session: Session, row: ReferralRow) -> list[tuple[int, str]]:
    """The other open referrals, those of a patient of the same name or number first."""
    others = [one for one in session.live.referrals.by_id.values() if one.id != row.id]
    others.sort(key=lambda one: (not _is_alike(one, row), one.family_name, one.number))
    return [(one.id, f"{one.number} {patient_name(one)}: {one.problem}") for one in others]


def _is_alike(one: ReferralRow, row: ReferralRow) -> bool:
    is_same_number = one.nhs_number is not None and one.nhs_number == row.nhs_number
    return is_same_number or one.family_name.casefold() == row.family_name.casefold()
