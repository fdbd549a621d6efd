"""Outcomes: every clinical contact has one, and each owes the patient's own practice a report."""

import datetime as dt

from console.domain import clocks
from console.domain.words import OutcomeDisposition, OutcomeKind, ReportStatus, Role, TaskKind
from console.services import site, tasks
from db.models import Outcome, Patient, Practitioner, QueueEntry, Referral, Report, Visit
from db.unit_of_work import UnitOfWork


def owed(
    work: UnitOfWork,
    referral: Referral,
    kind: OutcomeKind,
    *,
    ended_at: dt.datetime,
    visit: Visit | None = None,
    queue_entry: QueueEntry | None = None,
    disposition: OutcomeDisposition | None = None,
    admission_prevented: bool | None = None,
    prevented_because: str = "",
) -> Report:
    """Keep what came of a contact and owe the practice its report, due from when the contact ended.

    A death says what became of the patient, and is kept with the patient too.
    """
    if kind is OutcomeKind.DEATH:
        disposition = OutcomeDisposition.DIED
        work.lock(Patient, referral.patient_id).deceased_at = ended_at
    figures = site.clocks(work)
    contact = visit or queue_entry
    practitioner_id = contact.practitioner_id if contact else None
    outcome = work.add(
        Outcome(
            hub_id=referral.hub_id,
            referral_id=referral.id,
            visit_id=visit.id if visit else None,
            queue_entry_id=queue_entry.id if queue_entry else None,
            kind=kind,
            disposition=disposition,
            practitioner_id=practitioner_id,
            ended_at=ended_at,
            admission_prevented=admission_prevented,
            prevented_judged_by=None if admission_prevented is None else _who_judges(work, practitioner_id),
            prevented_because=prevented_because or None,
        )
    )
    report = work.add(
        Report(
            hub_id=referral.hub_id,
            referral_id=referral.id,
            outcome_id=outcome.id,
            practice_id=referral.practice_id,
            status=ReportStatus.OWED,
            owed_at=ended_at,
            due_at=clocks.report_due_at(ended_at, figures),
            latest_at=clocks.report_latest_at(ended_at, site.england(), figures),
            author_id=_who_writes(work, practitioner_id),
        )
    )
    _ask_what_cannot_wait(work, referral, report, kind, disposition)
    return report


def telephone_now(work: UnitOfWork, referral: Referral, report: Report, reason: str) -> None:
    """Ask a named person to telephone the practice now; asked once while it is open."""
    tasks.ask(
        work,
        TaskKind.TELEPHONE_GP,
        Role.COORDINATOR,
        hub_id=referral.hub_id,
        subject=f"report:{report.id}",
        words=f"{referral.number}: {reason}",
        due_at=work.now,
        referral_id=referral.id,
        report_id=report.id,
    )


def _who_writes(work: UnitOfWork, practitioner_id: int | None) -> int | None:
    """The practitioner who saw the patient writes; without one, whoever enters the outcome."""
    if practitioner_id is None:
        return work.actor.staff_id
    return work.get(Practitioner, practitioner_id).staff_id


def _who_judges(work: UnitOfWork, practitioner_id: int | None) -> str:
    """The practitioner who saw the patient judges, whoever enters it for them."""
    if practitioner_id is None:
        return work.actor.name
    return work.get(Practitioner, practitioner_id).name


def _ask_what_cannot_wait(
    work: UnitOfWork,
    referral: Referral,
    report: Report,
    kind: OutcomeKind,
    disposition: OutcomeDisposition | None,
) -> None:
    """A death is telephoned before anything is written; a report without a practice needs an owner."""
    if kind is OutcomeKind.DEATH or disposition is OutcomeDisposition.DIED:
        telephone_now(work, referral, report, "The patient has died: telephone the practice now.")
    if referral.practice_id is None:
        owner = tasks.ask(
            work,
            TaskKind.REPORT_OWNER,
            Role.COORDINATOR,
            hub_id=referral.hub_id,
            subject=f"referral:{referral.id}",
            words=f"{referral.number}: there is no practice to report to. Find it, or own the report.",
            due_at=report.due_at,
            referral_id=referral.id,
        )
        # The one that has stood since the referral came in now has a report to own.
        owner.report_id = owner.report_id or report.id
