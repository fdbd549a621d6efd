"""The ladders about reports that have not gone: not signed at shift end, not sent in time, undecided."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import count

from console.domain.calendar import from_local, local_day
from console.domain.chase_words import Subject, Way
from console.domain.clocks import minutes
from console.domain.ladder import Frame, Ladder, Moment, Step
from console.domain.ladder_facts import ReportFacts, ShiftFacts
from console.domain.quiet import Quiet
from console.domain.words import UNSENT_REPORT, ReportStatus, Role, TaskKind

_S = ReportStatus
_OWES = {_S.OWED: "written", _S.DRAFTED: "signed"}


def _clinician(facts: ReportFacts) -> str | None:
    """Who writes and signs it; of what was released without them nothing more is asked of them."""
    return None if facts.is_released else facts.author


def _of(facts: ReportFacts, at: dt.datetime) -> Moment:
    """A report that goes again as a new version has new times, and its ladder begins anew."""
    return Moment(at, int(facts.due_at.timestamp()))


def _due(facts: ReportFacts, _: Frame) -> Iterable[Moment]:
    return (_of(facts, facts.due_at),)


def _coordinator(facts: ReportFacts, frame: Frame) -> Iterable[Moment]:
    """The earlier of due + 2 hours and 19:30 of that day, never before due."""
    evening = from_local(local_day(facts.due_at), frame.figures.report_coordinator_by)
    later = facts.due_at + minutes(frame.figures.report_coordinator)
    return (_of(facts, max(facts.due_at, min(later, evening))),)


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
    return (_of(facts, max(facts.due_at, morning)),)


def _latest(facts: ReportFacts, _: Frame) -> Iterable[Moment]:
    return (_of(facts, facts.latest_at),)


def _undecided(facts: ReportFacts, _: Frame) -> Iterable[Moment]:
    """What nobody can say is asked at once; what is held, when it must have been sent."""
    is_uncertain = facts.status is _S.UNCERTAIN and facts.sent_at is not None
    return (Moment(facts.sent_at if is_uncertain and facts.sent_at else facts.latest_at),)


def _unsent(facts: ReportFacts) -> str:
    step = "sent" if facts.is_released else _OWES.get(facts.status, "sent")
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
            _clinician,
            Way.TASK,
            _due,
            _unsent,
            asks=TaskKind.REPORT_LATE,
            quiet=Quiet.CLINICIAN,
        ),
        Step(
            "due_mail",
            "Mail to the clinician, when due",
            lambda facts: _clinician(facts) if facts.author_has_mail else None,
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
            "supervisor_evening",
            "Supervisor, 20:00 each day",
            Role.SUPERVISOR,
            Way.TASK,
            _every_evening,
            _unsent,
            asks=TaskKind.REPORT_LATE,
            counts_answers=True,
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
            counts_answers=True,
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
