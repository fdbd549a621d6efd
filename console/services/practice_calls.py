"""Calls to a practice: one call is about all of its reports, and stands on the timeline of each."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from console.domain import report as rules
from console.domain.acting import NOW, Happened
from console.domain.chase_words import Subject
from console.domain.identifiers import format_phone, is_phone, normalise_phone
from console.domain.permissions import Deed
from console.domain.refusals import Refused
from console.domain.words import Channel, ContactResult, ContactWith, ReportStatus, TaskKind
from console.services import tasks
from console.services.basis import Basis, refuse
from console.services.report_answers import accept, stop
from console.services.steps import happened_at
from db.models import Contact, Practice, Referral, Report
from db.queries import chasing
from db.unit_of_work import UnitOfWork

AGAIN = "asked to send it again"
Seen = Mapping[int, int]
"""The reports that the call was about, each with the version that was seen."""


@dataclass(frozen=True, slots=True)
class _Call:
    """What came of one call, as it is kept with each report."""

    practice: Practice
    result: ContactResult
    said: str
    happened: Happened
    promised_by_at: dt.datetime | None = None


class PracticeCalls:
    """What came of one call to one practice."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def no_reply(self, practice_id: int, report_ids: Collection[int], happened: Happened = NOW) -> None:
        """Nobody answered; after the second call in vain the supervisor is asked."""
        with self._basis.work(Deed.CALL_PRACTICE) as work:
            call = _call(work, practice_id, ContactResult.NO_REPLY, "", happened)
            _keep(work, call, _reports(work, practice_id, report_ids), "no reply")

    def spoke(
        self,
        practice_id: int,
        report_ids: Collection[int],
        whom: str,
        promised_by_at: dt.datetime | None = None,
        said: str = "",
        happened: Happened = NOW,
    ) -> None:
        """Somebody was reached by name, and promised an answer by then or said what else."""
        with self._basis.work(Deed.CALL_PRACTICE) as work:
            refuse(_reasons_not_spoken(whom, promised_by_at, said, work.now))
            result = ContactResult.PROMISED if promised_by_at else ContactResult.SPOKEN
            told = ". ".join(part for part in (f"Spoke to {whom.strip()}", said.strip()) if part)
            call = _call(work, practice_id, result, told, happened, promised_by_at)
            _keep(work, call, _reports(work, practice_id, report_ids), f"spoke to {whom.strip()}")
            _settle_list(work, practice_id, told)

    def wrong_number(
        self,
        practice_id: int,
        report_ids: Collection[int],
        right_number: str | None = None,
        happened: Happened = NOW,
    ) -> None:
        """The number is not the practice's; the right one, where somebody knows it, is kept from now on."""
        with self._basis.work(Deed.CALL_PRACTICE) as work:
            # Kept with the number that was rung, before that is put right.
            call = _call(work, practice_id, ContactResult.WRONG_NUMBER, "", happened)
            right = (right_number or "").strip()
            refuse(("This is no telephone number: check it.",) if right and not is_phone(right) else ())
            now_is = f"; the right one is {format_phone(normalise_phone(right))}" if right else ""
            _keep(work, call, _reports(work, practice_id, report_ids), f"wrong number{now_is}")
            if right:
                work.lock(Practice, practice_id).phone = normalise_phone(right)

    def accepted(self, practice_id: int, seen: Seen, by_whom: str, happened: Happened = NOW) -> None:
        """A named person has accepted these reports, all in one call."""
        with self._basis.work(Deed.CALL_PRACTICE) as work:
            refuse(() if by_whom.strip() else ("Name who accepted it at the practice.",))
            refuse(() if seen else ("Choose at least one report that was accepted.",))
            call = _call(work, practice_id, ContactResult.SPOKEN, f"Accepted by {by_whom.strip()}", happened)
            for report in _as_seen(work, practice_id, seen, ReportStatus.ACCEPTED):
                _contact(work, call, report)
                accept(work, report, by_whom.strip(), call.happened)
            _settle_list(work, practice_id, f"Accepted by {by_whom.strip()}")

    def asked_again(
        self, practice_id: int, seen: Seen, whom: str, reason: str = "", happened: Happened = NOW
    ) -> None:
        """The practice wants these reports again: they count as rejected until they are sent anew."""
        with self._basis.work(Deed.CALL_PRACTICE) as work:
            refuse(() if whom.strip() else ("Name who asked for it at the practice.",))
            refuse(() if seen else ("Choose at least one report that is to go again.",))
            why = f"{whom.strip()} {AGAIN}{f': {reason.strip()}' if reason.strip() else ''}"
            call = _call(work, practice_id, ContactResult.SPOKEN, why, happened)
            for report in _as_seen(work, practice_id, seen, ReportStatus.REJECTED):
                _contact(work, call, report)
                stop(work, report, ReportStatus.REJECTED, why, call.happened)
            _settle_list(work, practice_id, why)


