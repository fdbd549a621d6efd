"""Ladders: what is done about something that is late, by whom, when; and which steps came due.

A ladder belongs to one kind of subject and runs while `is_running` says so. Each of its steps names a
recipient, a way, and the moments at which it is due; the moments follow from facts and figures alone, so that
whoever asks later, after a pause or a restart, gets the same ones. A step that falls into quiet hours or a
snooze moves to its end.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Generic, Protocol, TypeVar

from console.domain.calendar import WorkingCalendar
from console.domain.chase_words import Subject, Way
from console.domain.clocks import ClockSettings
from console.domain.ladder_settings import LadderSettings
from console.domain.quiet import Quiet, may_go_at
from console.domain.words import Role, TaskKind


@dataclass(frozen=True, slots=True)
class Frame:
    """What every ladder goes by: working days, clocks and the figures of the ladders."""

    calendar: WorkingCalendar
    clocks: ClockSettings = field(default_factory=ClockSettings)
    figures: LadderSettings = field(default_factory=LadderSettings)


@dataclass(frozen=True, slots=True)
class Resting:
    """A snooze as it holds: steps that come due in it wait for its end (aware UTC)."""

    at: dt.datetime
    until_at: dt.datetime


class Facts(Protocol):
    """What is known of one subject."""

    @property
    def resting(self) -> Sequence[Resting]:
        """The snoozes of this subject that nobody ended."""


F = TypeVar("F", bound=Facts)
F_contra = TypeVar("F_contra", bound=Facts, contravariant=True)


@dataclass(frozen=True, slots=True)
class Moment:
    """One time at which a step is due; `round` tells it from the step's other times."""

    due_at: dt.datetime
    round: int = 0


class When(Protocol[F_contra]):
    """The moments of a step, earliest first; they may go on for ever."""

    def __call__(self, facts: F_contra, frame: Frame, /) -> Iterable[Moment]:
        """Give them."""


@dataclass(frozen=True, slots=True)
class Step(Generic[F]):
    """One step of a ladder.

    `to` is the role that is asked, or gives the recipient from the facts; None then means that there is
    nobody, and the step is left out. `asks` is the task that it lands as. `is_wanted` may hold a step back at
    a moment whose reason is not there. The moments of a step that `counts_answers` say themselves when it is
    asked again after a person answered.
    """

    name: str
    label: str
    to: Role | Callable[[F], str | None]
    way: Way
    when: When[F]
    words: Callable[[F], str]
    asks: TaskKind | None = None
    quiet: Quiet | None = None
    is_wanted: Callable[[F], bool] = lambda _: True
    counts_answers: bool = False

    def recipient(self, facts: F) -> str | None:
        """Give whom it is for: a role's value, `staff:ID`, or None for nobody."""
        return self.to.value if isinstance(self.to, Role) else self.to(facts)


@dataclass(frozen=True, slots=True)
class Ladder(Generic[F]):
    """The steps about one kind of lateness; `is_safety` ladders know no quiet hours and no snooze.

    A ladder with `look_every` is looked at that often while it runs, because what it depends on tells nobody;
    with `look_once_begun` only from the first of its moments on.
    What a person asked of the same kind stays while it `is_to_answer`; without that, while the ladder runs.
    Its tasks are `about` the subject, or about something else that goes by the subject's id.
    """

    name: str
    label: str
    subject: Subject
    is_running: Callable[[F], bool]
    steps: tuple[Step[F], ...]
    is_safety: bool = False
    look_every: dt.timedelta | None = None
    look_once_begun: bool = False
    is_to_answer: Callable[[F], bool] | None = None
    about: str = ""

    @property
    def asks_about(self) -> str:
        """Before the id in the subject of its tasks: by it they are known from those of another ladder."""
        return self.about or self.subject.value

    @property
    def kinds(self) -> tuple[TaskKind, ...]:
        """What its steps ask, each once."""
        return tuple(dict.fromkeys(step.asks for step in self.steps if step.asks is not None))


