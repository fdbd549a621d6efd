"""Web Mercator around an origin of its own: degrees to the scene and back, north up, in projected metres.

The origin is subtracted, because the scene's numbers reach the painter as 32-bit floats in places: metres
counted from the equator would shake when one zooms in.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from console.domain.map_layers import Bounds

EARTH_M = 6378137.0  # the radius that Web Mercator is defined with


def _mercator(lat: float, lon: float) -> tuple[float, float]:
    return EARTH_M * math.radians(lon), -EARTH_M * math.asinh(math.tan(math.radians(lat)))


_origin = lru_cache(maxsize=8)(_mercator)


@dataclass(frozen=True, slots=True)
class Projection:
    """Where the origin of the scene lies, in degrees."""

    lat: float
    lon: float

    @classmethod
    def over(cls, bounds: Bounds) -> "Projection":
        """Put the origin into the middle of a map."""
        west, south, east, north = bounds
        return cls((south + north) / 2, (west + east) / 2)

    def to_scene(self, lat: float, lon: float) -> tuple[float, float]:
        """Give the point of the scene; y grows to the south."""
        x, y = _mercator(lat, lon)
        left, top = _origin(self.lat, self.lon)
        return x - left, y - top

    def to_degrees(self, x: float, y: float) -> tuple[float, float]:
        """Give latitude and longitude of a point of the scene."""
        left, top = _origin(self.lat, self.lon)
        lat = math.degrees(math.atan(math.sinh(-(y + top) / EARTH_M)))
        return lat, math.degrees((x + left) / EARTH_M)

    @staticmethod
    def stretch(lat: float) -> float:
        """Give how many metres of the scene one metre on the ground is at a latitude."""
        return 1 / math.cos(math.radians(lat))