def _reasons_not_spoken(
    whom: str, promised_by_at: dt.datetime | None, said: str, now: dt.datetime
) -> tuple[str, ...]:
    checks = (
        (not whom.strip(), "Name whom you spoke to."),
        (promised_by_at is None and not said.strip(), "Say by when it is promised, or what was agreed."),
        (promised_by_at is not None and promised_by_at <= now, "That has passed: give a time to come."),
    )
    return tuple(words for is_reason, words in checks if is_reason)


def _call(
    work: UnitOfWork,
    practice_id: int,
    result: ContactResult,
    said: str,
    happened: Happened,
    promised_by_at: dt.datetime | None = None,
) -> _Call:
    at = happened_at(work, happened)
    return _Call(work.get(Practice, practice_id), result, said, replace(happened, at=at), promised_by_at)


def _reports(work: UnitOfWork, practice_id: int, report_ids: Collection[int]) -> list[Report]:
    """Lock the reports in the order of their referrals; all must be this practice's."""
    refuse(() if report_ids else ("Choose a practice with at least one report.",))
    found = sorted((work.get(Report, key) for key in set(report_ids)), key=lambda one: one.referral_id)
    for report in found:
        work.lock(Referral, report.referral_id)
        work.lock(Report, report.id)
        if report.practice_id != practice_id:
            raise Refused("A report belongs to another practice now: look at the call list again.")
    return found


def _as_seen(work: UnitOfWork, practice_id: int, seen: Seen, after: ReportStatus) -> list[Report]:
    """Lock the reports that may become this, unless one of them changed since it was seen."""
    found = _reports(work, practice_id, seen)
    for report in found:
        work.expect(report, seen[report.id], report.referral_id)
        refuse(rules.reasons_not_to_move(report.status, after))
    return found


def _keep(work: UnitOfWork, call: _Call, reports: Collection[Report], came_of_it: str) -> None:
    """Write the call down with each report, and once on the timeline of each referral."""
    referrals: set[int] = set()
    for report in reports:
        _contact(work, call, report)
        if report.referral_id not in referrals:
            referrals.add(report.referral_id)
            work.step(
                "contact.practice",
                f"Rang {call.practice.name}: {came_of_it}",
                hub_id=report.hub_id,
                referral_id=report.referral_id,
                happened=call.happened,
            )


def _contact(work: UnitOfWork, call: _Call, report: Report) -> None:
    work.add(
        Contact(
            hub_id=report.hub_id,
            referral_id=report.referral_id,
            report_id=report.id,
            practice_id=call.practice.id,
            contact_with=ContactWith.PRACTICE,
            channel=call.happened.channel or Channel.TELEPHONE,
            number=call.practice.phone,
            result=call.result,
            said=call.said,
            promised_by_at=call.promised_by_at,
            happened_at=call.happened.at or work.now,
            entered_at=work.now,
            by_id=work.actor.staff_id,
        )
    )


def _settle_list(work: UnitOfWork, practice_id: int, result: str) -> None:
    """Whoever reached somebody has done what the call list asked."""
    kinds = (TaskKind.REPORT_UNANSWERED,)
    for task in chasing.open_tasks_about(work.session, Subject.PRACTICE, practice_id, *kinds):
        tasks.settle(work, task, result)
