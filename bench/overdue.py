"""From the moment at which a report is overdue until it stands on every console, and 2,000 of them at once.

Workers are processes of their own, at a PostgreSQL of their own; the consoles are live feeds without a
window, as `bench/feed.py` has them. One report after another becomes overdue, each at a moment known
beforehand; then 2,000 at one moment. What the way to a console costs alone is measured by `bench/feed.py`.

Run: python -m bench.overdue [--json] [--consoles 50] [--burst 2000]
"""

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from bench.figures import finish, machine, percentile
from bench.fill import postgresql, server_version
from console.domain.acting import Actor
from console.domain.chase_words import Subject
from console.domain.rows import Board, BoardDelta, FeedState
from console.domain.words import Role
from console.services import setup
from db.change_feed import ChangeFeed
from db.connect import for_writing
from db.engine import Database, open_database
from db.models import Chase, Report, Staff, Watch
from db.queries import workers
from db.queries.service import SYSTEM_LOGIN
from db.upgrade import upgrade
from tests.support.service_data import Service, add, add_referrals, add_report, found_service
from tests.support.worker import Worker, worker

WORKERS = 2
ONE_BY_ONE = 20
APART_S = 1.5
"""Longer than a worker's tick, so that no report profits from the one before it."""
BEFORE_S = 10.0
DUE_AFTER = dt.timedelta(minutes=180)
PATIENCE_S = 120.0
LOOK_EVERY_S = 0.1


class Console:
    """Notes when it is handed the task about each report."""

    def __init__(self) -> None:
        self.is_ready = False
        self.shown: dict[int, float] = {}

    def take_board(self, board: Board) -> None:
        """Take the whole board as the beginning."""
        self.is_ready = True

    def take_delta(self, delta: BoardDelta) -> None:
        """Note the first task about each report."""
        at = time.time()
        for task in delta.tasks:
            if task.report_id is not None:
                self.shown.setdefault(task.report_id, at)

    def take_state(self, state: FeedState) -> None:
        """A feed that is not live hands nothing over."""


@contextmanager
def consoles(database: Database, hubs: Sequence[int], how_many: int) -> Iterator[list[Console]]:
    """Follow the board with so many feeds for the length of the block."""
    made = [Console() for _ in range(how_many)]
    with ExitStack() as stack:
        for one in made:
            feed = ChangeFeed(database, hubs, one.take_board, one.take_delta, one.take_state, _now)
            stack.callback(feed.stop)
            feed.start()
        wait(lambda: all(one.is_ready for one in made))
        yield made


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def wait(what: Callable[[], bool]) -> None:
    """Wait until something holds; looking more often would take from what is measured."""
    ends = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < ends, f"not within {PATIENCE_S} s"
        time.sleep(LOOK_EVERY_S)


def found(database: Database) -> Service:
    """Make a service whose writers of reports are asked at any hour."""
    with for_writing(database.engine).connect() as connection:
        service = found_service(connection, _now())
        add(connection, Staff, login=SYSTEM_LOGIN, name="Doorstep", version=1)
        connection.commit()
    with database.work(Actor(service.staff, "Bench", Role.SYSTEM), _now()) as work:
        for name in ("ladder.clinician_quiet_from", "ladder.clinician_quiet_until"):
            setup.put_setting(work, name, "00:00", "For the measurement.", service.staff)
    return service


def owe(database: Database, service: Service, due_at: Sequence[dt.datetime]) -> list[int]:
    """Let a report be owed for each of these moments, by somebody who is asked when it is due."""
    with for_writing(database.engine).connect() as connection:
        referrals = add_referrals(connection, service, _now(), len(due_at))
        made = [
            add_report(connection, service, referral, at - DUE_AFTER)
            for referral, at in zip(referrals, due_at, strict=True)
        ]
        connection.execute(update(Report).where(Report.id.in_(made)).values(author_id=service.staff))
        connection.commit()
    wait(lambda: not _is_to_be_looked_at(database))
    assert _now() < min(due_at), "the machine was too slow to be ready before the first was due"
    return made


