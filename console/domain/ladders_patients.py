"""The ladders about patients who wait: untriaged, overdue, not to be reached, at a hub that closes."""

from collections.abc import Iterable, Iterator

from console.domain.chase_words import Subject, Way
from console.domain.clocks import minutes
from console.domain.ladder import Frame, Ladder, Moment, Step
from console.domain.ladder_facts import HubFacts, ReferralFacts
from console.domain.waiting import waiting_call_due_at
from console.domain.words import ReferralStatus, Role, TaskKind

HIGHEST = 1
LOOK_AGAIN = minutes(15)


def _waits(facts: ReferralFacts) -> bool:
    return facts.status.is_open and facts.seen_at is None and facts.taken_over_at is None


def _waiting_call(facts: ReferralFacts, frame: Frame) -> Iterable[Moment]:
    """When the due time passes, then hourly after each call; the round counts the calls."""
    if facts.due_at is None:
        return ()
    calls = sorted(facts.calls_done_at)
    at = waiting_call_due_at(facts.due_at, calls[-1] if calls else None, facts.seen_at, frame.clocks)
    return () if at is None else (Moment(at, len(calls)),)


WAITING_CALL: Ladder[ReferralFacts] = Ladder(
    "waiting_call",
    "Waiting call",
    Subject.REFERRAL,
    _waits,
    (
        Step(
            "clinician",
            "Clinician, hourly until seen",
            Role.CLINICIAN,
            Way.TASK,
            _waiting_call,
            lambda facts: f"{facts.number}: past its due time. Ring the patient: is it safe to wait?",
            asks=TaskKind.WAITING_CALL,
            counts_answers=True,
        ),
    ),
    is_safety=True,
)


def _triage_breach(facts: ReferralFacts, frame: Frame) -> Iterable[Moment]:
    if facts.triage_due_at is None:
        return ()
    return (Moment(facts.triage_due_at + minutes(frame.figures.triage_supervisor)),)


TRIAGE_LATE: Ladder[ReferralFacts] = Ladder(
    "triage_late",
    "Triage overdue",
    Subject.REFERRAL,
    lambda facts: facts.status is ReferralStatus.RECEIVED and _waits(facts),
    (
        Step(
            "supervisor",
            "Supervisor",
            Role.SUPERVISOR,
            Way.TASK,
            _triage_breach,
            lambda facts: f"{facts.number}: no clinician has triaged it in time. Find one who can.",
            asks=TaskKind.TRIAGE_LATE,
        ),
    ),
    is_safety=True,
)


def _response_breach(facts: ReferralFacts, frame: Frame) -> Iterable[Moment]:
    """At once for the highest priority, else after a time in which the hub may still answer it."""
    if facts.due_at is None:
        return ()
    grace = 0 if facts.priority == HIGHEST else frame.figures.response_supervisor
    return (Moment(facts.due_at + minutes(grace), int(facts.due_at.timestamp())),)


RESPONSE_LATE: Ladder[ReferralFacts] = Ladder(
    "response_late",
    "Patient overdue",
    Subject.REFERRAL,
    lambda facts: facts.status is not ReferralStatus.RECEIVED and not facts.asks_ambulance and _waits(facts),
    (
        Step(
            "supervisor",
            "Supervisor",
            Role.SUPERVISOR,
            Way.TASK,
            _response_breach,
            lambda facts: f"{facts.number}: nobody is with the patient in time. Send or move somebody.",
            asks=TaskKind.RESPONSE_LATE,
        ),
    ),
    is_safety=True,
)


def _unreachable(facts: ReferralFacts, _: Frame) -> Iterable[Moment]:
    """When the attempts or their time have run out; a new attempt in vain asks for a new decision.

    The round is the first attempt of the series, and how many there were.
    """
    if facts.decide_from is None or facts.failed_since is None:
        return ()
    return (Moment(facts.decide_from, int(facts.failed_since.timestamp()) * 100 + facts.failed_attempts),)


FAILED_CONTACT: Ladder[ReferralFacts] = Ladder(
    "failed_contact",
    "Patient cannot be reached",
    Subject.REFERRAL,
    # Also about whom somebody gave advice by telephone before; whom somebody is with by now is reached.
    lambda facts: facts.status.is_open and facts.taken_over_at is None,
    (
        Step(
            "clinician",
            "Clinician decides",
            Role.CLINICIAN,
            Way.TASK,
            _unreachable,
            lambda facts: f"{facts.number}: the patient cannot be reached. Decide what happens.",
            asks=TaskKind.FAILED_CONTACT,
            counts_answers=True,
        ),
    ),
    is_safety=True,
    is_to_answer=lambda facts: facts.status.is_open,
)


def _warning(facts: HubFacts, _: Frame) -> Iterator[Moment]:
    """From the warning time on, every 15 minutes until closing; the day is the round, so it is said once."""
    if facts.warning_at is None or facts.closes_at is None:
        return
    at = facts.warning_at
    while at < facts.closes_at:
        yield Moment(at, facts.day)
        at += LOOK_AGAIN


def _closing(facts: HubFacts, _: Frame) -> Iterable[Moment]:
    return () if facts.closes_at is None else (Moment(facts.closes_at, facts.day),)


def _left(facts: HubFacts) -> str:
    parts = []
    if facts.patients:
        ways = "See, hand over by name, or give tomorrow's time."
        parts.append(f"{_patients(facts.patients)} still in the queue at closing. {ways}")
    if facts.at_home:
        ways = "Close the hub: that hands them over by name."
        parts.append(
            f"{_patients(facts.at_home)} still open at home, and nobody was asked to hold them. {ways}"
        )
    return f"{facts.name}: {' '.join(parts)}"


def _patients(count: int) -> str:
    return "1 patient is" if count == 1 else f"{count} patients are"


HUB_CLOSING: Ladder[HubFacts] = Ladder(
    "hub_closing",
    "Hub closing",
    Subject.HUB,
    lambda facts: not facts.is_closed_down,
    (
        Step(
            "warning",
            "Coordinator, before closing",
            Role.COORDINATOR,
            Way.TASK,
            _warning,
            lambda facts: (
                f"{facts.name}: {facts.cannot_be_seen} cannot be seen before closing. Decide for each."
            ),
            asks=TaskKind.HUB_CLOSING,
            is_wanted=lambda facts: facts.cannot_be_seen > 0,
        ),
        Step(
            "supervisor",
            "Supervisor, at closing",
            Role.SUPERVISOR,
            Way.TASK,
            _closing,
            _left,
            asks=TaskKind.HUB_CLOSING,
            is_wanted=lambda facts: facts.patients + facts.at_home > 0,
        ),
    ),
    is_safety=True,
    # A patient who comes, or is seen, changes the queue, and nothing of the hub itself.
    look_every=minutes(1),
    look_once_begun=True,
)
