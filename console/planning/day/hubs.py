"""The queues of both hubs: patients walk in, are streamed, called and seen, until the hub closes."""

import datetime as dt
from dataclasses import dataclass

from console.domain.words import Source, Stream
from console.planning.day import problems
from console.planning.day.reports import report
from console.planning.day.sketch import AMIR, CLAIRE, DAN, GRACE, HELEN, JO, Sketch
from console.planning.day.words import Act

FOLKESTONE, DOVER = "folkestone", "dover"
_REASONS = (
    "No red flags, no GP needed",
    "Simple infection likely",
    "Can be treated here",
    "Well hydrated, stable",
)


@dataclass(frozen=True, slots=True)
class WalkIn:
    """One patient at the desk; `steps` are streamed, called, begun and finished if not left to chance."""

    key: str
    at: str
    steps: tuple[str, ...] = ()
    end: Act = Act.FINISH
    is_gp: bool = False


# fmt: off
QUEUES: dict[str, tuple[WalkIn, ...]] = {
    FOLKESTONE: (
        WalkIn("f1", "08:17"), WalkIn("f2", "09:02"), WalkIn("f3", "09:48"), WalkIn("f4", "10:36"),
        WalkIn("f5", "11:22"),
        WalkIn("hub_seen", "12:20", ("12:30", "13:13", "13:15", "13:37")),
        WalkIn("hub_waiting", "12:52", ("13:00", "13:41", "13:43", "14:04")),
        WalkIn("hub_new", "13:21", ("13:35", "14:08", "14:10", "14:31")),
        WalkIn("f6", "14:36"), WalkIn("f7", "15:22"), WalkIn("f8", "16:06", end=Act.LEFT),
        WalkIn("f9", "16:42"), WalkIn("f10", "17:27"), WalkIn("f11", "18:12"),
    ),
    DOVER: (
        WalkIn("d1", "08:31"), WalkIn("d2", "09:20"), WalkIn("d3", "10:08"), WalkIn("d4", "11:00"),
        WalkIn("d5", "11:48", end=Act.ELSEWHERE),
        WalkIn("dover_seen", "12:35", ("12:43", "13:20", "13:22", "13:46")),
        WalkIn("dover_gp", "12:46", ("12:56", "13:48", "13:50", "14:09"), is_gp=True),
        WalkIn("dover_late", "13:11", ("13:34", "13:52", "13:54", "14:20")),
        WalkIn("d6", "14:50"), WalkIn("d7", "15:41"), WalkIn("d8", "16:31"), WalkIn("d9", "17:22"),
        WalkIn("d10", "18:24", end=Act.ELSEWHERE),
    ),
}
# fmt: on
_SEES = {FOLKESTONE: DAN, DOVER: GRACE}
_AREA = {FOLKESTONE: "Folkestone", DOVER: "Dover"}


def hubs(sketch: Sketch) -> None:
    """Plan both queues, and the closing."""
    for hub, queue in QUEUES.items():
        free_at = sketch.at("08:00")
        for walk_in in queue:
            free_at = _walks_in(sketch, hub, walk_in, free_at)
        _closes(sketch, hub)


def _walks_in(sketch: Sketch, hub: str, one: WalkIn, free_at: dt.datetime) -> dt.datetime:
    """Plan one patient, and give when the practitioner is free again."""
    rng = sketch.rng
    problem = problems.DOVER_GP if one.is_gp else rng.choice(problems.AT_HUB)
    sketch.case(sketch.drawer.draw(one.key, problem, Source.HUB, area=_AREA[hub]))
    arrived_at = sketch.at(one.at, 0 if one.steps else 2)
    sketch.add(arrived_at, Act.ARRIVE, JO if hub == FOLKESTONE else AMIR, case=one.key, hub=hub)
    streamed_at, called_at, begun_at, finished_at = _times(sketch, one, arrived_at, free_at)
    _stream(sketch, one, streamed_at)
    if one.end is not Act.FINISH:
        _goes(sketch, one, streamed_at)
        return free_at
    who = HELEN if one.is_gp else _SEES[hub]
    sketch.add(called_at, Act.CALL, JO, case=one.key)
    sketch.add(begun_at, Act.BEGIN, JO, case=one.key, who=who)
    sketch.add(finished_at, Act.FINISH, JO, case=one.key, who=who)
    report(sketch, one.key, who, finished_at)
    return free_at if one.is_gp else finished_at


def _times(
    sketch: Sketch, one: WalkIn, arrived_at: dt.datetime, free_at: dt.datetime
) -> tuple[dt.datetime, dt.datetime, dt.datetime, dt.datetime]:
    if one.steps:
        streamed, called, begun, finished = (sketch.at(clock) for clock in one.steps)
        return streamed, called, begun, finished
    streamed_at = sketch.after(arrived_at, 4, 12)
    called_at = max(sketch.after(streamed_at, 2, 10), sketch.after(free_at, 1, 3))
    begun_at = sketch.after(called_at, 1, 2)
    return streamed_at, called_at, begun_at, sketch.after(begun_at, 12, 20)


def _stream(sketch: Sketch, one: WalkIn, at: dt.datetime) -> None:
    stream, priority, words = Stream.PARAMEDIC_PRACTITIONER, sketch.rng.choice((3, 3, 4)), ""
    if one.is_gp:
        stream, priority, words = Stream.GP_NEEDED, 2, "Irregular pulse: a doctor decides"
    if one.end is Act.ELSEWHERE:
        stream, words = Stream.PHARMACIST, "The pharmacist can treat this"
    words = words or sketch.rng.choice(_REASONS)
    sketch.add(at, Act.STREAM, HELEN, case=one.key, stream=stream, priority=priority, words=words)


def _goes(sketch: Sketch, one: WalkIn, streamed_at: dt.datetime) -> None:
    at = sketch.after(streamed_at, 9, 21)
    if one.end is Act.LEFT:
        sketch.add(at, Act.LEFT, JO, case=one.key, words="Could not wait any longer")
        again = "Spoken to: comes back tomorrow morning, knows when to ring"
        sketch.add(sketch.after(at, 25, 40), Act.DECLINE, HELEN, case=one.key, words=again)
    else:
        sketch.add(at, Act.ELSEWHERE, JO, case=one.key, words="Pharmacy beside the hub")


def _closes(sketch: Sketch, hub: str) -> None:
    """From 19:40 whoever is left becomes the supervisor's, who accepts by name; then the hub closes."""
    sketch.add(sketch.at("07:58", 1), Act.OPEN_HUB, AMIR, hub=hub)
    begins_at = sketch.at("19:40" if hub == FOLKESTONE else "19:43")
    sketch.add(begins_at, Act.HAND_ALL, AMIR, hub=hub, words="Open at closing: accept by name, please")
    at = begins_at
    for _ in range(5):
        at = sketch.after(at, 1, 2)
        sketch.add(at, Act.ACCEPT_TASK, CLAIRE, hub=hub, words="overnight")
    sketch.add(sketch.at("20:00", 1), Act.CLOSE_HUB, AMIR, hub=hub)
