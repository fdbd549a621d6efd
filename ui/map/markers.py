"""The marks on the scene: one item each, changed in place, and the words that find room beside them."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPixmapItem,
    QGraphicsScene,
)

from ui import theme
from ui.map import inks
from ui.map.labels import Box, Side, Wish, lay_out
from ui.map.marks import Key, Mark, Shape
from ui.map.projection import Projection

_KEY = 0  # where an item keeps the key of its mark
_LABELLED_FROM = 0.035  # pixels for a metre: so near, every patient is labelled
_CHOSEN_WEIGHT = 20
# Marks of one place stand around it, so that none hides another; pixels.
_ASIDE = [(0, 0), (20, 0), (-20, 0), (0, 20), (0, -20), (20, 20), (-20, 20), (20, -20), (-20, -20)]
_OWN_GROUND = 18.0
_MOST_ASIDE = 400  # with more of them the map is full: coming nearer tells them apart
_WORDS = (12, 600)  # pixels and weight
_RING = 46.0  # pixels across, around the chosen mark
_RIM = 2.0  # pixels of a picture that are air
_SMALLEST_CIRCLE = 14.0  # pixels: under the mark itself nobody sees it


class Marker:
    """One mark on the scene."""

    def __init__(self, scene: QGraphicsScene, mark: Mark) -> None:
        """Not yet in its place; `show_mark` puts it there."""
        self._scene = scene
        self.item = QGraphicsPixmapItem()
        self.item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.item.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)
        self.item.setData(_KEY, mark.key)
        self.words = QGraphicsPixmapItem(self.item)
        self.words.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)
        self.words.setData(_KEY, mark.key)
        self.words.hide()
        self._circle: QGraphicsEllipseItem | None = None
        self.mark = mark
        self.at = (0.0, 0.0)
        self._aside = (0.0, 0.0)
        self._scale = 0.0
        scene.addItem(self.item)

    def show_mark(self, mark: Mark, projection: Projection, ratio: float) -> None:
        """Show the newest state of the mark."""
        self.mark = mark
        drawn = inks.picture(mark, ratio)
        if drawn.cacheKey() != self.item.pixmap().cacheKey():
            self.item.setPixmap(drawn)
        self.item.setZValue(10 + mark.weight)
        at = projection.to_scene(mark.lat, mark.lon)
        if at != self.at:
            self.at = at
            self.item.setPos(*at)
        self._offset()
        self._show_circle(mark, projection)

    def stand_aside(self, x: float, y: float) -> None:
        """Stand so many pixels beside the place, where others stand too."""
        if (x, y) != self._aside:
            self._aside = x, y
            self._offset()

    def _offset(self) -> None:
        x, y = inks.anchor(self.mark, self.item.pixmap())
        offset = QPointF(self._aside[0] - x, self._aside[1] - y)
        if offset != self.item.offset():
            self.item.setOffset(offset)

    def box(self, scale: float) -> Box:
        """The ground that the mark takes, in pixels."""
        around = self.item.boundingRect().adjusted(_RIM, _RIM, -_RIM, -_RIM)
        return Box(
            self.at[0] * scale + around.left(),
            self.at[1] * scale + around.top(),
            around.width(),
            around.height(),
        )

    def say(self, ratio: float, box: Box | None, scale: float) -> None:
        """Put the words where they have room, or say nothing."""
        if box is None:
            self.words.hide()
            return
        self.words.setPixmap(inks.words(self.mark.label, *_WORDS, "text", ratio, theme.current().name))
        self.words.setOffset(box.left - self.at[0] * scale, box.top - self.at[1] * scale)
        self.words.show()

    def wish(self, scale: float) -> Wish:
        """The words as they want to stand beside the mark."""
        (wide, high), own = inks.words_size(self.mark.label, *_WORDS), self.box(scale)
        middle = own.left + own.width / 2, own.top + own.height / 2
        off = own.width / 2 + 1, own.height / 2 + 1
        return Wish(self.mark.key, (middle,), wide, high, off, room=0)

    def _show_circle(self, mark: Mark, projection: Projection) -> None:
        """How exact the position is, as a circle on the ground."""
        radius = (mark.accuracy_m or 0.0) * projection.stretch(mark.lat)
        if radius * self._scale <= _SMALLEST_CIRCLE:
            if self._circle is not None:
                self._circle.hide()
            return
        if self._circle is None:
            self._circle = QGraphicsEllipseItem()
            self._circle.setZValue(2)
            self._scene.addItem(self._circle)
        colour = theme.current().colour(mark.tone)
        pen = QPen(colour, 1)
        pen.setCosmetic(True)
        ground = theme.current().colour(mark.tone).lighter(100)
        ground.setAlphaF(0.13)
        self._circle.show()
        self._circle.setPen(pen)
        self._circle.setBrush(ground)
        self._circle.setRect(QRectF(self.at[0] - radius, self.at[1] - radius, 2 * radius, 2 * radius))

    def rescale(self, scale: float, projection: Projection) -> None:
        """Leave the circle out where the mark itself would cover it."""
        if scale != self._scale:
            self._scale = scale
            self._show_circle(self.mark, projection)

    def remove(self) -> None:
        """Take the mark off the map."""
        self._scene.removeItem(self.item)
        if self._circle is not None:
            self._scene.removeItem(self._circle)


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
        """Take the newest marks, all there are; says whether anything is seen to change."""
        fresh = {mark.key: mark for mark in marks}
        is_news = fresh.keys() != self.by_key.keys()
        for key in self.by_key.keys() - fresh.keys():
            self.by_key.pop(key).remove()
        for mark in fresh.values():
            is_news |= self.change(mark, projection, ratio)
        self.tell_chosen()
        return is_news

    def change(self, mark: Mark, projection: Projection, ratio: float) -> bool:
        """Take one mark that is new or changed; says whether it is."""
        marker = self.by_key.get(mark.key)
        if marker is not None and marker.mark == mark:
            return False
        if marker is None:
            marker = self.by_key[mark.key] = Marker(self._scene, mark)
        marker.show_mark(mark, projection, ratio)
        if self.chosen is not None and self.chosen in (mark.key, mark.tied_to):
            self.tell_chosen()
        return True

    def draw_again(self, projection: Projection, ratio: float) -> None:
        """Draw all anew: another theme, another screen, another map."""
        for marker in self.by_key.values():
            marker.at = (float("nan"), 0.0)
            marker.show_mark(marker.mark, projection, ratio)
        self.tell_chosen()

    def lay(
        self, scale: float, ratio: float, projection: Projection, seen: Box, covered: Collection[Box] = ()
    ) -> list[Box]:
        """Let marks of one place stand around it, give words their room; gives the ground that is taken."""
        order = sorted(self.by_key.values(), key=self._weight, reverse=True)
        hubs = [one.box(scale) for one in order if one.mark.shape is Shape.HUB]
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

    def _stand(self, people: Collection[Marker], hubs: Collection[Box], scale: float) -> None:
        if len(people) > _MOST_ASIDE:
            for one in people:
                one.stand_aside(0.0, 0.0)
            return
        wishes = [
            Wish(
                one.mark.key,
                [(one.at[0] * scale + x, one.at[1] * scale + y) for x, y in _ASIDE],
                _OWN_GROUND,
                _OWN_GROUND,
                sides=(Side.ON,),
                room=0,
            )
            for one in people
        ]
        placed: dict[Hashable, Box] = lay_out(wishes, hubs)
        for one in people:
            box = placed.get(one.mark.key)
            if box is None:
                one.stand_aside(0.0, 0.0)
                continue
            x, y = box.left + _OWN_GROUND / 2, box.top + _OWN_GROUND / 2
            one.stand_aside(round(x - one.at[0] * scale, 1), round(y - one.at[1] * scale, 1))

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
        found = (item.data(_KEY) for item in items)
        return list(dict.fromkeys(key for key in found if key is not None))
