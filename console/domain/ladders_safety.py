"""The ladders that keep people safe: visits, corrected addresses, welfare, safe home, positions.

They know no quiet hours and no snooze, and an unanswered step moves on.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from console.domain.chase_words import Subject, Way
from console.domain.clocks import minutes, welfare_due
from console.domain.ladder import Frame, Ladder, Moment, Step
from console.domain.ladder_facts import ReferralFacts, ShiftFacts, VisitFacts
from console.domain.position import stale_after
from console.domain.visit_address import ABOUT, ABOUT_CONTROL
from console.domain.words import Role, TaskKind, VisitStatus

OUT = frozenset({VisitStatus.EN_ROUTE, VisitStatus.ON_SCENE})
VisitWhen = Callable[[VisitFacts, Frame], Iterable[Moment]]
ShiftWhen = Callable[[ShiftFacts, Frame], Iterable[Moment]]


def _unacknowledged(minutes_of: Callable[[Frame], int]) -> VisitWhen:
    """So long after it was given, or after the practitioner was clear of the visit before."""

    def when(facts: VisitFacts, frame: Frame) -> Iterable[Moment]:
        began = max(facts.allocated_at, facts.free_from or facts.allocated_at)
        return (Moment(began + minutes(minutes_of(frame)), int(began.timestamp())),)

    return when


def _silent(facts: VisitFacts) -> str:
    return f"{facts.number}: {facts.practitioner} has not acknowledged it. Ring, or send somebody else."


VISIT_UNACKNOWLEDGED: Ladder[VisitFacts] = Ladder(
    "visit_unacknowledged",
    "Visit not acknowledged",
    Subject.VISIT,
    # One visit at a time: those that wait behind it need no answer yet.
    lambda facts: facts.status is VisitStatus.ALLOCATED and not facts.is_busy_elsewhere,
    (
        Step(
            "coordinator",
            "Coordinator",
            Role.COORDINATOR,
            Way.TASK,
            _unacknowledged(lambda frame: frame.figures.unacknowledged),
            _silent,
            asks=TaskKind.VISIT_UNACKNOWLEDGED,
        ),
        Step(
            "supervisor",
            "Supervisor",
            Role.SUPERVISOR,
            Way.TASK,
            _unacknowledged(lambda frame: frame.figures.unacknowledged_supervisor),
            _silent,
            asks=TaskKind.VISIT_UNACKNOWLEDGED,
        ),
    ),
    is_safety=True,
)


def _untold(facts: VisitFacts, frame: Frame) -> Iterable[Moment]:
    """So long after the first correction that they do not know; what is corrected once more is asked anew."""
    if facts.untold is None:
        return ()
    began = facts.untold.since
    if facts.status is VisitStatus.ALLOCATED:  # behind another one until then
        began = max(began, facts.free_from or began)
    after = minutes(frame.figures.address_supervisor)
    return (Moment(began + after, int(facts.untold.asked_at.timestamp())),)


# Whoever corrects an address has asked the desk already, which may be empty by now.
ADDRESS_UNTOLD: Ladder[VisitFacts] = Ladder(
    "address_untold",
    "Corrected address not told",
    Subject.VISIT,
    # Who is on another visit is not on the way to this one.
    lambda facts: facts.untold is not None and facts.status.is_active and not facts.is_busy_elsewhere,
    (
        Step(
            "supervisor",
            "Supervisor",
            Role.SUPERVISOR,
            Way.TASK,
            _untold,
            lambda facts: facts.untold.words if facts.untold else "",
            asks=TaskKind.VISIT_UNACKNOWLEDGED,
        ),
    ),
    is_safety=True,
    is_to_answer=lambda facts: facts.status.is_active,
    about=ABOUT,
)


def _control_untold(facts: ReferralFacts, frame: Frame) -> Iterable[Moment]:
    """A crew may be on the way, and nothing that is entered here shows where to."""
    if facts.untold is None:
        return ()
    after = minutes(frame.figures.address_supervisor)
    return (Moment(facts.untold.since + after, int(facts.untold.asked_at.timestamp())),)


ADDRESS_UNTOLD_999: Ladder[ReferralFacts] = Ladder(
    "address_untold_999",
    "Corrected address not told to ambulance control",
    Subject.REFERRAL,
    lambda facts: facts.untold is not None,
    (
        Step(
            "supervisor",
            "Supervisor",
            Role.SUPERVISOR,
            Way.TASK,
            _control_untold,
            lambda facts: facts.untold.words if facts.untold else "",
            asks=TaskKind.AMBULANCE_TAKE_OVER,
        ),
    ),
    is_safety=True,
    about=ABOUT_CONTROL,
)


def _again(first: dt.datetime, done_at: Iterable[dt.datetime], after: dt.timedelta) -> Moment:
    """The moment of the present round: an answered check is asked again, no sooner than after its answer."""
    done = sorted(done_at)
    return Moment(max(first, done[-1] + after) if done else first, len(done))


def _should_be_clear(which: str) -> VisitWhen:
    """So long after the expected clear; a new expected clear, or an answer, moves it."""

    def when(facts: VisitFacts, frame: Frame) -> Iterable[Moment]:
        if facts.expected_clear_at is None:
            return ()
        due: dt.datetime = getattr(welfare_due(facts.expected_clear_at, frame.clocks), which)
        return (_again(due, facts.welfare_done_at, due - facts.expected_clear_at),)

    return when


def _should_be_there(minutes_of: Callable[[Frame], int]) -> VisitWhen:
    """So long after setting off without arriving."""

    def when(facts: VisitFacts, frame: Frame) -> Iterable[Moment]:
        if facts.status is not VisitStatus.EN_ROUTE or facts.en_route_at is None:
            return ()
        after = minutes(minutes_of(frame))
        return (_again(facts.en_route_at + after, facts.welfare_done_at, after),)

    return when


def _ring(facts: VisitFacts) -> str:
    return f"{facts.number}: {facts.practitioner} should be clear. Ring: are they well?"


def _where(facts: VisitFacts) -> str:
    return f"{facts.number}: {facts.practitioner} is still on the way. Ring: are they well?"


WELFARE: Ladder[VisitFacts] = Ladder(
    "welfare",
    "Welfare of the practitioner",
    Subject.VISIT,
    # Whoever looks for them need not be told that they should be clear.
    lambda facts: facts.status in OUT and not facts.is_looked_for,
    tuple(
        Step(name, label, role, Way.TASK, when, words, asks=TaskKind.WELFARE, counts_answers=True)
        for name, label, role, when, words in (
            ("call", "Call, after the expected clear", Role.COORDINATOR, _should_be_clear("call_at"), _ring),
            (
                "supervisor",
                "Supervisor, after the expected clear",
                Role.SUPERVISOR,
                _should_be_clear("supervisor_at"),
                _ring,
            ),
            (
                "en_route_call",
                "Call, still on the way",
                Role.COORDINATOR,
                _should_be_there(lambda frame: frame.figures.en_route),
                _where,
            ),
            (
                "en_route_supervisor",
                "Supervisor, still on the way",
                Role.SUPERVISOR,
                _should_be_there(lambda frame: frame.figures.en_route_supervisor),
                _where,
            ),
        )
    ),
    is_safety=True,
    # A version of before asked so for whom nobody reached, also before they set off.
    is_to_answer=lambda facts: facts.status.is_active,
)


def _home(minutes_of: Callable[[Frame], int]) -> ShiftWhen:
    def when(facts: ShiftFacts, frame: Frame) -> Iterable[Moment]:
        after = minutes(minutes_of(frame))
        return (_again(facts.ends_at + after, facts.safe_home_done_at, after),)

    return when


def _is_home(facts: ShiftFacts) -> str:
    return f"{facts.practitioner}: the shift has ended and nobody has said that they are safe. Ring."


SAFE_HOME: Ladder[ShiftFacts] = Ladder(
    "safe_home",
    "Safe home at shift end",
    Subject.SHIFT,
    # Somebody who is out on a visit has the welfare ladder of that visit.
    lambda facts: facts.on_at is not None and facts.off_at is None and not facts.is_on_a_visit,
    (
        Step(
            "call",
            "Call",
            Role.COORDINATOR,
            Way.TASK,
            _home(lambda frame: frame.figures.safe_home),
            _is_home,
            asks=TaskKind.SAFE_HOME,
            counts_answers=True,
        ),
        Step(
            "supervisor",
            "Supervisor",
            Role.SUPERVISOR,
            Way.TASK,
            _home(lambda frame: frame.figures.safe_home_supervisor),
            _is_home,
            asks=TaskKind.SAFE_HOME,
            counts_answers=True,
        ),
    ),
    is_safety=True,
)


def _stale(facts: ShiftFacts, _: Frame) -> Iterable[Moment]:
    """When a device that did report has been silent for too long; once for each silence."""
    if facts.position_at is None or facts.on_at is None or facts.position_at < facts.on_at:
        return ()
    return (Moment(facts.position_at + stale_after(facts.doing), int(facts.position_at.timestamp())),)


POSITION_STALE: Ladder[ShiftFacts] = Ladder(
    "position_stale",
    "Position out of date",
    Subject.SHIFT,
    # A position that somebody typed in is not expected to go on by itself.
    lambda facts: facts.on_at is not None and facts.off_at is None and facts.has_device,
    (
        Step(
            "coordinator",
            "Coordinator",
            Role.COORDINATOR,
            Way.TASK,
            _stale,
            lambda facts: f"{facts.practitioner}: the position is out of date. Ask where they are.",
            asks=TaskKind.POSITION_STALE,
        ),
    ),
    is_safety=True,
    # Positions come by the thousand and ring for nobody.
    look_every=minutes(1),
)
