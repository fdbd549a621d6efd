"""What every part of a plan is drawn with: chance out of the seed, times of the day, and the events."""

import datetime as dt
import random
from typing import Any

from console.domain.calendar import from_local
from console.planning.day.cases import Drawer
from console.planning.day.words import Act, Case, Event

JO, AMIR = "jo.bates", "amir.rahman"
HELEN = "helen.osei"
CLAIRE = "claire.whitmore"
SAM, PRIYA, TOM = "sam.hill", "priya.nair", "tom.fletcher"
DAN, GRACE = "dan.price", "grace.okafor"


class Sketch:
    """A day that is being planned."""

    def __init__(
        self, rng: random.Random, day: dt.date, drawer: Drawer, *, is_working_day: bool = True
    ) -> None:
        """`is_working_day` says whether the practices are at work."""
        self.rng, self.day, self.drawer, self.is_working_day = rng, day, drawer, is_working_day
        self.cases: dict[str, Case] = {}
        self.events: list[Event] = []

    def at(self, clock: str, jitter: float = 0) -> dt.datetime:
        """Give a moment of the day by the wall clock, so many minutes earlier or later by chance."""
        wall = from_local(self.day, dt.time.fromisoformat(clock))
        return self.after(wall, -jitter, jitter) if jitter else wall

    def after(self, at: dt.datetime, least: float, most: float) -> dt.datetime:
        """Give a moment so many minutes later, by chance to the second."""
        return at + dt.timedelta(seconds=round(self.rng.uniform(least, most) * 60))

    def case(self, case: Case) -> str:
        """Take a patient in, and give the key."""
        self.cases[case.key] = case
        return case.key

    def add(self, at: dt.datetime, act: Act, by: str, **details: Any) -> None:
        """Add what somebody does."""
        self.events.append(Event(at, act, by, **details))

    def coordinator(self) -> str:
        """Whoever is at the telephone."""
        return self.rng.choice((JO, JO, AMIR))
