"""Begins the jobs of a console a moment after it was opened: what they load would hold up its first rows."""

import datetime as dt
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from console.jobs.timetable import Job

if TYPE_CHECKING:  # the scheduler is loaded when the jobs begin
    from console.jobs.runner import Runner
    from console.services.desk import Desk

# The first jobs run 5 s after that.
LATER = dt.timedelta(seconds=3)


class LateRunner:
    """A `Runner` that is made when it is needed, on a thread of its own."""

    def __init__(self, desk: "Callable[[], Desk]", jobs: Iterable[Job], after: dt.timedelta = LATER) -> None:
        """`desk` gives that of Doorstep itself; nothing is made before `start`."""
        self._desk, self._jobs = desk, tuple(jobs)
        self._lock, self._is_stopped = threading.Lock(), False
        self._runner: Runner | None = None
        self._timer = threading.Timer(after.total_seconds(), self._begin)
        self._timer.daemon = True
        self._timer.name = "doorstep-jobs-begin"

    def start(self) -> None:
        """Begin soon."""
        self._timer.start()

    def _begin(self) -> None:
        from console.jobs.runner import Runner

        with self._lock:
            if not self._is_stopped:
                self._runner = Runner(self._desk(), self._jobs)
                self._runner.start()

    def stop(self) -> None:
        """Stop, after the job that is running now."""
        with self._lock:
            self._is_stopped = True
            self._timer.cancel()
        if self._timer.ident is not None:
            self._timer.join()  # it may be loading the scheduler
        if self._runner is not None:
            self._runner.stop()
