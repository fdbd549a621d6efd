"""Whether the feed keeps up with a whole service: nothing lost, nothing repeated, in time.

First: two consoles with real windows and 48 without, all of them concerned by every change; 20 commits a
second for 60 s, among them transactions that stay open for seconds, savepoints that are kept or taken back,
and transactions that are rolled back whole. Then: 100 consoles without windows that each follow one of ten
hubs, while the same kind of work goes on in all of them. Beside both, SELECT 1 is timed on a connection of
its own.

A change that a later one of the same row overtook before it was read is not lost: boards show rows as they
are. Lost is what neither it nor a later one of its row made good; repeated is what a board was handed twice.

Run: python -m bench.feed_load [--json] [--seconds 60] [--rate 20] [--headless 48] [--on-hubs 100] [--hubs 10]
"""

import argparse
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from itertools import count, cycle
from typing import Any

from sqlalchemy import Connection, select, text

from bench.bell_clients import BELL
from bench.feed import change
from bench.feed_floors import postgresql_of, select1_ms
from bench.figures import finish, machine, percentile, spread
from bench.fill import Place, filled, postgresql, server_version
from bench.watchers import Handed, Watcher, bells, headless, watching, window
from db.connect import for_writing
from db.engine import Database, open_database
from db.models import Hub, Referral
from tests.support.service_data import add

WINDOWS = 2
PER_PROCESS = 8
WRITERS = 4
SLOW_S = 2.5
"""So long some transactions stay open, while others begin and commit."""
LIMIT_MS = 50.0
FLOOR_S = 5.0


@dataclass
class Written:
    """What was committed: by number, which referral and when; numbers of a row rise with its commits."""

    sent: dict[int, tuple[int, int]] = field(default_factory=dict)
    failures: list[BaseException] = field(default_factory=list)
    rolled_back: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def note(self, number: int, referral: int) -> None:
        """Note a change whose commit is sent now."""
        self.sent[number] = (referral, time.monotonic_ns())


@dataclass
class Writer:
    """Somebody who changes referrals of their own in every way in which a program can."""

    written: Written
    referrals: Sequence[int]
    every_s: float
    steps: Sequence[Callable[["Writer", Connection, int], None]]

    def work(self, database: Database, seconds: float, first_s: float = 0.0) -> None:
        """Change one after the other at a steady pace."""
        until = time.monotonic() + seconds
        try:
            with for_writing(database.engine).connect() as connection:
                due = time.monotonic() + first_s
                for referral, step in zip(cycle(self.referrals), cycle(self.steps), strict=False):
                    time.sleep(max(0.0, due - time.monotonic()))
                    if time.monotonic() > until:
                        return
                    step(self, connection, referral)
                    due += self.every_s
        except BaseException as error:  # noqa: BLE001 - told when all are done
            self.written.failures.append(error)

    def plain(self, connection: Connection, referral: int) -> None:
        """Change and commit."""
        number = next(self.written.numbers)
        change(connection, referral, number)
        self.written.note(number, referral)
        connection.commit()

    def kept_savepoint(self, connection: Connection, referral: int) -> None:
        """Change inside a savepoint that is kept, and commit."""
        number = next(self.written.numbers)
        with connection.begin_nested():
            change(connection, referral, number)
        self.written.note(number, referral)
        connection.commit()

    def lost_savepoint(self, connection: Connection, referral: int) -> None:
        """Change, change again inside a savepoint that is taken back, and commit."""
        number, other = next(self.written.numbers), next(self.written.numbers)
        change(connection, referral, number)
        with connection.begin_nested() as savepoint:
            change(connection, referral, other)
            savepoint.rollback()
        self.written.note(number, referral)
        connection.commit()

    def rollback(self, connection: Connection, referral: int) -> None:
        """Change and take all of it back, then change and commit."""
        change(connection, referral, next(self.written.numbers))
        connection.rollback()
        self.written.rolled_back += 1
        self.plain(connection, referral)

    def slow(self, connection: Connection, referral: int) -> None:
        """Change, leave the transaction open for as long as the next one is away, and commit."""
        number = next(self.written.numbers)
        change(connection, referral, number)
        time.sleep(self.every_s)
        self.written.note(number, referral)
        connection.commit()


