"""How old what one sees is: the connection in words, and panes that turn grey by themselves."""

import datetime as dt

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QLabel, QLayout, QWidget

from ui import theme
from ui.boards.countdown import Countdown
from ui.time_text import clock_seconds
from ui.widgets.looks import label, line, restyle

SILENT_AFTER_S = 5.0


class ConnectionLabel(QWidget):
    """Live, 1 s ago; or Reconnecting, board as of 14:02:11: without news it says so by itself."""

    def __init__(self, countdown: Countdown, parent: QWidget | None = None) -> None:
        """Nothing has been heard yet."""
        super().__init__(parent)
        self._countdown = countdown
        self._as_of: dt.datetime | None = None
        self._heard_at = 0.0
        self._is_live = self._is_local = self._is_short = False
        whole = line(self, gap=7)
        self._dot = _Dot()
        self._words = label("Connecting", "count")
        self._words.setObjectName("OnHead")
        whole.addWidget(self._dot)
        whole.addWidget(self._words)
        countdown.ticked.connect(self._say)
        self._say()

    def heard(self, as_of: dt.datetime, at: float, *, is_live: bool = True, is_local: bool = False) -> None:
        """The feed says how true the board is; `as_of` is on the board's clock, `at` on the steady one."""
        self._as_of, self._heard_at, self._is_live, self._is_local = as_of, at, is_live, is_local
        self._say()

    def be_short(self, *, is_short: bool) -> None:
        """Say it in fewer words, where there is little room."""
        if is_short is not self._is_short:
            self._is_short = is_short
            self._say()

    @property
    def words(self) -> str:
        """What is said now."""
        if self._as_of is None:
            return "Connecting"
        silent_s = max(self._countdown.steady() - self._heard_at, 0)
        if not self._is_live or silent_s > SILENT_AFTER_S:
            return f"Reconnecting, board as of {clock_seconds(self._as_of)}"
        return f"{'Local' if self._is_local else 'Live'}, {int(silent_s)} s ago"

    def _say(self) -> None:
        words = self.words
        self._words.setText(words.replace(", board as of", ", as of") if self._is_short else words)
        self.setAccessibleName(words)
        self._dot.tint("warn" if words.startswith(("Reconnecting", "Connecting")) else "ok")


class _Dot(QWidget):
    """Filled while live, a ring while not: the difference is not in the colour alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(12, 12)
        self._tone = "warn"

    def tint(self, tone: str) -> None:
        """Take the tone ok or warn."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Always on the dark head of the window, whatever the theme.
        if self._tone == "ok":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor("#7be3a0"))
            painter.drawEllipse(1, 1, 10, 10)
        else:
            pen = painter.pen()
            pen.setColor(QColor("#ffb81c"))
            pen.setWidthF(2.5)
            painter.setPen(pen)
            painter.drawEllipse(2, 2, 8, 8)
        painter.end()


class PaneAge(QWidget):
    """Lies over a pane and greys it once the feed has been silent for 5 s; a band below it says as of when.

    The band has room of its own at the foot, where the least urgent rows are: it covers none of them.
    """

    def __init__(self, pane: QWidget, countdown: Countdown, *, says: bool = True) -> None:
        """Cover the pane, let clicks through, and show nothing while the pane is fresh.

        A pane that is too low for words is veiled only: those beside it say as of when.
        """
        super().__init__(pane)
        self._pane, self._says = pane, says
        self._band: QLabel | None = None
        self._countdown = countdown
        self._as_of: dt.datetime | None = None
        self._heard_at = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(pane.rect())
        pane.installEventFilter(self)
        countdown.ticked.connect(self._look)
        self.hide()

    def heard(self, as_of: dt.datetime, at: float) -> None:
        """The pane is true as of that time on the board's clock, which was heard then on the steady one."""
        self._as_of, self._heard_at = as_of, at
        self._look()

    @property
    def is_old(self) -> bool:
        """Whether the pane must not be taken for live."""
        return self._as_of is not None and self._countdown.steady() - self._heard_at > SILENT_AFTER_S

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        old = self.is_old
        if old == self.isHidden():
            self.setVisible(old)
            self.raise_()
            restyle(self, old=old)
        if old and self._as_of is not None:
            self.setAccessibleName(f"As of {clock_seconds(self._as_of)}")
            if self._says and self._band is None:
                self._band = self._below()
        if self._band is not None:
            self._band.setText(self.accessibleName())
            self._band.setVisible(old)

    def _below(self) -> QLabel | None:
        """A band at the foot of a card, or below a pane that fills one."""
        pane = self._pane
        own, around = pane.layout(), pane.parentWidget()
        layout, place = (own, -1) if own is not None else (None, -1)
        if layout is None and around is not None:
            layout, place = _where(around.layout(), pane)
        if not isinstance(layout, QBoxLayout):
            return None
        band = label("", "as_of")
        band.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.insertWidget(place + 1 if place >= 0 else layout.count(), band)
        return band

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._as_of is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # No thicker: what is old must still be read. The frame says from afar that it is.
        veil = QColor(look.colour("bg"))
        veil.setAlphaF(0.12)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(look.colour("warn"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()


def _where(layout: QLayout | None, pane: QWidget) -> tuple[QLayout | None, int]:
    """The layout in which a widget stands, and its place there."""
    if layout is None:
        return None, -1
    if (place := layout.indexOf(pane)) >= 0:
        return layout, place
    items = (layout.itemAt(n) for n in range(layout.count()))
    inner = (item.layout() for item in items if item is not None)
    return next((found for one in inner if one is not None and (found := _where(one, pane))[0]), (None, -1))
