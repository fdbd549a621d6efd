"""Who may be sent: one rule refuses in the service and greys out the choice, and says why."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.calendar import local
from console.domain.clocks import minutes
from console.domain.visit_address import read_first
from console.domain.welfare import reasons_looked_for
from console.domain.words import Placement, Profession, RecordAccess, ReferralStatus, Stream

_P = Profession
PRACTITIONERS = frozenset({_P.PARAMEDIC_PRACTITIONER, _P.ADVANCED_PRACTITIONER, _P.NURSE_PRACTITIONER, _P.GP})


@dataclass(frozen=True, slots=True)
class Criteria:
    """Who may do one kind of work. Empty grades: any grade. Ages in whole years."""

    professions: frozenset[Profession]
    grades: frozenset[str] = frozenset()
    competences: frozenset[str] = frozenset()
    minimum_patient_age: int = 0


# The product's default for home visits; the site's own list, by kind of work, replaces it.
HOME_VISIT = Criteria(PRACTITIONERS)
DEFAULT_CRITERIA: Mapping[Stream, Criteria] = {
    Stream.HOME_VISIT: HOME_VISIT,
    Stream.PARAMEDIC_PRACTITIONER: HOME_VISIT,
    Stream.GP_NEEDED: Criteria(frozenset({_P.GP})),
    Stream.TELEPHONE: HOME_VISIT,
    Stream.PHARMACIST: Criteria(frozenset({_P.PHARMACIST, _P.GP})),
    Stream.MENTAL_HEALTH: Criteria(frozenset({_P.MENTAL_HEALTH_NURSE, _P.GP})),
    Stream.DENTAL: Criteria(frozenset({_P.DENTIST})),
    Stream.MIDWIFE: Criteria(frozenset({_P.MIDWIFE, _P.GP})),
    Stream.SOCIAL_CARE: Criteria(frozenset({_P.SOCIAL_CARE_WORKER})),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One practitioner as the rule sees them; `engaged_with` is the referral acknowledged, not clear.

    `unanswered_since` is when they did not answer the welfare call, until somebody says that they were found.
    """

    name: str
    profession: Profession
    grade: str = ""
    competences: frozenset[str] = frozenset()
    placement: Placement | None = None
    shift_starts_at: dt.datetime | None = None
    shift_ends_at: dt.datetime | None = None
    on_at: dt.datetime | None = None
    is_remote: bool = False
    engaged_with: str | None = None
    waiting_visits: int = 0
    unanswered_since: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """One referral as the rule sees it; journey and visit in minutes, where they are known.

    `unacknowledged_markers` are the words of markers that the one who allocates has not acknowledged by name.
    """

    number: str
    status: ReferralStatus
    kind: Stream = Stream.HOME_VISIT
    gp_needed: bool = False
    patient_age: int | None = None
    asks_ambulance: bool = False
    is_met: bool = False
    active_visit_by: str | None = None
    in_queue_of: str | None = None
    unacknowledged_markers: tuple[str, ...] = ()
    attend_in_twos: bool = False
    has_address: bool = True
    awaits_decision: bool = False
    record_access: RecordAccess = RecordAccess.UNKNOWN
    travel_minutes: float | None = None
    visit_minutes: float | None = None


def criteria_of(work: Work) -> Criteria:
    """Give who may do this kind of work."""
    return DEFAULT_CRITERIA.get(work.kind, HOME_VISIT)


def kind_of(stream: Stream | None) -> Stream:
    """Give the kind of work that a referral is; a GP who is needed at home goes on a home visit."""
    if stream in (None, Stream.PARAMEDIC_PRACTITIONER, Stream.GP_NEEDED):
        return Stream.HOME_VISIT
    return stream or Stream.HOME_VISIT


def reasons_not_to_allocate(
    candidate: Candidate, work: Work, now: dt.datetime, criteria: Criteria = HOME_VISIT
) -> tuple[str, ...]:
    """Give every reason why this practitioner may not be sent to this patient now; empty when they may.

    Being engaged with another patient is no reason: the visit then waits, allocated, see
    `notes_on_allocation`.
    """
    return (
        *reasons_not_to_send_anyone(work),
        *_profession_reasons(candidate, work, criteria),
        *_patient_reasons(work, criteria),
        *_shift_reasons(candidate, work, now),
        *reasons_looked_for(candidate.name, candidate.unanswered_since, now),
    )


def reasons_not_to_send_anyone(work: Work) -> tuple[str, ...]:
    """Give the reasons that lie in the referral, whoever would be sent."""
    checks = (
        (not work.status.is_open, f"{work.number} has ended ({work.status.label.lower()})."),
        (work.asks_ambulance, waits_for_999(work.number)),
        (work.status is ReferralStatus.RECEIVED, f"{work.number} needs triage by a clinician first."),
        (work.active_visit_by is not None, f"{work.active_visit_by} has this visit already."),
        (
            work.is_met and work.active_visit_by is None and work.in_queue_of is None,
            f"{work.number} has been seen: close it, or take in a follow-up for another visit.",
        ),
        (
            work.in_queue_of is not None,
            f"The patient is in the queue of {work.in_queue_of}: finish that first.",
        ),
        (bool(work.unacknowledged_markers), read_first(work.unacknowledged_markers)),
    )
    return tuple(words for is_reason, words in checks if is_reason)


