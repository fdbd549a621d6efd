"""The wallboard of one session, while there is one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.boards.tally import ReferralCounts
from ui.widgets.asked import screen_of

if TYPE_CHECKING:  # read when it is wanted
    from ui.session import Session
    from ui.wallboard.board import Wallboard


class Cover(QObject):
    """Makes it when it is first wanted, and lets it go with the page."""

    closed = Signal(float)  # for how many seconds it was shown

    def __init__(self, session: "Session", page: QWidget) -> None:
        """There is none yet."""
        super().__init__(page)
        self._session, self._page = session, page
        self.board: Wallboard | None = None
        self._counts: ReferralCounts | None = None
        self._shown_at = 0.0

    def show(self) -> "Wallboard":
        """Cover the screen that the window is on until Escape."""
        from ui.wallboard.board import Wallboard

        if self._counts is None:  # it listens to the rows for as long as the session lasts
            self._counts = ReferralCounts(self._session.live.referrals, self._session.now)
        if self.board is None:
            self.board = Wallboard(self._session, self._counts)
            self.board.destroyed.connect(self._gone)
            self._shown_at = self._session.countdown.steady()
        self.board.cover(screen_of(self._page))
        return self.board

    def take_off(self) -> bool:
        """Close it; False when there is none."""
        return self.board is not None and self.board.close()

    def _gone(self) -> None:
        self.board = None
        self.closed.emit(self._session.countdown.steady() - self._shown_at)
