"""Which commands a person most likely wants next for a row; all others are one menu away."""

from console.domain.rows import ReferralRow
from console.domain.words import VisitStatus
from ui.session import Session

_AFTER = {
    VisitStatus.ALLOCATED: "visit.acknowledged",
    VisitStatus.ACKNOWLEDGED: "visit.en_route",
    VisitStatus.EN_ROUTE: "visit.on_scene",
    VisitStatus.ON_SCENE: "visit.clear",
}
_ALWAYS = ("referral.worse", "referral.upgrade", "referral.contact")


def for_referral(row: ReferralRow, session: Session) -> tuple[str, ...]:
    """The ids of the commands for the bar, the next step first; only those that there are."""
    there = {command.id for command in session.commands}
    wanted = dict.fromkeys((*_first(row), *_ALWAYS))
    return tuple(one for one in wanted if one in there and session.commands.is_enabled(one))


def _first(row: ReferralRow) -> tuple[str, ...]:
    first: list[str] = []
    if row.asks_ambulance:
        first.append("referral.ambulance")
    if row.acknowledgement_owed:
        first.append("referral.acknowledge_return")
    if row.is_untriaged:
        first.append("referral.triage")
    if not row.address and row.queue_status is None:
        first.append("referral.address")
    if row.markers_unacknowledged and row.visit_status is not None:
        first.append("referral.acknowledge_markers")
    if row.visit_status is not None:
        first.append(_AFTER.get(row.visit_status, "visit.hand_back"))
    elif row.awaits_decision:
        # Nobody goes to the same door again before a clinician has decided; a call may still reach them.
        first += ["referral.contact_decision", "referral.contact"]
    elif row.is_waiting:
        first.append("visit.allocate")
    return tuple(first)
