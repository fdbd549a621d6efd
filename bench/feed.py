"""How long from a commit until every console has the changed row in hand, beside the database's own floor.

Run: python -m bench.feed [--json] [--seconds 15] [--rate 20] [--referrals 2000]
"""

import argparse
import datetime as dt
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, cycle
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text, update

from bench.feed_clients import CHANGE
from bench.feed_floors import bell_ms, select1_ms
from bench.figures import finish, machine, spread
from bench.watchers import Handed, Watcher, headless, watching
from db.connect import for_writing
from db.engine import open_database
from db.models import Referral
from db.upgrade import upgrade
from tests.support.postgresql import running_server
from tests.support.service_data import add_referrals, found_service

PER_PROCESS = 4
"""So many headless feeds share one process, since fifty interpreters do not fit on a small machine."""


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    seconds: float
    rate: float
    referrals: int


@dataclass(frozen=True)
class Place:
    """A filled database."""

    url: str
    hubs: tuple[int, ...]
    referrals: tuple[int, ...]


def filled(url: str, plan: Plan) -> Place:
    """Make a service with so many open referrals."""
    now = dt.datetime.now(dt.UTC)
    upgrade(url)
    with closing(open_database(url)) as database, for_writing(database.engine).connect() as connection:
        service = found_service(connection, now, practitioners=20)
        half = plan.referrals // 2
        mine = add_referrals(connection, service, now, half)
        others = add_referrals(connection, service, now, plan.referrals - half, hub=service.hubs[1])
        connection.commit()
        if database.dialect == "postgresql":
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
    return Place(url, service.hubs, tuple(chain.from_iterable(zip(mine, others, strict=True))))


def write(place: Place, plan: Plan) -> dict[int, int]:
    """Change one referral after the other at the planned rate; give when each commit was sent."""
    committed: dict[int, int] = {}
    with (
        closing(open_database(place.url)) as database,
        for_writing(database.engine).connect() as connection,
    ):
        began = time.monotonic()
        which = cycle(place.referrals)
        for number in range(1, int(plan.seconds * plan.rate) + 1):
            _change(connection, next(which), number)
            committed[number] = time.monotonic_ns()
            connection.commit()
            time.sleep(max(0.0, began + number / plan.rate - time.monotonic()))
    return committed


def _change(connection: Connection, referral: int, number: int) -> None:
    connection.execute(
        update(Referral)
        .where(Referral.id == referral)
        .values(problem=f"{CHANGE}{number}", version=Referral.version + 1)
    )


def compare(committed: dict[int, int], boards: Sequence[Handed]) -> dict[str, Any]:
    """Give how long it took, and whether each board got each change once."""
    latencies, lost, repeated = [], 0, 0
    for handed in boards:
        times = Counter(number for number, _ in handed)
        lost += len(committed.keys() - times.keys())
        repeated += sum(times.values()) - len(times)
        latencies += [(at - committed[number]) / 1e6 for number, at in handed]
    return {**spread(latencies), "consoles": len(boards), "lost": lost, "repeated": repeated}


def measure(place: Place, plan: Plan, watchers: Sequence[Watcher]) -> dict[str, Any]:
    """Write while the watchers watch."""
    with watching(watchers):
        committed = write(place, plan)
        time.sleep(1.5)  # whoever is late is late, not lost
        return compare(committed, [handed for watcher in watchers for handed in watcher.seen()])


def consoles(place: Place, count: int) -> Iterator[Watcher]:
    """Start watchers with so many feeds in all; two have a process each, as two consoles do."""
    sizes = [1] * count if count <= 2 else [PER_PROCESS] * (count // PER_PROCESS)
    sizes += [count - sum(sizes)] if sum(sizes) < count else []
    for size in sizes:
        yield headless(place.url, place.hubs, size)


def figures(place: Place, plan: Plan, counts: Sequence[int]) -> dict[str, Any]:
    """Measure the floors and then each number of consoles; the first is the one that counts."""
    floors = {
        "select1_ms": select1_ms(place.url),
        "notify_ms": bell_ms(place.url),
        "open_referrals": len(place.referrals),
    }
    runs = [measure(place, plan, list(consoles(place, count))) for count in counts]
    return {**runs[0], **floors, **{f"with_{run['consoles']}": run for run in runs[1:]}}


@contextmanager
def postgresql() -> Iterator[str]:
    """A server of our own; it does not wait for its disk, so a commit costs what it costs without one."""
    with running_server() as server, server.database() as name:
        yield server.url(name)


@contextmanager
def sqlite() -> Iterator[str]:
    """A file of our own."""
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        yield f"sqlite:///{Path(folder) / 'doorstep.sqlite'}"


def server_version(url: str) -> str:
    """Say which database it is."""
    ask = "SELECT version()" if url.startswith("postgresql") else "SELECT 'SQLite ' || sqlite_version()"
    with closing(open_database(url)) as database, database.read() as session:
        return str(session.execute(text(ask)).scalar_one()).split(" on ")[0]


def main() -> None:
    """Measure both databases."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--seconds", type=float, default=15)
    asked.add_argument("--rate", type=float, default=20)
    asked.add_argument("--referrals", type=int, default=2000)
    asked.add_argument("--consoles", type=int, nargs="*", default=[2, 50])
    options = asked.parse_args()
    plan = Plan(options.seconds, options.rate, options.referrals)
    found: dict[str, Any] = {}
    # One file belongs to one computer: more than two consoles on it are not a case that occurs.
    for name, make, counts in (("postgresql", postgresql, options.consoles), ("sqlite", sqlite, [2])):
        with make() as url:
            place = filled(url, plan)
            found[name] = {**figures(place, plan, counts), "server": server_version(url)}
    found["machine"] = machine("sqlalchemy", "psycopg")
    finish(found, as_json=options.json)


if __name__ == "__main__":
    main()