QUICK = (Writer.plain, Writer.kept_savepoint, Writer.plain, Writer.lost_savepoint, Writer.rollback)


def write(url: str, quick: Sequence[int], slow: int, seconds: float, rate: float) -> Written:
    """Let people work for so long: several in short transactions, one in long ones."""
    written = Written()
    each = WRITERS / rate
    writers = [Writer(written, quick[n::WRITERS], each, QUICK) for n in range(WRITERS)]
    writers.append(Writer(written, [slow], SLOW_S, [Writer.slow]))
    with closing(open_database(url)) as database:
        threads = [
            threading.Thread(target=one.work, args=(database, seconds, each * n / WRITERS))
            for n, one in enumerate(writers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if written.failures:
        raise written.failures[0]
    return written


def compare(written: Written, board: Handed, shown: set[int]) -> dict[str, Any]:
    """Hold what one board was handed against what was committed to the referrals that it shows."""
    sent = {number: one for number, one in written.sent.items() if one[0] in shown}
    times = Counter(number for number, _ in board)
    newest: dict[int, int] = {}
    for number in times:
        if number in sent:
            newest[sent[number][0]] = max(number, newest.get(sent[number][0], 0))
    missing = sent.keys() - times.keys()
    lost = {number for number in missing if number > newest.get(sent[number][0], 0)}
    return {
        "lost": len(lost),
        "overtaken": len(missing) - len(lost),
        "repeated": sum(times.values()) - len(times),
        "never_committed": len(times.keys() - written.sent.keys()),
        "took_ms": [(at - sent[number][1]) / 1e6 for number, at in board if number in sent],
    }


def together(each: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Give the figures of all boards in one."""
    took = [one for board in each for one in board["took_ms"]]
    names = ("lost", "overtaken", "repeated", "never_committed")
    sums = {name: sum(board[name] for board in each) for name in names}
    return {**spread(took), "consoles": len(each), "handed": len(took), **sums}


@contextmanager
def beside(url: str) -> Iterator[list[float]]:
    """Time SELECT 1 while the block runs, as a console would wait for it."""
    times: list[float] = []
    done = threading.Event()

    def ask() -> None:
        with closing(open_database(url)) as database, database.engine.connect() as connection:
            while not done.wait(0.1):
                began = time.monotonic()
                connection.execute(text("SELECT 1"))
                times.append((time.monotonic() - began) * 1000)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield times
    finally:
        done.set()
        thread.join()


def all_concerned(place: Place, seconds: float, rate: float, others: int) -> dict[str, Any]:
    """Two windows, and so many consoles beside them, that follow every hub."""
    windows = [window(place.url) for _ in range(WINDOWS)]
    rest = list(of_hubs(place, [place.hubs] * others))
    slow = place.referrals[-1]
    with watching([*windows, *rest]), beside(place.url) as select1:
        written = write(place.url, place.in_sight, slow, seconds, rate)
        time.sleep(2)  # who is late is late, not lost
        painted = [handed for one in windows for handed in one.seen()]
        handed = [handed for one in rest for handed in one.seen()]
    in_sight, every = set(place.in_sight), {*place.in_sight, slow}
    boards = [compare(written, one, in_sight) for one in painted]
    headless_ones = [compare(written, one, every) for one in handed]
    return {
        **together([*boards, *headless_ones]),
        "windows": together(boards),
        "committed": len(written.sent),
        "rolled_back": written.rolled_back,
        "select1_beside_p95_ms": round(percentile(select1, 0.95), 2),
    }


def on_hub_channels(place: Place, seconds: float, rate: float, consoles: int, hubs: int) -> dict[str, Any]:
    """So many consoles without windows, each on one of several hubs; every change concerns one hub."""
    of_hub = spread_over_hubs(place, hubs)
    follow = [hub for _, hub in zip(range(consoles), cycle(of_hub), strict=False)]
    watchers = list(of_hubs(place, [(hub,) for hub in follow]))
    quick = [referral for referrals in of_hub.values() for referral in referrals[:2]]
    slow = next(iter(of_hub.values()))[-1]
    with watching(watchers), beside(place.url) as select1:
        written = write(place.url, quick, slow, seconds, rate)
        time.sleep(2)
        handed = [handed for one in watchers for handed in one.seen()]
    boards = [compare(written, one, set(of_hub[hub])) for one, hub in zip(handed, follow, strict=True)]
    return {
        **together(boards),
        "hubs": hubs,
        "committed": len(written.sent),
        "rolled_back": written.rolled_back,
        "select1_beside_p95_ms": round(percentile(select1, 0.95), 2),
    }


def woken(place: Place, rate: float, clients: int) -> dict[str, float]:
    """The floor: so many connections hear a bare NOTIFY and ask SELECT 1, as often as changes come in."""
    each = [PER_PROCESS] * (clients // PER_PROCESS) + [clients % PER_PROCESS]
    watchers = [bells(place.url, many) for many in each if many]
    sent: dict[int, int] = {}
    with watching(watchers), closing(postgresql_of(place.url)) as ringing:
        began = time.monotonic()
        for number in range(int(FLOOR_S * rate)):
            sent[number] = time.monotonic_ns()
            ringing.execute(f"NOTIFY {BELL}, '{number}'".encode())
            time.sleep(max(0.0, began + (number + 1) / rate - time.monotonic()))
        time.sleep(0.5)
        handed = [pair for one in watchers for board in one.seen() for pair in board]
    return spread([(at - sent[number]) / 1e6 for number, at in handed])


def spread_over_hubs(place: Place, hubs: int) -> dict[int, list[int]]:
    """Make so many hubs, and give each its share of the referrals."""
    with closing(open_database(place.url)) as database, for_writing(database.engine).begin() as connection:
        given = list(place.hubs[:hubs])
        more = range(len(given), hubs)
        made = given + [add(connection, Hub, code=f"H{number}", name=f"Hub {number}") for number in more]
        statement = text("UPDATE referral SET hub_id = (CAST(:hubs AS bigint[]))[1 + id % :many]")
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(statement, {"hubs": made, "many": hubs})
        let_in = "INSERT INTO patient_hub SELECT patient_id, hub_id FROM referral ON CONFLICT DO NOTHING"
        connection.execute(text(let_in))
        found: dict[int, list[int]] = {hub: [] for hub in made}
        for referral, hub in connection.execute(select(Referral.id, Referral.hub_id).order_by(Referral.id)):
            found[hub].append(referral)
    return found


def of_hubs(place: Place, follow: Sequence[Sequence[int]]) -> Iterator[Watcher]:
    """Start consoles without windows, several to a process, in the order in which they are asked for."""
    for first in range(0, len(follow), PER_PROCESS):
        yield headless(place.url, follow[first : first + PER_PROCESS])


def holds(found: dict[str, Any]) -> bool:
    """Tell whether nothing was lost, repeated, invented or late."""
    wrong = found["lost"] + found["repeated"] + found["never_committed"]
    return bool(not wrong and found["p95_ms"] < LIMIT_MS)


def main() -> None:
    """Measure both, and say whether it holds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--rate", type=float, default=20)
    asked.add_argument("--headless", type=int, default=48)
    asked.add_argument("--on-hubs", type=int, default=100)
    asked.add_argument("--hubs", type=int, default=10)
    asked.add_argument("--referrals", type=int, default=500)
    options = asked.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found: dict[str, Any] = {}
    with ExitStack() as stack:
        url = stack.enter_context(postgresql())
        place = filled(url, options.referrals)
        found["select1_ms"] = select1_ms(url)
        found["woken"] = woken(place, options.rate, WINDOWS + options.headless)
        found["all_concerned"] = all_concerned(place, options.seconds, options.rate, options.headless)
        found["hub_channels"] = on_hub_channels(
            place, options.seconds / 2, options.rate, options.on_hubs, options.hubs
        )
        found["server"] = server_version(url)
    found["machine"] = machine("sqlalchemy", "psycopg", "pyside6-essentials")
    found["holds"] = holds(found["all_concerned"]) and holds(found["hub_channels"])
    finish(found, as_json=options.json)


if __name__ == "__main__":
    main()
