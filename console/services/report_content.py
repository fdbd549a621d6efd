"""The first content of a report: what is known already, so that nobody types it again."""

from console.domain.report_content import ReportContent
from console.domain.words import OutcomeKind
from db.models import Outcome, Practitioner, QueueEntry, Referral, Report, Staff, Visit
from db.queries import care


def known_content(session: care.Open, report: Report) -> ReportContent:
    """Give what is known of a report of which nothing is written yet."""
    outcome = session.get_one(Outcome, report.outcome_id)
    return _first_content(
        report,
        outcome,
        session.get_one(Referral, report.referral_id),
        visit=session.get(Visit, outcome.visit_id) if outcome.visit_id else None,
        entry=session.get(QueueEntry, outcome.queue_entry_id) if outcome.queue_entry_id else None,
        practitioner=session.get(Practitioner, outcome.practitioner_id) if outcome.practitioner_id else None,
        staff=session.get(Staff, report.author_id) if report.author_id else None,
    )


def _first_content(
    report: Report,
    outcome: Outcome,
    referral: Referral,
    *,
    visit: Visit | None,
    entry: QueueEntry | None,
    practitioner: Practitioner | None,
    staff: Staff | None,
) -> ReportContent:
    """Fill in what the referral, the contact and its outcome say."""
    began_at = visit.on_scene_at if visit else entry.being_seen_at if entry else None
    who = practitioner or staff
    registrations = (one.registration for one in (practitioner, staff) if one is not None)
    return ReportContent(
        kind=outcome.kind,
        source=referral.source,
        referred_at=referral.received_at,
        reason=referral.problem,
        attended_at=began_at or (visit.en_route_at if visit else None) or report.owed_at,
        left_at=outcome.ended_at if outcome.kind is not OutcomeKind.PHONE_ADVICE else None,
        disposition=outcome.disposition,
        admission_prevented=outcome.admission_prevented,
        prevented_judged_by=outcome.prevented_judged_by or "",
        prevented_because=outcome.prevented_because or "",
        clinician=who.name if who else "",
        clinician_role=practitioner.profession.label if practitioner else "",
        registration=next((number for number in registrations if number), ""),
    )
