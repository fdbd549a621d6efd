"""What a reminder says, when it is tried again, and when it is given up: it never names a patient."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.calendar import local, local_day
from console.domain.chase_words import Subject
from console.domain.words import UNSENT_REPORT, ReportStatus

FIRST_PAUSE = dt.timedelta(seconds=5)
LONGEST_PAUSE = dt.timedelta(hours=1)
TRIED_FOR = dt.timedelta(hours=1)
"""After so long a reminder has failed: the ladder must not wait for a mail server that does not come back."""
GATHERED_FOR = dt.timedelta(seconds=10)
"""So long a new message waits for what else comes due for the same person."""
_WORDS = {
    Subject.REPORT: ("report is not sent", "reports are not sent"),
    Subject.SHIFT: ("shift ended with reports that are not signed", "shifts ended with reports not signed"),
    Subject.PRACTICE: ("practice has not accepted its reports", "practices have not accepted their reports"),
    Subject.REFERRAL: ("referral is late", "referrals are late"),
    Subject.VISIT: ("visit needs an answer", "visits need an answer"),
    Subject.HUB: ("hub needs an answer", "hubs need an answer"),
    Subject.TASK: ("task is open", "tasks are open"),
}
_IN_REPORTS = frozenset({Subject.REPORT, Subject.SHIFT, Subject.PRACTICE})


@dataclass(frozen=True, slots=True)
class Late:
    """One thing that a reminder is about: since when it is late, and when the contact ended (aware UTC)."""

    subject: Subject
    due_at: dt.datetime
    ended_at: dt.datetime | None = None


def is_wanted(status: ReportStatus, recipient: str, *, is_released: bool) -> bool:
    """Tell whether a recipient still has to be reminded of a report that was not sent.

    A person (`staff:ID`) is its clinician, of whom nothing more is asked once it is released; a role is not.
    """
    return status in UNSENT_REPORT and not (is_released and recipient.startswith("staff:"))


def pause_after(attempt: int) -> dt.timedelta:
    """Give how long to wait after this attempt: 5 s, then twice as long each time, at most an hour."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(max(attempt - 1, 0), 12)))


def is_given_up(since: dt.datetime, now: dt.datetime) -> bool:
    """Tell whether it has been tried for long enough."""
    return now - since >= TRIED_FOR


def subject_line(late: Sequence[Late]) -> str:
    """Give the subject line, which any mail server may read."""
    return f"Doorstep: {' and '.join(_counted(late))}"


def text(late: Sequence[Late], now: dt.datetime) -> str:
    """Give the text: how many, since when, and where to look."""
    sentences = [f"{words}." for words in _counted(late)]
    first = min(late, key=lambda one: one.due_at)
    sentences.append(f"{'It' if len(late) == 1 else 'The first'} was due {_since(first, now)}.")
    place = "Open Doorstep, Reports." if first.subject in _IN_REPORTS else "Open Doorstep."
    return f"{' '.join([*sentences, place])}\n\nThis reminder names no patient. Do not answer it.\n"


def _counted(late: Sequence[Late]) -> list[str]:
    """Give each kind with its number: 3 reports are not sent."""
    counts = {kind: sum(one.subject is kind for one in late) for kind in Subject}
    return [f"{count} {_WORDS[kind][count > 1]}" for kind, count in counts.items() if count]


def _since(late: Late, now: dt.datetime) -> str:
    if late.ended_at is None:
        return _at(late.due_at, now)
    return f"{_at(late.due_at, now)} (contact ended {_at(late.ended_at, now).removeprefix('at ')})"


def _at(at: dt.datetime, now: dt.datetime) -> str:
    """Say a time by London's clocks, with its day when that is not today."""
    if local_day(at) == local_day(now):
        return f"at {local(at):%H:%M}"
    there = local(at)
    return f"on {there:%A} {there.day} {there:%B} at {there:%H:%M}"
