"""The names on the ground: places, districts, the shields of roads. They step aside for marks, or hide."""

import math
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPixmapItem, QGraphicsScene

from console.domain.map_layers import Line, MapLayers, Polygon
from ui import theme
from ui.map import inks
from ui.map.labels import AROUND, Box, Side, Taken, Wish, lay_out
from ui.map.projection import Projection

# From which scale (pixels for a metre of the scene) on a place of each rank is named.
_NAMED_FROM = {1: 0.0, 2: 0.0015, 3: 0.003, 4: 0.0045}
_TOWN = 2  # the rank down to which a place is a town
_SHIELD_EVERY, _MOST_SHIELDS = 170.0, 40  # pixels of a road from one shield to the next
_NAME_ROOM, _SHIELD_ROOM = 7.0, 10.0
# How far from its point a name of a place may step aside for the marks that stand on it.
_ASIDE = ((4.0, 4.0), (16.0, 14.0))


@dataclass(frozen=True, slots=True)
class _Name:
    """One word that may stand on the ground: where, how it looks, from which scale on."""

    key: Hashable
    points: tuple[tuple[float, float], ...]
    drawn: QPixmap
    off: tuple[float, float]
    sides: tuple[Side, ...]
    room: float
    scale: float


class Names:
    """One item for each name; which are seen depends on the scale and on what stands in the way."""

    def __init__(self, scene: QGraphicsScene, layers: MapLayers, projection: Projection) -> None:
        """Nothing stands yet; `lay` puts the names where they have room."""
        self._scene, self._layers, self._projection = scene, layers, projection
        self._items: dict[Hashable, QGraphicsPixmapItem] = {}
        self._placed: dict[Hashable, Box] = {}
        self._wishes: list[Wish] = []
        self._homes: dict[Hashable, Box] = {}
        self._owned = Taken()  # all homes
        self._choices: dict[Hashable, list[Box]] = {}  # where a place may be named at this scale, once asked
        self._scale = 1.0
        # Within a rank the order of the file holds: the largest first.
        self._towns = tuple(sorted(layers.places, key=lambda place: place.rank))

    def lay(self, scale: float, ratio: float) -> None:
        """Give each name its place for a scale."""
        wishes: list[Wish] = []
        drawn: dict[Hashable, QPixmap] = {}
        places = list(self._places(ratio))
        towns = sum(place.rank <= _TOWN for place in self._towns)
        shields, districts = self._shields(scale, ratio), self._districts(scale, ratio)
        # Towns before roads, roads before villages: so one finds one's way.
        for name in (*places[:towns], *shields, *places[towns:], *districts):
            if scale < name.scale:
                continue
            size = name.drawn.deviceIndependentSize()
            points = [(x * scale, y * scale) for x, y in name.points]
            wishes.append(
                Wish(name.key, points, size.width(), size.height(), name.off, name.sides, name.room)
            )
            drawn[name.key] = name.drawn
        self._wishes, self._scale = wishes, scale
        self._homes = lay_out(wishes)
        self._owned, self._choices, self._placed = Taken(self._homes.values()), {}, {}
        for key in self._items.keys() - drawn.keys():
            self._items[key].hide()
        for key, picture in drawn.items():
            self._draw(key, picture)

    def make_way(self, taken: Iterable[Box], seen: Box) -> None:
        """Let names step aside for what stands on them, and hide those that find no room or would be cut."""
        standing, before = Taken(taken), self._placed
        self._placed = {}
        for wish in self._wishes:
            key = wish.key
            box = next(
                (one for one in self._choice(wish, seen) if seen.holds(one) and standing.is_free(one)), None
            )
            if box is not None:
                standing.take(box)
                self._placed[key] = box
                if before.get(key) != box:
                    self._items[key].setPos(box.left / self._scale, box.top / self._scale)
            self._items[key].setVisible(box is not None)

    def _choice(self, wish: Wish, seen: Box) -> list[Box]:
        """The places where a name may stand now: its own, then those around its point that no other owns."""
        home, (x, y) = self._homes.get(wish.key), wish.points[0]
        own = [home] if home is not None else []
        is_place = isinstance(wish.key, tuple) and wish.key[0] == "place"
        if not is_place or not seen.meets(Box(x, y, 1, 1)):
            return own
        if wish.key not in self._choices:
            aside = (one for one in self._around(wish) if self._owned.is_free(one, home))
            self._choices[wish.key] = [*own, *aside]
        return self._choices[wish.key]

    @staticmethod
    def _around(wish: Wish) -> Iterator[Box]:
        for off in _ASIDE:
            yield from replace(wish, off=off, sides=AROUND).places()

    def boxes(self) -> dict[Hashable, Box]:
        """Where the names stand that are seen now, in pixels of the present scale."""
        return dict(self._placed)

    def clear(self) -> None:
        """Take every name off the map."""
        for item in self._items.values():
            self._scene.removeItem(item)
        self._items, self._placed, self._homes = {}, {}, {}

    def _draw(self, key: Hashable, drawn: QPixmap) -> None:
        item = self._items.get(key)
        if item is None:
            item = self._items[key] = QGraphicsPixmapItem()
            item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
            item.setZValue(1)
            self._scene.addItem(item)
        item.setPixmap(drawn)

    def _places(self, ratio: float) -> Iterator[_Name]:
        now = theme.current().name
        for n, place in enumerate(self._towns):
            size, weight, ink = {1: (13, 700, "text"), 2: (12, 600, "text")}.get(
                place.rank, (11, 500, "mute")
            )
            drawn = inks.words(place.name, size, weight, ink, ratio, now)
            lon, lat = place.at
            point = self._projection.to_scene(lat, lon)
            scale = _NAMED_FROM.get(place.rank, _NAMED_FROM[4])
            sides = (Side.ON, Side.ABOVE, Side.BELOW)
            yield _Name(("place", n), (point,), drawn, (4, 4), sides, _NAME_ROOM, scale)

    def _districts(self, scale: float, ratio: float) -> Iterator[_Name]:
        if scale > 0.02:
            return  # so near, one sees a part of one district only
        now = theme.current().name
        for n, district in enumerate(self._layers.districts):
            drawn = inks.words(district.name.upper(), 10, 600, "mute", ratio, now)
            points = [self._projection.to_scene(lat, lon) for lat, lon in _middles(district.polygons)]
            sides = (Side.ON, Side.BELOW, Side.ABOVE)
            yield _Name(("district", n), tuple(points), drawn, (14, 14), sides, _NAME_ROOM, 0.0)

    def _shields(self, scale: float, ratio: float) -> Iterator[_Name]:
        now = theme.current().name
        for n, road in enumerate(self._layers.roads):
            if not road.ref:
                continue
            drawn = inks.shield(road.ref, road.is_motorway, ratio, now)
            lines = [[self._projection.to_scene(lat, lon) for lon, lat in line] for line in road.lines]
            for place, points in enumerate(_along(lines, _SHIELD_EVERY / scale)):
                yield _Name(("road", n, place), points, drawn, (0, 0), (Side.ON,), _SHIELD_ROOM, 0.0)


