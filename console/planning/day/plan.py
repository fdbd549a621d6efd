"""The plan of one day: the same seed and date give the same day, to the second."""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import replace

from console.domain.calendar import from_local
from console.planning.day.around import around, positions
from console.planning.day.cases import AREAS, Drawer
from console.planning.day.hubs import hubs
from console.planning.day.sketch import Sketch
from console.planning.day.visits import visits
from console.planning.day.waiting import waiting
from console.planning.day.words import DayPlan, Event
from console.planning.places import PostcodeTable

OPENED_AT = dt.time(13, 30)
"""When a day is opened that is made to be looked at: everybody is at work, something waits in every state."""
CALM = dt.timedelta(minutes=4)
"""How long nothing happens then, so that whoever opens it can sit down first."""


def plan_day(seed: int, day: dt.date, table: PostcodeTable, *, is_working_day: bool) -> DayPlan:
    """Plan the day of this date; each date of a training has a day of its own."""
    rng = random.Random(f"{seed} {day:%Y-%m-%d}")  # noqa: S311 - a story, no secret
    postcodes = table.postcodes()
    drawer = Drawer(rng, day, {area: postcodes[area] for area in AREAS})
    sketch = Sketch(rng, day, drawer, is_working_day=is_working_day)
    for part in (waiting, visits, hubs, around):
        part(sketch)
    positions(sketch, _places(sketch, table))
    return DayPlan(day, sketch.cases, _in_order(sketch.events, day))


def opened_at(day: dt.date) -> dt.datetime:
    """Give the moment at which a day is opened in its middle."""
    return from_local(day, OPENED_AT)


def _places(sketch: Sketch, table: PostcodeTable) -> Mapping[str, tuple[float, float]]:
    found = {key: table.locate(case.postcode) for key, case in sketch.cases.items()}
    return {key: point for key, point in found.items() if point is not None}


def _in_order(events: list[Event], day: dt.date) -> tuple[Event, ...]:
    """Sort by time; what fell into the calm of the opening waits for its end, each behind the one before."""
    begins = opened_at(day) - dt.timedelta(minutes=1)
    ends = opened_at(day) + CALM

    def when(event: Event) -> dt.datetime:
        return ends if begins < event.at < ends else event.at

    return tuple(_moved(event, when(event)) for event in sorted(events, key=lambda one: one.at))


def _moved(event: Event, at: dt.datetime) -> Event:
    return event if event.at == at else replace(event, at=at)
