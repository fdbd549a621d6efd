"""What a window paints and when, told without a change to the window."""

import time

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


def worked_ms() -> float:
    """Give the processor time of this process so far: what a start costs, however busy the machine is."""
    return time.process_time() * 1000


class Frames(QObject):
    """Tells each time that a window has been painted and handed to the window system.

    `took` holds how many milliseconds each painting held the window's thread; `first_at` is the moment of the
    first one, in nanoseconds of the machine's monotonic clock.
    """

    painted = Signal(object)  # when; too large for a Qt int

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.took: list[float] = []
        self.first_at: int | None = None
        self.first_worked_ms = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the window paint, here instead of after this, and look at the clock."""
        if event.type() is not QEvent.Type.UpdateRequest:
            return False
        began = time.monotonic_ns()
        watched.event(event)
        at = time.monotonic_ns()
        self.took.append((at - began) / 1e6)
        if self.first_at is None:
            self.first_at, self.first_worked_ms = at, worked_ms()
        self.painted.emit(at)
        return True
