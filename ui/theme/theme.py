"""A theme as Qt wants it: palette, fonts and style sheet, put on the application in one call."""

import os
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.stylesheet import stylesheet
from ui.theme.tokens import THEMES, Tokens

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FAMILY = "Inter"
_STYLED = "is_styled"
_TABULAR = QFont.Tag("tnum")


class Theme(NamedTuple):  # as are the tokens: a dataclass takes ten times as long to be made
    """One named set of colours; `colour("bad")` is what painters ask for."""

    name: str
    tokens: Tokens

    def colour(self, token: str) -> QColor:
        """The colour of one token, ready to paint with."""
        return _colour(self.hex(token))

    def hex(self, token: str) -> str:
        """The colour of one token as #rrggbb."""
        return str(getattr(self.tokens, token))

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on dark ground."""
        return self.name != "light"


@cache
def _colour(hex_: str) -> QColor:
    return QColor(hex_)


class _Screen:
    """Which theme is shown: one application has one look."""

    shows = Theme("light", THEMES["light"])


def current() -> Theme:
    """The theme that is on the screen now."""
    return _Screen.shows


def prepare(scale: float | None = None) -> None:
    """Before the application exists: keep fractional scale factors, and multiply by the person's own."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    if scale is not None and scale != 1:
        os.environ["QT_SCALE_FACTOR"] = str(min(max(scale, 1.0), 2.0))


def application() -> QApplication:
    """Give the application; one that is not there yet is begun in the style that everything is drawn in.

    To ask for the style by a call would load all that Python knows of styles before the first paint.
    """
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    made = QApplication(["doorstep", "-style", "Fusion"])
    made.setProperty(_STYLED, True)
    return made


def apply(app: QApplication, name: str) -> Theme:
    """Put the theme `light`, `dark`, `contrast` or `system` on the whole application."""
    chosen = system_theme() if name == "system" else name
    theme = Theme(chosen, THEMES[chosen])
    _Screen.shows = theme
    _load_fonts()
    if not app.property(_STYLED):
        app.setStyle("Fusion")
        app.setProperty(_STYLED, True)
    app.setFont(font(13))
    app.setPalette(palette(theme.tokens))
    app.setStyleSheet(stylesheet(theme.tokens, (RESOURCES / "icons" / chosen).as_posix()))
    return theme


def system_theme() -> str:
    """Light or dark, as the desktop asks for."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal, *, tabular: bool = False) -> QFont:
    """Inter; `tabular` gives digits of one width, so that counting figures do not shake."""
    chosen = QFont(FAMILY)
    chosen.setPixelSize(pixels)
    chosen.setWeight(weight)
    if tabular:
        chosen.setFeature(_TABULAR, 1)
    return chosen


@cache
def _load_fonts() -> None:
    for path in sorted((RESOURCES / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def palette(tokens: Tokens) -> QPalette:
    """The palette for whatever the style sheet leaves to the Fusion style."""
    role = QPalette.ColorRole
    pairs = {
        role.Window: tokens.bg, role.WindowText: tokens.text, role.Base: tokens.card,
        role.AlternateBase: tokens.alt, role.Text: tokens.text, role.PlaceholderText: tokens.mute,
        role.Button: tokens.card, role.ButtonText: tokens.text, role.BrightText: tokens.bad,
        role.Highlight: tokens.selection, role.HighlightedText: tokens.text, role.Link: tokens.info,
        role.LinkVisited: tokens.info, role.ToolTipBase: tokens.text, role.ToolTipText: tokens.card,
        role.Light: tokens.alt, role.Midlight: tokens.line, role.Mid: tokens.line,
        role.Dark: tokens.edge, role.Shadow: tokens.edge, role.Accent: tokens.brand,
    }  # fmt: skip
    made = QPalette()
    for which, colour in pairs.items():
        made.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.mute))
    return made
