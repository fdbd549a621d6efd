"""Send now: for each first-priority patient who waits, somebody free who may go; nobody is sent by it."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from console.domain import allocation
from console.domain.clocks import minutes
from console.domain.rows import PractitionerRow, ReferralRow
from console.domain.sendable import candidate, is_free_to_send, work_of
from console.domain.words import RecordAccess
from console.planning.near import Errand, is_placed, order
from console.planning.travel import Point, TravelTimes, about

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


class _Suitable(NamedTuple):
    """Who may go to one kind of work, and of those whose place is known where they are."""

    people: Sequence[PractitionerRow]
    placed: Sequence[PractitionerRow]
    origins: Sequence[Point]


def offers(
    referrals: Iterable[ReferralRow],
    people: Collection[PractitionerRow],
    travel: TravelTimes,
    now: dt.datetime,
) -> tuple[Offer, ...]:
    """Give an offer for each such patient, the most urgent first.

    One person is offered once as long as others are free: two patients are not pointed at the same one.
    """
    free = [(one, candidate(one)) for one in people if is_free_to_send(one, now)]
    waiting = [row for row in referrals if is_first(row)] if free else []
    waiting.sort(key=lambda row: (row.priority or 0, row.due_at or _FAR, row.id))
    known: dict[allocation.Work, _Suitable] = {}  # hundreds of patients are of a few kinds to the rule
    taken: set[int] = set()
    found = []
    for row in waiting:
        work = _kind_of(row, now)
        if work not in known:
            known[work] = _suitable(work, free, now)
        if known[work].people:
            offer = _offer(row, known[work], taken, travel, now)
            taken.add(offer.practitioner_id or 0)
            found.append(offer)
    return tuple(found)


def is_first(row: ReferralRow) -> bool:
    """Whether this patient must not wait while somebody is free: triaged, first priority, nobody's.

    While a clinician decides about one whom nobody reached, nobody is offered for the same door again.
    """
    waits = row.is_waiting and not row.is_untriaged and not row.asks_ambulance and not row.awaits_decision
    return waits and row.priority in FIRST_PRIORITIES


def _kind_of(row: ReferralRow, now: dt.datetime) -> allocation.Work:
    """Give the patient as the rule sees them, without what makes no difference to who may go."""
    work = work_of(row, now)
    has_minimum = allocation.criteria_of(work).minimum_patient_age > 0
    age = work.patient_age if has_minimum else None
    return replace(work, number="", record_access=RecordAccess.UNKNOWN, patient_age=age)


def _suitable(
    work: allocation.Work,
    free: Iterable[tuple[PractitionerRow, allocation.Candidate]],
    now: dt.datetime,
) -> _Suitable:
    criteria = allocation.criteria_of(work)
    people = [one for one, seen in free if not allocation.reasons_not_to_allocate(seen, work, now, criteria)]
    placed = [one for one in people if is_placed(one, now)]
    return _Suitable(people, placed, [(one.lat or 0.0, one.lon or 0.0) for one in placed])


def _offer(
    row: ReferralRow, suitable: _Suitable, taken: Collection[int], travel: TravelTimes, now: dt.datetime
) -> Offer:
    """Choose the nearest who is not offered to somebody before; a single one needs no known place."""
    free = len(suitable.people)
    near = _nearest_first(row, suitable, travel, now)
    known = near or ([(suitable.people[0], None)] if free == 1 else [])
    chosen = next((pair for pair in known if pair[0].id not in taken), next(iter(known), None))
    if chosen is None:
        return Offer(row.id, None, "", None, None, free)
    who, takes = chosen
    there_at = None if takes is None else now + minutes(takes)
    return Offer(row.id, who.id, who.name, takes, there_at, free)


def _nearest_first(
    row: ReferralRow, suitable: _Suitable, travel: TravelTimes, now: dt.datetime
) -> list[tuple[PractitionerRow, int | None]]:
    """Give those whose place is known in the order of the allocate dialog, with about how long they take."""
    if row.lat is None or row.lon is None:
        return []
    point = row.lat, row.lon
    errand = Errand(point, row.due_at, row.hub_id)
    ways = []
    for one, journey in zip(suitable.placed, travel.journeys(suitable.origins, point), strict=True):
        if journey is not None:
            takes = about(journey.minutes)
            ways.append((order(one, errand, now + minutes(takes), journey.km), one, takes))
    ways.sort(key=lambda way: way[0])
    return [(one, takes) for _, one, takes in ways]
