"""Undo: the inverse of one's own last step, for ten minutes, as long as nothing has followed from it."""

import datetime as dt
from dataclasses import dataclass

from console.domain.clocks import minutes
from console.domain.words import Role

UNDO_MINUTES = 10
BY_MISTAKE = "Entered by mistake"
"""Why a referral or a visit ended that was taken back."""
# Whose steps can be taken back at all. What administrators do, and that auditors read, stays as it happened.
LEAVE_STEPS = frozenset(
    {Role.COORDINATOR, Role.CLINICIAN, Role.SUPERVISOR, Role.PRACTITIONER, Role.SERVICE_MANAGER}
)


@dataclass(frozen=True, slots=True)
class Done:
    """One step that was entered: by whom, when, and which version of its row it left behind."""

    by_id: int
    entered_at: dt.datetime
    version: int
    was_sent: bool = False
    is_undone: bool = False
    is_undo: bool = False


def reasons_not_to_undo(
    done: Done, by_id: int, version: int, now: dt.datetime, undo_minutes: float = UNDO_MINUTES
) -> tuple[str, ...]:
    """Give why a step may not be undone: same person, 10 minutes, same version, nothing sent."""
    checks = (
        (done.is_undone, "It is undone already."),
        (done.is_undo, "An undo cannot be undone: do the step again."),
        (done.by_id != by_id, "Somebody else entered it: ask them, or enter what happened since."),
        (
            now - done.entered_at > minutes(undo_minutes),
            f"It was entered more than {undo_minutes:g} minutes ago: enter what happened since.",
        ),
        (done.version != version, "Something has changed since: enter what happened since."),
        (done.was_sent, "Something was sent because of it: it cannot be taken back."),
    )
    return tuple(words for is_reason, words in checks if is_reason)
