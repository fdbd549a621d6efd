"""The ground of the map: land, built-up areas, districts and roads as paths in the scene's metres."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from console.domain.map_layers import Line, MapLayers, Polygon
from ui import theme
from ui.boards.painting import blend
from ui.map.projection import Projection


class Piece(NamedTuple):
    """One path with the box around it: what is out of sight is not painted."""

    path: QPainterPath
    around: QRectF


class RoadPiece(NamedTuple):
    """A road's path, and how it is drawn."""

    path: QPainterPath
    around: QRectF
    is_motorway: bool
    is_indicative: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """One map as it is painted, and the projection in which it lies."""

    projection: Projection
    edge: QRectF
    land: tuple[Piece, ...]
    builtup: tuple[Piece, ...]
    districts: tuple[Piece, ...]
    roads: tuple[RoadPiece, ...]

    def paint(self, painter: QPainter, seen: QRectF, scale: float) -> None:
        """Paint what lies in `seen`; `scale` is pixels for a metre of the scene."""
        colours = theme.current()
        painter.fillRect(seen, colours.colour("bg"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(seen.intersected(self.edge))
        painter.fillRect(seen.intersected(self.edge), colours.colour("sea"))
        shore = blend(colours.colour("sea"), colours.colour("text"), 0.22)
        _fill(painter, self.land, seen, colours.colour("land"), shore)
        _fill(painter, self.builtup, seen, colours.colour("urban"))
        _lines(painter, self.districts, seen)
        _roads(painter, self.roads, seen, scale)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_cosmetic(colours.colour("line"), 1))
        painter.drawRect(self.edge)


def build(layers: MapLayers) -> Ground:
    """Put the paths together; may run beside the thread of the window."""
    projection = Projection.over(layers.bounds)
    west, south, east, north = layers.bounds
    corner, other = projection.to_scene(north, west), projection.to_scene(south, east)
    return Ground(
        projection=projection,
        edge=QRectF(QPointF(*corner), QPointF(*other)),
        land=tuple(_areas(layers.land, projection)),
        builtup=tuple(_areas(layers.builtup, projection)),
        districts=tuple(_areas((one for each in layers.districts for one in each.polygons), projection)),
        roads=tuple(
            RoadPiece(path, path.boundingRect(), road.is_motorway, road.is_indicative)
            for road in layers.roads
            for path in (_open_path(line, projection) for line in road.lines)
        ),
    )


def _areas(polygons: Iterable[Polygon], projection: Projection) -> Iterator[Piece]:
    for polygon in polygons:
        path = QPainterPath()
        for ring in polygon:
            path.addPolygon(_polygon(ring, projection))
            path.closeSubpath()
        yield Piece(path, path.boundingRect())


def _open_path(line: Line, projection: Projection) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(_polygon(line, projection))
    return path


def _polygon(line: Line, projection: Projection) -> QPolygonF:
    return QPolygonF([QPointF(*projection.to_scene(lat, lon)) for lon, lat in line])


def _cosmetic(colour: QColor, width: float) -> QPen:
    """A pen of so many pixels, however far one has zoomed in."""
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    pen.setCosmetic(True)
    return pen


def _fill(
    painter: QPainter, pieces: Iterable[Piece], seen: QRectF, colour: QColor, rim: QColor | None = None
) -> None:
    painter.setPen(Qt.PenStyle.NoPen if rim is None else _cosmetic(rim, 1))
    painter.setBrush(colour)
    for piece in pieces:
        if piece.around.intersects(seen):
            painter.drawPath(piece.path)


def _lines(painter: QPainter, pieces: Iterable[Piece], seen: QRectF) -> None:
    colours = theme.current()
    pen = _cosmetic(blend(colours.colour("land"), colours.colour("text"), 0.3), 1)
    pen.setDashPattern([6, 3, 1, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for piece in pieces:
        if piece.around.intersects(seen):
            painter.drawPath(piece.path)


def _roads(painter: QPainter, roads: Iterable[RoadPiece], seen: QRectF, scale: float) -> None:
    """First the edges of all roads, then what is between them: so crossings stay open."""
    inner = 2.0 if scale < 0.008 else 3.0
    colours = theme.current()
    rim, way = blend(colours.colour("land"), colours.colour("text"), 0.42), colours.colour("road")
    blue = blend(colours.colour("road"), colours.colour("p3"), 0.45)
    shown = [road for road in roads if road.around.intersects(seen)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for is_rim in (True, False):
        for road in sorted(shown, key=lambda one: one.is_motorway):
            wide = inner + (1 if road.is_motorway else 0)
            if road.is_indicative:
                # Known only about: a thin broken line never looks like a surveyed road.
                pen = _cosmetic(rim, 1.2)
                pen.setDashPattern([3, 2.5])
                if not is_rim:
                    continue
            else:
                colour = rim if is_rim else (blue if road.is_motorway else way)
                pen = _cosmetic(colour, wide + 2 if is_rim else wide)
            painter.setPen(pen)
            painter.drawPath(road.path)
