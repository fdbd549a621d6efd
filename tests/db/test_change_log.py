"""The change log holds a day: older lines are trimmed, no reader misses any, a restore repeats none."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import text

from db import change_log
from db.connect import for_writing
from db.engine import Database, open_database
from db.models import Hub
from tests.db.house import JO, House, build
from tests.support.feeds import KeptBoard, following

AGED = {
    "sqlite": "UPDATE change_log SET at = '2020-01-01 00:00:00.000000'",
    "postgresql": "UPDATE change_log SET at = at - interval '25 hours'",
}


def run(database: Database, statement: str) -> None:
    """Do something that no part of the program does."""
    with for_writing(database.engine).begin() as connection:
        connection.execute(text(statement))


def lines(database: Database) -> list[int]:
    with database.read() as session:
        return list(session.execute(text("SELECT id FROM change_log ORDER BY id")).scalars())


def rename(database: Database, house: House, now: dt.datetime, name: str) -> None:
    with database.work(JO, now) as work:
        work.lock(Hub, house.dover).name = name


def trimmed(database: Database, now: dt.datetime) -> int:
    with database.work(JO, now) as work:
        return change_log.trim(work)


def test_that_lines_older_than_a_day_go_and_newer_ones_stay(
    database: Database, house: House, now: dt.datetime
) -> None:
    run(database, AGED[database.dialect])
    old = lines(database)
    rename(database, house, now, "Deal")
    assert trimmed(database, now) == len(old)
    assert lines(database)
    assert not set(lines(database)) & set(old)
    assert trimmed(database, now) == 0


def test_that_one_transaction_trims_no_more_than_it_may(
    database: Database, house: House, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_log, "AT_ONCE", 3)
    run(database, AGED[database.dialect])
    newest = lines(database)[3:]
    assert trimmed(database, now) == 3
    assert lines(database) == newest


def test_that_a_live_feed_goes_on_while_its_log_is_trimmed(
    database: Database, house: House, now: dt.datetime
) -> None:
    with following(database, [house.folkestone, house.dover], lambda: now) as kept:
        run(database, AGED[database.dialect])
        assert trimmed(database, now)
        assert not lines(database)
        rename(database, house, now, "Deal")
        kept.wait_until(lambda: kept.rows["hubs"][house.dover].name == "Deal")


def test_that_a_console_that_slept_reads_its_whole_board_anew(
    database: Database, house: House, now: dt.datetime
) -> None:
    clock = [now]
    with following(database, [house.folkestone, house.dover], lambda: clock[0]) as kept:
        clock[0] += change_log.KEPT
        kept.wait_until(lambda: kept.boards == 2)


@pytest.fixture
def restored(postgresql_url: str) -> Iterator[Database]:
    """A database whose change log came from a server that had counted further."""
    with closing(open_database(postgresql_url)) as database:
        yield database


def test_that_the_lines_of_another_server_are_not_told_again_and_again(
    restored: Database, now: dt.datetime
) -> None:
    house = build(restored, now)
    run(restored, "UPDATE change_log SET txid = '900000000000'::xid8")
    kept = KeptBoard()
    with following(restored, [house.folkestone, house.dover], lambda: now, kept):
        kept.wait_until(lambda: len(kept.states) > 2)
        assert not kept.deltas
        rename(restored, house, now, "Deal")
        kept.wait_until(lambda: kept.rows["hubs"][house.dover].name == "Deal")
    assert len(kept.deltas) == 1
