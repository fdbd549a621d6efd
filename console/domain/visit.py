"""The life of a visit: allocated, acknowledged, en route, on scene, clear; and how it stops early."""

from console.domain import moves
from console.domain.clinical_words import NoAccess
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.words import OutcomeKind, Role, TaskKind, VisitStatus

_V = VisitStatus

# At any point until clear control may take the practitioner, who may hand back, and a crew may take over.
_ALWAYS = frozenset({_V.HANDED_BACK, _V.DIVERTED, _V.UPGRADED})

MOVES: moves.Moves[VisitStatus] = {
    _V.ALLOCATED: _ALWAYS | {_V.ACKNOWLEDGED, _V.WITHDRAWN},
    _V.ACKNOWLEDGED: _ALWAYS | {_V.EN_ROUTE, _V.WITHDRAWN},
    _V.EN_ROUTE: _ALWAYS | {_V.ON_SCENE, _V.NO_ACCESS, _V.WITHDRAWN},
    _V.ON_SCENE: _ALWAYS | {_V.CLEAR, _V.NO_ACCESS},
    _V.CLEAR: frozenset(),
    _V.HANDED_BACK: frozenset(),
    _V.DIVERTED: frozenset(),
    _V.NO_ACCESS: frozenset(),
    _V.UPGRADED: frozenset(),
    _V.WITHDRAWN: frozenset(),
}
ENDED = frozenset(status for status, after in MOVES.items() if not after)
# After these the referral waits again, with its clocks as they were.
BACK_TO_PENDING = frozenset({_V.HANDED_BACK, _V.DIVERTED, _V.WITHDRAWN})

_NEXT = {
    _V.ALLOCATED: _V.ACKNOWLEDGED,
    _V.ACKNOWLEDGED: _V.EN_ROUTE,
    _V.EN_ROUTE: _V.ON_SCENE,
    _V.ON_SCENE: _V.CLEAR,
}


def next_step(status: VisitStatus) -> VisitStatus | None:
    """Give the step that follows when all goes well, or None when the visit has ended."""
    return _NEXT.get(status)


def reasons_not_to_move(before: VisitStatus, after: VisitStatus) -> tuple[str, ...]:
    """Give why a visit may not go from one status to another; empty when it may."""
    return moves.reasons_not_to_move(MOVES, "visit", before, after)


def reasons_not_to_leave(status: VisitStatus, *, asks_ambulance: bool) -> tuple[str, ...]:
    """Give why a practitioner may not leave a patient for whom 999 is asked: not before the crew is there."""
    if status is not VisitStatus.ON_SCENE or not asks_ambulance:
        return ()
    return ("999 is asked for: record the crew's take-over, or have a clinician stand it down.",)


def reasons_not_to_acknowledge(status: VisitStatus, engaged_with: str | None) -> tuple[str, ...]:
    """Give why a visit may not be acknowledged: a practitioner works one at a time.

    `engaged_with` is the number of the other referral that the practitioner has acknowledged and is not
    clear of.
    """
    reasons = reasons_not_to_move(status, VisitStatus.ACKNOWLEDGED)
    if engaged_with:
        reasons += (f"{engaged_with} comes first: it is acknowledged and not clear yet.",)
    return reasons


def has_it_now(name: str | None, before: str | None) -> str:
    """Say who has a visit by now: what another one said or did is never kept as theirs."""
    was = before or "whoever had it"
    return f"{name or 'Nobody'} has this visit now, not {was}. Close this and look at the board."


def reasons_not_to_divert(role: Role, reason: str) -> tuple[str, ...]:
    """Give why this role may not divert a practitioner from all their visits: control does."""
    reasons = list(reasons_not_permitted(role, Deed.DIVERT_PRACTITIONER))
    if not reason.strip():
        reasons.append("Say what the practitioner is diverted to.")
    return tuple(reasons)


def outcome_of_no_access(why: NoAccess) -> tuple[OutcomeKind, TaskKind | None]:
    """Give which outcome a visit without access has, and the task that it brings; a concern escalates."""
    if why is NoAccess.NO_REPLY_CONCERN:
        return OutcomeKind.NO_ACCESS, TaskKind.NO_REPLY_CONCERN
    return OutcomeKind.REFUSAL, None
