"""All marks on the scene: which stand aside for others, which words find room, and which mark is chosen."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsScene,
)

from ui import theme
from ui.map.labels import Box, Side, Wish, lay_out
from ui.map.marker import KEY, Marker
from ui.map.marks import Key, Mark, Shape
from ui.map.projection import Projection

_LABELLED_FROM = 0.035  # pixels for a metre: so near, every patient is labelled
_CHOSEN_WEIGHT = 20
# Marks of one place stand around it, so that none hides another; in pixels, never so far that they seem to
# stand at another place.
_ASIDE = [(0, 0)] + [
    (across * far, down * far)
    for far in (20, 30, 42)
    for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
]
_CROWDED = 6.0  # pixels on each side that may lie over another one where there is no room for all of it
_MOST_ASIDE = 400  # with more of them the map is full: coming nearer tells them apart
_RING = 46.0  # pixels across, around the chosen mark


def _standing(key: Hashable, own: Box) -> Wish:
    """A mark that wants its own ground, or as much of it beside its place."""
    x, y = own.left + own.width / 2, own.top + own.height / 2
    around = [(x + across, y + down) for across, down in _ASIDE]
    return Wish(key, around, own.width, own.height, sides=(Side.ON,), room=0)


def _inner(box: Box) -> Box:
    left, top, wide, high = box
    return Box(left + _CROWDED, top + _CROWDED, wide - 2 * _CROWDED, high - 2 * _CROWDED)


class Markers:
    """Every mark of the map by its key; what changes is changed in place."""

    def __init__(self, scene: QGraphicsScene) -> None:
        """No marks yet."""
        self._scene = scene
        self.by_key: dict[Key, Marker] = {}
        self.chosen: Key | None = None
        self._halo = QGraphicsEllipseItem(0, 0, _RING, _RING)
        self._halo.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._halo.setZValue(5)
        self._tie = QGraphicsLineItem()
        self._tie.setZValue(4)
        for item in (self._halo, self._tie):
            item.hide()
            scene.addItem(item)

    def show_marks(self, marks: Iterable[Mark], projection: Projection, ratio: float) -> bool:
        """Take the newest marks, all there are; says whether words should look for room anew."""
        fresh = {mark.key: mark for mark in marks}
        is_news = fresh.keys() != self.by_key.keys()
        for key in self.by_key.keys() - fresh.keys():
            self.by_key.pop(key).remove()
        for mark in fresh.values():
            is_news |= self.change(mark, projection, ratio)
        self.tell_chosen()
        return is_news

    def change(self, mark: Mark, projection: Projection, ratio: float) -> bool:
        """Take one mark that is new or changed; says whether words should look for room anew."""
        marker = self.by_key.get(mark.key)
        if marker is not None and marker.mark == mark:
            return False
        if marker is None:
            marker = self.by_key[mark.key] = Marker(self._scene, mark)
        is_news = marker.show_mark(mark, projection, ratio)
        if self.chosen is not None and self.chosen in (mark.key, mark.tied_to):
            self.tell_chosen()
        return is_news

    def draw_again(self, projection: Projection, ratio: float) -> None:
        """Draw all anew: another theme, another screen, another map."""
        for marker in self.by_key.values():
            marker.draw_again(projection, ratio)
        self.tell_chosen()

    def lay(
        self, scale: float, ratio: float, projection: Projection, seen: Box, covered: Collection[Box] = ()
    ) -> list[Box]:
        """Let marks of one place stand around it, give words their room; gives the ground that is taken."""
        order = sorted(self.by_key.values(), key=self._weight, reverse=True)
        hubs = self._hubs_apart([one for one in order if one.mark.shape is Shape.HUB], scale)
        people = [one for one in order if one.mark.shape is not Shape.HUB]
        self._stand(people, hubs, scale)
        taken = hubs + [one.box(scale) for one in people] + self._ring_box(scale)
        spoken = [one for one in people if self._is_labelled(one, scale)]
        wishes = [self._wish(one, scale) for one in spoken]
        placed = lay_out(wishes, [*taken, *covered], seen)
        for marker in people:
            marker.say(ratio, placed.get(marker.mark.key), scale)
            marker.rescale(scale, projection)
        self.tell_chosen()
        return [*taken, *covered, *placed.values()]

    def _wish(self, one: Marker, scale: float) -> Wish:
        """What is said of the chosen mark stands outside its ring."""
        wish = one.wish(scale)
        return replace(wish, off=(_RING / 2 + 2, _RING / 2 + 2)) if one.mark.key == self.chosen else wish

    def _ring_box(self, scale: float) -> list[Box]:
        one = self.by_key.get(self.chosen) if self.chosen else None
        if one is None:
            return []
        own = one.box(scale)
        left, top = own.left + (own.width - _RING) / 2, own.top + (own.height - _RING) / 2
        return [Box(left, top, _RING, _RING)]

    def _hubs_apart(self, hubs: Collection[Marker], scale: float) -> list[Box]:
        """Let a hub stand beside its place rather than on another one's name; gives the ground they take."""
        places = {one.mark.key: one.ground(scale) for one in hubs}
        placed = lay_out(map(_standing, places, places.values()))
        for one in hubs:
            own = places[one.mark.key]
            box = placed.get(one.mark.key, own)
            one.stand_aside(round(box.left - own.left, 1), round(box.top - own.top, 1))
        return [one.box(scale) for one in hubs]

    def _stand(self, people: Collection[Marker], hubs: Collection[Box], scale: float) -> None:
        if len(people) > _MOST_ASIDE:
            for one in people:
                one.stand_aside(0.0, 0.0)
            return
        places = {one.mark.key: one.ground(scale) for one in people}
        placed = lay_out(map(_standing, places, places.values()), hubs)
        crowded = {key: _inner(own) for key, own in places.items() if key not in placed}
        if crowded:
            standing = [*hubs, *map(_inner, placed.values())]
            placed |= lay_out(map(_standing, crowded, crowded.values()), standing)
        for one in people:
            own = crowded.get(one.mark.key, places[one.mark.key])
            box = placed.get(one.mark.key, own)
            one.stand_aside(round(box.left - own.left, 1), round(box.top - own.top, 1))

    def _weight(self, one: Marker) -> tuple[int, int]:
        """Hubs and the chosen mark first; the key makes the order one that stays."""
        return (_CHOSEN_WEIGHT if one.mark.key == self.chosen else one.mark.weight), -one.mark.key[1]

    def _is_labelled(self, one: Marker, scale: float) -> bool:
        is_chosen = self.chosen is not None and self.chosen in (one.mark.key, one.mark.tied_to)
        is_urgent = one.mark.is_late or one.mark.shape is not Shape.CHIP
        return bool(one.mark.label) and (is_chosen or is_urgent or scale >= _LABELLED_FROM)

    def choose(self, key: Key | None) -> None:
        """Show which mark is chosen, and what it is tied to."""
        before = self.by_key.get(self.chosen) if self.chosen else None
        if before is not None:
            before.item.setZValue(10 + before.mark.weight)
        self.chosen = key
        self.tell_chosen()

    def tell_chosen(self) -> None:
        """Put ring and line where the chosen mark is now."""
        chosen = self.by_key.get(self.chosen) if self.chosen else None
        self._halo.setVisible(chosen is not None)
        tied = self.by_key.get(chosen.mark.tied_to) if chosen and chosen.mark.tied_to else None
        self._tie.setVisible(tied is not None)
        if chosen is None:
            return
        chosen.item.setZValue(10 + _CHOSEN_WEIGHT)
        colour = theme.current().colour("focus")
        ground = theme.current().colour("focus").lighter(100)
        ground.setAlphaF(0.25)
        self._halo.setPen(QPen(colour, 2.5))
        self._halo.setBrush(ground)
        middle = chosen.item.boundingRect().center()
        self._halo.setRect(QRectF(middle.x() - _RING / 2, middle.y() - _RING / 2, _RING, _RING))
        self._halo.setPos(QPointF(*chosen.at))
        if tied is not None:
            pen = QPen(colour, 2, Qt.PenStyle.DashLine)
            pen.setCosmetic(True)
            self._tie.setPen(pen)
            self._tie.setLine(QLineF(QPointF(*chosen.at), QPointF(*tied.at)))

    def keys_at(self, items: Iterable[QGraphicsItem]) -> list[Key]:
        """The keys of the marks among these items, the top one first, each once."""
        found = (item.data(KEY) for item in items)
        return list(dict.fromkeys(key for key in found if key is not None))
