"""A marker that a trainee adds to a patient with a visit under way is read by who enters its steps."""

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from console.domain.calendar import local, local_day
from console.domain.words import MarkerKind, Role, VisitStatus
from console.planning.day.words import Act, Event
from console.services.desk import Desk
from console.services.people import actor, people
from console.services.players.stage import REFERENCE
from db.engine import Database, open_database
from db.models import MarkerAcknowledgement, Referral, Visit
from tests.services.training_day import DAY, PLAN, at, begin, play_until


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    opened.hurry()
    begin(opened)
    yield opened
    opened.close()


def first_of(act: Act, case: str = "") -> Event:
    return next(one for one in PLAN.events if one.act is act and (not case or one.case == case))


def play_past(database: Database, event: Event) -> str:
    """Play to the minute after an event; gives it."""
    minute = f"{local(event.at + dt.timedelta(minutes=1)):%H:%M}"
    play_until(database, minute)
    return minute


def test_that_a_marker_added_on_the_way_is_read_and_the_visit_goes_on(database: Database) -> None:
    finished = first_of(Act.CLEAR)
    minute = play_past(database, first_of(Act.EN_ROUTE, finished.case))
    assert at(minute) < first_of(Act.ON_SCENE, finished.case).at
    with database.read() as session:
        by_reference = Referral.sender_reference == f"{REFERENCE}{DAY:%Y-%m-%d} {finished.case}"
        seen = session.scalars(select(Referral).where(by_reference)).one()
    jo = next(one for one in people(database) if one.login == "jo.bates")
    trainee = Desk(database, actor(jo, Role.COORDINATOR, "Folkestone 1"), lambda: at(minute))
    review_on = local_day(at(minute) + dt.timedelta(days=180))
    marker_id = trainee.markers.add(
        seen.patient_id, None, None, MarkerKind.ANIMAL, "Large dog", review_on, seen.id
    )
    play_past(database, finished)
    with database.read() as session:
        visit = session.scalars(select(Visit).where(Visit.referral_id == seen.id)).one()
        read = session.scalars(
            select(MarkerAcknowledgement).where(MarkerAcknowledgement.marker_id == marker_id)
        )
        assert visit.status is VisitStatus.CLEAR
        assert [one.acknowledged_at >= at(minute) for one in read] == [True]
