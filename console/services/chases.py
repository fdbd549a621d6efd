"""What was chased, to be read: the ladder of one report, and whether chasing works."""

import datetime as dt
from collections.abc import Collection, Iterator

from console.domain.chase_figure import OVER_DAYS, ChaseFigure, chase_figure
from console.domain.chase_words import STAFF, Subject, Way
from console.domain.ladder import DueStep, Frame, moved, upcoming
from console.domain.ladder_facts import PracticeFacts
from console.domain.ladders import LADDERS
from console.domain.ladders_practices import PRACTICE_SILENT, call_at
from console.domain.rows import ChaseRow, ReportLadder, UpcomingRow
from console.domain.words import Role
from console.services import site
from console.services.basis import Basis
from console.services.ladder_cases import reports_as_cases
from db.models import Report, Staff
from db.queries import care, watching
from db.queries.chases import read_chased, read_chases


class Chases:
    """The ladders as they went and as they will go."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def of_report(self, report_id: int) -> ReportLadder:
        """Give every step that came due about one report and its practice, and every one that is to come."""
        now = self._basis.now()
        with self._basis.database.read() as session:
            report = session.get_one(Report, report_id)
            past = [*read_chases(session, Subject.REPORT, report_id), *_calls(session, report)]
            past.sort(key=lambda one: (one.due_at, one.id))
            return ReportLadder(tuple(past), _to_come(session, report, now))

    def figure(self, hub_ids: Collection[int]) -> ChaseFigure:
        """Count how many chases of the last days were followed by the report within 2 hours."""
        now = self._basis.now()
        with self._basis.database.read() as session:
            return chase_figure(read_chased(session, hub_ids, now - dt.timedelta(days=OVER_DAYS)), now)


def _calls(session: care.Open, report: Report) -> list[ChaseRow]:
    """The practice is called about all its reports: of that, what came due since this one was sent."""
    if report.practice_id is None or report.sent_at is None:
        return []
    found = read_chases(session, Subject.PRACTICE, report.practice_id)
    return [one for one in found if one.due_at >= report.sent_at]


def _to_come(session: care.Open, report: Report, now: dt.datetime) -> tuple[UpcomingRow, ...]:
    frame = site.frame(session, now)
    rests = watching.resting(session, Subject.REPORT, [report.id])
    facts = reports_as_cases(session, now, {report.id: report}, rests)[report.id].facts
    steps = [one for ladder in LADDERS[Subject.REPORT] for one in upcoming(ladder, facts, frame, now)]
    rows = [*(_row(session, one) for one in steps), *_call_to_come(session, report, frame, now)]
    return tuple(sorted(rows, key=lambda one: one.not_before))


def _call_to_come(
    session: care.Open, report: Report, frame: Frame, now: dt.datetime
) -> Iterator[UpcomingRow]:
    """When this report alone brings its practice to the call list, in the hours in which it is open."""
    at = call_at(report.status, report.sent_at, report.delivered_at, frame)
    practice = report.practice_id
    if at is None or practice is None:
        return
    facts = PracticeFacts(name="", resting=watching.resting(session, Subject.PRACTICE, [practice])[practice])
    # What came due in the evening or in a snooze has not gone: the practice is called when that is over.
    goes_at = moved(PRACTICE_SILENT, PRACTICE_SILENT.steps[0], at, facts, frame)
    if goes_at <= now:
        return
    yield UpcomingRow(
        ladder=PRACTICE_SILENT.name,
        step=PRACTICE_SILENT.steps[0].name,
        recipient=Role.COORDINATOR.value,
        person=None,
        way=Way.TASK,
        due_at=at,
        not_before=goes_at,
    )


def _row(session: care.Open, step: DueStep) -> UpcomingRow:
    person = None
    if step.recipient.startswith(STAFF):
        person = session.get_one(Staff, int(step.recipient.removeprefix(STAFF))).name
    return UpcomingRow(
        ladder=step.ladder,
        step=step.step,
        recipient=step.recipient,
        person=person,
        way=step.way,
        due_at=step.due_at,
        not_before=step.not_before,
    )
