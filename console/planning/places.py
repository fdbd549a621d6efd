"""Where a postcode lies: a table that is shipped, so that no map service learns who is visited."""

import csv
import functools
import gzip
import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple, Protocol

POSTCODES = Path(__file__).resolve().parents[2] / "resources" / "postcodes.csv.gz"
EARTH_KM = 6371.0


class Place(NamedTuple):
    """A point in degrees (WGS84) with the name that people give to its surroundings."""

    lat: float
    lon: float
    area: str


class Places(Protocol):
    """Whatever can place a postcode on the map."""

    def locate(self, postcode: str) -> tuple[float, float] | None:
        """Give latitude and longitude in degrees, or None when the postcode is not known."""

    def area(self, postcode: str) -> str:
        """Name the surroundings of a postcode, or give an empty text."""


class PostcodeTable:
    """Postcode centroids out of a gzipped CSV file of postcode, lat, lon and area, read when first asked."""

    def __init__(self, path: Path = POSTCODES) -> None:
        self._path = path

    def locate(self, postcode: str) -> tuple[float, float] | None:
        """Give latitude and longitude in degrees of a postcode, however spaced; None when not known."""
        place = self._places.get(_folded(postcode))
        return (place.lat, place.lon) if place else None

    def area(self, postcode: str) -> str:
        """Name the place nearest to a postcode, or its sector's for a newer one; else nothing."""
        folded = _folded(postcode)
        place = self._places.get(folded)
        return place.area if place else self._sectors.get(_sector(folded), "")

    def postcodes(self) -> dict[str, tuple[str, ...]]:
        """Give the postcodes of every area, each as it is written, in order."""
        by_area: defaultdict[str, list[str]] = defaultdict(list)
        for code, place in self._places.items():
            by_area[place.area].append(f"{code[:-3]} {code[-3:]}")
        return {area: tuple(sorted(codes)) for area, codes in by_area.items()}

    @functools.cached_property
    def _places(self) -> dict[str, Place]:
        with gzip.open(self._path, "rt", encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines)
            next(rows)
            return {_folded(code): Place(float(lat), float(lon), area) for code, lat, lon, area in rows}

    @functools.cached_property
    def _sectors(self) -> dict[str, str]:
        names: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for code, place in self._places.items():
            names[_sector(code)][place.area] += 1
        return {sector: counted.most_common(1)[0][0] for sector, counted in names.items()}


@functools.cache
def shipped() -> PostcodeTable:
    """Give the table that comes with Doorstep, read once for all."""
    return PostcodeTable()


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Give the great-circle distance in kilometres between two points in degrees (haversine, mean radius)."""
    lat, lon, other_lat, other_lon = map(math.radians, (*here, *there))
    lift = math.sin((other_lat - lat) / 2) ** 2
    turn = math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(lift + turn))


def _folded(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def _sector(folded: str) -> str:
    return folded[:-2]
