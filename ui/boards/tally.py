"""What the load strip counts, and which referrals each figure and filter stands for."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from console.domain.rows import ReferralRow
from console.domain.words import UNSENT_REPORT, Availability, VisitStatus
from ui.boards.referral_cells import due_at, is_over
from ui.live_updates import LiveUpdates

SOON = dt.timedelta(minutes=30)
Wanted = Callable[[ReferralRow, dt.datetime], bool]


def is_soon(row: ReferralRow, now: dt.datetime) -> bool:
    """Whether it is due within half an hour and not yet over."""
    due = due_at(row)
    return due is not None and now < due <= now + SOON


FILTERS: dict[str, tuple[str, Wanted]] = {
    "all": ("All", lambda _, __: True),
    "triage": ("Needs triage", lambda row, _: row.is_untriaged),
    "waiting": ("Waiting", lambda row, _: row.is_waiting),
    "overdue": ("Overdue", is_over),
    "out": ("Sent", lambda row, _: row.visit_status is not None),
    "hub": ("At hub", lambda row, _: row.queue_status is not None),
}
# Figures of the load strip that narrow the board down but have no chip of their own.
FIGURES: dict[str, tuple[str, Wanted]] = {
    "soon": ("Due in 30 min", is_soon),
    "silent": ("Not acknowledged", lambda row, _: row.visit_status is VisitStatus.ALLOCATED),
    "ambulance": ("999 owed", lambda row, _: row.asks_ambulance),
}
ALL = FILTERS | FIGURES


@dataclass(frozen=True, slots=True)
class Tally:
    """Every figure of the strip at one moment."""

    referrals: dict[str, int]
    free: int
    on_duty: int
    reports_late: int
    reports_owed: int


def count(live: LiveUpdates, now: dt.datetime) -> Tally:
    """Count what is on the board."""
    rows = live.referrals.by_id.values()
    people = [one for one in live.practitioners.by_id.values() if one.on_at is not None]
    owed = [one for one in live.reports.by_id.values() if one.status in UNSENT_REPORT]
    return Tally(
        {name: sum(wanted(row, now) for row in rows) for name, (_, wanted) in ALL.items()},
        sum(one.availability is Availability.FREE for one in people),
        sum(one.availability is not Availability.OFF_DUTY for one in people),
        sum(now >= one.due_at for one in owed),
        len(owed),
    )
