"""The ladder about practices that do not answer: one call list for all their reports."""

import datetime as dt
from collections.abc import Iterable

from console.domain.chase_words import Subject, Way
from console.domain.clocks import delivery_due
from console.domain.ladder import Frame, Ladder, Moment, Step
from console.domain.ladder_facts import PracticeFacts
from console.domain.quiet import Quiet
from console.domain.words import ReportStatus, Role, TaskKind

_S = ReportStatus


def call_at(
    status: ReportStatus, sent_at: dt.datetime | None, delivered_at: dt.datetime | None, frame: Frame
) -> dt.datetime | None:
    """Give when the practice is to be called about a report; None while it need not be.

    At once when it rejected the report; 24 hours after sending when it has not arrived; after 2 working days
    when nobody has accepted it (product.md, delivery clock).
    """
    if sent_at is None or status not in {_S.SENT, _S.DELIVERED, _S.REJECTED}:
        return None
    due = delivery_due(sent_at, frame.calendar, frame.clocks)
    if status is _S.REJECTED:
        return sent_at
    return due.acknowledged_at if delivered_at is not None else due.infrastructure_at


def _call(facts: PracticeFacts, frame: Frame) -> Iterable[Moment]:
    """When the first report is due a call; after a finished list, again a day later."""
    if not facts.call_at:
        return ()
    at = min(facts.call_at)
    if facts.done_at:
        again = max(facts.done_at) + dt.timedelta(hours=frame.figures.practice_again_hours)
        at = max(at, again)
    return (Moment(at, int(at.timestamp())),)


def _failed_calls(facts: PracticeFacts, frame: Frame) -> Iterable[Moment]:
    """With the second call in vain; the round tells one such series of calls from the next."""
    wanted = frame.figures.practice_failed_calls
    failed = sorted(facts.failed_at)
    if not facts.call_at or len(failed) < wanted:
        return ()
    return (Moment(max(failed[wanted - 1], min(facts.call_at)), int(failed[0].timestamp())),)


def _uncollected(facts: PracticeFacts, _: Frame) -> Iterable[Moment]:
    """When a report is given up that nobody fetched; each is a round of its own."""
    return (Moment(at, int(at.timestamp())) for at in sorted(facts.uncollected_at))


def _unanswered(facts: PracticeFacts) -> str:
    reports = "1 report" if len(facts.call_at) == 1 else f"{len(facts.call_at)} reports"
    return f"{facts.name}: {reports} not accepted. One call settles them."


PRACTICE_SILENT: Ladder[PracticeFacts] = Ladder(
    "practice_silent",
    "Reports not delivered or accepted",
    Subject.PRACTICE,
    lambda facts: bool(facts.call_at or facts.uncollected_at),
    (
        Step(
            "call",
            "Call list, when the practice is open",
            Role.COORDINATOR,
            Way.TASK,
            _call,
            _unanswered,
            asks=TaskKind.REPORT_UNANSWERED,
            quiet=Quiet.PRACTICE,
            counts_answers=True,
        ),
        Step(
            "supervisor",
            "Supervisor, after 2 calls in vain",
            Role.SUPERVISOR,
            Way.TASK,
            _failed_calls,
            lambda facts: f"{_unanswered(facts)} {len(facts.failed_at)} calls were in vain.",
            asks=TaskKind.REPORT_UNANSWERED,
        ),
        Step(
            "uncollected",
            "Supervisor, when nobody fetched a report",
            Role.SUPERVISOR,
            Way.TASK,
            _uncollected,
            lambda facts: f"{facts.name}: a report was never fetched. Send it another way, or have it rung.",
            asks=TaskKind.REPORT_UNANSWERED,
        ),
    ),
)
