"""Making training databases: of nothing, over nothing of anybody's, and anew only where the mark is."""

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from console.domain.refusals import Refused
from console.services import demo_file, setup
from console.services.players.play import Players
from db.emptied import empty
from db.engine import open_database
from db.models import Referral
from db.queries import training as queries
from db.schema_version import NEWEST
from db.upgrade import upgrade
from tests.services.training_day import begin, play_until, story
from tests.support.demo_once import MOMENT


def names(url: str) -> list[str]:
    with closing(open_database(url)) as database, database.read() as session:
        return [row.problem for row in session.query(Referral).order_by(Referral.id)]


def test_that_the_same_seed_gives_the_same_past_on_both_databases(demo_url: str, postgresql_url: str) -> None:
    with closing(open_database(postgresql_url)) as database:
        demo_file.fill(database, MOMENT)
    stories = []
    for url in (demo_url, postgresql_url):
        with closing(open_database(url)) as database:
            stories.append([sorted(part) for part in story(database)])
    assert stories[0] == stories[1]


def test_that_a_demo_that_was_closed_for_a_while_has_gone_on_by_the_time_it_is_opened(demo_url: str) -> None:
    with closing(open_database(demo_url)) as database:
        with database.read() as session:
            time = queries.training_time(session)
        assert time is not None
        later = time.epoch + dt.timedelta(minutes=10)
        players = Players(database, time.seed, lambda: later)
        since = players.waits_since()
        assert since is not None
        assert since < later
        demo_file.catch_up(database, time.started_at + dt.timedelta(minutes=10) / time.speed)
        assert players.play() == 0
        since = players.waits_since()
        assert since is not None
        assert since > later


def test_that_a_marked_database_begins_anew_only_when_asked_and_unused(postgresql_url: str) -> None:
    """That a file does so too is seen where the command makes one."""
    with closing(open_database(postgresql_url)) as database:
        begin(database)
        play_until(database, "08:30")
    before = names(postgresql_url)
    assert before
    with pytest.raises(Refused, match="add --again"):
        demo_file.make(postgresql_url, seed=2)
    with closing(open_database(postgresql_url)) as in_use:
        in_use.server_now()  # as a console does, it keeps its connection
        with pytest.raises(Refused, match="Close its consoles"):
            demo_file.make(postgresql_url, seed=2, again=True)
    assert names(postgresql_url) == before
    demo_file.make(postgresql_url, seed=2, again=True)
    assert names(postgresql_url) != before
    with closing(open_database(postgresql_url)) as database, database.read() as session:
        time = queries.training_time(session)
    assert time is not None
    assert (time.seed, time.speed) == (2, demo_file.SPEED)


def test_that_a_service_of_somebodys_is_never_marked_nor_emptied(
    empty_database_url: str, now: dt.datetime
) -> None:
    upgrade(empty_database_url)
    with closing(open_database(empty_database_url)) as database:
        setup.apply(database, now)
    for again in (False, True):
        with pytest.raises(Refused, match="holds data and is not for training"):
            demo_file.make(empty_database_url, again=again)
    with pytest.raises(Refused, match="never emptied"):
        empty(empty_database_url)
    with closing(open_database(empty_database_url)) as database, database.read() as session:
        assert not queries.is_training(session)


def test_that_a_speed_that_is_none_is_refused(sqlite_url: str) -> None:
    with pytest.raises(Refused, match="speed above 0"):
        demo_file.make(sqlite_url, speed=0)


def test_that_the_demos_own_day_is_kept_until_its_evening(demo_url: str) -> None:
    now = dt.datetime.now(dt.UTC)  # its clock is this computer's
    first = demo_file.folder() / f"demo-{NEWEST}-{now:%Y%m%dT%H%M%SZ}.sqlite"
    first.parent.mkdir(parents=True)
    with closing(sqlite3.connect(demo_url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE training SET speed = 10")
    Path(demo_url.removeprefix("sqlite:///")).rename(first)
    assert demo_file.ready(now + dt.timedelta(minutes=30)) == first
    assert demo_file.current(now + dt.timedelta(minutes=40)) is None
    another = demo_file.ready(now + dt.timedelta(minutes=1), again=True)
    assert another != first
    assert demo_file.current(now + dt.timedelta(minutes=2)) == another


def test_that_a_demo_opened_on_a_bank_holiday_is_of_the_working_day_before() -> None:
    assert demo_file.a_working_day(dt.date(2026, 12, 28)) == dt.date(2026, 12, 24)
    assert demo_file.a_working_day(dt.date(2026, 11, 26)) == dt.date(2026, 11, 26)
