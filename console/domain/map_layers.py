"""What a map is made of: plain shapes in degrees, whoever they come from and whatever paints them."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

Point = tuple[float, float]  # longitude, latitude in degrees (WGS84)
Line = tuple[Point, ...]
Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees
Polygon = tuple[Line, ...]  # the outline, then its holes


@dataclass(frozen=True, slots=True)
class District:
    """An area that people name, with its outline."""

    name: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class Road:
    """A road with what stands on its signs; `is_indicative` when it is known to be only about right."""

    ref: str
    is_motorway: bool
    is_indicative: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A town or village; rank 1 is named first, when the whole map is seen."""

    name: str
    rank: int
    at: Point


@dataclass(frozen=True, slots=True)
class MapLayers:
    """One map: how far it reaches, what is on it, and to whom thanks are due."""

    bounds: Bounds
    land: tuple[Polygon, ...]
    builtup: tuple[Polygon, ...]
    districts: tuple[District, ...]
    roads: tuple[Road, ...]
    places: tuple[NamedPlace, ...]
    attribution: tuple[str, ...]
    licence: str

    def points(self) -> Iterator[Point]:
        """Give every point on the map."""
        polygons = itertools.chain(self.land, self.builtup, *(one.polygons for one in self.districts))
        for polygon in polygons:
            for ring in polygon:
                yield from ring
        for road in self.roads:
            for line in road.lines:
                yield from line
        for place in self.places:
            yield place.at


@dataclass(frozen=True, slots=True)
class ShownMap:
    """The map that the service shows; without an id it is the one that comes with Doorstep."""

    id: int | None
    layers: MapLayers
