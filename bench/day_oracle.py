"""What a day must leave behind: by its plan, by a day that nobody kills, by a last look at what is late."""

import datetime as dt
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Executable, func, select
from sqlalchemy.orm import Session

from console.domain.calendar import from_local
from console.domain.training_time import Progress
from console.planning.day.plan import opened_at
from console.planning.day.words import Act, DayPlan
from console.services import people, setup
from console.services.clock import clock_of
from console.services.desk import Desk
from console.services.players.play import Players
from console.services.players.stage import REFERENCE
from db.engine import Database, open_database
from db.models import Chase, OutgoingMessage, Referral, Report, Step, Task, Visit
from db.queries import training as queries
from db.upgrade import upgrade

# What nobody planned has no reference: it would be there once too often.
_REFERENCE = func.coalesce(Referral.sender_reference, "")
_LIVES: dict[str, Executable] = {
    "referrals": select(_REFERENCE, Referral.status),
    "visits": select(_REFERENCE, Visit.status, Visit.practitioner_id).join(
        Visit, Visit.referral_id == Referral.id
    ),
    "reports": select(_REFERENCE, Report.status).join(Report, Report.referral_id == Referral.id),
}
LATE = dt.timedelta(minutes=10)
"""Of training time: what is older must have been played and chased."""


def compared(database: Database, plan: DayPlan, seed: int, folder: Path) -> dict[str, Any]:
    """Count what is lost and what is there twice, life by life."""
    with database.read() as session:
        done = queries.progress(session)
        there = lives(session)
    assert done is not None
    behind = done.played if done.day == plan.day else len(plan.events)
    undisturbed = _undisturbed(plan, seed, behind, folder)
    found: dict[str, Any] = {"events_behind": behind, "events_late": _late(database, plan, behind)}
    for name in _LIVES:
        found[name] = undisturbed[name].total()
        found[f"{name}_lost"] = (undisturbed[name] - there[name]).total()
        found[f"{name}_twice"] = (there[name] - undisturbed[name]).total()
    assert_planned(plan, behind, undisturbed["referrals"])
    return {**found, **_repeated(database), **_chases(database)}


def lives(session: Session) -> dict[str, Counter[Any]]:
    """Give how often each life stands in each state, told by the reference of its patient."""
    return {name: Counter(map(tuple, session.execute(one))) for name, one in _LIVES.items()}


def _undisturbed(plan: DayPlan, seed: int, behind: int, folder: Path) -> dict[str, Counter[Any]]:
    """Play the same events once more, in a database of its own in which nothing is killed."""
    url = f"sqlite:///{folder / 'undisturbed.sqlite'}"
    upgrade(url)
    with closing(open_database(url)) as database:
        database.hurry()
        morning = from_local(plan.day, dt.time(5))
        setup.apply(database, morning, with_demo=True)
        with database.work(people.system(database), morning) as work:
            queries.mark(work.session, opened_at(plan.day), morning, 1, seed, Progress(plan.day, 0))
        until = plan.events[behind - 1].at
        players = Players(database, seed, lambda: until, behind=dt.timedelta(0))
        players.play(at_once=behind)
        with database.read() as session:
            return lives(session)


def assert_planned(plan: DayPlan, behind: int, referrals: Counter[Any]) -> None:
    """The undisturbed day itself has every patient of the plan once."""
    taken_in = (event.case for event in plan.events[:behind] if event.act in {Act.RECEIVE, Act.ARRIVE})
    planned = Counter(f"{REFERENCE}{plan.day:%Y-%m-%d} {key}" for key in taken_in)
    assert Counter(reference for reference, _ in referrals.elements()) == planned


def _late(database: Database, plan: DayPlan, behind: int) -> int:
    before = clock_of(database)() - LATE
    return sum(event.at < before for event in plan.events[behind:])


def _repeated(database: Database) -> dict[str, Any]:
    same_step = (Step.kind, Step.referral_id, Step.practitioner_id, Step.hub_id, Step.words, Step.happened_at)
    same_task = (Task.kind, Task.subject, Task.role)
    with database.read() as session:
        steps = session.execute(
            select(func.count()).select_from(Step).group_by(*same_step).having(func.count() > 1)
        ).all()
        tasks = session.execute(
            select(func.count())
            .select_from(Task)
            .where(Task.done_at.is_(None))
            .group_by(*same_task)
            .having(func.count() > 1)
        ).all()
        left = session.scalar(
            select(func.count()).select_from(OutgoingMessage).where(OutgoingMessage.state == "sent")
        )
    return {"steps_twice": len(steps), "tasks_twice": len(tasks), "left_the_building": left}


def _chases(database: Database) -> dict[str, Any]:
    """Look at everything once more as of the end: what was due before and comes only now was lost."""
    same = (Chase.subject_kind, Chase.subject_id, Chase.ladder, Chase.step, Chase.recipient, Chase.round)
    ended_at = clock_of(database)()
    desk = Desk(database, people.system(database), lambda: ended_at)
    with database.read() as session:
        before = session.scalar(select(func.max(Chase.id))) or 0
        count = session.scalar(select(func.count()).select_from(Chase))
        twice = session.execute(
            select(func.count()).select_from(Chase).group_by(*same).having(func.count() > 1)
        ).all()
    desk.chasing.look_at_everything()
    desk.chasing.look()
    with database.read() as session:
        late = (
            select(func.count()).select_from(Chase).where(Chase.id > before, Chase.due_at < ended_at - LATE)
        )
        lost = session.scalar(late)
    return {"chases": count, "chases_lost": lost, "chases_twice": len(twice)}
