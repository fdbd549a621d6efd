"""Workers that are killed in mid-sending: nobody is forgotten, and nobody is reminded twice.

So many people each owe one report and are to be reminded by mail. Workers are processes of their own, and
send to a real mail server with TLS on this machine; the server kills the worker whose message it has in hand,
in turns before it takes the message and after it took it, without an answer either way. Killed workers are
replaced. It runs once with a server that drops what it has taken before, and, smaller, once with one that
does not: there what nobody can know must have become a task.

Run: python -m bench.chase [--json] [--owed 1800] [--kills 200]
"""

import argparse
import datetime as dt
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from bench.figures import finish, machine
from bench.fill import postgresql, server_version
from bench.workers import Workers
from console.domain.acting import Actor
from console.domain.chase_words import ChaseState, MessageStatus, Subject, Way
from console.domain.words import Role, TaskKind
from console.services import setup
from db.connect import for_writing
from db.engine import Database, open_database
from db.models import Chase, OutgoingMessage, Staff, Task, Watch
from db.queries.service import SYSTEM_LOGIN
from db.upgrade import upgrade
from tests.support.mail_server import MailServer, mail_server
from tests.support.service_data import add, add_referrals, add_report, found_service

WORKERS = 3
LONGEST_S = 430
"""For the larger one of the two runs; with both it stays under ten minutes."""
OVERDUE = dt.timedelta(minutes=182)
_OURS = (Chase.ladder == "bench",)


class Crew:
    """Workers, and the server that ends them while it has their message in hand."""

    def __init__(self, database: Database, folder: Path, kills: int, every: int) -> None:
        """Of every so many messages one costs its worker its life, until all kills are done."""
        self._database = database
        self._wanted, self._every = kills, every
        self._numbers = count(1)
        self._workers = Workers(database.url, folder)
        self._messages = 0
        self._is_last_moment = False
        self.dead: list[str] = []

    def fill_up(self) -> None:
        """Let as many work as there should be."""
        while len(self._workers) < WORKERS:
            self._workers.begin(f"worker{next(self._numbers)}")

    def end(self) -> None:
        """End everybody."""
        self._workers.end()

    def before_taking(self, key: str) -> bool:
        """Kill every second time before the message is taken; tell whether the server takes it."""
        self._messages += 1
        is_turn = len(self.dead) < self._wanted and self._messages % self._every == 0
        self._is_last_moment = is_turn and len(self.dead) % 2 == 1
        return not (is_turn and not self._is_last_moment and self._kill(key))

    def before_answer(self, key: str) -> None:
        """Kill the other times after the message was taken, before its worker is told."""
        if self._is_last_moment:
            self._kill(key)

    def _kill(self, key: str) -> bool:
        with self._database.read() as session:
            name = session.scalar(select(OutgoingMessage.worker).where(OutgoingMessage.key == key))
        is_killed = self._workers.kill(name or "")
        if is_killed and name is not None:
            self.dead.append(name)
        return is_killed


def owe(database: Database, people: int, *, deduplicates: bool) -> None:
    """Let so many people each owe a report that is late, and be due a reminder."""
    now = database.server_now()
    with for_writing(database.engine).connect() as connection:
        service = found_service(connection, now)
        add(connection, Staff, login=SYSTEM_LOGIN, name="Doorstep", version=1)
        staff = connection.execute(
            insert(Staff).returning(Staff.id, sort_by_parameter_order=True),
            [
                {"login": f"p{n}", "name": f"Person {n}", "mail": f"p{n}@example.nhs.uk"}
                for n in range(people)
            ],
        ).scalars()
        referrals = add_referrals(connection, service, now - OVERDUE, people)
        reports = [add_report(connection, service, one, now - OVERDUE) for one in referrals]
        same: dict[str, Any] = {"ladder": "bench", "step": "mail", "round": 0, "hub_id": service.hubs[0]}
        same |= {"subject_kind": Subject.REPORT, "way": Way.MAIL, "state": ChaseState.QUEUED}
        same |= {"due_at": now, "not_before": now, "planned_at": now}
        rows = [
            {"subject_id": report, "recipient": f"staff:{person}", **same}
            for report, person in zip(reports, staff, strict=True)
        ]
        connection.execute(insert(Chase), rows)
        # Sending is measured here; what ladders would ask besides is measured by bench.overdue.
        connection.execute(delete(Watch))
        connection.commit()
    with database.work(Actor(service.staff, "Bench", Role.SYSTEM), now) as work:
        setup.put_setting(work, "mail.deduplicates", deduplicates, "For the measurement.", service.staff)


