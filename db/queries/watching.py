"""What is to be looked at, and the subjects of ladders: locked without ever waiting for a person's work."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, delete, exists, func, literal_column, select, text, update
from sqlalchemy.orm import Session

from console.domain.asking import BY_ITSELF, Asked
from console.domain.chase_words import ChaseState, Subject
from console.domain.ladder import Key, Resting
from console.domain.words import TaskKind
from db.base import Numbered
from db.many_rows import insert_many
from db.models import Chase, Hub, Practice, Referral, Report, Shift, Snooze, Task, Visit, Watch
from db.models.care import ACTIVE, NOT_ACCEPTED
from db.models.referral import OPEN

R = TypeVar("R", bound=Numbered)
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

MODELS: dict[Subject, type[Numbered]] = {
    Subject.REFERRAL: Referral,
    Subject.VISIT: Visit,
    Subject.SHIFT: Shift,
    Subject.REPORT: Report,
    Subject.PRACTICE: Practice,
    Subject.HUB: Hub,
    Subject.TASK: Task,
}
# Which subjects may still owe somebody a look; whatever else is over tells nothing new.
_RUNNING: dict[Subject, ColumnElement[bool]] = {
    Subject.REFERRAL: literal_column(f"referral.{OPEN}"),
    Subject.VISIT: literal_column(f"visit.{ACTIVE}"),
    Subject.SHIFT: Shift.off_at.is_(None),
    Subject.REPORT: literal_column(f"report.{NOT_ACCEPTED}"),
    Subject.PRACTICE: exists().where(
        Report.practice_id == Practice.id, literal_column(f"report.{NOT_ACCEPTED}")
    ),
    Subject.HUB: Hub.id.is_not(None),
    Subject.TASK: (Task.done_at.is_(None)) & (Task.accepted_at.is_not(None)),
}


def count_due(session: Session, now: dt.datetime) -> int:
    """Count the lines that are due to be looked at."""
    return session.scalar(select(func.count()).select_from(Watch).where(Watch.next_at <= now)) or 0


def is_anything_due(session: Session, now: dt.datetime) -> bool:
    """Tell whether anything is to be looked at."""
    return session.scalar(select(Watch.id).where(Watch.next_at <= now).limit(1)) is not None


def oldest_due(session: Session, now: dt.datetime) -> dt.datetime | None:
    """Give since when the oldest look has been owed; None when none is."""
    due = select(Watch.next_at).where(Watch.next_at <= now, Watch.next_at > LONG_AGO)
    return session.scalar(due.order_by(Watch.next_at).limit(1))


def oldest_change(session: Session) -> dt.datetime | None:
    """Give since when, by the server's clock, a change waits to be looked at; None when none does."""
    return session.scalar(select(func.min(Watch.asked_at)).where(Watch.next_at == LONG_AGO))


