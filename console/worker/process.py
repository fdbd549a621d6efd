"""A worker: the timetable of a shared database, until the process is told to stop."""

import datetime as dt
import logging
import platform
import signal
from contextlib import AbstractContextManager, nullcontext
from queue import SimpleQueue

from console.jobs.runner import Runner
from console.jobs.timetable import TIMETABLE
from console.services import opening, people
from console.services.clock import clock_of
from console.services.desk import Desk
from console.worker.positions.endpoint import listening, stated

log = logging.getLogger(__name__)
STOPPED = 0
_AT_ONCE = dt.timedelta(0)


def run(url: str | None, name: str | None) -> int:
    """Work at a shared database until SIGTERM or SIGINT; the database may go away and come back meanwhile."""
    # Of all that one can wait for, this may be touched by a signal at any moment.
    told_to_stop: SimpleQueue[int] = SimpleQueue()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda number, _: told_to_stop.put(number))
    # It says with a warning that a job is still at work when its next turn comes, which is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    database = opening.open_shared(url)
    try:
        own_name = name or platform.node() or "worker"
        desk = Desk(database, people.system(database, own_name), clock_of(database))
        with _taking_positions(desk):
            runner = Runner(desk, TIMETABLE, first_after=_AT_ONCE)
            runner.start()
            log.info("worker %s is at work", own_name)
            try:
                told_to_stop.get()
            finally:
                log.info("worker %s stops", own_name)
                runner.stop()
    finally:
        database.close()
    return STOPPED


def _taking_positions(desk: Desk) -> AbstractContextManager[object]:
    """Take the positions that devices tell, where the settings of this computer say so."""
    where = stated()
    return nullcontext() if where is None else listening(desk.positions.take, where)
