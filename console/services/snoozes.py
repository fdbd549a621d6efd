"""Snoozes: a person lets the ladder of one report or one practice's call list rest, and ends that early."""

import datetime as dt
from collections.abc import Sequence

from console.domain import snooze as rules
from console.domain.calendar import local
from console.domain.chase_words import Subject
from console.domain.permissions import Deed
from console.domain.refusals import Refused
from console.domain.words import OPEN_REPORT
from console.services import site
from console.services.basis import Basis, refuse
from console.services.report_parts import locked
from db.models import Practice, Report, Snooze, Staff
from db.queries import chasing
from db.unit_of_work import UnitOfWork


class Snoozes:
    """What a person lets rest, always with a reason and an end."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def report(self, report_id: int, seen_version: int, until_at: dt.datetime, reason: str) -> int:
        """Let one report's ladder rest until then; gives the snooze."""
        with self._basis.work(Deed.SNOOZE) as work:
            report, _ = locked(work, report_id, seen_version)
            refuse(rules.reasons_not_to_rest(report.status))
            snooze = _begin(work, Subject.REPORT, report.id, report.hub_id, until_at, reason)
            _step(work, (report,), f"Report snoozed until {_said(work, until_at)}: {snooze.reason}")
        return snooze.id

    def practice(self, practice_id: int, until_at: dt.datetime, reason: str) -> int:
        """Let a practice not be called until then; gives the snooze."""
        with self._basis.work(Deed.SNOOZE) as work:
            practice = work.lock(Practice, practice_id)
            reports = chasing.unanswered_reports(work.session, practice.id)
            refuse(() if reports else (f"Nothing is open with {practice.name}: there is nothing to snooze.",))
            hub_id = practice.hub_id or reports[0].hub_id
            snooze = _begin(work, Subject.PRACTICE, practice.id, hub_id, until_at, reason)
            words = f"Calls to {practice.name} snoozed until {_said(work, until_at)}: {snooze.reason}"
            _step(work, reports, words)
        return snooze.id

    def end(self, snooze_id: int) -> None:
        """End a snooze early: what it held back is due again at once."""
        with self._basis.work(Deed.SNOOZE) as work:
            snooze = work.lock(Snooze, snooze_id)
            over = snooze.ended_at is not None or snooze.until_at <= work.now
            refuse(("This snooze is over already.",) if over else ())
            snooze.ended_at = work.now
            _step(work, _about(work, snooze), "Snooze ended early: the ladder goes on")


def _begin(
    work: UnitOfWork, subject: Subject, subject_id: int, hub_id: int, until_at: dt.datetime, reason: str
) -> Snooze:
    """Write the snooze of a subject that is locked, unless one holds already."""
    longest = site.figure(work, "chase.longest_snooze")
    refuse(rules.reasons_not_to_snooze(subject, until_at, reason, work.now, longest))
    if standing := chasing.snooze_in_force(work.session, subject, subject_id, work.now):
        by = work.get(Staff, standing.by_id).name
        until = _said(work, standing.until_at)
        raise Refused(f"{by} has snoozed this until {until} already: end that first.")
    return work.add(
        Snooze(
            subject_kind=subject,
            subject_id=subject_id,
            hub_id=hub_id,
            until_at=until_at,
            reason=reason.strip(),
            by_id=work.actor.staff_id,
            at=work.now,
        )
    )


def _about(work: UnitOfWork, snooze: Snooze) -> Sequence[Report]:
    if snooze.subject_kind is Subject.REPORT:
        return (work.get(Report, snooze.subject_id),)
    return chasing.unanswered_reports(work.session, snooze.subject_id)


def _step(work: UnitOfWork, reports: Sequence[Report], words: str) -> None:
    """Put the line on the timeline of each referral once; ending a snooze is a step of its own, no undo."""
    seen: set[int] = set()
    for report in reports:
        if report.status in OPEN_REPORT and report.referral_id not in seen:
            seen.add(report.referral_id)
            work.step(
                "report.snoozed", words, hub_id=report.hub_id, referral_id=report.referral_id, undoable=False
            )


def _said(work: UnitOfWork, at: dt.datetime) -> str:
    """Give a time as people read it: with its day, unless that is today."""
    then = local(at)
    return f"{then:%H:%M}" if then.date() == local(work.now).date() else f"{then:%a %d %b %H:%M}"
