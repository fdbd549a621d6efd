"""The view of the map: moves and zooms by mouse and keys, and lets a mark be chosen."""

import math
from collections.abc import Collection

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QToolTip, QWidget

from console.domain.map_layers import MapLayers
from ui.map.ground import Ground
from ui.map.labels import Box
from ui.map.markers import Markers
from ui.map.marks import Key, Mark
from ui.map.names import Names
from ui.map.sight import Sight
from ui.map.spot import Spot

_STRIDE = 0.2  # of the view, for one press of an arrow key
_LAY_WITHIN_MS = 400  # words find their room again after a hand has moved the map
_LAY_AFTER_MOVES_MS = 1000  # and after marks have moved: words go along with their marks meanwhile
_CLICK = 5  # pixels that a hand shakes
_NEAR_MIDDLE = 60.0  # pixels within which Enter finds a mark


class MapView(Sight):
    """Ground, names and marks; `chose` names the key of the mark that somebody pointed at."""

    chose = Signal(object)
    asked_here = Signal(QPoint)  # a menu is wanted at this point of the view

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until there is a map."""
        super().__init__(parent)
        self.names: Names | None = None
        self.markers = Markers(self.scene())
        self.spot = Spot(self.scene())
        self.is_by_keys = False
        self._pressed: QPoint | None = None
        self._last = QPoint()
        self._is_dragged = False
        self._lay_soon = QTimer(self, singleShot=True)
        self._lay_soon.timeout.connect(self.lay)
        self.moved.connect(self._lay_in_a_moment)
        self._dress()

    def _dress(self) -> None:
        for part in (self, self.viewport()):
            part.setAccessibleName("Map")
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # All of it is painted: so scrolling moves pixels, and only the strip that comes into sight is new.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    # What is on it

    def show_map(self, layers: MapLayers, ground: Ground) -> None:
        """Lay another ground under the marks."""
        if self.names is not None:
            self.names.clear()
        self.ground = ground
        self.names = Names(self.scene(), layers, ground.projection)
        self.setSceneRect(ground.edge)
        self.setBackgroundBrush(Qt.BrushStyle.NoBrush)
        self.markers.draw_again(ground.projection, self.devicePixelRatioF())
        self.see(ground.edge)

    def show_marks(self, marks: Collection[Mark]) -> None:
        """Show these marks and no others."""
        if self.ground is not None and self.markers.show_marks(
            marks, self.ground.projection, self.devicePixelRatioF()
        ):
            self._lay_in_a_moment(_LAY_AFTER_MOVES_MS)

    def change_mark(self, mark: Mark) -> None:
        """Show the newest state of one mark."""
        if self.ground is not None and self.markers.change(
            mark, self.ground.projection, self.devicePixelRatioF()
        ):
            self._lay_in_a_moment(_LAY_AFTER_MOVES_MS)

    def choose(self, key: Key | None) -> None:
        """Show which mark is chosen."""
        self.spot.hide()  # somebody else is looked at now
        if key != self.markers.chosen:
            self.markers.choose(key)
            self.lay()

    def draw_again(self) -> None:
        """Draw everything in the colours and for the screen of now."""
        if self.ground is not None:
            self.resetCachedContent()
            self.markers.draw_again(self.ground.projection, self.devicePixelRatioF())
            self.rescaled()
            self.viewport().update()

    def _lay_in_a_moment(self, within_ms: int = _LAY_WITHIN_MS) -> None:
        if not 0 <= self._lay_soon.remainingTime() <= within_ms:  # it is -1 while none is due
            self._lay_soon.start(within_ms)

    def rescaled(self) -> None:
        """Give the names on the ground their room at this scale, then everything else."""
        if self.names is not None:
            self.names.lay(self.scale_now, self.devicePixelRatioF())
            self.lay()

    def lay(self) -> None:
        """Give the words of the marks their room; names on the ground make way."""
        self._lay_soon.stop()
        if self.names is not None and self.ground is not None:
            seen, covered = self._seen(), [self._on_map(one) for one in self.covered]
            taken = self.markers.lay(
                self.scale_now, self.devicePixelRatioF(), self.ground.projection, seen, covered
            )
            self.names.make_way(taken, seen)

    def _seen(self) -> Box:
        return self._on_map(self.viewport().rect())

    def _on_map(self, rect: QRect) -> Box:
        """A rectangle of the view in the pixels in which words are laid out."""
        corner = self._scene_at(QPointF(rect.topLeft())) * self.scale_now
        return Box(corner.x(), corner.y(), rect.width(), rect.height())

    def cover(self, rects: list[QRect]) -> None:
        """Something lies over these parts of the view: no words stand below it."""
        if rects != self.covered:
            self.covered = rects
            self._lay_in_a_moment()

    def word_boxes(self) -> list[Box]:
        """Where words stand that are seen now: names, shields and what is said of marks, in pixels."""
        scale = self.scale_now
        of_marks = [
            Box(
                one.at[0] * scale + one.words.boundingRect().left(),
                one.at[1] * scale + one.words.boundingRect().top(),
                one.words.boundingRect().width(),
                one.words.boundingRect().height(),
            )
            for one in self.markers.by_key.values()
            if one.words.isVisible()
        ]
        return of_marks + (list(self.names.boxes().values()) if self.names else [])

    # By hand

    def keys_at(self, point: QPoint) -> list[Key]:
        """The marks under a point of the view, the top one first."""
        return self.markers.keys_at(self.items(QRect(point - QPoint(2, 2), point + QPoint(2, 2))))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.is_by_keys = False
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self._last = event.position().toPoint()
            self._is_dragged = False
        elif event.button() is Qt.MouseButton.RightButton:
            self.asked_here.emit(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        at = event.position().toPoint()
        if not self._is_dragged and (at - self._pressed).manhattanLength() < _CLICK:
            return
        if not self._is_dragged:
            self._is_dragged = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._pan(self._last - at)
        self._last = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        self.viewport().unsetCursor()
        if not self._is_dragged:
            self._point_at(event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.zoom(1, event.position())

    def _point_at(self, point: QPoint) -> None:
        """Choose the mark under the pointer; pressed again, the next one that lies there."""
        keys = self.keys_at(point)
        if not keys:
            return
        after = keys.index(self.markers.chosen) + 1 if self.markers.chosen in keys else 0
        self.chose.emit(keys[after % len(keys)])

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() / 120
        if turned:
            self.zoom(turned * 0.6, event.position())
        event.accept()

    def _pan(self, by: QPoint) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + by.x())
        down.setValue(down.value() + by.y())
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, plus and minus zoom, Enter chooses what lies in the middle."""
        wide, high = round(self.width() * _STRIDE), round(self.height() * _STRIDE)
        steps = {
            Qt.Key.Key_Left: QPoint(-wide, 0),
            Qt.Key.Key_Right: QPoint(wide, 0),
            Qt.Key.Key_Up: QPoint(0, -high),
            Qt.Key.Key_Down: QPoint(0, high),
        }
        key = Qt.Key(event.key())
        self.is_by_keys = True
        if key in steps and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._pan(steps[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self._choose_nearest()
        else:
            event.ignore()
            return
        if key not in steps:
            self.moved.emit()

    def _choose_nearest(self) -> None:
        middle, scale = self.middle(), self.scale_now
        near = min(
            self.markers.by_key.values(),
            key=lambda one: math.hypot(one.at[0] - middle.x(), one.at[1] - middle.y()),
            default=None,
        )
        if near is None:
            return
        if math.hypot(near.at[0] - middle.x(), near.at[1] - middle.y()) * scale <= _NEAR_MIDDLE:
            self.chose.emit(near.mark.key)

    # Painting and hovering

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        if self.ground is not None:
            self.ground.paint(painter, QRectF(rect), self.scale_now)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what lies under the pointer: everything, when several marks share a place."""
        if isinstance(event, QHelpEvent):
            said = [self.markers.by_key[key].mark.spoken for key in self.keys_at(event.pos())[:8]]
            QToolTip.showText(event.globalPos(), "\n".join(said), self.viewport())
            return True
        return super().viewportEvent(event)
