"""Who waits in the middle of the day, each in a state of its own, and what becomes of them afterwards."""

from dataclasses import dataclass

from console.domain.words import Source, Stream
from console.planning.day import problems
from console.planning.day.cases import Problem
from console.planning.day.reports import report
from console.planning.day.sketch import HELEN, JO, Sketch
from console.planning.day.words import Act

_TELEPHONE = Stream.TELEPHONE
GP, NHS111, NURSES, CAS = (Source.GP_PRACTICE, Source.NHS_111, Source.COMMUNITY_NURSING, Source.CAS_999)


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral that is taken in at a time and, unless the sender's word counts, triaged at another."""

    key: str
    problem: Problem
    source: Source
    at: str
    triaged: str = ""
    priority: int = 3
    area: str = ""
    code: str | None = None
    stream: Stream = Stream.HOME_VISIT


# fmt: off
REFERRALS = (
    Referral("late", problems.LATE, GP, "08:10", priority=2, area="Dover"),
    Referral("sent", problems.SENT, GP, "09:30", priority=2, area="Folkestone"),
    Referral("draft", problems.DRAFT, GP, "10:20", area="Hythe"),
    Referral("routine", problems.ROUTINE, GP, "11:00", priority=4, area="Hythe"),
    Referral("on_scene", problems.ON_SCENE, CAS, "11:40", "11:46", 2, "Hawkinge"),
    Referral("waiting", problems.WAITING, GP, "11:46", area="Deal"),
    Referral("worse", problems.WORSE, NURSES, "11:58", "12:04", 2, "Folkestone"),
    Referral("en_route", problems.EN_ROUTE, NURSES, "12:16", "12:22", 3, "Deal"),
    Referral("nursing", problems.NURSING, NURSES, "12:24", "12:30", 3, "New Romney"),
    Referral("allocated", problems.ALLOCATED, NHS111, "12:28", "12:34", 2, "Folkestone", "Dx11"),
    Referral("gp_needed", problems.GP_NEEDED, CAS, "12:42", "12:48", 2, "Lydden", stream=Stream.GP_NEEDED),
    Referral("marker", problems.MARKER, NHS111, "12:50", "12:56", 3, "Folkestone", "Dx12"),
    Referral("untriaged_late", problems.UNTRIAGED_LATE, NHS111, "13:03", area="Dover", code="Dx09"),
    Referral("untriaged", problems.UNTRIAGED, NHS111, "13:16", "13:35", 3, "New Romney", "Dx05"),
    Referral("visitor", problems.VISITOR, NHS111, "13:21", "13:41", 3, "Folkestone", stream=_TELEPHONE),
    Referral("ambulance", problems.AMBULANCE, NHS111, "13:24", area="Dover", code="Dx012"),
    # Earlier and later than what is seen when the day is opened in its middle.
    Referral("early_call", problems.BY_PHONE[0], NHS111, "09:18", "09:29", 4, code="Dx13", stream=_TELEPHONE),
    Referral("first_999", problems.AMBULANCE, NHS111, "10:12", code="Dx0120"),
    Referral("tea_call", problems.BY_PHONE[1], NHS111, "15:04", "15:17", 4, code="Dx14", stream=_TELEPHONE),
    Referral("evening", problems.AT_HOME[7], NHS111, "16:48", "17:02", 3, "Hythe", "Dx07"),
    Referral("last_call", problems.BY_PHONE[2], NHS111, "17:41", "17:55", 4, code="Dx13", stream=_TELEPHONE),
    Referral("night", problems.AT_HOME[10], CAS, "18:22", "18:34", 4, "Dover"),
    Referral("night_111", problems.AT_HOME[9], NHS111, "19:09", "19:21", 4, "Folkestone", "Dx08"),
)
# fmt: on


def waiting(sketch: Sketch) -> None:
    """Plan every referral that is taken in by telephone, and what is decided about it."""
    for one in REFERRALS:
        _referred(sketch, one)
    _worse(sketch)
    _marked(sketch)
    _ambulance(sketch, "first_999", "10:17", "10:42")
    _ambulance(sketch, "ambulance", "13:37", "13:58")
    _advised(sketch)
    _turned_away(sketch)


def _referred(sketch: Sketch, one: Referral) -> None:
    source = one.source if sketch.is_working_day or one.source is not GP else CAS
    is_stated = one.source is GP
    case = sketch.drawer.draw(
        one.key,
        one.problem,
        source,
        area=one.area,
        disposition=one.code,
        priority=one.priority if is_stated else None,
        is_visitor=one.key == "visitor",
    )
    sketch.case(case)
    sketch.add(sketch.at(one.at), Act.RECEIVE, JO, case=one.key)
    if one.triaged:
        words = "Telephone assessment"
        at, stream = sketch.at(one.triaged), one.stream
        sketch.add(at, Act.TRIAGE, HELEN, case=one.key, priority=one.priority, stream=stream, words=words)


def _worse(sketch: Sketch) -> None:
    said = "drowsier than an hour ago, carer is worried"
    sketch.add(sketch.at("13:26"), Act.WORSE, JO, case="worse", words=said)
    because = "Drowsier: to be seen next"
    sketch.add(sketch.at("13:39"), Act.RAISE, HELEN, case="worse", priority=1, words=because)


def _marked(sketch: Sketch) -> None:
    dogs = "Two large dogs: ask for them to be shut away before going in"
    sketch.add(sketch.at("13:00"), Act.ADD_MARKER, JO, case="marker", words=dogs)
    sketch.add(sketch.at("15:07"), Act.READ_MARKERS, JO, case="marker")


def _ambulance(sketch: Sketch, key: str, called: str, taken_over: str) -> None:
    reference = f"{sketch.rng.randint(10_000, 99_999)}"
    sketch.add(sketch.at(called, 1), Act.REFERENCE, JO, case=key, words=reference)
    sketch.add(sketch.at(taken_over, 4), Act.TAKE_OVER, JO, case=key)


def _advised(sketch: Sketch) -> None:
    for key, clock in (
        ("early_call", "09:51"),
        ("visitor", "14:11"),
        ("tea_call", "15:40"),
        ("last_call", "18:16"),
    ):
        at = sketch.at(clock, 4)
        said = "Advice given and understood; rings again if it becomes worse"
        sketch.add(at, Act.ADVISE, HELEN, case=key, words=said)
        report(sketch, key, HELEN, at)


def _turned_away(sketch: Sketch) -> None:
    routine = "Routine by the telephone: own practice sees the patient this week"
    sketch.add(sketch.at("13:43"), Act.DECLINE, HELEN, case="untriaged_late", words=routine)
    palliative = "Hospice at home takes the patient on, with a doctor"
    sketch.add(sketch.at("14:24", 4), Act.REDIRECT, HELEN, case="gp_needed", words=palliative)
