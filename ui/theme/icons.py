"""Line icons, tinted for the theme and kept as pixmaps."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap

from ui.theme.theme import RESOURCES, current

if TYPE_CHECKING:  # not loaded before the first paint
    from PySide6.QtGui import QIcon


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtCore import QByteArray
    from PySide6.QtSvg import QSvgRenderer

    source = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def pixmap(name: str, ink: str = "text", size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon of that file name in a token's colour, `size` logical pixels square."""
    return _drawn(name, current().hex(ink), size, ratio)


def icon(name: str, ink: str = "text", size: int = 16) -> "QIcon":
    """The icon for a button or action, sharp on every screen that is there; muted while disabled."""
    from PySide6.QtGui import QIcon

    made = QIcon()
    for ratio in sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()}):
        made.addPixmap(pixmap(name, ink, size, ratio))
        made.addPixmap(pixmap(name, "mute", size, ratio), QIcon.Mode.Disabled)
    return made
