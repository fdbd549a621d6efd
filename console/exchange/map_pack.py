"""Reads a site's map pack: a folder of GeoJSON layers (WGS84) with the text of their licence.

Everything is checked before any of it is kept, and what cannot be shown is refused in a sentence that names
the file. Nothing in a pack is ever run, followed or fetched.
"""

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from console.domain.map_layers import Bounds, District, MapLayers, NamedPlace, Road
from console.domain.refusals import Refused
from console.exchange.geojson import FURTHEST_NORTH, Feature, features_of, lines_of, point_of, polygons_of

Made = TypeVar("Made")
LAYERS = ("land", "builtup", "districts", "roads", "places")
LICENCE_NAMES = ("LICENCE.md", "LICENCE.txt", "LICENCE", "LICENSE.md", "LICENSE.txt", "LICENSE")
LARGEST_FILE = 20 * 1024 * 1024
LARGEST_LICENCE = 200 * 1024
MOST_POINTS = 400_000
LONGEST_NAME = 60
LONGEST_THANKS = 1000
# Wider than Great Britain nobody can be sent; and the projection grows without end towards the poles.
WIDEST = 15.0
_MARGIN = 0.02


def read(folder: Path) -> MapLayers:
    """Read the layers of a folder; land and a licence there must be, the others may be left out."""
    if not folder.is_dir():
        raise Refused(f"{folder.name or folder} is no folder. Name the folder that holds land.geojson.")
    given = {name: _bytes_of(folder / f"{name}.geojson", LARGEST_FILE) for name in LAYERS}
    licence = next(
        (text for name in LICENCE_NAMES if (text := _bytes_of(folder / name, LARGEST_LICENCE))), None
    )
    return read_layers(
        {name: content for name, content in given.items() if content is not None},
        _decoded("the licence", licence or b""),
    )


def read_layers(given: dict[str, bytes], licence: str) -> MapLayers:
    """Read layers that are given as bytes by name."""
    if "land" not in given:
        raise Refused("A map pack needs land.geojson: without it, nobody knows land from sea.")
    if not licence.strip():
        raise Refused(
            "A map pack needs the text of its licence in LICENCE.md: put there what the publisher of the "
            "data asks for."
        )
    documents = {name: _document(name, content) for name, content in given.items()}
    layers = {name: features_of(f"{name}.geojson", one) for name, one in documents.items()}
    made = MapLayers(
        bounds=(0.0, 0.0, 0.0, 0.0),
        land=tuple(one for each in layers["land"] for one in polygons_of(each)),
        builtup=tuple(one for each in layers.get("builtup", ()) for one in polygons_of(each)),
        districts=_each(layers, "districts", _district),
        roads=_each(layers, "roads", _road),
        places=_each(layers, "places", _place),
        attribution=_thanks(documents),
        licence=licence.strip(),
    )
    return _bounded(made, documents["land"].get("bbox"))


def _bytes_of(file: Path, largest: int) -> bytes | None:
    """Read a plain file, never a pipe or a device that would not end; None when it is not there."""
    try:
        about = file.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(about.st_mode):
        raise Refused(f"{file.name} is no plain file.")
    if about.st_size > largest:
        size = f"{largest // (1024 * 1024)} MB" if largest > 1024 * 1024 else f"{largest // 1024} KB"
        raise Refused(f"{file.name} is larger than {size}: leave out what no screen can show.")
    with file.open("rb") as content:
        found = content.read(largest + 1)
    return found[:largest]


