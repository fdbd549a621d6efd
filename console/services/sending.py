"""Who may be sent to a patient: what the rule needs to know, out of the rows of one transaction."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from console.domain import allocation
from console.domain.calendar import age_in_years, local, local_day
from console.domain.rows import CandidateRow
from console.domain.sendable import candidate
from console.domain.words import Availability, MarkerKind
from console.planning.near import Errand, ranked
from console.planning.travel import TravelTimes
from console.services import due
from db.models import Patient, Practitioner, Referral, Visit
from db.queries import lookups
from db.queries.markers import read_markers
from db.queries.practitioners import read_practitioners


def work_for(
    session: lookups.Open, referral: Referral, now: dt.datetime, *, but_visit_id: int | None = None
) -> allocation.Work:
    """Give the referral as the rule sees it; a visit that is to be taken from somebody does not count."""
    patient = session.get_one(Patient, referral.patient_id)
    markers = read_markers(session, referral.id)
    entry = lookups.open_queue_entry(session, referral.id)
    return allocation.Work(
        number=referral.number,
        status=referral.status,
        kind=allocation.kind_of(referral.stream),
        gp_needed=referral.gp_needed,
        patient_age=age_in_years(patient.birth_date, local_day(now)) if patient.birth_date else None,
        asks_ambulance=due.asks_ambulance(referral),
        is_met=referral.seen_at is not None or referral.ambulance_taken_over_at is not None,
        active_visit_by=_who_has_it(session, referral, but_visit_id),
        in_queue_of=entry[1] if entry else None,
        unacknowledged_markers=tuple(one.kind.label for one in markers if one.acknowledged_by is None),
        awaits_decision=referral.failed_contact_at is not None,
        attend_in_twos=any(one.kind is MarkerKind.TWO_PEOPLE for one in markers),
        has_address=bool(referral.visit_address),
        record_access=referral.record_access,
    )


def reasons_not_to_send(
    session: lookups.Open, practitioner: Practitioner, work: allocation.Work, now: dt.datetime
) -> tuple[tuple[str, ...], int | None]:
    """Give why this practitioner may not be sent now, and the shift on which they would go."""
    everywhere = lookups.hub_ids(session)
    rows = read_practitioners(session, everywhere, now, [practitioner.id])
    if not rows:  # neither on shift, nor soon, nor with a visit
        unknown = allocation.Candidate(name=practitioner.name, profession=practitioner.profession)
        return allocation.reasons_not_to_allocate(unknown, work, now, allocation.criteria_of(work)), None
    reasons = allocation.reasons_not_to_allocate(candidate(rows[0]), work, now, allocation.criteria_of(work))
    return reasons, rows[0].shift_id


def candidates(
    session: lookups.Open,
    referral: Referral,
    now: dt.datetime,
    *,
    but_visit_id: int | None = None,
    travel: TravelTimes | None = None,
) -> tuple[CandidateRow, ...]:
    """Give everyone on duty or soon on duty, with why not and what to know: allowed and nearest first.

    Without `travel` nobody's way is counted, and the freest come first.
    """
    work = work_for(session, referral, now, but_visit_id=but_visit_id)
    taken_from = session.get_one(Visit, but_visit_id).practitioner_id if but_visit_id is not None else None
    found = []
    for row in read_practitioners(session, lookups.hub_ids(session), now):
        one = candidate(row)
        reasons = allocation.reasons_not_to_allocate(one, work, now, allocation.criteria_of(work))
        if row.id == taken_from:
            reasons = (f"{row.name} has this visit already.",)
        found.append(CandidateRow(practitioner=row, reasons=reasons, notes=()))
    found.sort(key=lambda one: _order(one, referral.hub_id))
    errand = _errand(session, referral, found)
    rows = found if travel is None else ranked(found, errand, travel, now)
    return tuple(_noted(one, work, errand, now) for one in rows)


def _errand(session: lookups.Open, referral: Referral, found: Iterable[CandidateRow]) -> Errand:
    places = lookups.places_of(session, {one.practitioner.referral_id or 0 for one in found})
    point = (referral.visit_lat, referral.visit_lon)
    known = None if point[0] is None or point[1] is None else (point[0], point[1])
    return Errand(known, referral.due_at, referral.hub_id, in_hand=places)


def _noted(one: CandidateRow, work: allocation.Work, errand: Errand, now: dt.datetime) -> CandidateRow:
    """Add what to know of somebody who may be sent; a visit that may end after the shift is among it."""
    if not one.is_allowed:
        return one
    there_at = one.near.there_at if one.near else None
    if there_at is not None:
        takes = (there_at - now) / dt.timedelta(minutes=1)
        work = replace(work, travel_minutes=takes, visit_minutes=errand.visit_minutes)
    return replace(one, notes=allocation.notes_on_allocation(candidate(one.practitioner), work, now))


def _who_has_it(session: lookups.Open, referral: Referral, but_visit_id: int | None) -> str | None:
    """Name who has the visit, with who sent them and when."""
    visit, name = lookups.active_visit(session, referral.id) or (None, None)
    if visit is None or visit.id == but_visit_id:
        return None
    step = lookups.newest_step(session, referral.id, ("visit.allocated", "visit.reassigned"))
    by = f" by {step[1]}" if step else ""
    return f"{name} (allocated{by} at {local(visit.allocated_at):%H:%M})"


def _order(one: CandidateRow, hub_id: int) -> tuple[bool, bool, int, bool, str]:
    row = one.practitioner
    is_busy = row.availability is not Availability.FREE
    return (not one.is_allowed, is_busy, one.in_hand, row.hub_id != hub_id, row.name)
