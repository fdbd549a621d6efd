"""Each console hears its own hubs and no other, and its board is the true one however people work.

The measure of it at full size is `bench/feed_load.py`.
"""

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import pytest
from sqlalchemy import Connection, text, update

from bench.changes import number_of
from bench.feed_load import QUICK, Writer, Written, compare
from db.connect import for_writing
from db.engine import Database
from db.models import Hub, Referral
from db.queries.board import read_board
from tests.support.feeds import KeptBoard, by_id, following
from tests.support.service_data import Service, add, add_referrals, found_service

HUBS, EACH, SECONDS = 4, 3, 1.2


@pytest.fixture
def writing(shared: Database) -> Iterator[Connection]:
    """A connection that may write."""
    with for_writing(shared.engine).connect() as connection:
        yield connection


@pytest.fixture
def service(writing: Connection, now: dt.datetime) -> Service:
    """A small service."""
    made = found_service(writing, now)
    writing.commit()
    return made


def hubs_of(writing: Connection, service: Service, now: dt.datetime) -> dict[int, Sequence[int]]:
    """Make several hubs with some referrals each."""
    more = [add(writing, Hub, code=f"H{n}", name=f"Hub {n}") for n in range(HUBS - len(service.hubs))]
    made = {hub: add_referrals(writing, service, now, EACH, hub=hub) for hub in (*service.hubs, *more)}
    writing.commit()
    return made


def assert_true(kept: KeptBoard, database: Database, hubs: Sequence[int], now: dt.datetime) -> None:
    """The board that was kept is what a new look shows."""
    with database.read() as session:
        truth = by_id(read_board(session, hubs, now))
    kept.wait_until(lambda: kept.rows == truth)


def test_that_nothing_is_lost_or_repeated_on_many_hubs_however_people_work(
    shared: Database, writing: Connection, service: Service, now: dt.datetime
) -> None:
    of_hub = hubs_of(writing, service, now)
    written = Written()
    # One of each hub's referrals stays in a long transaction while the others are changed in short ones.
    writers = [Writer(written, referrals[1:], 0.05, QUICK) for referrals in of_hub.values()]
    writers += [Writer(written, referrals[:1], 0.3, [Writer.slow]) for referrals in of_hub.values()]
    with ExitStack() as stack:
        boards = {hub: stack.enter_context(following(shared, [hub], lambda: now)) for hub in of_hub}
        threads = [threading.Thread(target=one.work, args=(shared, SECONDS)) for one in writers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not written.failures
        for hub, kept in boards.items():
            assert_true(kept, shared, [hub], now)
            rows = [row for delta in kept.deltas for row in delta.referrals]
            handed = [(number, 0) for row in rows if (number := number_of(row.problem)) is not None]
            found = compare(written, handed, set(of_hub[hub]))
            assert (found["lost"], found["repeated"], found["never_committed"]) == (0, 0, 0)
            assert {row.hub_id for row in rows} == {hub}
            assert kept.boards == 1


def test_that_a_change_rings_at_its_own_hub_and_at_the_one_that_it_leaves(
    shared: Database, writing: Connection, service: Service, now: dt.datetime
) -> None:
    of_hub = hubs_of(writing, service, now)
    here, there, *_, nowhere = of_hub
    raw = writing.connection.driver_connection
    assert raw is not None
    heard: list[str] = []
    raw.add_notify_handler(lambda ring: heard.append(ring.channel))
    for hub in of_hub:
        writing.execute(text(f"LISTEN board_{hub:d}"))
    writing.execute(text("LISTEN board_all"))
    writing.commit()
    with following(shared, [nowhere], lambda: now) as elsewhere:
        moved = of_hub[here][0]
        writing.execute(update(Referral).where(Referral.id == moved).values(problem="Fell"))
        writing.commit()
        writing.execute(text("SELECT 1"))
        assert heard == [f"board_{here}"]
        heard.clear()
        writing.execute(update(Referral).where(Referral.id == moved).values(hub_id=there))
        writing.commit()
        writing.execute(text("SELECT 1"))
        assert sorted(heard) == sorted([f"board_{here}", f"board_{there}"])
        heard.clear()
        writing.execute(text("UPDATE practice SET name = 'The Other Surgery'"))
        writing.commit()
        writing.execute(text("SELECT 1"))
        assert heard == ["board_all"]
        elsewhere.wait_until(lambda: any(delta.referrals for delta in elsewhere.deltas))
    assert {row.practice for delta in elsewhere.deltas for row in delta.referrals} == {"The Other Surgery"}
