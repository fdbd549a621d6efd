"""The database's time on this computer: asked for, and carried on by a clock that nobody sets."""

import datetime as dt
from collections.abc import Callable

from console.steady import steady

LONGEST_S = 1.0
"""A longer way to the answer and back says too little: half of it may be the error."""


class ServerClock:
    """Gives the server's time when it is called; the clock of this computer may be wrong, set, or asleep."""

    def __init__(self, ask: Callable[[], dt.datetime], steady: Callable[[], float] = steady) -> None:
        """Ask once; whoever follows the database asks again on each connection and now and then."""
        self._steady = steady
        self._known: tuple[dt.datetime, float] | None = None
        self.measure(ask)

    def __call__(self) -> dt.datetime:
        """Give the server's time, aware UTC."""
        if self._known is None:
            raise RuntimeError("a clock is asked before it was measured")
        at, since = self._known
        return at + dt.timedelta(seconds=self._steady() - since)

    def measure(self, ask: Callable[[], dt.datetime]) -> None:
        """Ask for the server's time anew; an answer that took long is not taken, unless there is no other."""
        began = self._steady()
        at = ask()
        ended = self._steady()
        if self._known is None or ended - began <= LONGEST_S:
            # One assignment: another thread reads either the old pair or the new one.
            self._known = (at, (began + ended) / 2)
