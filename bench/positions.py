"""Positions under load: a thousand a second from real HTTP connections, right ones and wrong ones.

A real `main.py worker` takes them into a PostgreSQL of its own, on this machine only; a live feed, as a
console has it, notes when each right one, or a newer one of the same person, is on its board.

Run: python -m bench.positions [--json] [--rate 1000] [--seconds 10] [--people 600]
"""

import argparse
import datetime as dt
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bench.figures import finish, machine, percentile
from bench.fill import postgresql, server_version
from bench.position_load import STEP
from console.domain.acting import Actor
from console.domain.rows import Board, BoardDelta, FeedState
from console.domain.words import Employer, Placement, Profession, Role
from console.services import setup
from console.services.positions import token_hash
from db.change_feed import ChangeFeed
from db.engine import Database, open_database
from db.models import Device, DeviceState, Hub, Position, PositionCount, Practitioner, Shift
from db.upgrade import upgrade
from tests.support.worker import worker

OFF_DUTY = 30
# What each kind of message may be answered. All foreign ones have one token: it tells too often before long.
EXPECTED = {
    "right": {200}, "malformed": {400}, "replayed": {409}, "future": {422}, "foreign": {401, 429},
    "off_duty": {403}, "no_place": {422},
}  # fmt: skip


class Shown:
    """When each number of each person was first on the board, or a newer one in its place."""

    def __init__(self) -> None:
        self.seen: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def take_board(self, board: Board) -> None:
        """Nothing has been told yet."""

    def take_delta(self, delta: BoardDelta) -> None:
        """Note the number of each place."""
        at = time.monotonic_ns()
        for row in delta.practitioners:
            if row.lat is not None:
                self.seen[row.id].append((round((row.lat - 51.0) / STEP), at))

    def take_state(self, state: FeedState) -> None:
        """A feed that is not live shows nothing."""

    def after_ms(self, person: int, number: int, sent_ns: int) -> float | None:
        """Give how long after it was sent that number, or a newer one, was shown."""
        return next(((at - sent_ns) / 1e6 for seen, at in self.seen[person] if seen >= number), None)


def people(database: Database, count: int, *, is_on: bool, now: dt.datetime) -> list[tuple[int, str]]:
    """Add so many practitioners with a device each; gives practitioner and token."""
    made = []
    with database.work(Actor(0, "Doorstep", Role.SYSTEM), now) as work:
        hub = work.session.scalars(select(Hub)).first()
        assert hub is not None
        for number in range(count):
            name = f"{'On' if is_on else 'Off'} {number}"
            who = work.add(
                Practitioner(
                    name=name, profession=Profession.PARAMEDIC_PRACTITIONER, employer=Employer.FEDERATION
                )
            )
            hours = {"starts_at": now - dt.timedelta(hours=2), "ends_at": now + dt.timedelta(hours=6)}
            on_at = now - dt.timedelta(hours=2) if is_on else None
            work.add(
                Shift(
                    practitioner_id=who.id,
                    hub_id=hub.id,
                    placement=Placement.HOME_VISITING,
                    on_at=on_at,
                    **hours,
                )
            )
            token = f"{name.replace(' ', '-')}-{'t' * 32}"
            device = work.add(Device(practitioner_id=who.id, label="bench", token_hash=token_hash(token)))
            work.add(DeviceState(device_id=device.id))
            made.append((who.id, token))
    return made


