"""The scripted days of the main job: what is done, and what must be true in the end."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from console.jobs.timetable import TIMETABLE
from console.services import people
from console.services.desk import Desk
from db.engine import Database
from tests.end_to_end.driver import AtTheDesk
from tests.end_to_end.truth import Truth

# Each is a module with a `DAY`: the same script for both ways in which keys reach the window.
MODULES = {
    "weekday": "tests.end_to_end.test_weekday_coordinator",
    "saturday": "tests.end_to_end.test_saturday_hubs",
    "evening": "tests.end_to_end.test_supervisor_evening",
}


@dataclass(frozen=True)
class Day:
    """When it begins, what people do, what the database must hold after it, and what no log may hold."""

    begins: dt.datetime
    play: Callable[[AtTheDesk], None]
    check: Callable[[Truth], None]
    never_logged: tuple[str, ...]


def day(name: str) -> Day:
    """Give a day by its name."""
    found: Day = import_module(MODULES[name]).DAY
    return found


def timetable_of(service: Database, now: Callable[[], dt.datetime]) -> Callable[[], None]:
    """Give what is done by itself when time has passed."""
    itself = Desk(service, people.system(service), now)

    def look() -> None:
        for job in TIMETABLE:
            job.call(itself)

    return look
