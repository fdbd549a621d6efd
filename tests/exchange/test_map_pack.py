"""A site's map pack is read as it is, or refused in a sentence; nothing hangs, nothing gets in unchecked."""

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.domain.refusals import Refused
from console.exchange import geojson, map_bytes, map_pack

Layer = dict[str, Any]
SQUARE = [[[1.0, 51.0], [1.3, 51.0], [1.3, 51.2], [1.0, 51.2], [1.0, 51.0]]]


def layer(kind: str, coordinates: Any, **properties: Any) -> Layer:
    geometry = {"type": kind, "coordinates": coordinates}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return {"type": "FeatureCollection", "attribution": "The publisher", "features": [feature]}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A small map that is right."""
    layers = {
        "land": layer("Polygon", SQUARE),
        "builtup": layer("MultiPolygon", [SQUARE]),
        "districts": layer("Polygon", SQUARE, name="Dover"),
        "roads": layer("LineString", [[1.0, 51.1], [1.3, 51.1]], ref="M20", precision="approximate"),
        "places": layer("Point", [1.17, 51.08], name="Folkestone", rank=1),
    }
    for name, content in layers.items():
        (tmp_path / f"{name}.geojson").write_text(json.dumps(content))
    (tmp_path / "LICENCE.md").write_text("Open Government Licence v3.0")
    return tmp_path


def test_that_a_map_pack_is_read_and_kept_without_loss(pack: Path) -> None:
    layers = map_pack.read(pack)
    assert layers.bounds == (1.0, 51.0, 1.3, 51.2)
    assert layers.land == (tuple(tuple((x, y) for x, y in ring) for ring in SQUARE),)
    assert [one.name for one in layers.districts] == ["Dover"]
    assert [(one.ref, one.is_motorway, one.is_indicative) for one in layers.roads] == [("M20", True, True)]
    assert [(one.name, one.rank, one.at) for one in layers.places] == [("Folkestone", 1, (1.17, 51.08))]
    assert layers.attribution == ("The publisher",)
    assert map_bytes.from_bytes(map_bytes.to_bytes(layers)) == layers


def test_that_land_and_licence_are_enough(pack: Path) -> None:
    for name in ("builtup", "districts", "roads", "places"):
        (pack / f"{name}.geojson").unlink()
    assert map_pack.read(pack).land


def test_that_the_shipped_map_is_a_map_pack_like_any_other() -> None:
    layers = map_pack.read(Path(__file__).resolve().parents[2] / "resources" / "map")
    names = {one.name for one in layers.places}
    assert {"Folkestone", "Dover", "Deal", "Hythe", "Lydd"} <= names
    assert len(layers.land) > 10
    assert len(layers.builtup) > 300
    assert any("GSHHG" in words for words in layers.attribution)
    assert any("Crown copyright" in words for words in layers.attribution)
    assert any("GeoNames" in words for words in layers.attribution)


def test_that_the_real_sites_map_is_read_whole(shared_data: Path) -> None:
    layers = map_pack.read(shared_data / "map-site")
    assert layers.bounds == (0.7, 50.85, 1.5, 51.4)
    assert {"M20", "M2", "A20", "A2", "A259"} <= {road.ref for road in layers.roads}
    assert {road.ref for road in layers.roads if road.is_motorway} == {"M2", "M20"}
    assert any(road.is_indicative for road in layers.roads)
    assert {"Dover", "Folkestone & Hythe", "Ashford"} <= {one.name for one in layers.districts}
    assert {"Folkestone", "Dover", "Deal"} <= {one.name for one in layers.places}
    assert len(layers.builtup) > 100
    assert any("National Highways" in words for words in layers.attribution)
    assert map_bytes.from_bytes(map_bytes.to_bytes(layers)) == layers


def _written(name: str, text: str | bytes) -> Callable[[Path], None]:
    content = text.encode() if isinstance(text, str) else text

    def spoil(pack: Path) -> None:
        (pack / name).write_bytes(content)

    return spoil


def _land(coordinates: Any, kind: str = "Polygon") -> Callable[[Path], None]:
    return _written("land.geojson", json.dumps(layer(kind, coordinates)))


def _layer(name: str, content: Layer) -> Callable[[Path], None]:
    return _written(f"{name}.geojson", json.dumps(content))


def _ring(*points: tuple[Any, Any]) -> list[Any]:
    return [[list(point) for point in points]]


HOSTILE: list[tuple[str, Callable[[Path], None], str]] = [
    ("no land", lambda pack: (pack / "land.geojson").unlink(), "needs land.geojson"),
    ("no licence", lambda pack: (pack / "LICENCE.md").unlink(), "text of its licence"),
    ("an empty licence", _written("LICENCE.md", "  \n"), "text of its licence"),
    ("not JSON", _written("roads.geojson", "{"), r"roads.geojson is not JSON \(line 1\)"),
    ("a web page", _written("land.geojson", "<html>"), "land.geojson is not JSON"),
    ("nothing", _written("land.geojson", ""), "land.geojson is not JSON"),
    ("a list", _written("land.geojson", "[]"), "no FeatureCollection"),
    ("another kind", _written("land.geojson", '{"type":"Topology"}'), "no FeatureCollection"),
    ("nested too deep", _written("land.geojson", "[" * 100_000), "nested too deep"),
    ("not a number", _written("land.geojson", '{"a": NaN}'), "not JSON"),
    ("endless digits", _written("land.geojson", '{"a": ' + "9" * 10_000 + "}"), "not JSON"),
    ("another alphabet", _written("places.geojson", b"\xff\xfe{"), "not written in UTF-8"),
    ("metres of a grid", _land(_ring((6e5, 1e5), (6.1e5, 1e5), (6e5, 2e5), (6e5, 1e5))), "WGS84"),
    ("beyond the pole", _land(_ring((1, 89), (2, 89), (2, 89.5), (1, 89))), "no longitude and latitude"),
    ("words as degrees", _land(_ring(("1", "51"), (2, 51), (2, 52), (1, 51))), "without longitude"),
    ("a truth as degree", _land(_ring((True, 51), (2, 51), (2, 52), (1, 51))), "without longitude"),
    ("a huge number", _land(_ring((10**400, 51), (2, 51), (2, 52), (1, 51))), "no longitude and latitude"),
    ("no points", _land([[]]), "fewer than 4 points"),
    ("no outline", _land([]), "without an outline"),
    ("no coordinates", _land(None), "no list"),
    ("a point as land", _land([1, 51], "Point"), "is a Point; a Polygon is needed"),
    ("the whole world", _land(_ring((-20, 40), (20, 40), (20, 60), (-20, 40))), "cut it to the area"),
    ("a dot", _land(_ring((1, 51), (1.001, 51), (1.001, 51.001), (1, 51))), "less than two kilometres"),
    ("a nameless district", _layer("districts", layer("Polygon", SQUARE)), "has no name"),
    ("a long name", _layer("districts", layer("Polygon", SQUARE, name="x" * 61)), "more than 60 letters"),
    ("a number as name", _layer("places", layer("Point", [1, 51], name=7, rank=1)), "no text"),
    ("no rank", _layer("places", layer("Point", [1, 51], name="Deal", rank="a")), "no rank"),
    ("a line of one point", _layer("roads", layer("LineString", [[1, 51]])), "fewer than 2 points"),
    ("a feature that is none", _layer("roads", {"type": "FeatureCollection", "features": [7]}), "no Feature"),
    (
        "a geometry that is none",
        _layer("roads", {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": 1}]}),
        "geometry that is none",
    ),
]


@pytest.mark.parametrize(("spoil", "said"), [one[1:] for one in HOSTILE], ids=[one[0] for one in HOSTILE])
def test_that_a_spoilt_pack_is_refused_in_a_sentence(
    pack: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(pack)
    with pytest.raises(Refused, match=said):
        map_pack.read(pack)


def test_that_no_thanks_to_the_publisher_is_refused(pack: Path) -> None:
    for file in pack.glob("*.geojson"):
        content = json.loads(file.read_text())
        del content["attribution"]
        file.write_text(json.dumps(content))
    with pytest.raises(Refused, match="whom to thank"):
        map_pack.read(pack)


def test_that_a_pipe_or_a_folder_in_place_of_a_layer_is_refused_and_not_waited_for(pack: Path) -> None:
    (pack / "roads.geojson").unlink()
    os.mkfifo(pack / "roads.geojson")
    with pytest.raises(Refused, match="no plain file"):
        map_pack.read(pack)
    (pack / "roads.geojson").unlink()
    (pack / "roads.geojson").mkdir()
    with pytest.raises(Refused, match="no plain file"):
        map_pack.read(pack)


def test_that_a_file_that_is_no_folder_is_refused(pack: Path) -> None:
    with pytest.raises(Refused, match="is no folder"):
        map_pack.read(pack / "land.geojson")
    with pytest.raises(Refused, match="is no folder"):
        map_pack.read(pack / "nowhere")


def test_that_a_huge_layer_is_refused_before_it_is_read(pack: Path) -> None:
    with (pack / "roads.geojson").open("wb") as hole:
        hole.truncate(map_pack.LARGEST_FILE + 1)  # a hole in the disk: it takes no room
    with pytest.raises(Refused, match="larger than 20 MB"):
        map_pack.read(pack)


def test_that_more_than_a_screen_can_move_is_refused(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_pack, "MOST_POINTS", 10)
    with pytest.raises(Refused, match="Simplify its layers"):
        map_pack.read(pack)
    monkeypatch.setattr(geojson, "MOST_FEATURES", 0)
    with pytest.raises(Refused, match="more than 0 features"):
        map_pack.read(pack)


def test_that_a_name_is_only_ever_a_line_of_text(pack: Path) -> None:
    hidden = "Deal\n<b>\u202e\x00 x"
    (pack / "places.geojson").write_text(json.dumps(layer("Point", [1.2, 51.1], name=hidden, rank=2)))
    (place,) = map_pack.read(pack).places
    assert place.name == "Deal <b> x"


def test_that_reading_a_pack_asks_nobody_else(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    (pack / "land.geojson").write_text(
        json.dumps(layer("Polygon", SQUARE, href="https://example.org/land") | {"crs": "https://example.org"})
    )
    assert map_pack.read(pack).land