def _is_to_be_looked_at(database: Database) -> bool:
    with database.read() as session:
        return session.scalar(select(Watch.id).where(Watch.next_at <= _now()).limit(1)) is not None


def one_by_one(database: Database, service: Service, feeds: Sequence[Console]) -> list[float]:
    """Let one report after another be overdue; gives the seconds until each stood on each console."""
    first = _now() + dt.timedelta(seconds=BEFORE_S)
    due_at = [first + dt.timedelta(seconds=APART_S * number) for number in range(ONE_BY_ONE)]
    reports = owe(database, service, due_at)
    wait(lambda: all(report in one.shown for one in feeds for report in reports))
    return [
        one.shown[report] - at.timestamp()
        for one in feeds
        for report, at in zip(reports, due_at, strict=True)
    ]


def at_once(
    database: Database, service: Service, feeds: Sequence[Console], burst: int, ahead_s: float
) -> tuple[float, float]:
    """Let so many reports be overdue at one moment; gives the seconds until planned, and until shown."""
    due_at = _now() + dt.timedelta(seconds=ahead_s)
    reports = owe(database, service, [due_at] * burst)
    planned = select(func.count(func.distinct(Chase.subject_id))).where(
        Chase.subject_kind == Subject.REPORT, Chase.subject_id.between(min(reports), max(reports))
    )

    def is_planned() -> bool:
        with database.read() as session:
            return (session.scalar(planned) or 0) == burst

    time.sleep(max(0.0, due_at.timestamp() - time.time()))
    wait(is_planned)
    took = time.time() - due_at.timestamp()
    wait(lambda: all(len(one.shown) >= burst + ONE_BY_ONE for one in feeds))
    assert all(report in one.shown for one in feeds for report in reports)
    return took, max(one.shown[report] for one in feeds for report in reports) - due_at.timestamp()


def _are_looking(database: Database, crew: Sequence[Worker]) -> bool:
    with database.read() as session:
        looking = {one.worker for one in workers.workers(session) if one.looked_at is not None}
    return {one.name for one in crew} <= looking


def measure(url: str, folder: Path, how_many: int, burst: int, ahead_s: float) -> dict[str, Any]:
    """Run workers and consoles, and give the figures."""
    upgrade(url)
    with closing(open_database(url)) as database, ExitStack() as stack:
        service = found(database)
        crew = [stack.enter_context(worker(url, f"worker{n}", folder / "worker")) for n in range(WORKERS)]
        feeds = stack.enter_context(consoles(database, service.hubs, how_many))
        wait(lambda: _are_looking(database, crew))
        seconds = one_by_one(database, service, feeds)
        planned_s, shown_s = at_once(database, service, feeds, burst, ahead_s)
        too_soon = sum(one < 0 for one in seconds)
    return {
        "shown_p50_s": round(percentile(seconds, 0.5), 2),
        "shown_p95_s": round(percentile(seconds, 0.95), 2),
        "shown_longest_s": round(max(seconds), 2),
        "too_soon": too_soon,
        f"burst_{burst}_s": round(planned_s, 2),
        f"burst_{burst}_shown_s": round(shown_s, 2),
        "consoles": how_many,
        "workers": WORKERS,
        "database": server_version(url),
    }


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--consoles", type=int, default=50)
    asked.add_argument("--burst", type=int, default=2000)
    asked.add_argument("--ahead", type=float, default=60.0, help="seconds in which the burst is prepared")
    options = asked.parse_args()
    figures: dict[str, Any] = machine("sqlalchemy", "psycopg")
    with postgresql() as url, tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        figures |= measure(url, Path(folder), options.consoles, options.burst, options.ahead)
    finish(figures, as_json=options.json)


if __name__ == "__main__":
    main()
