"""The red line above every workspace while nothing chases: whoever reads it has to watch themselves."""

import datetime as dt

from PySide6.QtWidgets import QFrame, QWidget

from console.domain.chaser import is_silent
from ui.session import Session
from ui.time_text import day_clock
from ui.widgets.looks import IconLabel, label, line
from ui.widgets.messages import announce

_WATCH = "Reports, calls and welfare checks are not watched: watch them yourself and tell the administrator."


class ChaserBar(QFrame):
    """Comes when the newest look is over 30 s old and goes by itself with the next one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Hidden while somebody looks, and while the board itself stands still: then nothing is known."""
        super().__init__(parent)
        self.setObjectName("Warning")
        self.setProperty("tone", "bad")
        self._session = session
        self._first_heard: float | None = None
        whole = line(self, gap=10)
        whole.setContentsMargins(12, 6, 12, 6)
        self.sentence = label("", "label", wraps=True)
        whole.addWidget(IconLabel("bell-off", "bad", 18))
        whole.addWidget(self.sentence, 1)
        self.hide()
        session.live.state_changed.connect(self.look)
        session.countdown.ticked.connect(self.look)

    def look(self) -> None:
        """Say it as long as it is so."""
        state, steady = self._session.live.state, self._session.countdown.steady()
        if state is None or not state.is_live:
            return
        if self._first_heard is None:
            self._first_heard = steady
        ago = None if state.chaser_at is None else self._session.parts.silence(state.chaser_at)
        if not is_silent(ago, dt.timedelta(seconds=steady - self._first_heard)):
            self.hide()
            return
        said = f"{self._since(ago)} {_WATCH}"
        was_hidden = self.isHidden()
        self.sentence.setText(said)
        self.setAccessibleName(said)
        self.show()
        if was_hidden:
            announce(self, said, urgent=True)

    def _since(self, ago: dt.timedelta | None) -> str:
        """Since when, by the clock at the head of the window."""
        if ago is None:
            return "Nothing is being chased: nobody has looked yet."
        now = self._session.now()
        return f"Nothing is being chased since {day_clock(now - ago * self._session.parts.speed, now)}."
