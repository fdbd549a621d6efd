"""What a test of the window may not leave behind."""

import gc
import threading
from time import monotonic

from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

_WORKING_KINDS = (QTimer, QAbstractAnimation, QThread)


def _is_at_work(thing: QObject) -> bool:
    """Whether a timer, an animation or a thread is running."""
    if not Shiboken.isValid(thing):
        return False
    if isinstance(thing, QTimer):
        return thing.isActive()
    if isinstance(thing, QAbstractAnimation):
        return thing.state() == QAbstractAnimation.State.Running
    return isinstance(thing, QThread) and thing.isRunning() and thing is not QThread.currentThread()


def _in_use() -> list[object]:
    """Top-level windows, threads of both kinds, active timers and running animations."""
    gc.unfreeze()  # a window that settles leaves what is there out of collections, and out of this list
    # type() and not isinstance(): proxies among all objects would answer for what they stand for
    working = [thing for thing in gc.get_objects() if issubclass(type(thing), _WORKING_KINDS)]
    windows = [window for window in QApplication.topLevelWidgets() if Shiboken.isValid(window)]
    return [*threading.enumerate(), *windows, *filter(_is_at_work, working)]


class Leaks:
    """Remembers what is in use, and tells what a test added to it."""

    def __init__(self, patience_s: float = 2.0) -> None:
        self._patience_s = patience_s
        self._known: list[object] = []

    def remember(self) -> None:
        """Take what is in use now as given."""
        self._known = _in_use()

    def left_behind(self) -> list[str]:
        """Name what came since and does not go away, giving it a moment to end by itself."""
        deadline = monotonic() + self._patience_s
        while True:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QCoreApplication.processEvents()
            gc.collect()
            known = {id(thing) for thing in self._known}
            left = [thing for thing in _in_use() if id(thing) not in known]
            if not left or monotonic() > deadline:
                return [repr(thing) for thing in left]
