"""Commands that send a practitioner and follow the visit, entered on the practitioner's behalf."""

from console.domain.permissions import Deed, reasons_anothers
from console.domain.sendable import ENGAGED
from console.domain.visit import reasons_not_to_acknowledge
from console.domain.visit_address import reasons_not_to_go_on, subject_of
from console.domain.words import Role, VisitStatus
from ui.actions import Command
from ui.commands.conditions import WhyNot, always, may, referral_with, the_referral, when
from ui.commands.needs import MARKERS_READ, can_be_reassigned, can_be_sent_to, in_hand, may_leave, visit_at
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Visit"


def _step(
    name: str, text: str, key: str, icon: str, to: VisitStatus, after: VisitStatus, also: WhyNot = always
) -> Command[Session]:
    needs = () if to is VisitStatus.CLEAR else (MARKERS_READ,)
    return Command(
        f"visit.{name}",
        text,
        key,
        icon,
        when(referral_with(Deed.WORK_VISIT, visit_at(after), *needs, may_leave), _is_in_reach, also),
        Opens("step", "StepDialog", the_referral, (to,)),
        _GROUP,
        "primary",
    )


def _is_in_reach(session: Session) -> str:
    """A practitioner enters the steps of their own visits: nothing is typed to be refused."""
    row, own_id = session.referral, session.person.practitioner_id
    if row is None:
        return ""
    return " ".join(reasons_anothers(session.actor.role, own_id, row.practitioner_id))


def _is_free_for_it(session: Session) -> str:
    """Whoever acknowledges works one visit at a time: no other may be in hand."""
    row = session.referral
    who = None if row is None else session.live.practitioners.by_id.get(row.practitioner_id or 0)
    if row is None or who is None or who.availability not in ENGAGED or who.referral_id == row.id:
        return ""
    return " ".join(reasons_not_to_acknowledge(VisitStatus.ALLOCATED, who.referral_number))


def _knows_the_address(session: Session) -> str:
    """Whoever is sent must know where: not while a task asks to tell them that it was corrected."""
    row = session.referral
    if row is None or row.visit_id is None or session.actor.role is Role.PRACTITIONER:
        return ""
    tasks = session.live.tasks.by_id.values()
    is_untold = subject_of(row.visit_id) in {task.subject for task in tasks}
    return " ".join(reasons_not_to_go_on(row.practitioner or "", (), is_untold=is_untold))


_ALLOCATE = Opens("allocate", "AllocateDialog", the_referral)
_REASSIGN = Opens("reassign", "ReassignDialog", the_referral)


def _send(session: Session) -> None:
    """Ask who goes; where somebody has been sent already, whether somebody else is to go."""
    row = session.referral
    (_ALLOCATE if row is None or can_be_reassigned(row) else _REASSIGN)(session)


def _somebody_waits(session: Session) -> str:
    """A first-priority patient must wait while somebody suitable is free."""
    if session.offers.now:
        return ""
    return "Nobody of first priority waits whom somebody free could go to: choose a referral and allocate."


def _send_now(session: Session) -> None:
    """Ask who goes to the chosen patient, else to the most urgent, with the nearest chosen to begin with."""
    offer = session.offers.best
    row = None if offer is None else session.live.referrals.by_id.get(offer.referral_id)
    if offer is not None and row is not None:
        Opens("allocate", "AllocateDialog", lambda _: row, (offer.practitioner_id,))(session)


COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "visit.allocate",
        "Allocate",
        "Ctrl+Return",
        "user-plus",
        referral_with(Deed.ALLOCATE, can_be_sent_to),
        _send,
        _GROUP,
        "primary",
    ),
    Command(
        "visit.reassign",
        "Reassign",
        "Ctrl+Shift+Return",
        "refresh-cw",
        referral_with(Deed.REASSIGN, can_be_reassigned),
        _REASSIGN,
        _GROUP,
    ),
    Command(
        "visit.send_now",
        "Send now",
        "Alt+S",
        "user-plus",
        when(may(Deed.ALLOCATE), _somebody_waits),
        _send_now,
        _GROUP,
        "primary",
    ),
    _step(
        "acknowledged",
        "Acknowledged",
        "F5",
        "user-check",
        VisitStatus.ACKNOWLEDGED,
        VisitStatus.ALLOCATED,
        _is_free_for_it,
    ),
    _step(
        "en_route",
        "En route",
        "F7",
        "arrow-right",
        VisitStatus.EN_ROUTE,
        VisitStatus.ACKNOWLEDGED,
        _knows_the_address,
    ),
    _step(
        "on_scene",
        "On scene",
        "F8",
        "map-pin",
        VisitStatus.ON_SCENE,
        VisitStatus.EN_ROUTE,
        _knows_the_address,
    ),
    _step("clear", "Clear", "F9", "check", VisitStatus.CLEAR, VisitStatus.ON_SCENE),
    Command(
        "visit.hand_back",
        "Hand back",
        "Ctrl+B",
        "undo-2",
        when(referral_with(Deed.HAND_BACK, in_hand, may_leave), _is_in_reach),
        Opens("hand_back", "HandBackDialog", the_referral),
        _GROUP,
    ),
    Command(
        "visit.no_access",
        "No access",
        "Ctrl+J",
        "door-open",
        when(
            referral_with(Deed.WORK_VISIT, visit_at(VisitStatus.EN_ROUTE, VisitStatus.ON_SCENE), may_leave),
            _is_in_reach,
            _knows_the_address,
        ),
        Opens("no_access", "NoAccessDialog", the_referral),
        _GROUP,
    ),
)