def waits_for_999(number: str) -> str:
    """Say why nobody is sent to a patient for whom an ambulance is asked."""
    return f"{number} waits for 999: record the take-over, or a clinician stands it down."


def notes_on_allocation(candidate: Candidate, work: Work, now: dt.datetime) -> tuple[str, ...]:
    """Give what the one who allocates should know although it does not forbid the allocation."""
    ends_at = candidate.shift_ends_at
    would_end_at = now + minutes((work.travel_minutes or 0) + (work.visit_minutes or 0))
    is_over = ends_at is not None and work.visit_minutes is not None and would_end_at > ends_at
    checks = (
        (
            work.awaits_decision,
            "This patient left or was not reached: a clinician is asked to decide first what happens.",
        ),
        (
            candidate.engaged_with is not None,
            f"{candidate.name} is with {candidate.engaged_with}: this visit waits until they are clear.",
        ),
        (
            candidate.waiting_visits > 0,
            f"Visits already waiting for {candidate.name}: {candidate.waiting_visits}.",
        ),
        (is_over, f"The visit may end after the shift of {candidate.name}{_until(ends_at)}."),
        (not work.has_address, "No address is recorded: ask for it, and enter it before anyone goes."),
        (work.attend_in_twos, "A marker says attend in twos: arrange a second person before anyone goes in."),
        (work.record_access is RecordAccess.NO, f"{candidate.name} cannot read the patient's GP record."),
        (
            work.record_access is RecordAccess.UNKNOWN,
            "Access to the patient's GP record has not been checked.",
        ),
    )
    return tuple(words for is_note, words in checks if is_note)


def _profession_reasons(candidate: Candidate, work: Work, criteria: Criteria) -> tuple[str, ...]:
    profession, name = candidate.profession, candidate.name
    if (work.gp_needed or work.kind is Stream.GP_NEEDED) and profession is not Profession.GP:
        return (f"A GP is needed, and {name} is a {_called(profession)}.",)
    # No setting of a site opens home visits to a paramedic who is not a practitioner.
    if profession is Profession.PARAMEDIC and work.kind is Stream.HOME_VISIT:
        return (f"{name} is a paramedic below practitioner, and those are never sent to home visits.",)
    if profession not in criteria.professions:
        return (f"{name} is a {_called(profession)}; this work is for {_listed(criteria.professions)}.",)
    reasons = []
    if criteria.grades and candidate.grade not in criteria.grades:
        wanted = " or ".join(sorted(criteria.grades))
        reasons.append(f"{name} has the grade {candidate.grade or 'not recorded'}; this work needs {wanted}.")
    if lacking := criteria.competences - candidate.competences:
        reasons.append(f"{name} is not signed off for {', '.join(sorted(lacking))}.")
    return tuple(reasons)


def _patient_reasons(work: Work, criteria: Criteria) -> tuple[str, ...]:
    minimum = criteria.minimum_patient_age
    if not minimum:
        return ()
    if work.patient_age is None:
        return (f"The patient's age is not known, and this work is for patients from {minimum} years.",)
    if work.patient_age < minimum:
        return (f"The patient is {work.patient_age}, and this work is for patients from {minimum} years.",)
    return ()


def _shift_reasons(candidate: Candidate, work: Work, now: dt.datetime) -> tuple[str, ...]:
    starts_at, ends_at, name = candidate.shift_starts_at, candidate.shift_ends_at, candidate.name
    if starts_at is None or ends_at is None or candidate.on_at is None:
        return (f"{name} is not on shift.",)
    if candidate.placement is not Placement.HOME_VISITING:
        placement = candidate.placement.label if candidate.placement else "not recorded"
        return (f"{name} works at {placement} on this shift, not home visiting.",)
    if candidate.is_remote:
        return (f"{name} works remotely on this shift and cannot be sent.",)
    if now >= ends_at:
        return (f"The shift of {name} ended at {local(ends_at):%H:%M}.",)
    if work.travel_minutes is not None and now + minutes(work.travel_minutes) > ends_at:
        return (f"{name} could not be there before the shift ends{_until(ends_at)}.",)
    return ()


def _until(ends_at: dt.datetime | None) -> str:
    return f" ({local(ends_at):%H:%M})" if ends_at is not None else ""


def _called(profession: Profession) -> str:
    return profession.label if profession is Profession.GP else profession.label.lower()


def _listed(professions: frozenset[Profession]) -> str:
    return ", ".join(_called(one) for one in Profession if one in professions)
