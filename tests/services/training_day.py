"""A training database at the beginning of its day, and what is compared between two of them."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from console.domain.calendar import from_local
from console.domain.training_time import Progress
from console.planning.day.plan import opened_at, plan_day
from console.planning.day.words import DayPlan
from console.planning.places import shipped
from console.services import people, setup
from console.services.players.play import Players
from db.engine import Database
from db.models import QueueEntry, Referral, Report, Step, Visit
from db.queries import training as queries

SEED = 7
DAY = dt.date(2026, 1, 14)
PLAN: DayPlan = plan_day(SEED, DAY, shipped(), is_working_day=True)
# What does not depend on which of several processes was quicker.
COMPARED = (
    select(
        Referral.number, Referral.sender_reference, Referral.status, Referral.priority, Referral.received_at
    ),
    select(Visit.referral_id, Visit.practitioner_id, Visit.status, Visit.allocated_at, Visit.ended_at),
    select(QueueEntry.referral_id, QueueEntry.status, QueueEntry.arrived_at, QueueEntry.ended_at),
    select(Report.referral_id, Report.status, Report.content_version, Report.sent_at),
    select(Step.kind, Step.referral_id, Step.by_id, Step.happened_at),
)


def at(clock: str) -> dt.datetime:
    """Give a moment of the day."""
    return from_local(DAY, dt.time.fromisoformat(clock))


def begin(database: Database) -> None:
    """Set up and mark, with everything of the day still to come."""
    setup.apply(database, at("05:00"), with_demo=True)
    system = people.system(database)
    with database.work(system, at("05:00")) as work:
        server = database.server_now()
        queries.mark(work.session, opened_at(DAY), server, 1.0, SEED, Progress(DAY, 0))


def players(database: Database, until: str) -> Players:
    """Everybody who has a part, at a moment of the day; what is past is played at its own time."""
    moment = at(until)
    return Players(database, SEED, lambda: moment, behind=dt.timedelta(0))


def play_until(database: Database, until: str) -> None:
    """Play up to a moment."""
    everybody = players(database, until)
    while everybody.play():
        pass


def story(database: Database) -> list[list[Any]]:
    """Give all that happened, in an order of its own."""
    with database.read() as session:
        return [sorted(map(repr, session.execute(one).all())) for one in COMPARED]