def _middles(polygons: tuple[Polygon, ...]) -> list[tuple[float, float]]:
    """The middle of the largest part, then places around it, as latitude and longitude."""
    ring = max((polygon[0] for polygon in polygons), key=_box_size)
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    wide, high = max(lons) - min(lons), max(lats) - min(lats)
    lon, lat = sum(lons) / len(lons), sum(lats) / len(lats)
    return [(lat + y * high / 6, lon + x * wide / 6) for y in (0, 1, -1) for x in (0, 1, -1)]


def _box_size(ring: Line) -> float:
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    return (max(lons) - min(lons)) * (max(lats) - min(lats))


def _along(lines: list[list[tuple[float, float]]], every: float) -> Iterator[tuple[tuple[float, float], ...]]:
    """Points along a road, a group for each stretch: the first free one of a group takes the shield."""
    group: list[tuple[float, float]] = []
    gone, made = 0.0, 0
    for line in lines:
        for (x, y), (a, b) in pairwise(line):
            gone += math.hypot(a - x, b - y)
            group.append(((x + a) / 2, (y + b) / 2))
            if gone >= every:
                yield _choice(group)
                group, gone, made = [], 0.0, made + 1
                if made == _MOST_SHIELDS:
                    return
    if group and made == 0:
        yield _choice(group)


def _choice(group: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """A few points of a stretch, from its middle outwards."""
    middle = len(group) // 2
    order = sorted(range(0, len(group), max(len(group) // 8, 1)), key=lambda n: abs(n - middle))
    return tuple(group[n] for n in order)
