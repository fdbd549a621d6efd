"""What it costs that everybody sees who has which referral open: 100 consoles, each renewing its lease.

Each console has a referral open, renews every 5 s and opens another one every 10 s, as people do at a busy
desk; `--seconds` of that, then as quickly as the database takes it. A listener counts the bells, which must
stay silent. Beside it stands SELECT 1 on the same server, without and with the load.

Run: python -m bench.presence [--json] [--consoles 100] [--seconds 15] [--sqlite]
"""

import argparse
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import text

from bench.feed_floors import select1_ms
from bench.figures import finish, machine, spread
from bench.fill import Place, filled, postgresql
from console.domain.acting import Actor
from console.domain.presence import RENEWED_EVERY
from console.domain.words import Role
from console.services.desk import Desk
from console.services.presence import HasOpen, Lease
from console.services.server_clock import ServerClock
from db.engine import Database, open_database

OPENS_EVERY_S = 10.0
THREADS = 10
AS_QUICKLY_S = 3.0


class Consoles:
    """Some of the consoles: a thread that lets each renew when it is time."""

    def __init__(self, database: Database, place: Place, count: int, first: int) -> None:
        actor = Actor(place.staff, "Bench", Role.COORDINATOR, "bench")
        service = Desk(database, actor, ServerClock(database.server_now)).presence
        self._leases = [Lease(service, f"console {first + one}", place.hubs) for one in range(count)]
        self._place, self._chance = place, random.Random(first)
        self.took: list[float] = []

    def _beat(self, lease: Lease) -> None:
        began = time.perf_counter()
        found = lease.beat(HasOpen(self._chance.choice(self._place.in_sight), is_editing=False))
        self.took.append((time.perf_counter() - began) * 1000)
        assert any(one.console == lease.console for one in found)

    def paced(self, until: float) -> None:
        """Renew every 5 s, and once more for each record that is opened."""
        every = 1 / (1 / RENEWED_EVERY.total_seconds() + 1 / OPENS_EVERY_S)
        due = [(time.monotonic() + self._chance.uniform(0, every), lease) for lease in self._leases]
        while True:
            due.sort(key=lambda one: one[0])
            at, lease = due.pop(0)
            if at > until:
                return
            time.sleep(max(at - time.monotonic(), 0))
            self._beat(lease)
            due.append((at + every, lease))

    def at_once(self, until: float) -> None:
        """Renew without a pause."""
        while time.monotonic() < until:
            for lease in self._leases:
                self._beat(lease)


@contextmanager
def bells(url: str) -> Iterator[list[str]]:
    """Count what rings for the boards meanwhile; a local file has no bell."""
    rang: list[str] = []
    if url.startswith("sqlite"):
        yield rang
        return
    with closing(psycopg.connect(url.replace("+psycopg", ""), autocommit=True)) as listening:
        for channel in ("board_all", "board_1", "board_2"):
            listening.execute(f"LISTEN {channel}")
        yield rang
        rang += [one.channel for one in listening.notifies(timeout=0.2)]


def run(consoles: list[Consoles], how: Callable[[Consoles, float], None], seconds: float) -> list[float]:
    """Let all of them go on for so long; gives how long each renewal took, in milliseconds."""
    for one in consoles:
        one.took.clear()
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=how, args=(one, until)) for one in consoles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [took for one in consoles for took in one.took]


def measured(url: str, count: int, seconds: float) -> dict[str, Any]:
    """Measure on one database."""
    place = filled(url, 200)
    alone = select1_ms(url)
    with ExitStack() as stack:
        databases = [stack.enter_context(closing(open_database(url))) for _ in range(THREADS)]
        each = count // THREADS
        consoles = [Consoles(one, place, each, number * each) for number, one in enumerate(databases)]
        before = logged(databases[0])
        with bells(url) as rang:
            floor: list[float] = []
            beside = threading.Timer(seconds / 2, lambda: floor.append(select1_ms(url)))
            beside.start()
            paced = run(consoles, Consoles.paced, seconds)
            beside.join()
        after = logged(databases[0])
        quick = run(consoles, Consoles.at_once, AS_QUICKLY_S)
    return {
        "consoles": each * THREADS,
        "select_1_ms_alone": alone,
        "select_1_ms_beside": floor[0],
        "renewals_a_second": round(len(paced) / seconds, 1),
        "renewal": spread(paced),
        "bells": len(rang),
        "change_log_lines": after["change_log"] - before["change_log"],
        "audit_lines": after["audit_log"] - before["audit_log"],
        "wal_kb": round((after["wal"] - before["wal"]) / 1024, 1) if "wal" in after else None,
        "at_most_a_second": round(len(quick) / AS_QUICKLY_S),
        "renewal_at_most": spread(quick),
    }


def logged(database: Database) -> dict[str, int]:
    """Count what the database has told, kept and, on PostgreSQL, logged."""
    with database.read() as session:
        tables = ("change_log", "audit_log")
        found = {one: session.execute(text(f"SELECT count(*) FROM {one}")).scalar_one() for one in tables}  # noqa: S608 - our own names
        if database.capabilities.is_shared:
            wal = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"
            found["wal"] = session.execute(text(wal)).scalar_one()
    return found


def main() -> None:
    """Measure and print."""
    wishes = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    wishes.add_argument("--json", action="store_true")
    wishes.add_argument("--consoles", type=int, default=100)
    wishes.add_argument("--seconds", type=float, default=15)
    wishes.add_argument("--sqlite", action="store_true", help="a local file instead of PostgreSQL")
    wish = wishes.parse_args()
    figures: dict[str, Any] = {"bench": "presence", **machine("psycopg", "SQLAlchemy")}
    if wish.sqlite:
        with tempfile.TemporaryDirectory() as place:
            url = f"sqlite:///{Path(place) / 'bench.sqlite'}"
            figures |= measured(url, wish.consoles, wish.seconds)
    else:
        with postgresql() as url:
            figures |= measured(url, wish.consoles, wish.seconds)
    finish(figures, as_json=wish.json)


if __name__ == "__main__":
    main()
