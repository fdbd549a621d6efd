"""A referral's clocks, wound in this one place, always from its first times: nothing restarts them."""

import datetime as dt

from console.domain import clocks
from console.domain.calendar import WorkingCalendar
from console.services import site
from db.models import Referral
from db.queries import lookups
from db.unit_of_work import UnitOfWork

UPGRADED = "ambulance.upgraded"


def asks_ambulance(referral: Referral) -> bool:
    """Tell whether 999 is asked for and neither taken over by a crew nor stood down."""
    is_answered = referral.ambulance_taken_over_at is not None or referral.stood_down_by_id is not None
    return referral.asks_ambulance and not is_answered


def wind(
    work: UnitOfWork, referral: Referral, calendar: WorkingCalendar, asked_at: dt.datetime | None = None
) -> None:
    """Set every due time of a referral, and the one that holds, from its first times.

    `asked_at` is when 999 is asked for by this very step.
    """
    figures = site.clocks(work)
    starts_at, _ = clocks.disposition_starts_at(referral.disposition_at, referral.received_at)
    referral.triage_due_at = clocks.triage_due_at(
        referral.received_at, is_routine_request=referral.is_routine_request, settings=figures
    )
    referral.disposition_due_at = clocks.disposition_due_at(referral.disposition, starts_at, calendar)
    if referral.first_triaged_at is not None and referral.priority is not None:
        referral.response_due_at = clocks.response_due_at(
            referral.first_triaged_at, referral.priority, figures
        )
    due = clocks.due(_times(referral, asked_at or _asked_at(work, referral)), calendar, figures)
    referral.due_at, referral.due_clock = due.due_at, due.clock.value


def _asked_at(work: UnitOfWork, referral: Referral) -> dt.datetime | None:
    """Give when 999 was asked for here, while it is."""
    found = lookups.newest_step(work.session, referral.id, (UPGRADED,)) if asks_ambulance(referral) else None
    return None if found is None else found[0].happened_at


def _times(referral: Referral, asked_at: dt.datetime | None) -> clocks.ReferralTimes:
    return clocks.ReferralTimes(
        received_at=referral.received_at,
        is_routine_request=referral.is_routine_request,
        first_triaged_at=referral.first_triaged_at,
        priority=referral.priority,
        disposition=referral.disposition,
        disposition_at=referral.disposition_at,
        downgraded_at=referral.downgraded_at,
        asks_ambulance=asks_ambulance(referral),
        ambulance_asked_at=asked_at,
    )
