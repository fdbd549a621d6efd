"""The few shapes of GeoJSON (RFC 7946) that a map needs, read strictly; refusals name file and feature."""

import math
from dataclasses import dataclass
from typing import Any

from console.domain.map_layers import Line, Point, Polygon
from console.domain.refusals import Refused

MOST_FEATURES = 50_000
FURTHEST_NORTH = 85.0  # beyond it the map's projection has no end


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing in a layer; `where` names it for whoever has to repair the file."""

    where: str
    properties: dict[str, Any]
    kind: str
    coordinates: Any


def features_of(file: str, document: dict[str, Any]) -> list[Feature]:
    """Give the features of a collection that have a shape."""
    listed = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(listed, list):
        raise Refused(f"{file} is no FeatureCollection: export it as GeoJSON.")
    if len(listed) > MOST_FEATURES:
        raise Refused(f"{file} has more than {MOST_FEATURES:,} features: leave out what nobody needs.")
    made = (_feature(f"Feature {n} of {file}", one) for n, one in enumerate(listed, start=1))
    return [one for one in made if one is not None]


def _feature(where: str, one: Any) -> Feature | None:
    if not isinstance(one, dict) or one.get("type") != "Feature":
        raise Refused(f"{where} is no Feature: export the file again as GeoJSON.")
    properties, geometry = one.get("properties") or {}, one.get("geometry")
    if not isinstance(properties, dict):
        raise Refused(f"{where} has properties that are none.")
    if geometry is None:
        return None
    if not isinstance(geometry, dict) or not isinstance(geometry.get("type"), str):
        raise Refused(f"{where} has a geometry that is none.")
    return Feature(where, properties, geometry["type"], geometry.get("coordinates"))


def point_of(one: Feature) -> Point:
    """Give the place of a point."""
    if one.kind != "Point":
        raise Refused(f"{one.where} is a {one.kind}; a Point is needed.")
    return _point(one, one.coordinates)


def lines_of(one: Feature) -> tuple[Line, ...]:
    """Give the lines of a line or of several."""
    if one.kind not in ("LineString", "MultiLineString"):
        raise Refused(f"{one.where} is a {one.kind}; a LineString is needed.")
    parts = [one.coordinates] if one.kind == "LineString" else _listed(one, one.coordinates)
    return tuple(_line(one, part, 2) for part in parts)


def polygons_of(one: Feature) -> tuple[Polygon, ...]:
    """Give the polygons of a polygon or of several, each with its holes."""
    if one.kind not in ("Polygon", "MultiPolygon"):
        raise Refused(f"{one.where} is a {one.kind}; a Polygon is needed.")
    parts = [one.coordinates] if one.kind == "Polygon" else _listed(one, one.coordinates)
    return tuple(_polygon(one, part) for part in parts)


def _polygon(one: Feature, rings: Any) -> Polygon:
    if not _listed(one, rings):
        raise Refused(f"{one.where} has a polygon without an outline.")
    return tuple(_line(one, ring, 4) for ring in rings)


def _line(one: Feature, points: Any, least: int) -> Line:
    listed = _listed(one, points)
    if len(listed) < least:
        raise Refused(f"{one.where} has a line of fewer than {least} points.")
    return tuple(_point(one, point) for point in listed)


def _point(one: Feature, pair: Any) -> Point:
    listed = _listed(one, pair)
    if len(listed) < 2 or not all(_is_number(value) for value in listed[:2]):
        raise Refused(f"{one.where} has a point without longitude and latitude.")
    try:
        lon, lat = float(listed[0]), float(listed[1])
    except OverflowError:
        lon = lat = math.inf
    if not (abs(lon) <= 180 and abs(lat) <= FURTHEST_NORTH):
        raise Refused(
            f"{one.where} has a point that is no longitude and latitude in degrees: export it in WGS84 "
            "(EPSG:4326), not in metres of a grid."
        )
    return lon, lat


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _listed(one: Feature, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Refused(f"{one.where} has coordinates that are no list.")
    return value
