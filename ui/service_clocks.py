"""The figures that a service's clocks and ladders go by, read now and every few minutes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.clocks import ClockSettings
from console.domain.ladder import Frame
from console.domain.refusals import Refused

if TYPE_CHECKING:  # the session has this one
    from ui.session import Session

EVERY_MS = 3 * 60 * 1000
AFTER_ROWS_MS = 300


class ServiceClocks(QObject):
    """Keeps `session.clocks` and `session.frame` true: both may be changed while somebody works.

    The bank holidays in the frame take as long to load as the first rows of the board: these come first.
    """

    came = Signal()  # the first frame: what waited for it can be shown

    def __init__(self, session: "Session") -> None:
        """Nothing is read before `follow` or `read`."""
        super().__init__(session)
        self._session = session
        self.every_ms = EVERY_MS
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.read)

    def follow(self) -> None:
        """Read now, when the first rows stand on the screen, and every few minutes."""
        if self._session.live.as_of is None:
            self._session.live.changed.connect(self._rows_came)
        self.read()

    def _rows_came(self) -> None:
        self._session.live.changed.disconnect(self._rows_came)
        self.timer.start(AFTER_ROWS_MS)

    def read(self) -> None:
        """Ask for what is in force; while the database is away, that of before holds."""
        session = self._session
        self.timer.start(self.every_ms)
        session.background.run(
            session.parts.clocks, self._take_clocks, session.failed, refused=_let_be, owner=self
        )
        if session.live.as_of is not None:
            session.background.run(
                session.desk.frame, self._take_frame, session.failed, refused=_let_be, owner=self
            )

    def _take_clocks(self, clocks: ClockSettings) -> None:
        self._session.clocks = clocks  # what counts with them looks again with the time

    def _take_frame(self, frame: Frame) -> None:
        is_first, self._session.frame = self._session.frame is None, frame
        if is_first:
            self.came.emit()


def _let_be(_: Refused) -> None:
    """The header says that the board is not live; once more would say nothing new."""