def run(
    url: str,
    folder: Path,
    owed: int,
    kills: int,
    *,
    deduplicates: bool,
    waits: bool,
    longest_s: float = LONGEST_S,
) -> dict[str, int]:
    """Let workers remind everybody while they are killed; count what came of it.

    Without `waits` the leases of the dead are over at once, not a minute and a half later.
    """
    upgrade(url)
    with closing(open_database(url)) as database, mail_server(folder) as server:
        owe(database, owed, deduplicates=deduplicates)
        server.write_settings(folder / "worker")
        crew = Crew(database, folder / "worker", kills, max(1, owed // (kills + 1)))
        server.before_taking, server.before_answer = crew.before_taking, crew.before_answer
        ends = time.monotonic() + longest_s
        try:
            while not _is_settled(database) and time.monotonic() < ends:
                crew.fill_up()
                if not waits:
                    _let_leases_run_out(database, crew.dead)
                time.sleep(0.1)
        finally:
            crew.end()
        return {"owed": owed, "kills": len(crew.dead), **_count(database, server, deduplicates=deduplicates)}


def _is_settled(database: Database) -> bool:
    """Tell whether every step has its end."""
    open_ones = select(Chase.id).where(*_OURS, Chase.state == ChaseState.QUEUED).limit(1)
    with database.read() as session:
        return session.scalar(open_ones) is None


def _let_leases_run_out(database: Database, dead: Sequence[str]) -> None:
    """Let the leases of messages whose worker is dead have run out."""
    with for_writing(database.engine).begin() as connection:
        connection.execute(
            update(OutgoingMessage)
            .where(OutgoingMessage.state == MessageStatus.SENDING, OutgoingMessage.worker.in_(list(dead)))
            .values(lease_until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        )


def _count(database: Database, server: MailServer, *, deduplicates: bool) -> dict[str, int]:
    """Count from what the server took, by address: each person was owed one reminder."""
    addresses = [str(one["To"]) for one in server.messages]
    taken = list(zip(addresses, server.keys, server.taken, strict=True))
    delivered = {(to, key) for to, key, _ in taken} if deduplicates else [(to, key) for to, key, _ in taken]
    times = Counter(to for to, _ in delivered)
    with database.read() as session:
        asked = set(session.scalars(select(Task.subject).where(Task.kind == TaskKind.REMINDER_UNCERTAIN)))
        unsure = session.execute(
            select(OutgoingMessage.id, OutgoingMessage.address).where(
                OutgoingMessage.state == MessageStatus.UNCERTAIN
            )
        ).all()
        people = session.scalars(select(Staff.mail).where(Staff.mail.is_not(None))).all()
        unended = session.scalar(
            select(func.count()).select_from(Chase).where(*_OURS, Chase.state == ChaseState.QUEUED)
        )
    left_to_a_person = {address for key, address in unsure if f"message:{key}" in asked}
    return {
        "lost": sum(not times[one] and one not in left_to_a_person for one in people if one),
        "twice": sum(times[one] - 1 for one in times if times[one] > 1),
        "repeated": len(taken) - len({key for _, key, _ in taken}),
        "repeated_otherwise": len({raw for *_, raw in taken}) - len({key for _, key, _ in taken}),
        "uncertain": len(unsure),
        "uncertain_without_task": len(unsure) - len(left_to_a_person),
        "unended": unended or 0,
    }


def main() -> None:
    """Measure with a server that drops repeats, then with one that does not, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--owed", type=int, default=1800)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--longest", type=float, default=LONGEST_S, help="seconds for the larger run")
    options = asked.parse_args()
    figures: dict[str, Any] = machine("sqlalchemy", "psycopg", "aiosmtpd")
    small = {"owed": options.owed // 10, "kills": options.kills // 10}
    for name, size in (("", vars(options)), ("without_deduplication", small)):
        with postgresql() as url, tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
            began = time.monotonic()
            found = run(
                url,
                Path(folder),
                size["owed"],
                size["kills"],
                deduplicates=not name,
                waits=not name,
                longest_s=options.longest,
            )
            found["seconds"] = round(time.monotonic() - began)
            figures["database"] = server_version(url)
        figures |= {name: found} if name else found
    finish(figures, as_json=options.json)


if __name__ == "__main__":
    main()
