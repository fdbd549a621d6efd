"""A server that restarts, or hands over to its standby, costs people no work and nothing is done twice."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from time import monotonic, sleep

import pytest
from sqlalchemy import select, text

from console.services.outage import through_an_outage
from db.connect import Begun, introduce
from db.engine import Database, open_database
from db.lost_answer import Left, was_saved
from db.models import Hub, Step
from db.queries.board import read_board
from tests.db.house import JO, House, build
from tests.support.databases import upgrade
from tests.support.feeds import KeptBoard, by_id, following
from tests.support.postgresql import (
    Server,
    StoppableServer,
    server_with_standby,
    stoppable_server,
)

DESKS = 3
OVER_WITHIN_S = 5.0


class Desk:
    """Somebody who saves one numbered step after the other, as the window does it, until told to stop."""

    def __init__(self, database: Database, now: dt.datetime, hub: int, letter: str) -> None:
        self._database, self._now, self._hub, self._letter = database, now, hub, letter
        self.saved: list[str] = []
        self.saved_at: list[float] = []
        self.failure: Exception | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work)

    def _work(self) -> None:
        try:
            while not self._stop.wait(0.01):
                words = f"{self._letter}{len(self.saved)}"
                through_an_outage(partial(save, self._database, self._now, self._hub, words))
                self.saved.append(words)
                self.saved_at.append(monotonic())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.failure = error

    @property
    def longest_s(self) -> float:
        """The longest that one step took."""
        return max(b - a for a, b in zip(self.saved_at, self.saved_at[1:], strict=False))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Work for the length of the block."""
        self._thread.start()
        try:
            yield
        finally:
            self.stop()

    def stop(self) -> None:
        """Finish the step at hand and go."""
        self._stop.set()
        self._thread.join()


def save(database: Database, now: dt.datetime, hub: int, words: str) -> None:
    """Save one step in a transaction of several statements."""
    with database.work(JO, now) as work:
        work.lock(Hub, hub).name = words
        work.session.flush()
        work.step("hub.renamed", words, hub_id=hub)


def wait_for_steps(desk: Desk, more: int) -> None:
    """Wait until a desk has saved so many more."""
    until, wanted = monotonic() + 15, len(desk.saved) + more
    while len(desk.saved) < wanted and desk.failure is None and monotonic() < until:
        sleep(0.01)
    assert desk.failure is None, desk.failure
    assert len(desk.saved) >= wanted


def assert_each_once(database: Database, desks: list[Desk]) -> None:
    """Every step that a desk was told is saved is there, once, and no other."""
    with database.read() as session:
        kept = Counter(session.scalars(select(Step.words)))
    assert kept == Counter(words for desk in desks for words in desk.saved)


def assert_true(kept: KeptBoard, database: Database, house: House, now: dt.datetime) -> None:
    """The board that the feed kept is the one that a new look shows."""
    with database.read() as session:
        truth = by_id(read_board(session, (house.folkestone, house.dover), now))
    kept.wait_until(lambda: kept.rows == truth and kept.is_live)


@pytest.fixture
def server(postgresql_server: Server) -> Iterator[StoppableServer]:
    """A server of this test's own, which it stops and starts."""
    with stoppable_server() as server:
        yield server


def test_that_a_restart_of_the_server_costs_no_work(server: StoppableServer, now: dt.datetime) -> None:
    upgrade(server.url("postgres"))
    with closing(open_database(server.url("postgres"))) as database:
        house = build(database, now)
        # Two at one hub wait for each other's locks; one works at the other.
        hubs = (house.folkestone, house.dover, house.dover)
        desks = [Desk(database, now, hub, letter) for hub, letter in zip(hubs, "abc", strict=True)]
        with (
            following(database, (house.folkestone, house.dover), lambda: now) as kept,
            desks[0].at_work(),
            desks[1].at_work(),
            desks[2].at_work(),
        ):
            wait_for_steps(desks[0], 5)
            server.stop()
            kept.wait_until(lambda: not kept.is_live)
            server.start()
            for desk in desks:
                wait_for_steps(desk, 5)
                desk.stop()
            assert_true(kept, database, house, now)
        assert_each_once(database, desks)


def test_that_a_standby_takes_over_within_five_seconds(postgresql_server: Server, now: dt.datetime) -> None:
    with server_with_standby() as (server, standby):
        upgrade(server.url("postgres"))
        both = f"host=127.0.0.1:{server.port}&host=127.0.0.1:{standby.port}"
        url = f"postgresql+psycopg://doorstep@/postgres?{both}"
        with closing(open_database(url)) as database:
            house = build(database, now)
            desk = Desk(database, now, house.folkestone, "a")
            before = _begun(database)
            with following(database, (house.folkestone, house.dover), lambda: now) as kept, desk.at_work():
                wait_for_steps(desk, 5)
                server.stop()
                gone_at = monotonic()
                with standby.connect("postgres") as administrator:
                    administrator.execute("SELECT pg_promote()")
                # How long PostgreSQL itself takes to promote, beside other tests, is not what is bound here.
                within_s = OVER_WITHIN_S + (monotonic() - gone_at)
                kept.wait_until(lambda: not kept.is_live)
                kept.wait_until(lambda: kept.is_live)
                assert monotonic() - gone_at < within_s
                wait_for_steps(desk, 5)
                desk.stop()
                assert desk.longest_s < within_s
                assert_true(kept, database, house, now)
            assert_each_once(database, [desk])
            _assert_resolved_across_servers(database, before)


def _begun(database: Database) -> Begun:
    """Give what a transaction of this server would know of itself."""
    with database.engine.connect() as connection:
        return introduce(connection, JO, "console")


def _assert_resolved_across_servers(database: Database, begun: Begun) -> None:
    """The numbers of the old server's transactions mean others here: the work itself is looked for."""
    with database.read() as session:
        step = session.scalars(select(Step).limit(1)).one()
        status = session.execute(
            text("SELECT pg_xact_status(CAST(:number AS xid8))"), {"number": begun.transaction}
        ).scalar_one()
    there = Left(step.id, step.by_id, step.entered_at)
    gone = Left(step.id, step.by_id, step.entered_at + dt.timedelta(microseconds=1))
    assert status == "aborted"  # of the old server's; what follows does not ask for it
    assert was_saved(database.engine, begun, [there]) is True
    assert was_saved(database.engine, begun, [gone]) is False
    assert was_saved(database.engine, begun, []) is None
