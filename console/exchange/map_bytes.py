"""The form in which a checked map is kept: compressed JSON of its shapes, to about a metre."""

import json
import zlib
from typing import Any

from console.domain.map_layers import District, Line, MapLayers, NamedPlace, Polygon, Road

_DECIMALS = 5


def to_bytes(layers: MapLayers) -> bytes:
    """Give the map as bytes; the same map gives the same bytes."""
    kept = {
        "bounds": layers.bounds,
        "land": [_plain(one) for one in layers.land],
        "builtup": [_plain(one) for one in layers.builtup],
        "districts": [[one.name, [_plain(polygon) for polygon in one.polygons]] for one in layers.districts],
        "roads": [[one.ref, one.is_motorway, one.is_indicative, _plain(one.lines)] for one in layers.roads],
        "places": [[one.name, one.rank, *one.at] for one in layers.places],
        "attribution": layers.attribution,
        "licence": layers.licence,
    }
    return zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def from_bytes(content: bytes) -> MapLayers:
    """Give the map that was kept."""
    kept = json.loads(zlib.decompress(content))
    west, south, east, north = kept["bounds"]
    return MapLayers(
        bounds=(west, south, east, north),
        land=tuple(map(_polygon, kept["land"])),
        builtup=tuple(map(_polygon, kept["builtup"])),
        districts=tuple(District(name, tuple(map(_polygon, shapes))) for name, shapes in kept["districts"]),
        roads=tuple(
            Road(ref, is_motorway, is_indicative, _polygon(lines))
            for ref, is_motorway, is_indicative, lines in kept["roads"]
        ),
        places=tuple(NamedPlace(name, rank, (lon, lat)) for name, rank, lon, lat in kept["places"]),
        attribution=tuple(kept["attribution"]),
        licence=kept["licence"],
    )


def _plain(lines: tuple[Line, ...]) -> list[list[tuple[float, float]]]:
    return [[(round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in line] for line in lines]


def _polygon(lines: list[Any]) -> Polygon:
    return tuple(tuple((lon, lat) for lon, lat in line) for line in lines)
