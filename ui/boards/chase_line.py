"""One line that says whether chasing works: of how many, and what is not counted."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from console.domain.chase_figure import OVER_DAYS, ChaseFigure
from console.domain.refusals import Refused
from ui.session import Session
from ui.widgets.elided import ElidedLabel

_EVERY_MS = 60_000


class ChaseLine(ElidedLabel):
    """Read beside the window's thread, now and once a minute."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Nothing is known yet."""
        super().__init__(look="small", parent=parent)
        self._session = session
        self.setAccessibleName("Whether chasing works")
        self._again = QTimer(self, interval=_EVERY_MS)
        self._again.timeout.connect(self.read)
        self._again.start()
        self.read()

    def read(self) -> None:
        """Ask for the figure of this person's hubs."""
        desk, hub_ids = self._session.desk, self._session.person.hub_ids
        self._session.background.run(
            lambda: desk.chases.figure(hub_ids), self.show_figure, refused=_let_be, owner=self
        )

    def show_figure(self, figure: ChaseFigure) -> None:
        """Say it in words, with all that belongs to it."""
        said = chase_words(figure)
        self.setText(said)
        self.setAccessibleDescription(f"{said}. Of your hubs, the last {OVER_DAYS} days.")


def chase_words(figure: ChaseFigure) -> str:
    """65 %: 34 of 52 chases were followed by the report within 2 h; 3 are too new to tell."""
    if figure.share is None:
        said = "No chase can be counted yet"
    else:
        chases = "chase was" if figure.counted == 1 else "chases were"
        share = f"{figure.share:.0%}".replace("%", " %")
        said = f"Chasing: {share}, {figure.followed} of {figure.counted} {chases} followed within 2 h"
    left_out = [
        f"{count} {words}"
        for count, words in (
            (figure.open, "too new to tell"),
            (figure.already_sent, "after the report had gone"),
        )
        if count
    ]
    return f"{said}; not counted: {', '.join(left_out)}" if left_out else said


def _let_be(_: Refused) -> None:
    """The header says that the board is not live; once more would say nothing new."""
