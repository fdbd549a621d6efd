"""The line above every workspace while the board stands still: why, as of when, and what happens now."""

from PySide6.QtWidgets import QFrame, QWidget

from console.domain.rows import FeedState
from ui.boards.countdown import Countdown
from ui.live_updates import LiveUpdates
from ui.time_text import clock_seconds
from ui.widgets.looks import IconLabel, label, line
from ui.widgets.messages import announce

# A line that breaks and is back at once shall not make the rows jump.
SAID_AFTER_S = 1.5
_MEANWHILE = "No step is saved until it is live; what you type stays. Trying again every second."
_PAPER = "Alt+D prints the board."


class AwayBar(QFrame):
    """Comes by itself and goes by itself; nobody has to do anything."""

    def __init__(self, live: LiveUpdates, countdown: Countdown, parent: QWidget | None = None) -> None:
        """Hidden while the board is live."""
        super().__init__(parent)
        self.setObjectName("Warning")
        self.setProperty("tone", "warn")
        self._live, self._countdown = live, countdown
        self._since: float | None = None
        whole = line(self, gap=10)
        whole.setContentsMargins(12, 6, 12, 6)
        self.sentence = label("", wraps=True)
        whole.addWidget(IconLabel("wifi-off", "warn", 18))
        whole.addWidget(self.sentence, 1)
        self.hide()
        live.state_changed.connect(self._heard)
        countdown.ticked.connect(self.look)

    def _heard(self, state: FeedState) -> None:
        if state.is_live:
            self._since = None
            self.hide()
        elif self._since is None:
            self._since = self._countdown.steady()
        self.look()

    def look(self) -> None:
        """Say it, once it has lasted."""
        state = self._live.state
        if self._since is None or state is None or self._countdown.steady() - self._since < SAID_AFTER_S:
            return
        board = "The board could not be read yet."
        if self._live.as_of is not None:
            board = f"The board is as of {clock_seconds(self._live.as_of)}."
        said = " ".join(part for part in (state.why, board, _MEANWHILE, _PAPER) if part)
        if said != self.sentence.text() or self.isHidden():
            self.sentence.setText(said)
            self.setAccessibleName(said)
            self.show()
            announce(self, said, urgent=True)
