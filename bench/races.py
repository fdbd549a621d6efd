"""Two people at once, again and again: one wins, and the other is told why.

Half of the races are two coordinators sending somebody to the same referral; half are two visits of the
same practitioner that are acknowledged at one moment. Everything goes through the services that the console
uses, each person at a desk and a database of their own. The floor is the same step by one person alone.

Run: python -m bench.races [--json] [--races 1000]
"""

import argparse
import datetime as dt
import re
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, update

from bench.figures import finish, machine
from bench.fill import BOTH, Place, filled, server_version
from console.domain.acting import Actor
from console.domain.refusals import Refused
from console.domain.words import ACTIVE_VISIT, ENGAGED_VISIT, ReferralStatus, Role, VisitStatus
from console.services.desk import Desk
from db.connect import for_writing
from db.engine import Database, open_database
from db.models import QueueEntry, Referral, Staff, Visit
from tests.support.service_data import add

NAMES = ("Jo Bates", "Kim Moss")
TELLS = re.compile(r"Jo Bates|Kim Moss|Practitioner \d+|R-\d{4}-\d{6}")
"""Whom or what a sentence names that tells a person why: who was first, who has the visit, or which visit."""
Step = Callable[[], object]


@dataclass
class Score:
    """What came of the races so far."""

    races: int = 0
    double: int = 0
    nobody: int = 0
    losers_told: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)

    def count(self, answers: list[BaseException | None]) -> None:
        """Take the answers of both people."""
        self.races += 1
        won = sum(answer is None for answer in answers)
        self.double += won > 1
        self.nobody += won < 1
        for answer in answers:
            if isinstance(answer, Refused):
                names = TELLS.search(str(answer)) is not None
                self.losers_told += names
                self.told[re.sub(r"\d+", "#", str(answer))] += 1
            elif answer is not None:
                self.errors[type(answer).__name__] += 1


def race(score: Score, *steps: Step) -> list[BaseException | None]:
    """Let the steps begin at the same moment, each on a thread of its own; None is the answer of who won."""
    gate = threading.Barrier(len(steps))
    answers: list[BaseException | None] = [None] * len(steps)

    def run(place: int, step: Step) -> None:
        gate.wait()
        try:
            step()
        except Exception as answer:  # noqa: BLE001 - what went wrong is what is counted
            answers[place] = answer

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    score.took.append((time.perf_counter() - began) * 1000)
    score.count(answers)
    return answers


class Table:
    """Two desks, the referrals that nobody has yet, and a look into the database behind them."""

    def __init__(self, place: Place, stack: ExitStack) -> None:
        self.database = stack.enter_context(closing(open_database(place.url)))
        self._practitioners = place.practitioners
        people = (place.staff, self._second_person())
        self.desks = [
            Desk(self._database(place.url, stack), Actor(staff, name, Role.COORDINATOR, "bench"), _now)
            for staff, name in zip(people, NAMES, strict=True)
        ]
        with self.database.read() as session:
            taken = select(Visit.referral_id).union(select(QueueEntry.referral_id))
            waiting = select(Referral.id).where(
                Referral.status == ReferralStatus.ACCEPTED, Referral.id.not_in(taken)
            )
            self._waiting = list(session.scalars(waiting.order_by(Referral.id)))

    def _database(self, url: str, stack: ExitStack) -> Database:
        return stack.enter_context(closing(open_database(url)))

    def _second_person(self) -> int:
        with for_writing(self.database.engine).connect() as connection:
            made = add(connection, Staff, login="kim", name=NAMES[1], version=1)
            connection.commit()
            return made

    def referral(self) -> tuple[int, int]:
        """Give a referral that nobody has, with its version."""
        with self.database.read() as session:
            found = session.get_one(Referral, self._waiting.pop())
            return found.id, found.version

    def visit_version(self, visit_id: int) -> int:
        """Give the version of a visit."""
        with self.database.read() as session:
            return session.get_one(Visit, visit_id).version

    def practitioner(self, number: int) -> int:
        """Give one of the practitioners, in turns."""
        return self._practitioners[number % len(self._practitioners)]

    def active(self, *conditions: Any) -> int:
        """Count visits in the database itself."""
        with self.database.read() as session:
            return session.scalars(select(func.count()).select_from(Visit).where(*conditions)).one()

    def clear_up(self) -> None:
        """End every visit, so that the next race begins like this one."""
        with for_writing(self.database.engine).connect() as connection:
            ended = {"status": VisitStatus.WITHDRAWN, "ended_at": _now(), "version": Visit.version + 1}
            connection.execute(update(Visit).where(Visit.status.in_(ACTIVE_VISIT)).values(**ended))
            connection.commit()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def allocate_one_referral(table: Table, number: int, score: Score) -> None:
    """Two people send somebody to one referral: in turns the same practitioner, and two."""
    referral, version = table.referral()
    people = (table.practitioner(number), table.practitioner(number + number % 2))
    race(
        score,
        *(
            lambda desk=desk, who=who: desk.visits.allocate(referral, who, version)
            for desk, who in zip(table.desks, people, strict=True)
        ),
    )
    score.double += table.active(Visit.referral_id == referral, Visit.status.in_(ACTIVE_VISIT)) > 1


def acknowledge_for_one_practitioner(table: Table, number: int, score: Score) -> None:
    """Two visits of one practitioner are acknowledged at one moment."""
    who = table.practitioner(number)
    visits = [table.desks[0].visits.allocate(*_order(table.referral(), who)) for _ in table.desks]
    versions = [table.visit_version(visit) for visit in visits]
    race(
        score,
        *(
            lambda desk=desk, visit=visit, version=version: desk.visits.acknowledge(visit, version)
            for desk, visit, version in zip(table.desks, visits, versions, strict=True)
        ),
    )
    score.double += table.active(Visit.practitioner_id == who, Visit.status.in_(ENGAGED_VISIT)) > 1


def _order(referral: tuple[int, int], who: int) -> tuple[int, int, int]:
    return referral[0], who, referral[1]


def alone_ms(table: Table, times: int = 30) -> float:
    """Give the median time of one allocation that nobody races."""
    took = []
    for number in range(times):
        referral, version = table.referral()
        began = time.perf_counter()
        table.desks[0].visits.allocate(referral, table.practitioner(number), version)
        took.append((time.perf_counter() - began) * 1000)
        table.clear_up()
    return round(statistics.median(took), 2)


def figures(place: Place, races: int) -> dict[str, Any]:
    """Let them race on one database."""
    score = Score()
    with ExitStack() as stack:
        table = Table(place, stack)
        table.clear_up()
        alone = alone_ms(table)
        for number in range(races):
            kind = acknowledge_for_one_practitioner if number % 2 else allocate_one_referral
            kind(table, number // 2, score)
            table.clear_up()
    return {
        "races": score.races,
        "double": score.double,
        "nobody": score.nobody,
        "losers_told": score.losers_told,
        "errors": sum(score.errors.values()),
        "kinds_of_error": dict(score.errors),
        "race_ms": round(statistics.median(score.took), 2),
        "alone_ms": alone,
        "told": dict(score.told.most_common(6)),
        "server": server_version(place.url),
    }


def main() -> None:
    """Race on both databases."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--races", type=int, default=1000)
    options = asked.parse_args()
    found: dict[str, Any] = {}
    for name, make in BOTH.items():
        with make() as url:
            # One referral for each allocation, two for each acknowledgement, and some to begin with.
            found[name] = figures(filled(url, options.races * 2 + 400), options.races)
    found["machine"] = machine("sqlalchemy", "psycopg")
    finish(found, as_json=options.json)


if __name__ == "__main__":
    main()
