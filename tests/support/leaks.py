"""What a test of the window may not leave behind."""

import gc
import threading
from time import monotonic

from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QThread, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

_WORKING_KINDS = (QTimer, QAbstractAnimation, QThread)
_FIND_LATE_GARBAGE_EVERY = 200
_LOOKS = 4


def _is_at_work(thing: object) -> bool:
    """Whether it is a timer, an animation or a thread that is running."""
    if isinstance(thing, QTimer):
        return thing.isActive()
    if isinstance(thing, QAbstractAnimation):
        return thing.state() == QAbstractAnimation.State.Running
    return isinstance(thing, QThread) and thing.isRunning() and thing is not QThread.currentThread()


def _at_work() -> list[object]:
    """Give the active timers, running animations and threads.

    The binding knows what it has wrapped: a few thousand things, where the heap of a long run has millions.
    """
    wrapped = Shiboken.getAllValidWrappers()
    # by type(), of which there are few: asking each thing would take as long as finding it
    kinds = {kind for kind in set(map(type, wrapped)) if issubclass(kind, _WORKING_KINDS)}
    return [thing for thing in wrapped if type(thing) in kinds and _is_at_work(thing)]


_rests = 0


def _rest() -> None:
    """Leave all that is there out of collections; what of it became garbage is collected now and then."""
    global _rests  # noqa: PLW0603 - one heap, one count
    _rests += 1
    if _rests % _FIND_LATE_GARBAGE_EVERY == 0:
        gc.unfreeze()
        gc.collect()
    gc.freeze()


def _in_use() -> list[object]:
    """Top-level windows, threads of both kinds, active timers and running animations."""
    windows = [window for window in QApplication.topLevelWidgets() if Shiboken.isValid(window)]
    return [*threading.enumerate(), *windows, *_at_work()]


class Leaks:
    """Remembers what is in use, and tells what a test added to it."""

    def __init__(self, patience_s: float = 2.0) -> None:
        self._patience_s = patience_s
        self._known: list[object] = []

    def remember(self) -> None:
        """Take what is in use now as given."""
        _rest()
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
