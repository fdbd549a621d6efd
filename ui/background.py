"""Work off the GUI thread, and its results back on it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from console.domain.refusals import Refused
from console.log import where_it_happened

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Result = TypeVar("Result")
FAULT = (
    "That did not work because of a fault in the program. Try again; if it happens again, tell your "
    "administrator."
)
_log = logging.getLogger(__name__)
_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Failure:
    """A fault of ours, as it may be shown and logged: where it happened, never with which data."""

    details: str


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    then: Callable[[Any], None] | None
    refused: Callable[[Refused], None] | None
    failed: Callable[[Failure], None] | None
    owner: QObject | None


@dataclass(frozen=True, slots=True)
class _Done:
    value: Any


def carried(work: Callable[[], Result]) -> Callable[[], Result]:
    """Let a step that writes go on through a short outage of the database, for the thread that does it."""

    def step() -> Result:
        from console.services.outage import through_an_outage  # nothing of a database before the first paint

        return through_an_outage(work)

    return step


class Background(QObject):
    """Runs callables on two threads; answers arrive on the thread that owns this object.

    An answer whose owner has been destroyed in the meantime is dropped.
    """

    busy_changed = Signal(int)  # how many jobs are under way
    _came_back = Signal(int, object)

    def __init__(self, parent: QObject | None = None, workers: int = _WORKERS) -> None:
        """Threads are started by the first jobs."""
        super().__init__(parent)
        self._workers = workers
        self._pool: ThreadPoolExecutor | None = None
        self._is_stopped = False
        # Kept here until the answer has arrived, so that what a job holds is let go of on the GUI thread.
        self._jobs: dict[int, _Job] = {}
        self._numbers = count(1)
        self._came_back.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
        *,
        refused: Callable[[Refused], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Do the work on another thread, then call exactly one of the three on this one.

        Once stopped it does nothing: what asks then is on its way out.
        """
        if self._is_stopped:
            return
        number = next(self._numbers)
        self._jobs[number] = _Job(work, then, refused, failed, owner)
        self.busy_changed.emit(len(self._jobs))
        self._started_pool().submit(self._work, number)

    def _started_pool(self) -> "ThreadPoolExecutor":
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor  # nothing runs before the first paint

            self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="background")
        return self._pool

    @property
    def busy(self) -> int:
        """How many jobs are under way."""
        return len(self._jobs)

    def stop(self, *, drops_waiting: bool = True) -> None:
        """Take on nothing more, wait for what runs, and drop its answers; what waits is dropped too."""
        self._is_stopped = True
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=drops_waiting)
        self._jobs.clear()

    def _work(self, number: int) -> None:
        """On a thread of the pool: the answer is plain data, no frame and no exception with its locals."""
        answer: _Done | Refused | Failure
        try:
            answer = _Done(self._jobs[number].work())
        except Refused as refusal:
            answer = refusal.anew()
        except BaseException as error:  # noqa: BLE001 - a thread must hand back whatever happened
            answer = Failure(where_it_happened(error))
        self._came_back.emit(number, answer)

    @Slot(int, object)
    def _deliver(self, number: int, answer: object) -> None:
        job = self._jobs.pop(number, None)
        if job is None:
            return
        self.busy_changed.emit(len(self._jobs))
        if isinstance(answer, Failure):
            _log.error("Background work failed\n%s", answer.details)
        if job.owner is not None and not shiboken6.isValid(job.owner):
            return
        if isinstance(answer, _Done) and job.then is not None:
            job.then(answer.value)
        elif isinstance(answer, Refused) and job.refused is not None:
            job.refused(answer)
        elif isinstance(answer, Failure) and job.failed is not None:
            job.failed(answer)
