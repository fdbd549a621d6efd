"""Send now: who could go to the first-priority patients who wait, kept up with the board once a second."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from console.domain.rows import ReferralRow
from console.planning.offers import Offer, is_first, offers
from console.planning.travel import ESTIMATE
from console.steady import steady

if TYPE_CHECKING:
    from ui.session import Session

_AT_MOST_EVERY_S = 1.0
_FEW, _MANY_EVERY_S = 50, 5.0
"""For more patients than that the time alone is followed less closely: each look costs for all of them."""


class Offers(QObject):
    """The offers of this moment, the most urgent first; ways are estimated here, never asked of a server."""

    changed = Signal()

    def __init__(self, session: "Session") -> None:
        """Follow the live rows; which patients are first is kept row by row: big boards cost nothing."""
        super().__init__(session)
        self._session = session
        self.now: tuple[Offer, ...] = ()
        self._by_id: dict[int, Offer] = {}
        self._first: dict[int, ReferralRow] = {}
        self._looked_at = -_AT_MOST_EVERY_S
        self._is_due = False
        session.live.referrals.listen(self._take)
        session.live.changed.connect(self._heard)
        session.countdown.ticked.connect(self._tick)

    def of(self, referral_id: int | None) -> Offer | None:
        """The offer for one patient."""
        return None if referral_id is None else self._by_id.get(referral_id)

    @property
    def best(self) -> Offer | None:
        """The offer for the chosen patient, else the most urgent one."""
        return self.of(self._session.referral_id) or next(iter(self.now), None)

    def _take(self, upserts: Collection[ReferralRow], gone: Collection[int]) -> None:
        for row in upserts:
            if is_first(row):
                self._first[row.id] = row
            else:
                self._first.pop(row.id, None)
        for row_id in gone:
            self._first.pop(row_id, None)

    @Slot()
    def _heard(self) -> None:
        """Markers that move many times a second are looked at once in it; an offer that is taken goes now."""
        self._is_due = True
        is_taken = not self._by_id.keys() <= self._first.keys()
        if is_taken or steady() - self._looked_at >= _AT_MOST_EVERY_S:
            self._look()

    @Slot()
    def _tick(self) -> None:
        # Positions grow old and shifts end with the time alone.
        every_s = 0.0 if len(self._first) <= _FEW else _MANY_EVERY_S
        if self._is_due or (self._first and steady() - self._looked_at >= every_s):
            self._look()

    def _look(self) -> None:
        self._looked_at, self._is_due = steady(), False
        session = self._session
        people = session.live.practitioners.by_id.values()
        found = offers(self._first.values(), tuple(people), ESTIMATE, session.now()) if self._first else ()
        if found != self.now:
            self.now = found
            self._by_id = {one.referral_id: one for one in found}
            self.changed.emit()
