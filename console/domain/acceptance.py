"""Accepting a task: for how long it is its taker's before it returns to everybody, unless it is done."""

import datetime as dt

from console.domain.clocks import minutes
from console.domain.ladder_settings import LadderSettings
from console.domain.visit_address import is_about_address
from console.domain.words import TaskKind

SAFETY = frozenset(
    {
        TaskKind.DURESS,
        TaskKind.WELFARE,
        TaskKind.SAFE_HOME,
        TaskKind.CLINICIAN_NOW,
        TaskKind.WAITING_CALL,
        TaskKind.FAILED_CONTACT,
        TaskKind.NO_REPLY_CONCERN,
        TaskKind.TRIAGE_LATE,
        TaskKind.RESPONSE_LATE,
        TaskKind.VISIT_UNACKNOWLEDGED,
    }
)
# Taken over by name until it is finished: an escalation never becomes nobody's again. How long a night's
# patient is held follows from the hub's hours (overnight.held_until).
FOR_GOOD = frozenset({TaskKind.OVERNIGHT, TaskKind.ESCALATION, TaskKind.AMBULANCE_TAKE_OVER})


def acceptance_ends_at(
    kind: TaskKind, subject: str, accepted_at: dt.datetime, figures: LadderSettings
) -> dt.datetime | None:
    """Give when an acceptance that led to nothing runs out (UTC); None when it never does.

    A corrected address is told within minutes, to ambulance control as well, whatever kind asks for it.
    """
    is_telling = is_about_address(subject)
    if kind in FOR_GOOD and not is_telling:
        return None
    is_safety = kind in SAFETY or is_telling
    return accepted_at + minutes(figures.acceptance_safety if is_safety else figures.acceptance)
