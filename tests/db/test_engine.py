"""One database of a process: what it can do, its clock, and what its errors keep to themselves."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from console.domain.words import Role
from db.engine import Database
from tests.db.house import JO, House


def test_that_the_clock_of_the_database_is_utc(database: Database) -> None:
    at = database.server_now()
    assert at.tzinfo is dt.UTC
    assert abs(at - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)


def test_that_a_database_says_what_it_is(database: Database) -> None:
    assert database.dialect in {"sqlite", "postgresql"}
    can = database.capabilities
    assert (can.is_shared, can.word) == {"sqlite": (False, "Local"), "postgresql": (True, "Shared")}[
        database.dialect
    ]


def test_that_what_a_program_was_told_about_a_patient_is_in_no_error(
    database: Database, house: House, now: dt.datetime
) -> None:
    wrong = text("UPDATE patient SET no_such_column = :words")
    with pytest.raises(Exception, match="no_such_column") as fault, database.work(JO, now) as work:
        work.session.execute(wrong, {"words": "a private matter"})
    assert "private" not in str(fault.value)


def test_that_the_timetable_acts_in_its_own_name(database: Database, house: House, now: dt.datetime) -> None:
    with database.work(JO, now, made_by="timetable") as work:
        work.session.execute(text("UPDATE hub SET name = 'Deal' WHERE id = 2"))
    with database.read() as session:
        newest = text("SELECT made_by, actor_role FROM audit_log ORDER BY id DESC LIMIT 1")
        assert tuple(session.execute(newest).one()) == ("timetable", Role.COORDINATOR.value)


def test_that_many_threads_share_a_few_connections(database: Database, house: House) -> None:
    def count(_: int) -> int:
        with database.read() as session:
            found: int = session.execute(text("SELECT count(*) FROM hub")).scalar_one()
            return found

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(count, range(100))) == {2}
