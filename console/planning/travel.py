"""How long a journey takes: whoever fills `TravelTimes` says so; without a server it is an estimate."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from console.planning.places import distance_km

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS84)."""
ROUND_TO = 5


class Journey(NamedTuple):
    """How far by road in kilometres, and how long in minutes."""

    km: float
    minutes: float


class TravelTimes(Protocol):
    """Whatever can tell how long people take to a place; one that asks a server is not for the window."""

    def journeys(self, origins: Sequence[Point], to: Point) -> Sequence[Journey | None]:
        """Give the journey from each origin, in their order; None where there is none or it is not known."""


@dataclass(frozen=True, slots=True)
class StraightLine:
    """An estimate without roads, traffic or weather: the straight line, made longer, at one steady speed.

    `factor` is road over straight line. Ballou, Rahardja and Sakai (Transportation Research A 36, 2002) found
    1.40 for England. `kmh` is an assumption of ours, near the mean that the Department for Transport gives
    for local A roads in England (some 24 miles an hour). Both are wrong for a single journey,
    across an estuary above all: whoever shows the answer says "about", and rounds.
    """

    factor: float = 1.4
    kmh: float = 40.0

    def journeys(self, origins: Sequence[Point], to: Point) -> Sequence[Journey | None]:
        """Give an estimate for each origin; there always is one."""
        return [_straight(origin, to, self.factor, self.kmh) for origin in origins]


# From one look at the board to the next most people and all patients stay where they are.
@lru_cache(maxsize=16_384)
def _straight(origin: Point, to: Point, factor: float, kmh: float) -> Journey:
    km = distance_km(origin, to) * factor
    return Journey(km, 60 * km / kmh)


ESTIMATE = StraightLine()


def about(minutes: float) -> int:
    """Round minutes up to the next 5, at least 5: nobody is promised earlier than the estimate says."""
    return max(ROUND_TO, math.ceil(minutes / ROUND_TO) * ROUND_TO)


def about_km(km: float) -> str:
    """Say a distance without more than is known of it."""
    return f"about {round(km)} km" if km >= 1 else "under 1 km"
