"""A demo day of 8 hours at x60, on three consoles with real windows and two workers; with --kills, killed.

Says what each process holds in memory after the first hour and at the end, what Qt warned of, and whether a
log or anything else that was said holds a patient's name, NHS number or address. At the end the database is
held against the plan: no referral, visit, report or chase is lost or there twice.

Run: python -m bench.day [--json] [--hours 8] [--speed 60] [--seed 7] [--kills 0]
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bench.day_house import HERE, Member, household
from bench.day_oracle import compared
from bench.day_window import QT
from bench.figures import finish, machine
from console.planning.day.plan import plan_day
from console.planning.day.words import DayPlan
from console.planning.places import shipped
from console.services import demo_file, site
from db.engine import Database, open_database
from db.queries import training as queries
from tests.support.postgresql import running_server

SETTLES_S = 5.0
"""So long after the last kill the workers may take to catch up."""


def main() -> None:
    """Play the day."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--hours", type=float, default=8)
    asked.add_argument("--speed", type=float, default=60)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--kills", type=int, default=0)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_server() as server, server.database() as name:
        url = server.url(name)
        demo_file.make(url, seed=options.seed, speed=options.speed)
        found = play(url, Path(folder), options)
    found["machine"] = machine("sqlalchemy", "psycopg", "pyside6-essentials")
    finish(found, as_json=options.json)


def play(url: str, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Let everybody work for so many hours of the day, then look at what is there."""
    members = household(url, folder)
    lasts_s = options.hours * 3600 / options.speed
    with living(members):
        first, kills = watch(members, lasts_s, 3600 / options.speed, options.kills, options.seed)
        last = {one.name: one.resident_mb() for one in members}
        time.sleep(SETTLES_S)
        ended = {one.name: one.stop() for one in members}
    with closing(open_database(url)) as database:
        plan = plan_of(database, options.seed)
        found = compared(database, plan, options.seed, folder)
    told = {one.name: one.told() for one in members}
    return {
        **found,
        "kills": kills,
        "starts": {one.name: one.starts for one in members},
        "ended": ended,
        "mb_after_first_hour": first,
        "mb_at_the_end": last,
        "qt_warnings": sum(text.count(QT) for text in told.values()),
        "qt_said": sorted({line for text in told.values() for line in text.splitlines() if QT in line}),
        "faults": sum(len(re.findall(r"^FAULT | ERROR ", text, re.MULTILINE)) for text in told.values()),
        "patients_in_logs": sum(len(patients_in(text, plan)) for text in told.values()),
        "next_start_is_clean": next_start(url, folder),
    }


@contextmanager
def living(members: list[Member]) -> Iterator[None]:
    """Start everybody; whatever happens, nobody outlives the block."""
    try:
        for member in members:
            member.start()
        yield
    finally:
        for member in members:
            member.kill()


def watch(
    members: list[Member], lasts_s: float, first_s: float, kills: int, seed: int
) -> tuple[dict[str, float | None], int]:
    """Wait for the end of the day, killing at random; give the memory after the first hour, and the kills."""
    chance, began = random.Random(seed), time.monotonic()
    moments = sorted(chance.uniform(0, lasts_s) for _ in range(kills))
    first: dict[str, float | None] = {}
    done = 0
    while (passed := time.monotonic() - began) < lasts_s:
        if not first and passed >= first_s:
            first = {one.name: one.resident_mb() for one in members}
        if done < len(moments) and passed >= moments[done]:
            member = chance.choice(members)
            member.kill()
            member.start()
            done += 1
        time.sleep(0.05)
    return first, done


def plan_of(database: Database, seed: int) -> DayPlan:
    """Give the plan of the day that was opened."""
    with database.read() as session:
        training = queries.training_time(session)
    assert training is not None
    day = training.epoch.date()
    return plan_day(seed, day, shipped(), is_working_day=site.england().is_working_day(day))


def patients_in(text: str, plan: DayPlan) -> list[str]:
    """Give the cases of whom anything is in a text."""
    return [
        case.key
        for case in plan.cases.values()
        if re.search(rf"\b{re.escape(case.family_name)}\b", text)
        or case.nhs_number in text
        or case.address in text
    ]


def next_start(url: str, folder: Path) -> bool:
    """Tell whether a console and a doctor who come afterwards find nothing wrong."""
    after = folder / "after"
    after.mkdir()
    (console, *_) = household(url, after)
    console.start()
    try:
        text = after / f"{console.name}.txt"
        ends_at = time.monotonic() + 60
        while "ready" not in text.read_text(encoding="utf-8") and time.monotonic() < ends_at:
            time.sleep(0.1)
    finally:
        code = console.stop()
    doctor = subprocess.run(
        [sys.executable, "main.py", "doctor", "--database", url], cwd=HERE, capture_output=True, check=False
    )
    told = console.told()
    return code == 0 and doctor.returncode == 0 and "ready" in told and QT not in told and "FAULT" not in told


if __name__ == "__main__":
    main()
