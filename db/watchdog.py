"""Shuts a connection on which nothing comes back: some systems notice a dead link only after minutes."""

import socket
import threading
from contextlib import suppress
from time import monotonic

LOOK_EVERY_S = 0.5


class Watchdog:
    """Shuts a socket when an answer takes longer than it may; who waits for it then gets an error."""

    def __init__(self, fileno: int) -> None:
        # A duplicate is ours until we close it: the number itself may soon be somebody else's.
        self._socket = socket.fromfd(fileno, socket.AF_INET, socket.SOCK_STREAM)
        self._deadline: float | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look, name="feed-watchdog", daemon=True)
        self._thread.start()

    def expect_answer(self, within_s: float) -> None:
        """Shut the connection if `answered` is not called in time."""
        self._deadline = monotonic() + within_s

    def answered(self) -> None:
        """Rest until the next question."""
        self._deadline = None

    def _look(self) -> None:
        while not self._stopped.wait(LOOK_EVERY_S):
            deadline = self._deadline
            if deadline is not None and monotonic() > deadline:
                self.shut()

    def shut(self) -> None:
        """Shut the connection now; may be called from any thread."""
        with suppress(OSError):  # it is dead or closed already
            self._socket.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """Let go of the connection."""
        self._stopped.set()
        self._thread.join()
        self._socket.close()
