"""Who is near: those who may be sent in the order in which they could be there, each with the reasons."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from console.domain.calendar import local
from console.domain.clocks import DEFAULTS, leave_by_at, minutes
from console.domain.position import is_stale
from console.domain.rows import CandidateRow, Near, PractitionerRow
from console.domain.words import Availability
from console.planning.travel import Point, TravelTimes, about, about_km

_IDLE = frozenset({Availability.FREE})


@dataclass(frozen=True, slots=True)
class Errand:
    """Where somebody has to go and by when; `point` is None where the address has no place on the map.

    `in_hand` are the places of the referrals that people are at or on their way to, by referral.
    """

    point: Point | None
    due_at: dt.datetime | None
    hub_id: int
    visit_minutes: float = DEFAULTS.expected_clear
    in_hand: Mapping[int, Point] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Way:
    """One person's way there: when they could start, and what stands in between."""

    candidate: CandidateRow
    starts_at: dt.datetime
    origin: Point
    is_assumed: bool


def ranked(
    candidates: Sequence[CandidateRow], errand: Errand, travel: TravelTimes, now: dt.datetime
) -> tuple[CandidateRow, ...]:
    """Order candidates: who could be there first, then those whose place is not known, then the refused.

    Nobody is ranked by a position that is too old. Those who are not ranked keep the order they came in.
    """
    allowed = [one for one in candidates if one.is_allowed]
    refused = [one for one in candidates if not one.is_allowed]
    if errand.point is None:
        return (*(replace(one, near=_unranked(one, now)) for one in allowed), *refused)
    ways = [_way(one, errand, now) for one in allowed if is_placed(one.practitioner, now)]
    journeys = travel.journeys([way.origin for way in ways], errand.point)
    reached: list[tuple[Place, CandidateRow]] = []
    for way, journey in zip(ways, journeys, strict=True):
        if journey is not None:
            near = _near(way, errand, journey.km, about(journey.minutes))
            there_at = near.there_at or way.starts_at
            key = order(way.candidate.practitioner, errand, there_at, journey.km)
            reached.append((key, replace(way.candidate, near=near)))
    reached.sort(key=lambda pair: pair[0])
    first = [replace(one, near=_at(one.near, place)) for place, (_, one) in enumerate(reached, 1)]
    known = {one.practitioner.id for one in first}
    rest = [one for one in allowed if one.practitioner.id not in known]
    return (*first, *(replace(one, near=_unranked(one, now)) for one in rest), *refused)


def is_placed(row: PractitionerRow, now: dt.datetime) -> bool:
    """Whether it is known where somebody is, recently enough to go by."""
    return (
        row.lat is not None and row.lon is not None and not is_stale(row.position_at, row.availability, now)
    )


Place = tuple[bool, dt.datetime, bool, bool, float, str]


def order(row: PractitionerRow, errand: Errand, there_at: dt.datetime, km: float) -> Place:
    """Order by when somebody could be there; whose shift ends before the visit would, after all others."""
    ends_at = row.shift_ends_at
    is_over = ends_at is not None and there_at + minutes(errand.visit_minutes) > ends_at
    is_busy = row.availability not in _IDLE
    return (is_over, there_at, is_busy, row.hub_id != errand.hub_id, km, row.name)


def due_words(there_at: dt.datetime, due_at: dt.datetime | None) -> str:
    """Say when somebody could be there, when they must be, and by how much that is too late."""
    if due_at is None:
        return f"there by {_clock(there_at)}"
    late = (there_at - due_at) / dt.timedelta(minutes=1)
    over = f" ({_long(late)} late)" if late >= 1 else ""
    return f"there by {_clock(there_at)}, due {_clock(due_at)}{over}"


def why_not_first(candidates: Collection[CandidateRow], chosen: CandidateRow) -> str:
    """Ask why somebody else than the first is chosen; nothing where nobody is ranked before them."""
    first = next((one for one in candidates if one.near is not None and one.near.rank == 1), None)
    if first is None or first.practitioner.id == chosen.practitioner.id:
        return ""
    return f"Say why {chosen.practitioner.name} goes and not {first.practitioner.name}, who is first."


def _way(one: CandidateRow, errand: Errand, now: dt.datetime) -> _Way:
    """Whoever has somebody in hand starts from there, when they are expected to be clear."""
    row = one.practitioner
    own = (row.lat or 0.0, row.lon or 0.0)
    if row.availability in _IDLE and not row.waiting_visits:
        return _Way(one, now, own, is_assumed=False)
    is_assumed = row.expected_clear_at is None
    clear_at = max(now, row.expected_clear_at or now + minutes(errand.visit_minutes))
    origin = errand.in_hand.get(row.referral_id or 0, own)
    return _Way(one, clear_at + minutes(row.visits_behind * errand.visit_minutes), origin, is_assumed)


def _near(way: _Way, errand: Errand, km: float, takes: int) -> Near:
    there_at = way.starts_at + minutes(takes)
    when = (due_words(there_at, errand.due_at), *_leave_words(way, takes, errand))
    words = (*_journey_words(way, km, takes), *when, *_skill_words(way))
    return Near(rank=None, minutes=takes, there_at=there_at, words=words)


def _journey_words(way: _Way, km: float, takes: int) -> Iterator[str]:
    row = way.candidate.practitioner
    if row.availability not in _IDLE or row.waiting_visits:
        yield f"clear about {_clock(way.starts_at)}{' (assumed)' if way.is_assumed else ''}"
        yield f"then {about_km(km)}, about {takes} min"
    else:
        yield f"{about_km(km)}, about {takes} min"


def _leave_words(way: _Way, takes: int, errand: Errand) -> Iterator[str]:
    """Until when somebody who has nobody in hand may still wait, and be clear before their shift ends."""
    row, due_at = way.candidate.practitioner, errand.due_at
    if due_at is None or row.availability not in _IDLE or row.waiting_visits:
        return
    is_over = row.shift_ends_at is not None and due_at + minutes(errand.visit_minutes) > row.shift_ends_at
    if (by := leave_by_at(due_at, takes)) > way.starts_at and not is_over:
        yield f"leave by {_clock(by)}"


def _skill_words(way: _Way) -> Iterator[str]:
    if competences := way.candidate.practitioner.competences:
        yield ", ".join(competences)


def _at(near: Near | None, place: int) -> Near | None:
    return None if near is None else replace(near, rank=place)


def _unranked(one: CandidateRow, now: dt.datetime) -> Near:
    row = one.practitioner
    if row.position_at is None:
        why = "no position: not ranked"
    elif is_placed(row, now):
        why = "the way there is not known: not ranked"
    else:
        why = "position too old: not ranked"
    return Near(rank=None, minutes=None, there_at=None, words=(why, *row.competences))


def _clock(at: dt.datetime) -> str:
    return f"{local(at):%H:%M}"


def _long(late: float) -> str:
    hours, rest = divmod(int(late), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"
