"""The chaser watches itself: each worker says that it is alive, and when it last looked for what is due."""

import datetime as dt
import functools
import tomllib
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from console.domain.permissions import Deed
from console.services.basis import Basis
from db.queries import workers

OF_CONSOLE = "console"
"""The worker's name where the console is its own."""
_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


class Heartbeat:
    """Of one process; its name is the device of whoever acts."""

    def __init__(self, basis: Basis, steady: Callable[[], float] = monotonic) -> None:
        """`steady` is a clock that nobody sets."""
        self._basis = basis
        self._steady = steady
        self._looked: float | None = None

    def looked(self) -> None:
        """Everything that was due has been looked at, completely."""
        self._looked = self._steady()

    def beat(self) -> None:
        """Write down that this worker is alive, and how long ago it looked."""
        with self._basis.work(Deed.BEAT) as work:
            ago = None if self._looked is None else dt.timedelta(seconds=self._steady() - self._looked)
            workers.beat(work.session, work.actor.device or OF_CONSOLE, version(), ago)


@functools.cache
def version() -> str:
    """Give this program's version, as its project states it."""
    stated: str = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["version"]
    return stated
