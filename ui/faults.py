"""Faults of ours: caught wherever they arise, logged without anybody's data, shown, and survived."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from console.log import where_it_happened
from ui.background import Failure

_log = logging.getLogger(__name__)


class Faults(QObject):
    """Hears of every exception that nobody caught, on whichever thread, while it is installed."""

    happened = Signal(Failure)
    _heard = Signal(Failure)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is caught yet."""
        super().__init__(parent)
        self._before = (sys.excepthook, sys.unraisablehook, threading.excepthook)
        # Queued, because the fault may come from another thread or from the middle of painting.
        self._heard.connect(self.happened, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch from now on; Qt hands exceptions in slots to the same hook."""
        self._before = (sys.excepthook, sys.unraisablehook, threading.excepthook)
        sys.excepthook = self._uncaught
        sys.unraisablehook = lambda told: self._hear(told.exc_value)
        threading.excepthook = lambda told: self._hear(told.exc_value)

    def remove(self) -> None:
        """Leave the hooks as they were found."""
        sys.excepthook, sys.unraisablehook, threading.excepthook = self._before

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        self._hear(error)

    def _hear(self, error: BaseException | None) -> None:
        if error is None:
            return
        failure = Failure(where_it_happened(error))
        _log.error("Unexpected fault\n%s", failure.details)
        self._heard.emit(failure)
