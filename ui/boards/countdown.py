"""The one timer of the window: everything that shows time is repainted once a second by it."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from console.steady import steady


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Countdown(QObject):
    """Ticks once a second, just after the second has changed; `now` is the board's clock."""

    ticked = Signal()

    def __init__(
        self,
        now: Callable[[], dt.datetime] = _utc_now,
        parent: QObject | None = None,
        steady: Callable[[], float] = steady,
    ) -> None:
        """Start to tick at once; `steady` tells how long nothing was heard."""
        super().__init__(parent)
        self.now, self.steady = now, steady
        self.speed = 1.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._arm()

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()

    def _arm(self) -> None:
        # Aligned anew each time, so that countdowns never skip or repeat a second. At another speed each tick
        # is many seconds on, and where they begin says nothing.
        self._timer.start(1010 - self.now().microsecond // 1000 if self.speed == 1 else 1000)

    def _tick(self) -> None:
        self._arm()
        self.ticked.emit()
