"""The ladders about reports: not signed at shift end, not sent in time, not answered by the practice."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import count

from console.domain.calendar import from_local, local_day
from console.domain.chase_words import Subject, Way
from console.domain.clocks import delivery_due, minutes
from console.domain.ladder import Frame, Ladder, Moment, Step
from console.domain.ladder_facts import PracticeFacts, ReportFacts, ShiftFacts
from console.domain.quiet import Quiet
from console.domain.words import UNSENT_REPORT, ReportStatus, Role, TaskKind

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


def _due(facts: ReportFacts, _: Frame) -> Iterable[Moment]:
    return (Moment(facts.due_at),)


def _coordinator(facts: ReportFacts, frame: Frame) -> Iterable[Moment]:
    """The earlier of due + 2 hours and 19:30 of that day, never before due."""
    evening = from_local(local_day(facts.due_at), frame.figures.report_coordinator_by)
    later = facts.due_at + minutes(frame.figures.report_coordinator)
    return (Moment(max(facts.due_at, min(later, evening))),)


def _every_evening(facts: ReportFacts, frame: Frame) -> Iterator[Moment]:
    """20:00 on each day from the one on which it was due; the round is the day."""
    first = local_day(facts.due_at)
    for ahead in count():
        day = first + dt.timedelta(days=ahead)
        at = from_local(day, frame.figures.report_supervisor_at)
        if at >= facts.due_at:
            yield Moment(at, day.toordinal())


def _last_morning(facts: ReportFacts, frame: Frame) -> Iterable[Moment]:
    """07:00 on the working day on which it must have been sent."""
    morning = from_local(local_day(facts.latest_at), frame.figures.report_supervisor_morning)
    return (Moment(max(facts.due_at, morning)),)


def _latest(facts: ReportFacts, _: Frame) -> Iterable[Moment]:
    return (Moment(facts.latest_at),)


def _undecided(facts: ReportFacts, _: Frame) -> Iterable[Moment]:
    """What nobody can say is asked at once; what is held, when it must have been sent."""
    is_uncertain = facts.status is _S.UNCERTAIN and facts.sent_at is not None
    return (Moment(facts.sent_at if is_uncertain and facts.sent_at else facts.latest_at),)


def _rested(facts: ReportFacts | PracticeFacts, _: Frame) -> Iterable[Moment]:
    """When a snooze ends, what is still late is asked again; each end is a round of its own."""
    ends = sorted(rest.until_at for rest in facts.resting)
    return (Moment(at, int(at.timestamp())) for at in ends)


def _unsent(facts: ReportFacts) -> str:
    step = {_S.OWED: "written", _S.DRAFTED: "signed"}.get(facts.status, "sent")
    return f"{facts.number}: the report is not {step}. See to it that it goes."


REPORT_NOT_SENT: Ladder[ReportFacts] = Ladder(
    "report_not_sent",
    "Report not sent",
    Subject.REPORT,
    lambda facts: facts.status in UNSENT_REPORT,
    (
        Step(
            "due",
            "Clinician, when due",
            lambda facts: facts.author,
            Way.TASK,
            _due,
            _unsent,
            asks=TaskKind.REPORT_LATE,
            quiet=Quiet.CLINICIAN,
        ),
        Step(
            "due_mail",
            "Mail to the clinician, when due",
            lambda facts: facts.author if facts.author_has_mail else None,
            Way.MAIL,
            _due,
            _unsent,
            quiet=Quiet.CLINICIAN,
        ),
        Step(
            "coordinator",
            "Coordinator, 2 hours later or at 19:30",
            Role.COORDINATOR,
            Way.TASK,
            _coordinator,
            _unsent,
            asks=TaskKind.REPORT_LATE,
            quiet=Quiet.COORDINATOR,
        ),
        Step(
            "snooze_over",
            "Coordinator, when a snooze ends",
            Role.COORDINATOR,
            Way.TASK,
            _rested,
            _unsent,
            asks=TaskKind.REPORT_LATE,
            quiet=Quiet.COORDINATOR,
        ),
        Step(
            "supervisor_evening",
            "Supervisor, 20:00 each day",
            Role.SUPERVISOR,
            Way.TASK,
            _every_evening,
            _unsent,
            asks=TaskKind.REPORT_LATE,
        ),
        Step(
            "supervisor_mail",
            "Mail to the supervisor, 20:00 each day",
            lambda facts: Role.SUPERVISOR.value if facts.supervisor_has_mail else None,
            Way.MAIL,
            _every_evening,
            _unsent,
        ),
        Step(
            "supervisor_morning",
            "Supervisor, 07:00 on the last morning",
            Role.SUPERVISOR,
            Way.TASK,
            _last_morning,
            _unsent,
            asks=TaskKind.REPORT_LATE,
        ),
        Step(
            "breach",
            "Breach recorded",
            Role.SYSTEM,
            Way.RECORD,
            _latest,
            lambda facts: f"{facts.number}: the report was not sent by the latest time.",
        ),
    ),
)

REPORT_UNDECIDED: Ladder[ReportFacts] = Ladder(
    "report_undecided",
    "Report held or uncertain",
    Subject.REPORT,
    lambda facts: facts.status in {_S.HELD, _S.UNCERTAIN},
    (
        Step(
            "coordinator",
            "Coordinator",
            Role.COORDINATOR,
            Way.TASK,
            _undecided,
            lambda facts: f"{facts.number}: the report is {facts.status.label.lower()}. Decide what happens.",
            asks=TaskKind.REPORT_LATE,
            quiet=Quiet.COORDINATOR,
        ),
    ),
)


def _shift_end(facts: ShiftFacts, _: Frame) -> Iterable[Moment]:
    return (Moment(min(facts.ends_at, facts.off_at or facts.ends_at)),)


def _unsigned(facts: ShiftFacts) -> str:
    reports = "1 report is" if facts.unsigned == 1 else f"{facts.unsigned} reports are"
    return f"{facts.practitioner}: {reports} not signed at the end of the shift."


REPORTS_UNSIGNED: Ladder[ShiftFacts] = Ladder(
    "reports_unsigned",
    "Reports not signed at shift end",
    Subject.SHIFT,
    lambda facts: facts.on_at is not None,
    is_answered=lambda facts: facts.unsigned == 0,
    steps=(
        Step(
            "shift_end",
            "Clinician, at shift end",
            lambda facts: facts.author or Role.COORDINATOR.value,
            Way.TASK,
            _shift_end,
            _unsigned,
            asks=TaskKind.REPORTS_UNSIGNED,
            quiet=Quiet.CLINICIAN,
            is_wanted=lambda facts: facts.unsigned > 0,
        ),
        Step(
            "shift_end_mail",
            "Mail to the clinician, at shift end",
            lambda facts: facts.author if facts.author_has_mail else None,
            Way.MAIL,
            _shift_end,
            _unsigned,
            quiet=Quiet.CLINICIAN,
            is_wanted=lambda facts: facts.unsigned > 0,
        ),
    ),
)


def _call(facts: PracticeFacts, frame: Frame) -> Iterable[Moment]:
    """When the first report is due a call; after a finished list, again a day later."""
    if not facts.call_at:
        return ()
    first = min(facts.call_at)
    if not facts.done_at:
        return (Moment(first),)
    again = max(facts.done_at) + dt.timedelta(hours=frame.figures.practice_again_hours)
    return (Moment(max(first, again), len(facts.done_at)),)


def _failed_calls(facts: PracticeFacts, frame: Frame) -> Iterable[Moment]:
    """With the second call in vain; the round tells one such series of calls from the next."""
    wanted = frame.figures.practice_failed_calls
    failed = sorted(facts.failed_at)
    if not facts.call_at or len(failed) < wanted:
        return ()
    return (Moment(max(failed[wanted - 1], min(facts.call_at)), int(failed[0].timestamp())),)


def _unanswered(facts: PracticeFacts) -> str:
    reports = "1 report" if len(facts.call_at) == 1 else f"{len(facts.call_at)} reports"
    return f"{facts.name}: {reports} not accepted. One call settles them."


PRACTICE_SILENT: Ladder[PracticeFacts] = Ladder(
    "practice_silent",
    "Reports not delivered or accepted",
    Subject.PRACTICE,
    lambda facts: bool(facts.call_at),
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
        ),
        Step(
            "snooze_over",
            "Call list, when a snooze ends",
            Role.COORDINATOR,
            Way.TASK,
            _rested,
            _unanswered,
            asks=TaskKind.REPORT_UNANSWERED,
            quiet=Quiet.PRACTICE,
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
    ),
)
