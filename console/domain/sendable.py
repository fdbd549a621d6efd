"""The practitioners of the board as the rule of who may be sent sees them."""

import datetime as dt

from console.domain import allocation
from console.domain.calendar import age_in_years, local_day
from console.domain.rows import PractitionerRow, ReferralRow
from console.domain.words import Availability, ReferralStatus

ENGAGED = frozenset({Availability.ACKNOWLEDGED, Availability.EN_ROUTE, Availability.ON_SCENE})
# The home visit that nothing but the practitioner could stand in the way of.
_ANY_VISIT = allocation.Work(number="", status=ReferralStatus.ACCEPTED)


def candidate(row: PractitionerRow) -> allocation.Candidate:
    """Give a practitioner as the rule sees them."""
    return allocation.Candidate(
        name=row.name,
        profession=row.profession,
        grade=row.grade,
        competences=frozenset(row.competences),
        placement=row.placement,
        shift_starts_at=row.shift_starts_at,
        shift_ends_at=row.shift_ends_at,
        on_at=row.on_at,
        is_remote=row.is_remote,
        engaged_with=row.referral_number if row.availability in ENGAGED else None,
        waiting_visits=row.waiting_visits,
        unanswered_since=row.unanswered_since,
    )


def is_on_duty(row: PractitionerRow) -> bool:
    """Whether they have come on: who begins later today is on the board too."""
    return row.on_at is not None and row.availability is not Availability.OFF_DUTY


def is_free_to_send(row: PractitionerRow, now: dt.datetime) -> bool:
    """Whether they could go to a home visit now: nobody in hand, and no reason of the rule against it."""
    is_idle = row.availability is Availability.FREE and row.waiting_visits == 0
    return is_idle and not allocation.reasons_not_to_allocate(candidate(row), _ANY_VISIT, now)


def work_of(row: ReferralRow, now: dt.datetime) -> allocation.Work:
    """Give a referral of the board as the rule sees it; unread markers are read before anybody goes."""
    return allocation.Work(
        number=row.number,
        status=row.status,
        kind=allocation.kind_of(row.stream),
        gp_needed=row.gp_needed,
        patient_age=age_in_years(row.birth_date, local_day(now)) if row.birth_date else None,
        asks_ambulance=row.asks_ambulance,
        awaits_decision=row.awaits_decision,
        record_access=row.record_access,
    )
