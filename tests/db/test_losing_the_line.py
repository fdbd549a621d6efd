"""When the database does not answer, the console says so, loses nothing and works again afterwards."""

import datetime as dt
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import psycopg
import pytest
from sqlalchemy import make_url

from console.domain.refusals import Refused, Unreachable
from db.engine import Database, open_database
from db.errors import AGAIN
from db.models import Hub
from tests.db.house import JO, MO, build
from tests.support.line import Line, line_to


@pytest.fixture
def line(postgresql_url: str) -> Iterator[Line]:
    """A line to the server of this test."""
    port = make_url(postgresql_url).port
    assert port is not None
    with line_to(port) as laid:
        yield laid


@pytest.fixture
def far(postgresql_url: str, line: Line) -> Iterator[Database]:
    """A database at the other end of the line."""
    url = make_url(postgresql_url).set(port=line.port)
    database = open_database(url.render_as_string(hide_password=False))
    yield database
    database.close()


def _rename(database: Database, now: dt.datetime, name: str) -> None:
    with database.work(JO, now) as work:
        work.lock(Hub, 2).name = name
        work.step("hub.renamed", "Renamed", hub_id=2)


def _name(database: Database) -> str:
    with database.read() as session:
        return session.get_one(Hub, 2).name


def test_that_a_cut_line_is_told_and_a_mended_one_works(far: Database, line: Line, now: dt.datetime) -> None:
    build(far, now)
    line.cut()
    started = monotonic()
    with pytest.raises(Unreachable, match="cannot be reached"):
        _rename(far, now, "Deal")
    with pytest.raises(Unreachable):
        _name(far)
    assert monotonic() - started < 5
    line.mend()
    _rename(far, now, "Sandwich")
    assert _name(far) == "Sandwich"


def test_that_a_line_cut_in_the_middle_leaves_nothing(far: Database, line: Line, now: dt.datetime) -> None:
    build(far, now)

    def cut_in_the_middle() -> None:
        with far.work(JO, now) as work:
            work.lock(Hub, 2).name = "Deal"
            work.session.flush()
            line.cut()

    with pytest.raises(Unreachable, match="not known whether"):
        cut_in_the_middle()
    line.mend()
    assert _name(far) == "Dover"


def test_that_a_lost_answer_to_commit_is_found_out(far: Database, line: Line, now: dt.datetime) -> None:
    build(far, now)
    line.cut_answer_to(b"COMMIT\0")
    _rename(far, now, "Deal")
    assert _name(far) == "Deal"


def test_that_work_goes_on_after_the_server_ended_every_connection(
    shared: Database, now: dt.datetime
) -> None:
    build(shared, now)

    def end_everybody_in_the_middle() -> None:
        with shared.work(JO, now) as work:
            with psycopg.connect(shared.url.replace("+psycopg", ""), autocommit=True) as server:
                server.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            work.lock(Hub, 2)

    with pytest.raises(Unreachable):
        end_everybody_in_the_middle()
    _rename(shared, now, "Deal")
    assert _name(shared) == "Deal"


def test_that_nobody_waits_long_for_somebody_elses_lock(shared: Database, now: dt.datetime) -> None:
    build(shared, now)
    with shared.work(MO, now) as first:
        first.lock(Hub, 2)
        started = monotonic()
        with pytest.raises(Refused, match="try again"):
            _rename(shared, now, "Deal")
        assert monotonic() - started < 5


def test_that_of_two_people_who_lock_each_other_out_one_is_told(shared: Database, now: dt.datetime) -> None:
    build(shared, now)
    both = threading.Barrier(2)

    def lock(first: int, second: int) -> str:
        try:
            with shared.work(JO, now) as work:
                work.lock(Hub, first)
                both.wait()
                work.lock(Hub, second)
        except Refused as told:
            return str(told)
        return ""

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(lock, (1, 2), (2, 1))) == ["", AGAIN]
