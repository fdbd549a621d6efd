"""The visits of a day: what three practitioners on the road do, and what leads to it."""

import datetime as dt
from dataclasses import dataclass

from console.domain.words import Source
from console.planning.day import problems
from console.planning.day.reports import report
from console.planning.day.sketch import CLAIRE, HELEN, JO, PRIYA, SAM, TOM, Sketch
from console.planning.day.words import Act

PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: to whom (`PLAIN`: somebody of the morning), allocated when, and how it ends.

    `steps` are the wall-clock times of acknowledged, en route, on scene and clear where they are not left to
    chance; `path` is what becomes of the report.
    """

    case: str
    at: str
    steps: tuple[str, ...] = ()
    end: Act = Act.CLEAR
    path: str = ""


_WEST = ("Folkestone", "Hythe", "Hawkinge", "New Romney", "Dymchurch")
AREAS_OF = {SAM: _WEST, PRIYA: _WEST, TOM: ("Dover", "Lydden", "Deal", "Sandwich")}
ROUNDS: dict[str, tuple[Visit, ...]] = {
    SAM: (
        Visit(PLAIN, "08:14"),
        Visit("sent", "09:42", ("09:44", "09:48", "10:05", "10:50"), path="sent"),
        Visit(PLAIN, "10:55"),
        Visit("on_scene", "12:08", ("12:12", "12:24", "12:49", "13:44")),
        Visit("worse", "13:52"),
        Visit("marker", "15:12", path="never"),
        Visit("routine", "16:32"),
    ),
    PRIYA: (
        Visit(PLAIN, "09:08"),
        Visit("draft", "10:40", ("10:42", "10:50", "11:10", "11:55"), path="unsigned"),
        Visit("allocated", "13:12", ("13:38", "13:41", "13:57", "14:35")),
        Visit("nursing", "14:46"),
        Visit("untriaged", "16:20", path="late"),
        Visit("evening", "17:36"),
    ),
    TOM: (
        Visit("late", "08:20", ("08:23", "08:30", "08:55", "09:25"), path="never"),
        Visit(PLAIN, "09:46", path="unsigned"),
        Visit(PLAIN, "11:14", end=Act.NO_ACCESS, path="never"),
        Visit("en_route", "12:59", ("13:04", "13:18", "13:35", "14:15")),
        Visit("waiting", "14:32"),
        Visit("untriaged", "15:48", ("15:51", "15:55", "16:06"), end=Act.DIVERT),
    ),
}


def visits(sketch: Sketch) -> None:
    """Plan every round."""
    for who, round_ in ROUNDS.items():
        for number, visit in enumerate(round_):
            key = visit.case
            if key == PLAIN:
                key = _plain_case(sketch, who, number, visit.at)
            _visit(sketch, who, key, visit)
    _handed_back(sketch)


def _plain_case(sketch: Sketch, who: str, number: int, allocated: str) -> str:
    """Somebody who was referred some time before, and triaged."""
    rng = sketch.rng
    problem = rng.choice(problems.AT_HOME)
    sources = [Source.NHS_111, Source.CAS_999, Source.COMMUNITY_NURSING]
    source = rng.choice([*sources, Source.GP_PRACTICE] if sketch.is_working_day else sources)
    code = rng.choice(("Dx05", "Dx11", "Dx12", "Dx110")) if source is Source.NHS_111 else None
    area = rng.choice(AREAS_OF[who])
    drawn = sketch.drawer.draw(f"{who[:3]}{number}", problem, source, area=area, disposition=code)
    key = sketch.case(drawn)
    received_at = sketch.after(sketch.at(allocated), -48, -26)
    sketch.add(received_at, Act.RECEIVE, sketch.coordinator(), case=key)
    priority = rng.choice((2, 3, 3, 4))
    triaged_at = sketch.after(received_at, 4, 17)
    sketch.add(triaged_at, Act.TRIAGE, HELEN, case=key, priority=priority, words="Telephone assessment")
    return key


def _visit(sketch: Sketch, who: str, key: str, visit: Visit) -> None:
    """Allocate, and let the practitioner go through the steps."""
    at = sketch.at(visit.at, 0 if visit.steps else 2)
    _send(sketch, who, key, at)
    times = [sketch.at(clock) for clock in visit.steps] or _by_chance(sketch, at)
    acts = (Act.ACKNOWLEDGE, Act.EN_ROUTE, Act.ON_SCENE)
    for act, step_at in zip(acts, times, strict=False):
        is_over = visit.end is Act.DIVERT and act is Act.ON_SCENE
        if is_over:
            break
        minutes = 55 if act is Act.ON_SCENE else 40
        sketch.add(step_at, act, JO, case=key, who=who, minutes=minutes)
    _END[visit.end](sketch, who, key, times[-1], visit.path)


def _by_chance(sketch: Sketch, at: dt.datetime) -> list[dt.datetime]:
    times = [at]
    for least, most in ((1, 3), (2, 5), (9, 19), (22, 36)):
        times.append(sketch.after(times[-1], least, most))
    return times[1:]


def _send(sketch: Sketch, who: str, key: str, at: dt.datetime) -> None:
    earlier = at - dt.timedelta(seconds=sketch.rng.randint(30, 80))
    sketch.add(earlier, Act.RECORD_ACCESS, JO, case=key, is_yes=sketch.rng.random() < 0.8)
    sketch.add(at, Act.ALLOCATE, JO, case=key, who=who)


def _cleared(sketch: Sketch, who: str, key: str, at: dt.datetime, path: str) -> None:
    prevented = sketch.rng.random() < 0.3
    sketch.add(at, Act.CLEAR, JO, case=key, who=who, is_yes=prevented)
    report(sketch, key, who, at, path)


def _not_let_in(sketch: Sketch, who: str, key: str, at: dt.datetime, _path: str) -> None:
    words = "No answer at the door; neighbour has not seen the patient today"
    sketch.add(at, Act.NO_ACCESS, JO, case=key, who=who, words=words)
    sketch.add(
        sketch.after(at, 42, 55),
        Act.REDIRECT,
        HELEN,
        case=key,
        words="Patient found at a relative's, well; the practice follows up",
    )


def _diverted(sketch: Sketch, who: str, key: str, at: dt.datetime, _path: str) -> None:
    sketch.add(at, Act.DIVERT, CLAIRE, who=who, words="Category 1 call close by, nobody nearer")
    sketch.add(sketch.after(at, 2, 5), Act.ACKNOWLEDGE_RETURN, JO, case=key)


_END = {Act.CLEAR: _cleared, Act.NO_ACCESS: _not_let_in, Act.DIVERT: _diverted}


def _handed_back(sketch: Sketch) -> None:
    """One visit comes back before anybody has set off."""
    at = sketch.at("14:41", 2)
    _send(sketch, SAM, "routine", at)
    words = "Still with the patient before; cannot be there in time"
    sketch.add(sketch.after(at, 4, 9), Act.HAND_BACK, JO, case="routine", who=SAM, words=words)
