"""Shuts a connection on which nothing comes back: some systems notice a dead link only after minutes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from time import monotonic
from typing import TypeVar

LOOK_EVERY_S = 0.5
T = TypeVar("T")


class Watchdog:
    """Shuts a socket when a block takes longer than it may; who waits on the socket then gets an error."""

    def __init__(self, fileno: int, patience_s: float) -> None:
        self._fileno = fileno
        self._patience_s = patience_s
        self._deadline: float | None = None
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look, name="feed-watchdog", daemon=True)
        self._thread.start()

    @contextmanager
    def around(self, block: AbstractContextManager[T]) -> Iterator[T]:
        """Watch over a block."""
        self._deadline = monotonic() + self._patience_s
        try:
            with block as what:
                yield what
        finally:
            self._deadline = None

    def _look(self) -> None:
        while not self._stopped.wait(LOOK_EVERY_S):
            deadline = self._deadline
            if deadline is not None and monotonic() > deadline:
                self.shut()

    def shut(self) -> None:
        """Shut the socket now; it stays open, so that its number is nobody else's."""
        with self._lock:
            if self._stopped.is_set():
                return
            borrowed = socket.socket(fileno=self._fileno)
            with suppress(OSError):  # it is dead already
                borrowed.shutdown(socket.SHUT_RDWR)
            borrowed.detach()

    def stop(self) -> None:
        """Let go of the socket, before it is closed."""
        with self._lock:
            self._stopped.set()
        self._thread.join()
