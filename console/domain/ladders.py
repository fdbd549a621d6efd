"""Every ladder there is, by the kind of subject that it is about; each is declared once."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from console.domain.chase_words import Subject
from console.domain.ladder import Frame, Ladder
from console.domain.ladders_patients import (
    FAILED_CONTACT,
    HUB_CLOSING,
    RESPONSE_LATE,
    TRIAGE_LATE,
    WAITING_CALL,
)
from console.domain.ladders_practices import PRACTICE_SILENT
from console.domain.ladders_reports import (
    REPORT_NOT_SENT,
    REPORT_UNDECIDED,
    REPORTS_UNSIGNED,
)
from console.domain.ladders_safety import (
    ADDRESS_UNTOLD,
    ADDRESS_UNTOLD_999,
    POSITION_STALE,
    SAFE_HOME,
    VISIT_UNACKNOWLEDGED,
    WELFARE,
)
from console.domain.quiet import Quiet, may_go_at

LADDERS: dict[Subject, tuple[Ladder[Any], ...]] = {
    Subject.REFERRAL: (TRIAGE_LATE, RESPONSE_LATE, WAITING_CALL, FAILED_CONTACT, ADDRESS_UNTOLD_999),
    Subject.VISIT: (VISIT_UNACKNOWLEDGED, ADDRESS_UNTOLD, WELFARE),
    Subject.SHIFT: (REPORTS_UNSIGNED, SAFE_HOME, POSITION_STALE),
    Subject.REPORT: (REPORT_NOT_SENT, REPORT_UNDECIDED),
    Subject.PRACTICE: (PRACTICE_SILENT,),
    Subject.HUB: (HUB_CLOSING,),
}
BY_NAME: dict[str, Ladder[Any]] = {ladder.name: ladder for ladders in LADDERS.values() for ladder in ladders}


def quiet_until(steps: Iterable[tuple[str, str]], now: dt.datetime, frame: Frame) -> dt.datetime | None:
    """Give when the quiet hours of these ladders' steps are over (UTC); None when one of them may go now."""
    ends = [may_go_at(now, _quiet_of(*one), frame.calendar, frame.figures) for one in steps]
    return min(ends) if ends and min(ends) > now else None


def _quiet_of(ladder: str, step: str) -> Quiet | None:
    known = BY_NAME.get(ladder)
    return next((one.quiet for one in known.steps if one.name == step), None) if known else None


def step_label(ladder: str, step: str) -> str:
    """Give what a step of a ladder is called on the screen; a step that is no more keeps its name."""
    known = BY_NAME.get(ladder)
    found = (one.label for one in known.steps if one.name == step) if known else ()
    return next(iter(found), step.replace("_", " "))
