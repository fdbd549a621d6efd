"""Waits until nothing on a window moves any more: a picture of what still takes its place says nothing."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.boards.countdown import Countdown

_LONGEST_S = 20
_STEP_MS, _STILL = 4, 3  # so many looks in a row that see the same
_SOON_MS = 1000  # what was put off for no longer is waited for


def settle(root: QWidget, is_busy: Callable[[], bool] = lambda: False) -> None:
    """Wait until no work is left, nothing has been put off for a moment, and all keeps its place."""
    ends_at, still = time.monotonic() + _LONGEST_S, 0
    before: object = None
    while still < _STILL:
        if time.monotonic() > ends_at:
            raise TimeoutError("The window does not come to rest.")
        QTest.qWait(_STEP_MS)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        now = _places(root)
        still = still + 1 if now == before and not is_busy() and not _is_waited_for(root) else 0
        before = now


def _places(root: QWidget) -> list[tuple[int, tuple[object, ...]]]:
    seen = (one for one in (root, *root.findChildren(QWidget)) if one.isVisible())
    return [(id(one), one.geometry().getRect()) for one in seen]  # type: ignore[misc]  # its types say object


def _is_waited_for(root: QWidget) -> bool:
    return any(
        one.isActive() and one.isSingleShot() and one.interval() <= _SOON_MS
        for one in root.findChildren(QTimer)
        if not isinstance(one.parent(), Countdown)
    )
