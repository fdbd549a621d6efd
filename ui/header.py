"""The head of the window: which service, how true the board is, the time, and who works here as what."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from ui import theme
from ui.boards.countdown import Countdown
from ui.time_text import clock_seconds
from ui.widgets.elided import ElidedLabel
from ui.widgets.feed_age import ConnectionLabel
from ui.widgets.looks import label, line

if TYPE_CHECKING:  # the head is there before anything is known
    from console.domain.acting import Actor
    from console.domain.rows import FeedState

HEIGHT = 44
_LEFT, _RIGHT, _GAP = 16, 12, 14
# Without the name of program and service; without the day of a training; with a shorter state of the
# connection; with the role alone.
_FEWEST, _LEAST = 4, 500


class Header(QFrame):
    """Always on top; what is not known yet is not shown."""

    person_clicked = Signal()

    def __init__(self, countdown: Countdown, parent: QWidget | None = None) -> None:
        """Only the name of the program."""
        super().__init__(parent)
        self.setObjectName("Head")
        self.setFixedHeight(HEIGHT)
        self._countdown = countdown
        self._band, self._is_dated = "", False
        whole = line(self, gap=_GAP)
        whole.setContentsMargins(_LEFT, 0, _RIGHT, 0)
        self._service = ElidedLabel(look="head_mute")  # gives way to who works here
        self.connection = ConnectionLabel(countdown)
        self.band = label("", "band")
        self._clock = label("", "clock")
        self.person = QPushButton()
        self.person.setProperty("look", "head")
        self.person.clicked.connect(self.person_clicked)
        self._brand = label("Doorstep", "brand")
        self._actor: Actor | None = None
        self._fitted: object = None  # what it was fitted to last
        whole.addWidget(self._brand)
        whole.addWidget(self._service)
        whole.addStretch(1)
        for part in (self.connection, self.band, self._clock, self.person):
            whole.addWidget(part)
        for part in (self.connection, self.band, self.person):
            part.hide()

    def show_time(self) -> None:
        """Show the time from now on: it is the server's, and known since the database has answered."""
        self._countdown.ticked.connect(self._tick)
        self._tick()

    def show_service(self, name: str, band: str, *, is_dated: bool = False) -> None:
        """Show which service this is; the band says that its data is not real, and of which day."""
        self._service.setText(name)
        self._band, self._is_dated = band, is_dated
        self.band.setVisible(bool(band))
        self._fit()

    def show_person(self, actor: "Actor | None") -> None:
        """Show who works here; None when nobody is signed in."""
        for part in (self.connection, self.person):
            part.setVisible(actor is not None)
        self._actor = actor
        if actor is not None:
            from ui.workspaces import reads_board  # the shell is painted before workspaces are loaded

            self.connection.setVisible(reads_board(actor.role))
            self.person.setIcon(theme.icon("circle-user", "on_head", 18))
            self.person.setAccessibleName(f"{actor.name}, {actor.role.label}: change person or role")
            self.person.setToolTip("Change person or role (Ctrl+Shift+L)")
        self._fit()

    def show_state(self, state: "FeedState", as_of: dt.datetime | None, heard_at: float) -> None:
        """Show how true the board is."""
        if as_of is not None:
            self.connection.heard(as_of, heard_at, is_live=state.is_live, is_local=state.is_local)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As in the fewest words."""
        return QSize(_LEAST, HEIGHT)

    def _tick(self) -> None:
        self._clock.setText(clock_seconds(self._countdown.now()))
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for all, words become fewer, the least needed first; none is cut."""
        asked = self.width(), self.isVisible(), self._told, self._actor, len(self.connection.words)
        if asked == self._fitted:
            return
        self._fitted = asked
        for fewer in range(_FEWEST + 1):
            self._say(fewer)
            if self._needed(fewer) <= self.width():
                break
        for part in (self._brand, self._service):
            part.setVisible(fewer < 1)

    def _needed(self, fewer: int) -> int:
        """How wide all of it is; the name of the service gives way by itself."""
        shown = [one for one in (self.connection, self.band, self._clock, self.person) if not one.isHidden()]
        wide = sum(one.sizeHint().width() for one in shown)
        if fewer < 1:
            wide += self._brand.sizeHint().width() + self._service.minimumSizeHint().width() + 2 * _GAP
        return wide + len(shown) * _GAP + _LEFT + _RIGHT

    @property
    def _told(self) -> str:
        return f"{self._band} · {self._pace(self._countdown.now())}" if self._is_dated else self._band

    def _say(self, fewer: int) -> None:
        self.band.setText(self._told if fewer < 2 else self._band)
        self.connection.be_short(is_short=fewer >= 3)
        if self._actor is not None:
            name, role = self._actor.name, self._actor.role.label
            self.person.setText(f" {name} · {role}" if fewer < _FEWEST else f" {role}")

    def _pace(self, now: dt.datetime) -> str:
        """A training's day is seldom today, and its clock may be quicker than the one on the wall."""
        from console.domain.calendar import local  # the shell is painted before zones are loaded

        there, speed = local(now), self._countdown.speed
        return f"{there:%a} {there.day} {there:%b}" + ("" if speed == 1 else f" · x{speed:g}")
