"""Notices when somebody sets the clock of this computer: what waits for a time of day would wait too long."""

import threading
import time
from collections.abc import Callable

LOOK_EVERY_S = 2.0
STEP_S = 1.5


class ClockWatch:
    """Compares the clock on the wall with one that nobody can set, on a thread of its own."""

    def __init__(
        self,
        on_step: Callable[[], None],
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
        every_s: float = LOOK_EVERY_S,
    ) -> None:
        """`on_step` is called after each step, forward or back."""
        self._on_step, self._wall, self._steady, self._every_s = on_step, wall, steady, every_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clock-watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop and join."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        known = self._wall() - self._steady()
        while not self._stopping.wait(self._every_s):
            found = self._wall() - self._steady()
            if abs(found - known) > STEP_S:
                self._on_step()
            known = found
