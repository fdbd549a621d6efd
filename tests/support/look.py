"""No theme goes over from one test to the next: under a style sheet a window takes twice as long to build."""

from dataclasses import dataclass

from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme import theme


@dataclass(frozen=True)
class Look:
    """How the application looked before a test dressed it."""

    app: QApplication
    shown: theme.Theme
    sheet: str
    font: QFont

    @classmethod
    def of(cls, app: QApplication) -> "Look":
        """Remember how it looks now."""
        return cls(app, theme.current(), app.styleSheet(), app.font())

    def put_back(self) -> None:
        """Let it look so again; to be asked when the windows of the test are gone."""
        theme._Screen.shows = self.shown
        if self.app.styleSheet() != self.sheet:
            self.app.setStyleSheet(self.sheet)
            self.app.setPalette(QPalette())  # the style's own
            self.app.setFont(self.font)