Key = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step that came due: everything that is needed to keep it and to let it land."""

    ladder: str
    step: str
    recipient: str
    round: int
    way: Way
    due_at: dt.datetime
    not_before: dt.datetime
    words: str
    asks: TaskKind | None
    asks_about: str
    counts_answers: bool = False

    @property
    def key(self) -> Key:
        """What makes it happen once for its subject."""
        return (self.ladder, self.step, self.recipient, self.round)


def stands(ladder: Ladder[F], facts: F, frame: Frame, now: dt.datetime) -> list[DueStep]:
    """Give every step that is due by now, also one that may not go yet; what they ask is still needed."""
    if not ladder.is_running(facts):
        return []
    found = [
        _due_step(ladder, step, moment, recipient, facts, frame)
        for step in ladder.steps
        if (recipient := step.recipient(facts)) is not None and step.is_wanted(facts)
        # Nothing moves to an earlier moment, so that what is not due yet need not be looked at.
        for moment in takewhile(lambda one: one.due_at <= now, step.when(facts, frame))
    ]
    first: dict[Key, DueStep] = {}
    for one in sorted(found, key=lambda one: one.not_before):
        first.setdefault(one.key, one)  # a step that is due at several moments happens once a round
    return list(first.values())


def came_due(ladder: Ladder[F], facts: F, frame: Frame, now: dt.datetime) -> list[DueStep]:
    """Give every step that may go now, the one that might have gone latest last.

    What came due in the day and was not looked at until the night waits for the morning all the same.
    """
    return [
        one for one in stands(ladder, facts, frame, now) if _goes_at(ladder, one, facts, frame, now) <= now
    ]


def next_at(ladder: Ladder[F], facts: F, frame: Frame, now: dt.datetime) -> dt.datetime | None:
    """Give when the ladder must be looked at again; None when nothing is to come."""
    if not ladder.is_running(facts):
        return None
    held = [_goes_at(ladder, one, facts, frame, now) for one in stands(ladder, facts, frame, now)]
    rests = [] if ladder.is_safety else [rest.until_at for rest in facts.resting]
    every = [now + ladder.look_every] if ladder.look_every and _has_begun(ladder, facts, frame, now) else []
    coming = [one.not_before for one in upcoming(ladder, facts, frame, now)]
    return min((at for at in (*held, *rests, *every, *coming) if at > now), default=None)


def _has_begun(ladder: Ladder[F], facts: F, frame: Frame, now: dt.datetime) -> bool:
    """Whether what changes unseen may ask or end anything by now."""
    moments = (moment for step in ladder.steps for moment in step.when(facts, frame))
    return not ladder.look_once_begun or any(moment.due_at <= now for moment in moments)


def upcoming(ladder: Ladder[F], facts: F, frame: Frame, now: dt.datetime) -> list[DueStep]:
    """Give the next moment of each step that still has one, soonest first, as things stand now."""
    if not ladder.is_running(facts):
        return []
    found = []
    for step in ladder.steps:
        recipient = step.recipient(facts)
        for moment in step.when(facts, frame) if recipient is not None else ():
            one = _due_step(ladder, step, moment, recipient or "", facts, frame)
            if one.not_before > now:
                found.append(one)
                break
    return sorted(found, key=lambda one: one.not_before)


def newest_for_each(due: Iterable[DueStep]) -> tuple[list[DueStep], list[DueStep]]:
    """Part what came due, in its order, into the newest of each recipient and way, and what these pass over.

    Recording is no message: each record stands.
    """
    steps = list(due)
    newest = {(one.recipient, one.way): one for one in steps}
    goes = [one for one in steps if one.way is Way.RECORD or newest[one.recipient, one.way] is one]
    return goes, [one for one in steps if one not in goes]


def _goes_at(ladder: Ladder[F], one: DueStep, facts: F, frame: Frame, now: dt.datetime) -> dt.datetime:
    """Give when a step may go that nobody let go at its own time."""
    step = next(step for step in ladder.steps if step.name == one.step)
    return moved(ladder, step, max(one.not_before, now), facts, frame)


def _due_step(
    ladder: Ladder[F], step: Step[F], moment: Moment, recipient: str, facts: F, frame: Frame
) -> DueStep:
    return DueStep(
        ladder=ladder.name,
        step=step.name,
        recipient=recipient,
        round=moment.round,
        way=step.way,
        due_at=moment.due_at,
        not_before=moved(ladder, step, moment.due_at, facts, frame),
        words=step.words(facts),
        asks=step.asks,
        asks_about=ladder.asks_about,
        counts_answers=step.counts_answers,
    )


def moved(ladder: Ladder[F], step: Step[F], at: dt.datetime, facts: F, frame: Frame) -> dt.datetime:
    """Move a step out of snoozes and quiet hours, as long as one leads into another."""
    if ladder.is_safety or step.way is Way.RECORD:  # a record is nobody's disturbance
        return at
    while (later := may_go_at(_rested(at, facts), step.quiet, frame.calendar, frame.figures)) != at:
        at = later
    return at


def _rested(at: dt.datetime, facts: Facts) -> dt.datetime:
    for rest in sorted(facts.resting, key=lambda one: one.at):
        if rest.at <= at < rest.until_at:
            at = rest.until_at
    return at