def load(plan: dict[str, Any]) -> list[list[Any]]:
    """Let the devices tell, in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.position_load"],
        input=json.dumps(plan) + "\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )
    answered: list[list[Any]] = json.loads(done.stdout)
    return answered


def free_port() -> int:
    """Give a port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(url: str, rate: float, seconds: float, count: int) -> dict[str, Any]:
    """Run the load and say what came of it."""
    upgrade(url)
    with closing(open_database(url)) as database, tempfile.TemporaryDirectory() as folder:
        now = database.server_now()
        setup.apply(database, now)
        on, off = (
            people(database, count, is_on=True, now=now),
            people(database, OFF_DUTY, is_on=False, now=now),
        )
        port, home = free_port(), Path(folder)
        (home / "doorstep.toml").write_text(f"[positions]\nlisten = true\nport = {port}\n", encoding="utf-8")
        with database.read() as session:
            hubs = list(session.scalars(select(Hub.id)))
        shown = Shown()
        feed = ChangeFeed(
            database, hubs, shown.take_board, shown.take_delta, shown.take_state, database.server_now
        )
        with worker(url, "bench", home) as one:
            feed.start()
            _until_it_listens(port)
            plan = {
                "port": port, "rate": rate, "seconds": seconds,
                "right": [token for _, token in on], "off_duty": [token for _, token in off],
            }  # fmt: skip
            answered = load(plan)
            time.sleep(2)  # what is not on the board by now is late
            is_alive = one.process.poll() is None
            ended = one.stop()
            feed.stop()
        found = judged(answered, shown, [who for who, _ in on])
        return (
            found
            | stored(database, [who for who, _ in off])
            | {
                "crashed": not is_alive or ended != 0,
                "server": server_version(url),
            }
        )


def _until_it_listens(port: int) -> None:
    ends_at = time.monotonic() + 60
    while time.monotonic() < ends_at:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("The worker does not listen.")


def judged(answered: Sequence[list[Any]], shown: Shown, persons: Sequence[int]) -> dict[str, Any]:
    """Compare what was answered with what should have been, and say how soon the right ones were shown."""
    statuses: dict[str, Counter[int]] = defaultdict(Counter)
    took, unseen, answer_ms = [], 0, []
    for kind, device, number, sent, status, at in answered:
        statuses[kind][status] += 1
        answer_ms.append((at - sent) / 1e6)
        if kind == "right" and status == 200:
            after = shown.after_ms(persons[device], number, sent)
            unseen += after is None
            took += [] if after is None else [after]
    first, last = min(one[3] for one in answered), max(one[3] for one in answered)
    return {
        "told": len(answered),
        "per_second": round(len(answered) / ((last - first) / 1e9)),
        "wrongly_answered": sum(
            number for kind, found in statuses.items() for status, number in found.items()
            if status not in EXPECTED[kind]
        ),
        "answers": {kind: dict(found) for kind, found in sorted(statuses.items())},
        "answer_p95_ms": round(percentile(answer_ms, 0.95)),
        "shown_p50_ms": round(percentile(took, 0.5)),
        "shown_p95_ms": round(percentile(took, 0.95)),
        "shown_max_ms": round(max(took, default=0)),
        "later_than_1_s": sum(one > 1000 for one in took),
        "not_shown": unseen,
    }  # fmt: skip


def stored(database: Database, off_duty: Sequence[int]) -> dict[str, Any]:
    """Count what is kept, of whom it must not be, and what was counted."""
    with database.read() as session:
        of_off_duty = select(func.count()).where(Position.practitioner_id.in_(off_duty))
        return {
            "kept": session.scalar(select(func.count()).select_from(Position)),
            "kept_off_duty": session.scalar(of_off_duty),
            "counted": session.scalar(select(func.sum(PositionCount.count)).select_from(PositionCount)),
        }


def main() -> None:
    """Measure once."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--rate", type=float, default=1000)
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--people", type=int, default=600)
    options = asked.parse_args()
    with postgresql() as url:
        found = measure(url, options.rate, options.seconds, options.people)
    found["counted"] = int(found["counted"] or 0)
    assert found["kept_off_duty"] == 0, "a position was kept off duty"
    assert not found["crashed"], "the worker crashed"
    found["machine"] = machine("uvicorn", "h11", "psycopg")
    finish(found, as_json=options.json)


if __name__ == "__main__":
    main()
