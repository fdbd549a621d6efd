"""Commands that send a practitioner and follow the visit, entered on the practitioner's behalf."""

from collections.abc import Callable

from console.domain.permissions import Deed
from console.domain.rows import ReferralRow
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


COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "visit.allocate",
        "Allocate",
        "Ctrl+Return",
        "user-plus",
        referral_with(Deed.ALLOCATE, is_to_send),
        Opens("allocate", "AllocateDialog", the_referral),
        _GROUP,
        "primary",
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
        referral_with(Deed.WORK_VISIT, is_out),
        Opens("no_access", "NoAccessDialog", the_referral),
        _GROUP,
    ),
)
