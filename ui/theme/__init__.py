"""The look: tokens, fonts, icons, palette and style sheet."""

from ui.theme.icons import icon, pixmap
from ui.theme.theme import Theme, application, apply, current, font, palette, prepare, system_theme
from ui.theme.tokens import THEMES, TONES, Tokens, contrast

__all__ = [
    "THEMES",
    "TONES",
    "Theme",
    "Tokens",
    "application",
    "apply",
    "contrast",
    "current",
    "font",
    "icon",
    "palette",
    "pixmap",
    "prepare",
    "system_theme",
]
