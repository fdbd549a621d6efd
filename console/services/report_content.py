"""The first content of a report: what is known already, so that nobody types it again."""

from console.domain.report_content import ReportContent
from console.domain.words import OutcomeKind
from db.models import Outcome, Practitioner, QueueEntry, Referral, Report, Staff, Visit


def first_content(
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
