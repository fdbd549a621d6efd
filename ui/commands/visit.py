"""Commands that send a practitioner and follow the visit, entered on the practitioner's behalf."""

from collections.abc import Callable

from console.domain.permissions import Deed
from console.domain.rows import ReferralRow
from console.domain.visit import reasons_not_to_move
from console.domain.words import VisitStatus
from ui.actions import Command
from ui.commands.conditions import referral_with, the_referral
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Visit"


def is_to_send(row: ReferralRow) -> bool:
    """Whether somebody may be sent: triaged, nobody on the way, not in a hub's queue."""
    return row.is_waiting and not row.is_untriaged


def is_out(row: ReferralRow) -> bool:
    """Whether a practitioner has the visit in hand."""
    return row.visit_status is not None and row.visit_status.is_active


def is_to_reassign(row: ReferralRow) -> bool:
    """Whether somebody else may still go: a practitioner has it and is not at the door."""
    status = row.visit_status
    return status is not None and not reasons_not_to_move(status, VisitStatus.WITHDRAWN)


def _stands_at(*statuses: VisitStatus) -> Callable[[ReferralRow], bool]:
    return lambda row: row.visit_status in statuses


def _step(
    name: str, text: str, key: str, icon: str, to: VisitStatus, *after: VisitStatus
) -> Command[Session]:
    return Command(
        f"visit.{name}",
        text,
        key,
        icon,
        referral_with(Deed.WORK_VISIT, _stands_at(*after)),
        Opens("step", "StepDialog", the_referral, (to,)),
        _GROUP,
        "primary",
    )


_ALLOCATE = Opens("allocate", "AllocateDialog", the_referral)
_REASSIGN = Opens("reassign", "ReassignDialog", the_referral)


def _send(session: Session) -> None:
    """Ask who goes; where somebody has been sent already, whether somebody else is to go."""
    row = session.referral
    (_REASSIGN if row is not None and is_to_reassign(row) else _ALLOCATE)(session)


COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "visit.allocate",
        "Allocate",
        "Ctrl+Return",
        "user-plus",
        referral_with(Deed.ALLOCATE, lambda row: is_to_send(row) or is_to_reassign(row)),
        _send,
        _GROUP,
        "primary",
    ),
    Command(
        "visit.reassign",
        "Reassign",
        "Ctrl+Shift+Return",
        "refresh-cw",
        referral_with(Deed.REASSIGN, is_to_reassign),
        _REASSIGN,
        _GROUP,
    ),
    _step(
        "acknowledged", "Acknowledged", "F5", "user-check", VisitStatus.ACKNOWLEDGED, VisitStatus.ALLOCATED
    ),
    _step("en_route", "En route", "F7", "arrow-right", VisitStatus.EN_ROUTE, VisitStatus.ACKNOWLEDGED),
    _step("on_scene", "On scene", "F8", "map-pin", VisitStatus.ON_SCENE, VisitStatus.EN_ROUTE),
    _step("clear", "Clear", "F9", "check", VisitStatus.CLEAR, VisitStatus.ON_SCENE),
    Command(
        "visit.hand_back",
        "Hand back",
        "Ctrl+B",
        "undo-2",
        referral_with(Deed.HAND_BACK, is_out),
        Opens("hand_back", "HandBackDialog", the_referral),
        _GROUP,
    ),
    Command(
        "visit.no_access",
        "No access",
        "Ctrl+J",
        "door-open",
        referral_with(Deed.WORK_VISIT, _stands_at(VisitStatus.EN_ROUTE, VisitStatus.ON_SCENE)),
        Opens("no_access", "NoAccessDialog", the_referral),
        _GROUP,
    ),
)
