"""Where one looks on the map: how near, at what, and which place on earth a pixel is."""

import math

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Signal
from PySide6.QtGui import QResizeEvent, QTransform
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from ui.map.ground import Ground
from ui.map.projection import Projection

STEP = 1.5  # how much nearer one step of the zoom brings
NEAREST = 0.35  # pixels for a metre of the scene: single houses
_ROOM_ACROSS = 44  # a chip that stands beside its place is wide
_ROOM = 30  # pixels around what is brought into sight
_TOO_FAR = 1.3  # so much nearer all could be seen that it is worth a jump


class Sight(QGraphicsView):
    """A view that never leaves its map; north is up."""

    moved = Signal()  # by hand: what was in sight may not be any more

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to look at yet."""
        super().__init__(parent)
        self.setScene(QGraphicsScene(self))
        self.ground: Ground | None = None
        self.covered: list[QRect] = []  # the parts of the view that something lies over
        self._fitted = QRect()  # the room of the view in which an area was last brought into sight
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)

    def rescaled(self) -> None:
        """One has come nearer or gone away."""

    @property
    def projection(self) -> Projection | None:
        """How degrees become points of the scene; None before there is a map."""
        return None if self.ground is None else self.ground.projection

    @property
    def scale_now(self) -> float:
        """Pixels for a metre of the scene."""
        return self.transform().m11()

    def _furthest(self) -> float:
        edge = self.sceneRect()
        if edge.isEmpty():
            return NEAREST
        return max(
            min(self.viewport().width() / edge.width(), self.viewport().height() / edge.height()), 1e-6
        )

    def zoom(self, steps: float, around: QPointF | None = None) -> None:
        """Come nearer by so many steps, or go away; the point of the view stays where it is."""
        at = QPointF(self.viewport().rect().center()) if around is None else around
        scale = min(max(self.scale_now * STEP**steps, self._furthest()), NEAREST)
        if math.isclose(scale, self.scale_now):
            return
        under = self._scene_at(at)
        self.setTransform(QTransform.fromScale(scale, scale))
        off = at - QPointF(self.viewport().rect().center())
        self.centerOn(under - off / scale)
        self.rescaled()
        self.moved.emit()

    def _scene_at(self, at: QPointF) -> QPointF:
        back, is_possible = self.viewportTransform().inverted()
        return back.map(at) if is_possible else QPointF()

    def _clear(self) -> QRect:
        """The part of the view over which nothing lies from edge to edge."""
        rect = self.viewport().rect()
        for one in self.covered:
            if one.width() > rect.width() / 2:
                is_above = one.center().y() < rect.center().y()
                if is_above:
                    rect.setTop(max(rect.top(), one.bottom()))
                else:
                    rect.setBottom(min(rect.bottom(), one.top()))
        return rect

    def see(self, area: QRectF) -> None:
        """Bring an area into sight, as near as it allows."""
        room = self._room()
        if area.isEmpty() or room.width() <= 0 or room.height() <= 0:
            return
        self._fitted = room
        scale = self._scale_for(area, room)
        self.setTransform(QTransform.fromScale(scale, scale))
        off = self.viewport().rect().center() - room.center()
        self.centerOn(area.center() + QPointF(off) / scale)
        self.rescaled()

    def keep_in_sight(self, area: QRectF) -> None:
        """See to it that an area is seen; nothing jumps while it is, and is not much too far away."""
        room = self._room()
        is_seen = room.adjusted(-1, -1, 1, 1).contains(self.mapFromScene(area).boundingRect())
        is_near = self._scale_for(area, room) < self.scale_now * _TOO_FAR if is_seen else False
        if room != self._fitted or not is_near:
            self.see(area)

    def _room(self) -> QRect:
        clear = self._clear()
        # A low map would spend all its height on room, and show all of England behind a heap of marks.
        across, around = min(_ROOM_ACROSS, clear.width() // 8), min(_ROOM, clear.height() // 6)
        return clear.adjusted(across, around, -across, -around)

    def _scale_for(self, area: QRectF, room: QRect) -> float:
        wanted = min(room.width() / area.width(), room.height() / area.height())
        return min(max(wanted, self._furthest()), NEAREST)

    def see_point(self, x: float, y: float, scale: float) -> None:
        """Bring a point into the middle, at least so near."""
        scale = min(max(scale, self.scale_now), NEAREST)
        self.setTransform(QTransform.fromScale(scale, scale))
        self.centerOn(x, y)
        self.rescaled()

    def middle(self) -> QPointF:
        """The point of the scene in the middle of the view."""
        return self._scene_at(QPointF(self.viewport().rect().center()))

    def degrees_at(self, point: QPoint) -> tuple[float, float] | None:
        """Latitude and longitude of a point of the view, to about a metre; None off the map."""
        at = self._scene_at(QPointF(point))
        if self.ground is None or not self.ground.edge.contains(at):
            return None
        lat, lon = self.ground.projection.to_degrees(at.x(), at.y())
        return round(lat, 5), round(lon, 5)

    def is_in_sight(self, x: float, y: float) -> bool:
        """Whether a point of the scene lies well within the view."""
        room = self.viewport().rect().adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM)
        return room.contains(self.mapFromScene(x, y))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.ground is not None and self.scale_now < self._furthest():
            self.zoom(0)
