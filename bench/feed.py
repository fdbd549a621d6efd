"""How long from a commit until every console has painted the changed row, beside the database's own floor.

Two consoles with their real windows, each in a process of its own; then the same two with 48 more feeds
that have no window. A change counts as painted once the window that painted its row has handed it on.

Run: python -m bench.feed [--json] [--seconds 15] [--rate 20] [--referrals 2000] [--headless 48]
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from sqlalchemy import Connection, update

from bench.changes import CHANGE
from bench.feed_floors import bell_ms, select1_ms
from bench.figures import finish, machine, spread
from bench.fill import BOTH, IN_SIGHT, Place, filled, server_version
from bench.watchers import Handed, Watcher, headless, watching, window
from db.connect import for_writing
from db.engine import open_database
from db.models import Referral

WINDOWS = 2
PER_PROCESS = 4
"""So many headless feeds share one process, since fifty interpreters do not fit on a small machine."""


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    seconds: float
    rate: float


def write(place: Place, plan: Plan) -> dict[int, int]:
    """Change one referral in sight after the other at the planned rate; give when each commit was sent."""
    committed: dict[int, int] = {}
    with (
        closing(open_database(place.url)) as database,
        for_writing(database.engine).connect() as connection,
    ):
        began = time.monotonic()
        which = cycle(place.in_sight)
        for number in range(1, int(plan.seconds * plan.rate) + 1):
            change(connection, next(which), number)
            committed[number] = time.monotonic_ns()
            connection.commit()
            time.sleep(max(0.0, began + number / plan.rate - time.monotonic()))
    return committed


def change(connection: Connection, referral: int, number: int) -> None:
    """Write the number of the change into a referral."""
    connection.execute(
        update(Referral)
        .where(Referral.id == referral)
        .values(problem=f"{CHANGE}{number}", version=Referral.version + 1)
    )


def compare(committed: dict[int, int], boards: Sequence[Handed]) -> dict[str, Any]:
    """Give how long it took, and whether each board got each change once.

    A change that another one overtook on the same row, before it was read, is not lost: boards show rows as
    they are. Lost is what neither it nor a later one of its row made good.
    """
    latencies, lost, overtaken, repeated = [], 0, 0, 0
    for handed in boards:
        times = Counter(number for number, _ in handed)
        newest = {number % IN_SIGHT: number for number in sorted(times)}
        missing = committed.keys() - times.keys()
        late = {number for number in missing if number > newest.get(number % IN_SIGHT, 0)}
        lost, overtaken = lost + len(late), overtaken + len(missing - late)
        repeated += sum(times.values()) - len(times)
        latencies += [(at - committed[number]) / 1e6 for number, at in handed]
    missed = {"lost": lost, "overtaken": overtaken, "repeated": repeated}
    return {**spread(latencies), "consoles": len(boards), **missed}


def measure(place: Place, plan: Plan, others: int = 0) -> dict[str, Any]:
    """Write while the windows, and so many feeds beside them, watch; say of both what they saw."""
    windows = [window(place.url) for _ in range(WINDOWS)]
    beside = list(without_windows(place, others))
    with watching([*windows, *beside]):
        committed = write(place, plan)
        time.sleep(1.5)  # whoever is late is late, not lost
        painted = compare(committed, [handed for one in windows for handed in one.seen()])
        handed = [handed for one in beside for handed in one.seen()]
    return {**painted, "headless": compare(committed, handed)} if others else painted


def without_windows(place: Place, count: int) -> Iterator[Watcher]:
    """Start watchers with so many feeds in all."""
    for first in range(0, count, PER_PROCESS):
        yield headless(place.url, [place.hubs] * min(PER_PROCESS, count - first))


def figures(place: Place, plan: Plan, others: int) -> dict[str, Any]:
    """Measure the floors, the two windows alone, and, where that can be, the two among many."""
    floors = {
        "select1_ms": select1_ms(place.url),
        "notify_ms": bell_ms(place.url),
        "open_referrals": len(place.referrals),
        "server": server_version(place.url),
        "platform": os.environ["QT_QPA_PLATFORM"],
    }
    alone = measure(place, plan)
    among = {f"with_{WINDOWS + others}": measure(place, plan, others)} if others else {}
    return {**alone, **floors, **among}


def main() -> None:
    """Measure both databases."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--seconds", type=float, default=15)
    asked.add_argument("--rate", type=float, default=20)
    asked.add_argument("--referrals", type=int, default=2000)
    asked.add_argument("--headless", type=int, default=48)
    options = asked.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found: dict[str, Any] = {}
    for name, make in BOTH.items():
        with make() as url:
            place = filled(url, options.referrals)
            # One file belongs to one computer: fifty consoles on it are not a case that occurs.
            others = options.headless if name == "postgresql" else 0
            found[name] = figures(place, Plan(options.seconds, options.rate), others)
    found["machine"] = machine("sqlalchemy", "psycopg", "pyside6-essentials")
    finish(found, as_json=options.json)


if __name__ == "__main__":
    main()
