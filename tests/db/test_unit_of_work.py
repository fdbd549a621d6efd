"""A unit of work is one transaction by a named person."""

import datetime as dt

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import StatementError

from console.domain.acting import Happened
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.words import Channel, Role, TaskKind
from db.engine import Database
from db.models import Hub, Referral, Step, Task, Visit
from tests.db.house import JO, MO, House, allocate
from tests.db.logs import audit


def test_that_nothing_remains_when_the_block_fails(
    database: Database, house: House, now: dt.datetime
) -> None:
    def change() -> None:
        with database.work(JO, now) as work:
            work.lock(Hub, house.dover).name = "Deal"
            work.get(Visit, 4711)

    with pytest.raises(Refused):
        change()
    with database.read() as session:
        assert session.get_one(Hub, house.dover).name == "Dover"


def test_that_a_step_keeps_both_times_and_on_whose_behalf(
    database: Database, house: House, now: dt.datetime
) -> None:
    earlier = now - dt.timedelta(minutes=20)
    happened = Happened(earlier, house.sam, Channel.RADIO, "on scene ten to two")
    with database.work(JO, now) as work:
        step = work.step("visit.on_scene", "On scene", hub_id=house.folkestone, happened=happened)
    with database.read() as session:
        kept = session.get_one(Step, step.id)
    assert (kept.happened_at, kept.entered_at) == (earlier, now)
    assert (kept.by_id, kept.role, kept.on_behalf_of_id) == (JO.staff_id, Role.COORDINATOR, house.sam)
    assert (kept.channel, kept.said) == (Channel.RADIO, "on scene ten to two")


def test_that_a_step_keeps_what_its_transaction_changed(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        referral = work.lock(Referral, house.referral)
        referral.worse_at = now
        work.session.flush()
        referral.problem = "Fall, now confused"
        step = work.step("referral.worse", "Worse", hub_id=house.folkestone, referral_id=referral.id)
    [change] = step.changes
    assert (change["table"], change["id"], change["version"]) == ("referral", house.referral, 3)
    assert change["was"] == {"worse_at": None, "problem": "Fall"}
    assert change["now"] == {"worse_at": now.isoformat(), "problem": "Fall, now confused"}


def test_that_the_second_of_two_people_is_told_who_was_first(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.read() as session:
        seen = session.get_one(Referral, house.referral).version
    with database.work(MO, now) as work:
        allocate(work, house.referral, house.sam)
        work.lock(Referral, house.referral).area = "Harbour"
    later = now + dt.timedelta(minutes=3)
    with pytest.raises(ChangedElsewhere) as told, database.work(JO, later) as work:
        work.expect(work.lock(Referral, house.referral), seen)
    assert str(told.value) == (
        "Mo Khan changed R-2026-000001 at 14:00: allocated to Sam Hill. Look again before you decide."
    )


def test_that_a_change_underneath_is_never_overwritten(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.read() as session:
        stale = session.get_one(Referral, house.referral)
    with database.work(MO, now) as work:
        work.lock(Referral, house.referral).area = "Harbour"
        work.step("referral.moved", "Area set", hub_id=house.folkestone, referral_id=house.referral)
    stale.area = "Old Town"
    with (
        pytest.raises(ChangedElsewhere, match="Mo Khan changed R-2026-000001"),
        database.work(JO, now) as work,
    ):
        work.session.add(stale)
    with database.read() as session:
        assert session.get_one(Referral, house.referral).area == "Harbour"


def test_that_a_row_that_does_not_exist_is_refused_in_a_sentence(
    database: Database, now: dt.datetime
) -> None:
    with pytest.raises(Refused, match="This visit is not in the database"), database.work(JO, now) as work:
        work.get(Visit, 4711)


def test_that_a_time_without_a_zone_is_refused(database: Database, house: House, now: dt.datetime) -> None:
    with pytest.raises(StatementError, match="a time without a zone"), database.work(JO, now) as work:
        work.lock(Referral, house.referral).due_at = now.replace(tzinfo=None)


def test_that_times_come_back_as_they_went(database: Database, house: House, now: dt.datetime) -> None:
    at = now.replace(microsecond=123456).astimezone(dt.timezone(dt.timedelta(hours=1)))
    with database.work(JO, now) as work:
        work.lock(Referral, house.referral).due_at = at
    with database.read() as session:
        kept = session.get_one(Referral, house.referral).due_at
    assert kept is not None
    assert kept == at
    assert kept.tzinfo is dt.UTC


def test_that_a_reader_sees_one_moment_and_cannot_write(
    database: Database, house: House, now: dt.datetime
) -> None:
    area = select(Referral.area).where(Referral.id == house.referral)
    with database.read() as session:
        before = session.scalar(area)
        with database.work(JO, now) as work:
            work.lock(Referral, house.referral).area = "Harbour"
        assert session.scalar(area) == before
    with pytest.raises(Exception, match=r"may only be read"), database.read() as session:
        session.connection().exec_driver_sql("UPDATE hub SET name = 'Deal'")


def asked_for(house: House, now: dt.datetime, first: int, many: int) -> list[Task]:
    """Give so many new tasks."""
    same = {"hub_id": house.dover, "role": Role.CLINICIAN, "kind": TaskKind.WELFARE}
    times = {"created_at": now, "due_at": now + dt.timedelta(minutes=5)}
    numbers = range(first, first + many)
    return [Task(**same, **times, subject=f"visit:{n}", words=f"Ring Sam's № {n}") for n in numbers]


def test_that_many_rows_are_written_at_once_and_each_knows_its_id(
    database: Database, house: House, now: dt.datetime
) -> None:
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    few, many = asked_for(house, now, 1, 2), asked_for(house, now, 10, 30)
    with database.work(JO, now) as work:
        before = len(statements)
        work.add_all(few, with_ids=True)
        for_few = len(statements) - before
        work.add_all(many, with_ids=True)
        work.add_all([])
        # In this process a statement costs next to nothing; a server is asked as often for many as for few.
        assert len(statements) - before == {"postgresql": 2 * for_few, "sqlite": 32}[database.dialect]
    with database.read() as session:
        for task in (*few, *many):
            kept = session.get_one(Task, task.id)
            assert (kept.subject, kept.words, kept.due_at) == (task.subject, task.words, task.due_at)
            assert (kept.kind, kept.version, kept.result) == (TaskKind.WELFARE, 1, None)
    lines = audit(database, "task")
    assert [line["row_id"] for line in lines] == [task.id for task in (*few, *many)]
    assert {(line["op"], line["actor_name"]) for line in lines} == {("I", "Jo Bates")}
