"""The life of a referral: received, triaged, accepted, closed; or turned away before that.

A referral ends only when nothing of it is left open; what is open is given as sentences that say what to do.
"""

from dataclasses import dataclass

from console.domain import moves
from console.domain.words import QueueStatus, ReferralStatus, TaskKind, VisitStatus

_R = ReferralStatus

MOVES: moves.Moves[ReferralStatus] = {
    _R.RECEIVED: frozenset({_R.TRIAGED, _R.DUPLICATE, _R.REDIRECTED, _R.DECLINED, _R.CANCELLED}),
    _R.TRIAGED: frozenset({_R.ACCEPTED, _R.DUPLICATE, _R.REDIRECTED, _R.DECLINED, _R.CANCELLED}),
    _R.ACCEPTED: frozenset({_R.CLOSED, _R.DUPLICATE, _R.REDIRECTED, _R.CANCELLED}),
    _R.CLOSED: frozenset(),
    _R.DUPLICATE: frozenset(),
    _R.REDIRECTED: frozenset(),
    _R.DECLINED: frozenset(),
    _R.CANCELLED: frozenset(),
}
ENDED = frozenset(status for status, after in MOVES.items() if not after)

# Tasks that concern the patient's safety now; the others (a liaison, a report's owner) outlive the referral.
SAFETY_TASKS = frozenset(
    {
        TaskKind.CLINICIAN_NOW,
        TaskKind.FAILED_CONTACT,
        TaskKind.NO_REPLY_CONCERN,
        TaskKind.AMBULANCE_TAKE_OVER,
        TaskKind.DIVERT_NOTICE,
        TaskKind.OVERNIGHT,
        TaskKind.ESCALATION,
    }
)

# With these a clinician is asked what happens to a patient whom nobody reaches.
UNREACHED = (TaskKind.FAILED_CONTACT, TaskKind.NO_REPLY_CONCERN)


@dataclass(frozen=True, slots=True)
class OpenParts:
    """What hangs on a referral when somebody wants to end it."""

    visit_status: VisitStatus | None = None
    visit_by: str | None = None
    queue_status: QueueStatus | None = None
    queue_hub: str | None = None
    asks_ambulance: bool = False
    is_taken_over: bool = False
    is_failed_contact: bool = False
    is_worse_unanswered: bool = False
    acknowledgement_owed: bool = False
    open_tasks: frozenset[TaskKind] = frozenset()
    has_outcome: bool = False


def reasons_not_to_move(before: ReferralStatus, after: ReferralStatus) -> tuple[str, ...]:
    """Give why a referral may not go from one status to another; empty when it may."""
    return moves.reasons_not_to_move(MOVES, "referral", before, after)


def reasons_not_to_end(before: ReferralStatus, after: ReferralStatus, parts: OpenParts) -> tuple[str, ...]:
    """Give why a referral may not end this way now: the move itself, then every part that is still open."""
    reasons = [*reasons_not_to_move(before, after), *what_is_open(parts)]
    if after is ReferralStatus.CLOSED and not parts.has_outcome:
        reasons.append("Record what came of it first: a contact with the patient owes the practice a report.")
    return tuple(reasons)


def reasons_not_to_close(status: ReferralStatus, parts: OpenParts) -> tuple[str, ...]:
    """Give why a referral may not be closed now; empty when it may."""
    return reasons_not_to_end(status, ReferralStatus.CLOSED, parts)


def what_is_open(parts: OpenParts) -> tuple[str, ...]:
    """Give a sentence for every open part, the most urgent first."""
    checks = (
        (
            parts.asks_ambulance and not parts.is_taken_over,
            "999 is asked for: record the crew's take-over, or have a clinician stand it down.",
        ),
        (
            parts.is_worse_unanswered or TaskKind.CLINICIAN_NOW in parts.open_tasks,
            "The patient was said to be worse: a clinician must answer first.",
        ),
        (
            TaskKind.FAILED_CONTACT in parts.open_tasks
            or (parts.is_failed_contact and TaskKind.NO_REPLY_CONCERN not in parts.open_tasks),
            "The patient left or could not be reached: a clinician must decide what happens.",
        ),
        (
            TaskKind.NO_REPLY_CONCERN in parts.open_tasks,
            "Nobody answered the door and there is concern: a clinician must decide what happens.",
        ),
        (_is_active(parts.visit_status), _visit_words(parts)),
        (_is_queued(parts.queue_status), _queue_words(parts)),
        (
            parts.acknowledgement_owed or TaskKind.DIVERT_NOTICE in parts.open_tasks,
            "The practitioner was diverted: a coordinator must acknowledge it.",
        ),
        (
            bool(parts.open_tasks & {TaskKind.OVERNIGHT, TaskKind.ESCALATION}),
            "It waits for the supervisor, who must accept and finish it.",
        ),
    )
    return tuple(words for is_open, words in checks if is_open)


def _is_active(status: VisitStatus | None) -> bool:
    return status is not None and status.is_active


def _is_queued(status: QueueStatus | None) -> bool:
    return status is not None and status.is_open


def _visit_words(parts: OpenParts) -> str:
    status = parts.visit_status.label.lower() if parts.visit_status else ""
    return f"{parts.visit_by or 'A practitioner'} has the visit ({status}): finish or withdraw it."


def _queue_words(parts: OpenParts) -> str:
    status = parts.queue_status.label.lower() if parts.queue_status else ""
    return f"The patient is in the queue of {parts.queue_hub or 'a hub'} ({status}): finish that first."
