"""What goes on around the patients: shifts, positions, tasks that are taken up, and what the night tidies."""

import datetime as dt
from collections.abc import Mapping

from console.domain.words import Placement
from console.planning.day.sketch import CLAIRE, DAN, GRACE, HELEN, JO, PRIYA, SAM, TOM, Sketch
from console.planning.day.words import Act, Event

# Login, hub, placement, from, until.
SHIFTS = (
    (SAM, "folkestone", Placement.HOME_VISITING, "08:00", "18:00"),
    (PRIYA, "folkestone", Placement.HOME_VISITING, "08:00", "19:00"),
    (TOM, "dover", Placement.HOME_VISITING, "08:00", "18:00"),
    (GRACE, "dover", Placement.HUB, "08:00", "20:00"),
    (DAN, "folkestone", Placement.HUB, "08:00", "20:00"),
    (HELEN, "dover", Placement.HUB, "08:00", "20:00"),
)
HUBS = {"folkestone": (51.0809, 1.1660), "dover": (51.1279, 1.3134)}
_LEFT_OVERS = 12
# Who looks at the tasks of their role, how often in minutes, and how long they leave a task to others.
_ROUNDS = ((HELEN, 11, 12), (JO, 17, 90), (CLAIRE, 23, 25))


def around(sketch: Sketch) -> None:
    """Plan what belongs to no patient of today."""
    for shift in SHIFTS:
        _shift(sketch, *shift)
    for by, every, leaves in _ROUNDS:
        _tasks(sketch, by, every, leaves)
    at = sketch.at("08:40")
    while at < sketch.at("19:50"):
        sketch.add(at, Act.TRIAGE_OTHERS, HELEN, minutes=12)
        at = sketch.after(at, 8, 12)
    _night(sketch)


def _shift(sketch: Sketch, who: str, hub: str, placement: Placement, begins: str, ends: str) -> None:
    on_at, until = sketch.after(sketch.at(begins), -2, 3), sketch.at(ends)
    sketch.add(on_at, Act.SHIFT_ON, JO, who=who, hub=hub, placement=placement, until=until)
    sketch.add(sketch.after(until, 2, 9), Act.SHIFT_OFF, JO, who=who)


def _tasks(sketch: Sketch, by: str, every: int, leaves: int) -> None:
    at, last = sketch.after(sketch.at("08:20"), 0, every), sketch.at("19:30")
    while at < last:
        sketch.add(at, Act.ACCEPT_TASK, by, minutes=leaves)
        sketch.add(sketch.after(at, 2, 6), Act.DO_TASK, by)
        at = sketch.after(at, every * 0.7, every * 1.3)


def _night(sketch: Sketch) -> None:
    """What yesterday left open is ended before the morning: a training goes on for weeks."""
    at = sketch.at("06:10")
    for act, by in ((Act.TIDY_VISIT, CLAIRE), (Act.TIDY_ENTRY, HELEN), (Act.TIDY_REFERRAL, HELEN)):
        for _ in range(_LEFT_OVERS):
            sketch.add(at, act, by)
            at += dt.timedelta(minutes=2)


def positions(sketch: Sketch, places: Mapping[str, tuple[float, float]]) -> None:
    """Let those on the road be seen every ten minutes where they are, and those at a hub once an hour.

    `places` tells where each case is; call this when all else is planned.
    """
    for who, hub, placement, begins, ends in SHIFTS:
        is_out = placement is Placement.HOME_VISITING
        stops = _stops(sketch.events, who, places)
        at = sketch.after(sketch.at(begins), 4, 9)
        while at < sketch.at(ends):
            point = _where(stops, at) if is_out else None
            lat, lon = point or HUBS[hub]
            source = "OwnTracks" if is_out else "by hand"
            near = (round(lat + sketch.rng.uniform(-0.002, 0.002), 5), round(lon, 5))
            sketch.add(at, Act.POSITION, JO, who=who, point=near, words=source)
            at = sketch.after(at, 8, 12) if is_out else sketch.after(at, 50, 65)


def _stops(
    events: list[Event], who: str, places: Mapping[str, tuple[float, float]]
) -> list[tuple[dt.datetime, tuple[float, float]]]:
    found = [(one.at, places[one.case]) for one in events if one.act is Act.ON_SCENE and one.who == who]
    return sorted(found)


def _where(
    stops: list[tuple[dt.datetime, tuple[float, float]]], at: dt.datetime
) -> tuple[float, float] | None:
    """Give the last patient's place; half way to the next one in the minutes before arriving there."""
    behind = [stop for stop in stops if stop[0] <= at]
    ahead = [stop for stop in stops if stop[0] > at]
    here = behind[-1][1] if behind else None
    if ahead and here and ahead[0][0] - at < dt.timedelta(minutes=10):
        there = ahead[0][1]
        return (here[0] + there[0]) / 2, (here[1] + there[1]) / 2
    return here