def take_due(session: Session, now: dt.datetime, limit: int, but: Collection[int] = ()) -> Sequence[Watch]:
    """Lock the oldest lines that are due and that nobody else is looking at, leaving some out."""
    return session.scalars(
        select(Watch)
        .where(Watch.next_at <= now, Watch.id.not_in(but))
        .order_by(Watch.next_at, Watch.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def lock_free(session: Session, kind: Subject, ids: Collection[int]) -> dict[int, Numbered]:
    """Lock those of the subjects on which nobody is at work, and give them by id.

    Whoever is at work on another one leaves a line of their own when they are done.
    """
    model = MODELS[kind]
    rows = session.scalars(
        select(model)
        .where(model.id.in_(ids))
        .order_by(model.id)
        .with_for_update(key_share=True, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows}


def still_there(session: Session, kind: Subject, ids: Collection[int]) -> set[int]:
    """Give which of the subjects exist, locked by somebody or not."""
    model = MODELS[kind]
    return set(session.scalars(select(model.id).where(model.id.in_(ids))))


def forget(session: Session, kind: Subject, ids: Collection[int]) -> None:
    """Take away every line of subjects that are looked at now, those for later too: new ones follow.

    Lines that another worker has in hand stay, so that two workers never wait for each other.
    """
    theirs = select(Watch.id).where(Watch.subject_kind == kind, Watch.subject_id.in_(ids))
    session.execute(
        delete(Watch)
        .where(Watch.id.in_(theirs.with_for_update(skip_locked=True)))
        .execution_options(synchronize_session=False)
    )


def put_off(session: Session, watch_ids: Collection[int], until: dt.datetime) -> None:
    """Let lines wait."""
    session.execute(
        update(Watch)
        .where(Watch.id.in_(watch_ids))
        .values(next_at=until)
        .execution_options(synchronize_session=False)
    )


def look_again(session: Session, looks: Iterable[tuple[Subject, int, dt.datetime]]) -> None:
    """Let subjects be looked at from a moment on."""
    insert_many(session, [Watch(subject_kind=kind, subject_id=key, next_at=at) for kind, key, at in looks])


def look_at_everything(session: Session, at: dt.datetime = LONG_AGO) -> int:
    """Let every subject that may still owe a look be looked at, now or from a moment on; gives how many."""
    if session.get_bind().dialect.name == "postgresql":  # whoever changes figures may not see what they move
        return int(session.execute(text("SELECT look_at_everything(:at)"), {"at": at}).scalar_one())
    found = [
        (kind, key, at)
        for kind, model in MODELS.items()
        for key in session.scalars(select(model.id).where(_RUNNING[kind]))
    ]
    look_again(session, found)
    return len(found)


REPEATS = 10_000
"""A chase's round holds the round of its moment times this, plus how often the step was asked again."""


def happened(session: Session, kind: Subject, ids: Collection[int]) -> dict[int, dict[Key, Asked]]:
    """Give every step that happened about these subjects, and what became of the last time it did."""
    found: dict[int, dict[Key, Asked]] = defaultdict(dict)
    rows = session.execute(
        select(Chase, Task.done_at, Task.result)
        .outerjoin(Task, Task.id == Chase.task_id)
        .where(Chase.subject_kind == kind, Chase.subject_id.in_(ids))
        .order_by(Chase.round)
    )
    for chase, done_at, result in rows:
        base, repeat = divmod(chase.round, REPEATS)
        key = (chase.ladder, chase.step, chase.recipient, base)
        found[chase.subject_id][key] = Asked(repeat, chase.task_id, done_at, result)
    return found


def queued_ladders(session: Session, kind: Subject, ids: Collection[int]) -> dict[int, set[str]]:
    """Give the ladders of these subjects that have a step waiting to go."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = session.execute(
        select(Chase.subject_id, Chase.ladder).where(
            Chase.subject_kind == kind, Chase.subject_id.in_(ids), Chase.state == ChaseState.QUEUED
        )
    )
    for subject_id, ladder in rows:
        found[subject_id].add(ladder)
    return found


def resting(session: Session, kind: Subject, ids: Collection[int]) -> dict[int, list[Resting]]:
    """Give the snoozes of these subjects; one that a person ended early ended then."""
    found: dict[int, list[Resting]] = defaultdict(list)
    rows = session.scalars(
        select(Snooze).where(Snooze.subject_kind == kind, Snooze.subject_id.in_(ids)).order_by(Snooze.at)
    )
    for row in rows:
        found[row.subject_id].append(Resting(row.at, min(row.until_at, row.ended_at or row.until_at)))
    return found


def cancel_queued(
    session: Session, kind: Subject, subject_id: int, now: dt.datetime, why: str, ladder: str | None = None
) -> None:
    """Stop every chase of a subject, or of one of its ladders, that has not gone."""
    which = (Chase.subject_kind == kind, Chase.subject_id == subject_id, Chase.state == ChaseState.QUEUED)
    session.execute(
        update(Chase)
        .where(*which, *((Chase.ladder == ladder,) if ladder else ()))
        .values(state=ChaseState.CANCELLED, ended_at=now, result=why, version=Chase.version + 1)
        .execution_options(synchronize_session=False)
    )


def open_tasks_about(
    session: Session, asked: Collection[tuple[str, TaskKind]], ids: Collection[int]
) -> dict[int, list[Task]]:
    """Give the open tasks that are about subjects of these ids, each of a kind that is asked about such."""
    names = {f"{about}:{key}": (about, key) for about, _ in asked for key in ids}
    kinds = {kind for _, kind in asked}
    found: dict[int, list[Task]] = defaultdict(list)
    rows = session.scalars(
        select(Task).where(Task.subject.in_(names), Task.kind.in_(kinds), Task.done_at.is_(None))
    )
    for row in rows:
        about, key = names[row.subject]
        if (about, row.kind) in asked:
            found[key].append(row)
    return found


def done_at(
    session: Session, kind: Subject, ids: Collection[int], *kinds: TaskKind
) -> dict[tuple[int, TaskKind], list[dt.datetime]]:
    """Give when tasks of these kinds about these subjects were answered by people, the earliest first."""
    names = {f"{kind}:{key}": key for key in ids}
    found: dict[tuple[int, TaskKind], list[dt.datetime]] = defaultdict(list)
    rows = session.execute(
        select(Task.subject, Task.kind, Task.done_at)
        .where(Task.subject.in_(names), Task.kind.in_(kinds))
        .where(Task.done_at.is_not(None), Task.result.not_in(BY_ITSELF))
        .order_by(Task.done_at)
    )
    for subject, task_kind, at in rows:
        if at is not None:
            found[names[subject], task_kind].append(at)
    return found