def _decoded(what: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused(f"{what} is not written in UTF-8: save it as UTF-8 and try again.") from wrong


def _document(name: str, content: bytes) -> dict[str, Any]:
    text = _decoded(f"{name}.geojson", content)
    try:
        found = json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise Refused(f"{name}.geojson is nested too deep to be a map.") from None
    except ValueError as wrong:  # also a number of thousands of digits
        line = f" (line {wrong.lineno})" if isinstance(wrong, json.JSONDecodeError) else ""
        raise Refused(f"{name}.geojson is not JSON{line}: export it again as GeoJSON.") from wrong
    if not isinstance(found, dict):
        raise Refused(f"{name}.geojson is no FeatureCollection: export it as GeoJSON.")
    return found


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number.")


def _each(
    layers: dict[str, list[Feature]], name: str, read_one: Callable[[Feature], Made]
) -> tuple[Made, ...]:
    return tuple(read_one(one) for one in layers.get(name, ()))


def _district(one: Feature) -> District:
    return District(_name(one, "name"), polygons_of(one))


def _road(one: Feature) -> Road:
    ref = _name(one, "ref", is_needed=False)
    is_motorway = one.properties.get("class") == "motorway" or ref[:1] == "M" or ref.endswith("(M)")
    return Road(ref, is_motorway, one.properties.get("precision") == "approximate", lines_of(one))


def _place(one: Feature) -> NamedPlace:
    rank = one.properties.get("rank", 3)
    if isinstance(rank, bool) or not isinstance(rank, int) or not 1 <= rank <= 9:
        raise Refused(f"{one.where} has no rank from 1 to 9: 1 is named first.")
    return NamedPlace(_name(one, "name"), rank, point_of(one))


def _name(one: Feature, key: str, *, is_needed: bool = True) -> str:
    """Give a name in one line: whatever is in it, it is only ever shown as text."""
    found = one.properties.get(key) or ""
    if not isinstance(found, str):
        raise Refused(f"{one.where} has a {key} that is no text.")
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in found).split())
    if len(words) > LONGEST_NAME:
        raise Refused(f"{one.where} has a {key} of more than {LONGEST_NAME} letters.")
    if is_needed and not words:
        raise Refused(f"{one.where} has no {key}.")
    return words


def _thanks(documents: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    """Give what the publishers ask to be shown, each once."""
    made: dict[str, None] = {}
    for name, document in documents.items():
        said = document.get("attribution", "")
        if not isinstance(said, str) or len(said) > LONGEST_THANKS:
            raise Refused(f"{name}.geojson has an attribution that is no text, or a very long one.")
        if words := " ".join(said.split()):
            made[words] = None
    if not made:
        raise Refused(
            "No layer says whom to thank: write the publisher's words under attribution in land.geojson."
        )
    return tuple(made)


def _bounded(layers: MapLayers, said: Any) -> MapLayers:
    """Put the edge around it that the land's bbox says, else one around the land; refuse too large a map."""
    points = list(layers.points())
    if len(points) > MOST_POINTS:
        raise Refused(
            f"The map has {len(points):,} points; {MOST_POINTS:,} is what a screen can move smoothly. "
            "Simplify its layers, or cut them to the area of the service."
        )
    if not layers.land:
        raise Refused("land.geojson has no land in it.")
    west, south, east, north = bounds = _edge(said) or _edge_of(layers)
    if east - west > WIDEST or north - south > WIDEST:
        raise Refused(
            f"The map is more than {WIDEST:g} degrees wide or high: cut it to the area of the service."
        )
    if east - west < _MARGIN or north - south < _MARGIN:
        raise Refused("The map is less than two kilometres wide or high: that is no area of a service.")
    return replace(layers, bounds=bounds)


def _edge(said: Any) -> Bounds | None:
    """Read a bbox; one that cannot be is not believed."""
    if not isinstance(said, list) or len(said) != 4:
        return None
    if not all(isinstance(value, int | float) and abs(value) <= 180 for value in said):
        return None
    west, south, east, north = map(float, said)
    is_box = west < east and south < north and max(abs(south), abs(north)) <= FURTHEST_NORTH
    return (west, south, east, north) if is_box else None


def _edge_of(layers: MapLayers) -> Bounds:
    land = [point for polygon in layers.land for ring in polygon for point in ring]
    lons, lats = [lon for lon, _ in land], [lat for _, lat in land]
    return min(lons), min(lats), max(lons), max(lats)
