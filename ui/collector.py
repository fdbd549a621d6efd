"""Cyclic garbage is collected on the thread of the window only."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 500
SETTLE_AFTER_MS = 2000


class Collector(QObject):
    """Collects garbage on its own thread, and switches Python's automatic collection off meanwhile.

    Python may collect on whichever thread happens to allocate. A cycle that holds widgets is then destroyed
    on a worker thread, and Qt crashes. Make one in the thread of the window, start it, stop it last.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._took_over = False
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_AFTER_MS)
        self._settling.timeout.connect(self._settle)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)

    @property
    def is_running(self) -> bool:
        """Whether this collector has taken over from Python's own."""
        return self._timer.isActive()

    def start(self) -> None:
        """Take over from Python's automatic collection, unless another collector already has."""
        self._took_over = gc.isenabled()
        gc.disable()
        self._timer.start()

    def rest(self) -> None:
        """Collect nothing for now: much is being loaded, and none of it is garbage."""
        self._timer.stop()

    def go_on(self) -> None:
        """Collect again, and leave out what has been loaded until it has settled."""
        if not gc.get_freeze_count():  # once: what was tried again and again in vain is garbage
            gc.freeze()
        self._timer.start()

    def settle(self) -> None:
        """Soon, collect once and leave what survived out of later collections; call once all is loaded."""
        # Not at once: a whole collection holds the window up, and the first rows are on their way.
        self._settling.start()

    @Slot()
    def _settle(self) -> None:
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def stop(self) -> None:
        """Collect what is left and hand back to Python what was taken from it."""
        self._timer.stop()
        self._settling.stop()
        gc.unfreeze()
        gc.collect()
        if self._took_over:
            gc.enable()

    @Slot()
    def collect(self) -> None:
        """Collect as far as Python's own thresholds ask for, oldest generation first."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
