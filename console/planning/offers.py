"""Send now: for each first-priority patient who waits, somebody free who may go; nobody is sent by it."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from console.domain import allocation
from console.domain.rows import CandidateRow, PractitionerRow, ReferralRow
from console.domain.sendable import candidate, is_free_to_send, work_of
from console.planning.near import Errand, ranked
from console.planning.travel import TravelTimes

FIRST_PRIORITIES = frozenset({1, 2})
_FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Offer:
    """Who could be sent to a patient now: the nearest, or nobody by name where no place of theirs is known.

    `free` is how many could go. `minutes` is about how long the nearest takes, `there_at` about when.
    """

    referral_id: int
    practitioner_id: int | None
    name: str
    minutes: int | None
    there_at: dt.datetime | None
    free: int


def offers(
    referrals: Iterable[ReferralRow],
    people: Collection[PractitionerRow],
    travel: TravelTimes,
    now: dt.datetime,
) -> tuple[Offer, ...]:
    """Give an offer for each such patient, the most urgent first.

    One person is offered once as long as others are free: two patients are not pointed at the same one.
    """
    free = [one for one in people if is_free_to_send(one, now)]
    waiting = [row for row in referrals if is_first(row)] if free else []
    waiting.sort(key=lambda row: (row.priority or 0, row.due_at or _FAR, row.id))
    taken: set[int] = set()
    found = []
    for row in waiting:
        suitable = _suitable(row, free, travel, now)
        if suitable:
            offer = _offer(row, suitable, taken)
            taken.add(offer.practitioner_id or 0)
            found.append(offer)
    return tuple(found)


def is_first(row: ReferralRow) -> bool:
    """Whether this patient must not wait while somebody is free: triaged, first priority, nobody's."""
    waits = row.is_waiting and not row.is_untriaged and not row.asks_ambulance
    return waits and row.priority in FIRST_PRIORITIES


def _suitable(
    row: ReferralRow, free: Iterable[PractitionerRow], travel: TravelTimes, now: dt.datetime
) -> Sequence[CandidateRow]:
    work = work_of(row, now)
    may_go = [
        CandidateRow(one, (), ())
        for one in free
        if not allocation.reasons_not_to_allocate(candidate(one), work, now, allocation.criteria_of(work))
    ]
    point = None if row.lat is None or row.lon is None else (row.lat, row.lon)
    return ranked(may_go, Errand(point, row.due_at, row.hub_id), travel, now)


def _offer(row: ReferralRow, suitable: Sequence[CandidateRow], taken: Collection[int]) -> Offer:
    """Choose the nearest who is not offered to somebody before; a single one needs no known place."""
    near = [one for one in suitable if one.near is not None and one.near.rank is not None]
    known = near or (suitable if len(suitable) == 1 else ())
    chosen = next((one for one in known if one.practitioner.id not in taken), next(iter(known), None))
    if chosen is None:
        return Offer(row.id, None, "", None, None, len(suitable))
    who, way = chosen.practitioner, chosen.near
    minutes, there_at = (None, None) if way is None else (way.minutes, way.there_at)
    return Offer(row.id, who.id, who.name, minutes, there_at, len(suitable))
