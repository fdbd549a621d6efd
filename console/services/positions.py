"""Positions that devices tell: many in one transaction, each judged by the rule, none kept off duty."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from console.domain.calendar import local_day
from console.domain.permissions import Deed
from console.domain.position import PositionAnswer, answer
from console.exchange.positions import Fix
from console.planning.places import distance_km
from console.services import site
from console.services.basis import Basis
from db.queries import devices, lookups
from db.queries.devices import Known

_FAR_KM = 250.0
"""Further from every hub, a place is looked at with latitude and longitude the other way round."""


@dataclass(frozen=True, slots=True)
class Told:
    """A position with the hash of the token that came with it; the token itself goes no further."""

    fix: Fix
    token_hash: str


def token_hash(token: str) -> str:
    """Give what is stored of a token; it has 256 random bits, which nobody tries out: one hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


class Positions:
    """What devices tell, as the worker takes it in."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def take(
        self, told: Sequence[Told], others: Mapping[PositionAnswer, int] | None = None
    ) -> tuple[PositionAnswer, ...]:
        """Keep what may be kept, in the order in which it came; give the answer to each.

        `others` are the answers that were given without asking the database; all of them are counted.
        """
        with self._basis.work(Deed.RECORD_POSITION) as work:
            known = devices.known(work.session, {one.token_hash for one in told}) if told else {}
            hubs = [(hub.lat, hub.lon) for hub in lookups.hubs(work.session)] if told else []
            judge = _Judge(
                known=dict(known),
                hubs=[(lat, lon) for lat, lon in hubs if lat is not None and lon is not None],
                now=work.now,
                oldest=site.figure(work, "position.oldest"),
            )
            answers = tuple(judge.take(one) for one in told)
            devices.keep(work.session, judge.kept)
            devices.heard(work.session, judge.newest, work.now)
            counted = Counter(answers) + Counter(others or {})
            devices.count(work.session, local_day(work.now), counted)
        return answers


class _Judge:
    """Judges the positions of one transaction, one after the other."""

    def __init__(
        self,
        known: dict[str, Known],
        hubs: Sequence[tuple[float, float]],
        now: dt.datetime,
        oldest: int,
    ) -> None:
        self._known, self._hubs, self._now, self._oldest = known, hubs, now, oldest
        self.kept: list[dict[str, Any]] = []
        self.newest: dict[int, dt.datetime | None] = {}

    def take(self, told: Told) -> PositionAnswer:
        device = self._known.get(told.token_hash)
        if device is None:
            return PositionAnswer.FOREIGN
        self.newest.setdefault(device.device_id, device.tracked.newest_at)
        if not device.is_active:
            return PositionAnswer.DISABLED
        at = told.fix.at or self._now
        said = answer(at, device.tracked, self._now, oldest_minutes=self._oldest)
        if said is PositionAnswer.KEPT and self._is_swapped(told.fix):
            said = PositionAnswer.SWAPPED
        if said is PositionAnswer.KEPT:
            self._keep(told, device, at)
        return said

    def _keep(self, told: Told, device: Known, at: dt.datetime) -> None:
        fix = told.fix
        self.newest[device.device_id] = at
        self._known[told.token_hash] = device._replace(tracked=replace(device.tracked, newest_at=at))
        self.kept.append(
            {
                "practitioner_id": device.practitioner_id,
                "lat": fix.lat,
                "lon": fix.lon,
                "accuracy_m": fix.accuracy_m,
                "source": fix.source,
                "at": min(at, self._now),  # a clock that runs ahead makes nobody younger than now
                "entered_at": self._now,
            }
        )

    def _is_swapped(self, fix: Fix) -> bool:
        """Whether the place is far from every hub, and near one the other way round."""

        def is_near(place: tuple[float, float]) -> bool:
            return any(distance_km(place, hub) <= _FAR_KM for hub in self._hubs)

        return bool(self._hubs) and not is_near((fix.lat, fix.lon)) and is_near((fix.lon, fix.lat))
