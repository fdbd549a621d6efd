"""The marks of a session: kept up row by row as the board changes, and looked over again as time goes by.

While nobody sees the map no mark is made: two thousand of them would hold up the first rows of the board.
"""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from console.domain.rows import HubRow, PractitionerRow, QueueRow, ReferralRow
from ui.boards.hub_load import load_of
from ui.map import marks
from ui.map.marks import Key, Mark
from ui.selection import Kind
from ui.session import Session

R = TypeVar("R")


class Marks(QObject):
    """Every mark by its key; `changed` names those that are new, changed or gone (None)."""

    changed = Signal(object)

    def __init__(self, session: Session, parent: QObject, is_seen: Callable[[], bool]) -> None:
        """Follow the live rows, as long as they are seen."""
        super().__init__(parent)
        self._session, self._is_seen = session, is_seen
        self.by_key: dict[Key, Mark] = {}
        self.nowhere: dict[Key, str] = {}  # who is on duty or waits, and has no place that is known
        live = session.live
        live.practitioners.listen(self._take_practitioners)
        live.referrals.listen(self._take_referrals)
        live.hubs.listen(self._take_hubs)
        live.queue.listen(self._take_hubs_of_others)
        live.practitioners.listen(self._take_hubs_of_others)

    def look_again(self) -> None:
        """Time has passed: positions are older, waits are longer, and who came or went unseen is told."""
        live = self._session.live
        self._take_practitioners(*self._all("practitioner", live.practitioners.by_id))
        self._take_referrals(*self._all("referral", live.referrals.by_id))
        self._take_hubs(*self._all("hub", live.hubs.by_id))

    def _all(self, kind: Kind, rows: Mapping[int, R]) -> tuple[Collection[R], Collection[int]]:
        known = {row_id for of, row_id in (*self.by_key, *self.nowhere) if of == kind}
        return tuple(rows.values()), known - rows.keys()

    def spoken(self) -> list[tuple[Key, str]]:
        """Everything as one would say it: hubs, practitioners, patients; who has no place last in each."""
        order: dict[Kind, int] = {"hub": 0, "practitioner": 1, "referral": 2}
        said = [(key, mark.spoken, -mark.weight) for key, mark in self.by_key.items()]
        said += [(key, words, 99) for key, words in self.nowhere.items()]
        said.sort(key=lambda one: (order[one[0][0]], one[2], one[0][1]))
        return [(key, words) for key, words, _ in said]

    def _take_practitioners(self, rows: Collection[PractitionerRow], gone: Collection[int] = ()) -> None:
        if not self._is_seen():
            return
        now = self._session.now()
        made = {("practitioner", row.id): marks.of_practitioner(row, now) for row in rows}
        lost: dict[Key, str] = {
            ("practitioner", row.id): f"{row.name}, on duty, no position known"
            for row in rows
            if row.on_at is not None and row.lat is None
        }
        self._take("practitioner", made, lost, gone)

    def _take_referrals(self, rows: Collection[ReferralRow], gone: Collection[int] = ()) -> None:
        if not self._is_seen():
            return
        now = self._session.now()
        made = {("referral", row.id): marks.of_referral(row, now) for row in rows}
        lost: dict[Key, str] = {
            ("referral", row.id): f"{row.number}, {row.area or 'area not known'}, no place known"
            for row in rows
            if row.lat is None and not row.is_seen and row.queue_status is None
        }
        self._take("referral", made, lost, gone)

    def _take_hubs(self, rows: Collection[HubRow], gone: Collection[int] = ()) -> None:
        if not self._is_seen():
            return
        session, now = self._session, self._session.now()
        loads = (load_of(session.live, row, now, session.clocks) for row in rows)
        made = {("hub", load.hub.id): marks.of_hub(load) for load in loads}
        self._take("hub", made, {}, gone)

    def _take_hubs_of_others(
        self, _: Collection[QueueRow] | Collection[PractitionerRow], __: Collection[int] = ()
    ) -> None:
        """Who waits at a hub, or sees patients there, says how it stands."""
        self._take_hubs(tuple(self._session.live.hubs.by_id.values()))

    def _take(
        self,
        kind: Kind,
        made: dict[tuple[str, int], Mark | None],
        lost: dict[Key, str],
        gone: Collection[int],
    ) -> None:
        told: dict[Key, Mark | None] = {}
        before = dict(self.nowhere)
        fresh: dict[Key, Mark | None] = {(kind, row_id): mark for (_, row_id), mark in made.items()}
        fresh |= {(kind, row_id): None for row_id in gone}
        for key, mark in fresh.items():
            self.nowhere.pop(key, None)
            if mark != self.by_key.get(key):
                told[key] = mark
                if mark is None:
                    del self.by_key[key]
                else:
                    self.by_key[key] = mark
        self.nowhere |= lost
        if told or self.nowhere != before:
            self.changed.emit(told)
