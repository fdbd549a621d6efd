"""What the load strip counts, and which referrals each figure and filter stands for."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from console.domain.rows import ReferralRow
from console.domain.sendable import is_free_to_send, is_on_duty
from console.domain.words import VisitStatus
from ui.boards import report_cells
from ui.boards.referral_cells import due_at, is_over
from ui.live_updates import LiveUpdates, Rows

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
_WANTED = tuple((name, wanted) for name, (_, wanted) in ALL.items())


@dataclass(frozen=True, slots=True)
class Tally:
    """Every figure of the strip at one moment."""

    referrals: dict[str, int]
    free: int
    on_duty: int
    reports_late: int
    reports_owed: int


class ReferralCounts:
    """How many referrals there are of each kind, kept up row by row: a change costs the same on any board."""

    def __init__(self, rows: Rows[ReferralRow], now: Callable[[], dt.datetime]) -> None:
        """Count what is there, and from now on what changes."""
        self._rows, self._now = rows, now
        self._kinds: dict[int, Sequence[str]] = {}
        self.figures = dict.fromkeys(ALL, 0)
        rows.listen(self._take)

    def recount(self) -> None:
        """Ask every row again: some kinds depend on the time."""
        self._take(self._rows.by_id.values(), ())

    def _take(self, upserts: Collection[ReferralRow], gone: Collection[int]) -> None:
        now = self._now()
        for row in upserts:
            self._put(row.id, [name for name, wanted in _WANTED if wanted(row, now)])
        for row_id in gone:
            self._put(row_id, ())

    def _put(self, row_id: int, kinds: Sequence[str]) -> None:
        for name in self._kinds.pop(row_id, ()):
            self.figures[name] -= 1
        for name in kinds:
            self.figures[name] += 1
        if kinds:
            self._kinds[row_id] = kinds


def count(live: LiveUpdates, counts: ReferralCounts, now: dt.datetime) -> Tally:
    """Count what is on the board."""
    people = [one for one in live.practitioners.by_id.values() if is_on_duty(one)]
    owed = [one for one in live.reports.by_id.values() if report_cells.is_owed(one)]
    return Tally(
        dict(counts.figures),
        sum(is_free_to_send(one, now) for one in people),
        len(people),
        sum(report_cells.is_over(one, now) for one in owed),
        len(owed),
    )
