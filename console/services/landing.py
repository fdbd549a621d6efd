"""Where the steps of ladders land: a task, a line in the record, or a mail that waits to go."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.asking import OVER, SNOOZED, Asked, asked_again
from console.domain.chase_words import STAFF, ChaseState, Subject, Way
from console.domain.ladder import DueStep, Frame, Key, Ladder, came_due, newest_for_each, next_at, stands
from console.domain.ladders import LADDERS
from console.domain.words import Role, TaskKind
from console.services import tasks
from console.services.ladder_cases import Case
from db.models import Chase, Referral, Task
from db.queries import watching
from db.unit_of_work import UnitOfWork

PASSED_OVER = "A later step went instead."
Look = tuple[Subject, int, dt.datetime]


def land(
    work: UnitOfWork,
    kind: Subject,
    found: dict[int, Case],
    frame: Frame,
    left_until: Mapping[int, dt.datetime] | None = None,
) -> list[Look]:
    """Let every step happen that came due and has not happened; gives when to look again.

    About what is left to somebody until a moment nothing new is asked before; what is over goes at once.
    """
    left_until = left_until or {}
    happened = watching.happened(work.session, kind, found)
    queued = watching.queued_ladders(work.session, kind, found)
    # What else is asked of the same kind, such as a crew's take-over, is no ladder's to end.
    asks = {(ladder.asks_about, asked) for ladder in LADDERS[kind] for asked in ladder.kinds}
    asked = watching.open_tasks_about(work.session, asks, found)
    looks: list[Look] = []
    landed: list[_Landed] = []
    fresh: list[Task] = []
    for key, case in found.items():
        subject = _Subject(work, kind, key, case, frame, happened[key], asked[key], fresh)
        subject.settle(queued[key])
        if key in left_until:
            looks.append((kind, key, left_until[key]))
            continue
        for ladder in LADDERS[kind]:
            steps, at = subject.climb(ladder)
            landed += steps
            looks += [(kind, key, at)] if at is not None else []
    _keep(work, landed, fresh)
    return looks


_Landed = tuple[Chase, Task | None]


def _keep(work: UnitOfWork, landed: list[_Landed], fresh: list[Task]) -> None:
    """Write down that the steps happened, all at once: with its key each happens once."""
    work.add_all(fresh, with_ids=True)  # the tasks first: they have their ids now
    for chase, task in landed:
        chase.task_id = task.id if task else None
    work.add_all([chase for chase, _ in landed])


@dataclass(frozen=True, slots=True)
class _Subject:
    """One subject and what happens about it in this transaction.

    `asked` are the open tasks about it; those that are asked now are `fresh` too, and written at the end.
    """

    work: UnitOfWork
    kind: Subject
    key: int
    case: Case
    frame: Frame
    happened: Mapping[Key, Asked]
    asked: list[Task]
    fresh: list[Task]

    def settle(self, queued: set[str]) -> None:
        """Finish what was asked and is not needed any more, or rests; stop what has not gone."""
        ladders, facts, now = LADDERS[self.kind], self.case.facts, self.work.now
        standing = [step for ladder in ladders for step in stands(ladder, facts, self.frame, now)]
        needed = {
            (step.asks_about, step.asks, self._who(step.recipient)[0])
            for step in standing
            if step.way is Way.TASK
        }
        resting = {kind for ladder in ladders if not ladder.is_safety for kind in ladder.kinds}
        for name in queued & {ladder.name for ladder in ladders if not ladder.is_running(facts)}:
            watching.cancel_queued(self.work.session, self.kind, self.key, now, OVER, name)
        answerable = [one for one in ladders if (one.is_to_answer or one.is_running)(facts)]
        to_answer = {(ladder.asks_about, kind) for ladder in answerable for kind in ladder.kinds}
        for task in self.asked:
            about = task.subject.partition(":")[0]
            if (about, task.kind, task.role) not in needed:
                # What a person asked waits for no step: it stays until it is answered or nothing is late.
                if self._is_of_ladder(task) or (about, task.kind) not in to_answer:
                    self._end(task)
            elif task.kind in resting and self._rests():
                tasks.settle(self.work, task, SNOOZED)
            else:
                self._say_anew(task, standing)

    def _end(self, task: Task) -> None:
        tasks.settle(self.work, task, OVER)
        if task.kind is TaskKind.FAILED_CONTACT and self.case.referral_id is not None:
            tasks.let_go_when_decided(self.work, self.work.get(Referral, self.case.referral_id))

    def _say_anew(self, task: Task, standing: list[DueStep]) -> None:
        """Say what is true by now in what a step asked; what somebody told since stays, with what it was."""
        its = [
            step for step in standing if (asked := self.happened.get(step.key)) and asked.task_id == task.id
        ]
        newest = max(its, key=lambda step: step.not_before, default=None)
        if newest is not None and tasks.BEFORE not in task.words and task.words != newest.words:
            task.words = newest.words

    def _is_of_ladder(self, task: Task) -> bool:
        """Whether a step asked it, and not somebody who knew more than the clock."""
        return task in self.fresh or any(asked.task_id == task.id for asked in self.happened.values())

    def _rests(self) -> bool:
        return any(rest.at <= self.work.now < rest.until_at for rest in self.case.facts.resting)

    def climb(self, ladder: Ladder[Any]) -> tuple[list["_Landed"], dt.datetime | None]:
        """Let what came due happen, and what was answered in vain once more; gives when to look again."""
        facts, now = self.case.facts, self.work.now
        due = came_due(ladder, facts, self.frame, now)
        repeats, again_at = asked_again(ladder, due, self.happened, self.frame, now)
        landed = self._happen([step for step in due if step.key not in self.happened])
        landed += [self._go(step, repeat) for step, repeat in repeats]
        at = next_at(ladder, facts, self.frame, now)
        return landed, min((one for one in (at, again_at) if one is not None), default=None)

    def _happen(self, due: list[DueStep]) -> list["_Landed"]:
        """Let the newest step of each recipient go, and pass over those before it."""
        goes, passed = newest_for_each(due)
        return [
            *((self._chase(step, ChaseState.PASSED_OVER, PASSED_OVER), None) for step in passed),
            *(self._go(step) for step in goes),
        ]

    def _go(self, step: DueStep, repeat: int = 0) -> "_Landed":
        if step.way is Way.MAIL:
            return self._chase(step, ChaseState.QUEUED), None
        if step.way is Way.RECORD:
            self._record(step)
            return self._chase(step, ChaseState.SENT, step.words), None
        return self._chase(step, ChaseState.SENT, repeat=repeat), self._ask(step)

    def _chase(self, step: DueStep, state: ChaseState, result: str | None = None, repeat: int = 0) -> Chase:
        return Chase(
            subject_kind=self.kind,
            subject_id=self.key,
            ladder=step.ladder,
            step=step.step,
            recipient=step.recipient,
            round=step.round * watching.REPEATS + repeat,
            hub_id=self.case.hub_id,
            way=step.way,
            state=state,
            due_at=step.due_at,
            not_before=step.not_before,
            planned_at=self.work.now,
            ended_at=None if state is ChaseState.QUEUED else self.work.now,
            result=result,
        )

    def _record(self, step: DueStep) -> None:
        self.work.step(
            f"chase.{step.step}",
            step.words,
            hub_id=self.case.hub_id,
            referral_id=self.case.referral_id,
            practitioner_id=self.case.practitioner_id,
            undoable=False,
        )

    def _ask(self, step: DueStep) -> Task:
        """Ask the role, or the one person, unless the same is asked of them already."""
        if step.asks is None:
            raise ValueError(f"The step {step.step} asks nothing.")
        role, practitioner_id = self._who(step.recipient)
        subject = f"{step.asks_about}:{self.key}"
        open_ones = (one for one in self.asked if one.done_at is None)
        for standing in open_ones:
            if (standing.subject, standing.kind, standing.role) == (subject, step.asks, role):
                # What is asked may have grown, and it is due for this reason now.
                standing.due_at = step.due_at
                if tasks.BEFORE not in standing.words and self._is_of_ladder(standing):
                    standing.words = step.words
                else:
                    tasks.say_before(standing, step.words)
                return standing
        if step.asks is TaskKind.FAILED_CONTACT and self.case.referral_id is not None:
            referral = self.work.get(Referral, self.case.referral_id)
            referral.failed_contact_at = referral.failed_contact_at or self.work.now
        task = Task(
            kind=step.asks,
            role=role,
            hub_id=self.case.hub_id,
            subject=subject,
            words=step.words,
            due_at=step.due_at,
            created_at=self.work.now,
            referral_id=self.case.referral_id,
            report_id=self.case.report_id,
            practitioner_id=practitioner_id,
        )
        self.asked.append(task)
        self.fresh.append(task)
        return task

    def _who(self, recipient: str) -> tuple[Role, int | None]:
        """Give the role that is asked and the practitioner whom it concerns."""
        if not recipient.startswith(STAFF):
            return Role(recipient), self.case.practitioner_id
        own = self.case.author_practitioner_id
        return (Role.PRACTITIONER, own) if own is not None else (Role.CLINICIAN, self.case.practitioner_id)
