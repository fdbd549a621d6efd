"""One mark on the scene: its picture, its words and how exact it is, changed in place."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPen, QPixmap
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsItem, QGraphicsPixmapItem, QGraphicsScene

from ui import theme
from ui.map import inks
from ui.map.labels import Box, Wish
from ui.map.marks import Mark
from ui.map.projection import Projection

KEY = 0  # where an item keeps the key of its mark
_WORDS = (12, 600)  # pixels and weight
_RIM = 2.0  # pixels of a picture that are air
_OVERLAP = 2.0  # pixels by which two may lie over each other
_LOOSE = 2.0  # pixels that a mark may move before words look for room anew: their rims are wider
_SMALLEST_CIRCLE = 14.0  # pixels: under the mark itself nobody sees it


class Marker:
    """One mark on the scene."""

    def __init__(self, scene: QGraphicsScene, mark: Mark) -> None:
        """Not yet in its place; `show_mark` puts it there."""
        self._scene = scene
        self.item = QGraphicsPixmapItem()
        self.item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.item.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)
        self.item.setData(KEY, mark.key)
        self.words = QGraphicsPixmapItem(self.item)
        self.words.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)
        self.words.setData(KEY, mark.key)
        self.words.hide()
        self._circle: QGraphicsEllipseItem | None = None
        self.mark = mark
        self.at = (0.0, 0.0)
        self._drawn, self._said = QPixmap(), QPixmap()
        self._around = Box(0, 0, 0, 0)  # its place
        self._aside = (0.0, 0.0)
        self._scale = 0.0
        self._dot = self._laid = (0, 0)  # where on the screen it is, and was when words found their room
        scene.addItem(self.item)

    def show_mark(self, mark: Mark, projection: Projection, ratio: float) -> bool:
        """Show the newest state of the mark; says whether words should look for room anew."""
        before, self.mark = self.mark, mark
        drawn = inks.picture(mark, ratio)
        is_other = drawn is not self._drawn or _rank(mark) != _rank(before)
        if drawn is not self._drawn:
            self._drawn = drawn
            self.item.setPixmap(drawn)
            self._offset()
        self.item.setZValue(10 + mark.weight)
        self.at = x, y = projection.to_scene(mark.lat, mark.lon)
        # Who has not moved by a dot of the screen is not painted again.
        fine = self._scale * ratio
        dot = round(x * fine), round(y * fine)
        has_moved = dot != self._dot or not fine
        if has_moved:
            self._dot = dot
            self.item.setPos(x, y)
        if has_moved or (mark.accuracy_m, mark.tone) != (before.accuracy_m, before.tone):
            self._show_circle(mark, projection)
        return is_other or not fine or self._is_far(ratio)

    def _is_far(self, ratio: float) -> bool:
        """Whether the mark, and its words with it, stands elsewhere than when words found their room."""
        far = _LOOSE * ratio
        return abs(self._dot[0] - self._laid[0]) > far or abs(self._dot[1] - self._laid[1]) > far

    def draw_again(self, projection: Projection, ratio: float) -> None:
        """Forget what was drawn: another theme, another screen, another map."""
        self._scale = 0.0
        self.show_mark(self.mark, projection, ratio)

    def stand_aside(self, x: float, y: float) -> None:
        """Stand so many pixels beside the place, where others stand too."""
        if (x, y) != self._aside:
            self._aside = x, y
            self._offset()

    def _offset(self) -> None:
        x, y = inks.anchor(self.mark, self._drawn)
        self.item.setOffset(self._aside[0] - x, self._aside[1] - y)
        around = self.item.boundingRect().adjusted(_RIM, _RIM, -_RIM, -_RIM)
        self._around = Box(around.left(), around.top(), around.width(), around.height())

    def box(self, scale: float) -> Box:
        """The ground that the mark takes, in pixels."""
        return self._around.moved(self.at[0] * scale, self.at[1] * scale)

    def ground(self, scale: float) -> Box:
        """What of it must be seen, in pixels, where it stands when nothing makes it stand aside."""
        left, top, wide, high = self.box(scale)
        x, y = self._aside
        return Box(left - x + _OVERLAP, top - y + _OVERLAP, wide - 2 * _OVERLAP, high - 2 * _OVERLAP)

    def say(self, ratio: float, box: Box | None, scale: float) -> None:
        """Put the words where they have room, or say nothing."""
        self._laid = self._dot
        if box is None:
            self.words.hide()
            return
        said = inks.words(self.mark.label, *_WORDS, "text", ratio, theme.current().name)
        if said is not self._said:
            self._said = said
            self.words.setPixmap(said)
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
        """Stand exactly, as seen from so near; leave the circle out where the mark itself would cover it."""
        if scale != self._scale:
            self._scale = scale
            self.item.setPos(*self.at)
            self._show_circle(self.mark, projection)

    def remove(self) -> None:
        """Take the mark off the map."""
        self._scene.removeItem(self.item)
        if self._circle is not None:
            self._scene.removeItem(self._circle)


def _rank(mark: Mark) -> tuple[object, ...]:
    """What decides about the words of a mark, but for its place."""
    return mark.label, mark.weight, mark.is_late, mark.tied_to
