"""Runs the timetable in a worker, or beside a local console; the database decides what is left to do."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from apscheduler.schedulers.background import BackgroundScheduler

from console.domain.refusals import Refused
from console.jobs.clock_watch import ClockWatch
from console.jobs.timetable import Job

if TYPE_CHECKING:
    from console.services.desk import Desk

log = logging.getLogger(__name__)
# Enough that the window is on the screen and has its rows before anything else asks the database.
FIRST_AFTER = dt.timedelta(seconds=5)


class Runner:
    """APScheduler as a ticker: each job at its interval, never twice at once in this process."""

    def __init__(self, desk: "Desk", jobs: Iterable[Job], first_after: dt.timedelta = FIRST_AFTER) -> None:
        """`desk` is the one of Doorstep itself; nothing runs before `start`."""
        self._desk = desk
        self._waiting: set[str] = set()
        self._ticker = BackgroundScheduler(timezone="UTC")
        self._watch = ClockWatch(self.tick_anew)
        first_at = dt.datetime.now(dt.UTC) + first_after
        for job in jobs:
            self._ticker.add_job(
                self._work_of(job),
                "interval",
                seconds=job.every.total_seconds(),
                next_run_time=first_at if job.is_begun_with else first_at + job.every,
                id=job.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        """Begin to tick."""
        self._ticker.start()
        self._watch.start()

    def tick_anew(self) -> None:
        """Let every job be due now: the clock was set, and a time of day would come too late or at once."""
        log.info("the clock of this computer was set: every job is due now")
        for job in self._ticker.get_jobs():
            job.modify(next_run_time=dt.datetime.now(dt.UTC))

    def stop(self) -> None:
        """Stop, after the job that is running now and, of many messages, the one in hand."""
        self._desk.outgoing.rest()
        self._watch.stop()
        if self._ticker.running:
            self._ticker.shutdown(wait=True)

    def _work_of(self, job: Job) -> Callable[[], None]:
        def work() -> None:
            try:
                job.call(self._desk)
            except Refused as refused:
                # The database is away or somebody is at work on it: the next tick does it.
                self._say_once(job, refused)
            except Exception as error:  # noqa: BLE001 - one faulty job must not end the others
                # The words of an error may hold what it failed on, perhaps a patient: its kind must do.
                log.error("job %s failed: %s", job.name, type(error).__name__)  # noqa: TRY400 - no words
            else:
                self._goes_on(job)

        return work

    def _say_once(self, job: Job, refused: Refused) -> None:
        """A job that ticks every second tells once that it waits."""
        if job.name not in self._waiting:
            log.info("job %s waits: %s", job.name, type(refused).__name__)
        self._waiting.add(job.name)

    def _goes_on(self, job: Job) -> None:
        if job.is_look:
            self._desk.heartbeat.looked()
        if job.name in self._waiting:
            log.info("job %s goes on", job.name)
            self._waiting.discard(job.name)
