"""What a test of the window may not leave behind."""

import gc
import threading
from time import monotonic

from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

_WORKING_KINDS = (QTimer, QAbstractAnimation, QThread)
_FIND_LATE_GARBAGE_EVERY = 100
_LOOKS = 4


def _is_at_work(thing: QObject) -> bool:
    """Whether a timer, an animation or a thread is running."""
    if not Shiboken.isValid(thing):
        return False
    if isinstance(thing, QTimer):
        return thing.isActive()
    if isinstance(thing, QAbstractAnimation):
        return thing.state() == QAbstractAnimation.State.Running
    return isinstance(thing, QThread) and thing.isRunning() and thing is not QThread.currentThread()


class _Heap:
    """Looks only at what came since it was last at rest: the heap of a long run is a gigabyte.

    What is at rest is left out of collections too; what became garbage since is collected now and then.
    """

    def __init__(self) -> None:
        self._rests = 0
        self._first_new: list[object] = []
        self._at_work: list[QObject] = []

    def rest(self) -> None:
        """Take all that is there as given."""
        self._rests += 1
        if self._rests % _FIND_LATE_GARBAGE_EVERY == 0:
            gc.unfreeze()
            gc.collect()
        self._at_work = self.at_work()
        gc.freeze()
        self._first_new = []

    def at_work(self) -> list[QObject]:
        """Give the threads, active timers and running animations: new ones, and those known to be at work."""
        things = gc.get_objects()
        if id(self._first_new) not in map(id, things):
            gc.unfreeze()  # a window that settled has put new things to rest too
            things = gc.get_objects()
        known = {id(thing) for thing in self._at_work}
        # type() and not isinstance(): proxies among all objects would answer for what they stand for
        # (and there are few types among very many objects)
        kinds = {kind for kind in set(map(type, things)) if issubclass(kind, _WORKING_KINDS)}
        new = [thing for thing in things if type(thing) in kinds and id(thing) not in known]
        return [thing for thing in (*self._at_work, *new) if _is_at_work(thing)]


_heap = _Heap()


def _in_use() -> list[object]:
    """Top-level windows, threads of both kinds, active timers and running animations."""
    windows = [window for window in QApplication.topLevelWidgets() if Shiboken.isValid(window)]
    return [*threading.enumerate(), *windows, *_heap.at_work()]


class Leaks:
    """Remembers what is in use, and tells what a test added to it."""

    def __init__(self, patience_s: float = 2.0) -> None:
        self._patience_s = patience_s
        self._known: list[object] = []

    def remember(self) -> None:
        """Take what is in use now as given."""
        _heap.rest()
        self._known = _in_use()

    def left_behind(self) -> list[str]:
        """Name what came since and does not go away, giving it a moment to end by itself.

        On a busy computer that moment passes while it looks once: what goes in two steps needs more looks.
        """
        deadline = monotonic() + self._patience_s
        looks = 0
        while True:
            looks += 1
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QCoreApplication.processEvents()
            gc.collect()
            known = {id(thing) for thing in self._known}
            left = [thing for thing in _in_use() if id(thing) not in known]
            if not left or (looks >= _LOOKS and monotonic() > deadline):
                return [repr(thing) for thing in left]
