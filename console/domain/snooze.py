"""Snoozing: a person lets the ladder of one report or one call list rest, with a reason and an end."""

import datetime as dt

from console.domain.chase_words import Subject
from console.domain.words import ReportStatus

# Behind every other subject a patient waits or somebody works alone: their ladders never rest.
MAY_REST = frozenset({Subject.REPORT, Subject.PRACTICE})


def reasons_not_to_snooze(
    subject: Subject, until_at: dt.datetime, reason: str, now: dt.datetime, longest_hours: int
) -> tuple[str, ...]:
    """Give why this may not rest until then; empty when it may."""
    if subject not in MAY_REST:
        about = subject.label.lower()
        return (f"What chases about a {about} may not be snoozed: somebody must answer it.",)
    latest = now + dt.timedelta(hours=longest_hours)
    checks = (
        (not reason.strip(), "Say why it may rest."),
        (until_at <= now, "That has passed: give an end that is still to come."),
        (until_at > latest, f"It may rest for {_for(longest_hours)} at most: give an earlier end."),
    )
    return tuple(words for is_reason, words in checks if is_reason)


def reasons_not_to_rest(status: ReportStatus) -> tuple[str, ...]:
    """Give why there is nothing about this report that could be snoozed."""
    if status is ReportStatus.ACCEPTED:
        return ("The practice has accepted this report: nothing chases it any more.",)
    return ()


def _for(hours: int) -> str:
    days, rest = divmod(hours, 24)
    if rest or not days:
        return f"{hours} hours"
    return f"{days} days" if days > 1 else "1 day"
