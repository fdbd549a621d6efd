"""When the database does not answer, the console says so, loses nothing and works again afterwards."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import psycopg
import pytest
from sqlalchemy import event, func, make_url, select, text
from sqlalchemy.orm import Session

from console.domain.refusals import Away, Refused, Unreachable
from console.services.outage import through_an_outage
from db.connect import for_reading, for_writing, introduce
from db.engine import Database, open_database
from db.errors import AGAIN
from db.lost_answer import Left, was_saved
from db.models import Hub, Step
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


def _steps(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(func.count(Step.id))).one()


def test_that_a_lost_answer_to_commit_is_found_out_and_nothing_is_done_twice(
    far: Database, line: Line, now: dt.datetime
) -> None:
    build(far, now)
    line.cut_answer_to(b"COMMIT\0")
    through_an_outage(lambda: _rename(far, now, "Deal"))
    assert (_name(far), _steps(far)) == ("Deal", 1)


def test_that_a_commit_that_never_came_is_found_out_and_frees_what_it_held(
    far: Database, line: Line, now: dt.datetime
) -> None:
    build(far, now)
    line.swallow(b"COMMIT\0")
    with pytest.raises(Away, match="nothing was saved"):
        _rename(far, now, "Deal")
    assert (_name(far), _steps(far)) == ("Dover", 0)
    line.swallow(b"COMMIT\0")
    # The server's end is still open and would hold its locks for 20 s: the next one would be refused.
    through_an_outage(lambda: _rename(far, now, "Sandwich"))
    assert (_name(far), _steps(far)) == ("Sandwich", 1)


def _after(database: Database, words: str, then: Callable[[], None]) -> None:
    """Let something happen right after each statement with these words."""

    def heard(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if words in statement:
            then()

    event.listen(database.engine, "after_cursor_execute", heard)


def test_that_a_number_that_another_bears_after_a_crash_is_not_taken_for_ones_own(
    shared: Database, now: dt.datetime
) -> None:
    build(shared, now)
    asked = threading.Event()
    _after(shared, "pg_terminate_backend", asked.set)
    with for_writing(shared.engine).connect() as other, ThreadPoolExecutor(1) as asking:
        theirs = introduce(other, MO, "console")
        ours, lost = theirs._replace(session=0), Left(1, JO.staff_id, now)
        answer = asking.submit(was_saved, for_reading(shared.engine), ours, [lost])
        assert asked.wait(5)
        other.commit()  # it was let alone
        assert answer.result() is False


def test_that_a_commit_that_ends_while_it_is_asked_for_is_found(shared: Database, now: dt.datetime) -> None:
    build(shared, now)
    with Session(for_writing(shared.engine)) as session:
        begun = introduce(session.connection(), JO, "console")
        step = Step(
            kind="hub.renamed",
            words="Renamed",
            hub_id=2,
            happened_at=now,
            entered_at=now,
            by_id=JO.staff_id,
            role=JO.role,
            changes=[],
        )
        session.add(step)
        session.flush()
        left = Left(step.id, step.by_id, step.entered_at)
        _after(shared, "pg_walfile_name", session.commit)
        assert was_saved(for_reading(shared.engine), begun, [left]) is True


def test_that_a_step_of_which_something_was_saved_is_not_begun_again(
    far: Database, line: Line, now: dt.datetime
) -> None:
    build(far, now)

    def two_in_one() -> None:
        _rename(far, now, "Deal")
        line.cut()
        _rename(far, now, "Sandwich")

    with pytest.raises(Unreachable) as told:
        through_an_outage(two_in_one)
    assert not isinstance(told.value, Away)
    assert "after a part of this was saved" in str(told.value)
    line.mend()
    assert (_name(far), _steps(far)) == ("Deal", 1)


def test_that_a_slow_answer_is_waited_for(far: Database) -> None:
    with far.read() as session:  # twice as long as silence on the link would be borne
        assert session.execute(text("SELECT 'late' FROM pg_sleep(2.2)")).scalar_one() == "late"


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
