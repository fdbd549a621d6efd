"""Consoles of two neighbouring versions work at one database: the new is added first, the old goes later."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from console.domain.refusals import Busy, OtherVersion, Refused
from db import upgrade as upgrades
from db.connect import for_writing
from db.engine import Database, open_database
from db.models import Hub, Referral
from db.schema_version import MOVED_ON, NEWEST, OLDEST, TOO_NEW, Program, Shape
from db.upgrade import upgrade
from tests.db.house import JO, House, build
from tests.support.databases import bring_to
from tests.support.feeds import following

# What the next two versions will do: add a column, and one release later take another away.
EXPAND = f"""
import sqlalchemy as sa
from alembic import op
revision, down_revision, serves_from = "9001", "{NEWEST}", "{NEWEST}"
def upgrade():
    op.add_column("referral", sa.Column("door_note", sa.String(), nullable=True))
"""
CONTRACT = """
from alembic import op
revision, down_revision = "9002", "9001"
def upgrade():
    op.execute("ALTER TABLE task RENAME COLUMN words TO wording")
"""


@pytest.fixture
def expand(tmp_path: Path) -> Path:
    """The folder with the next version's migration."""
    return _written(tmp_path / "expand", expand=EXPAND)


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """The folder with the migrations of the next two versions."""
    return _written(tmp_path / "contract", expand=EXPAND, contract=CONTRACT)


def _written(folder: Path, **migrations: str) -> Path:
    folder.mkdir()
    for name, words in migrations.items():
        (folder / f"{name}.py").write_text(words, encoding="utf-8")
    return folder


@pytest.fixture
def house(database: Database, now: dt.datetime) -> House:
    """A small service."""
    return build(database, now)


def rename(database: Database, now: dt.datetime, name: str) -> None:
    """Do something as this version's console does it."""
    with database.work(JO, now) as work:
        work.lock(Hub, 2).name = name
        work.step("hub.renamed", "Renamed", hub_id=2)


def test_that_a_console_works_on_through_an_expansion_and_is_told_of_the_contraction(
    database: Database, house: House, now: dt.datetime, expand: Path, contract: Path
) -> None:
    with following(database, (house.folkestone, house.dover), lambda: now) as kept:
        with ThreadPoolExecutor(1) as console:
            stop = threading.Event()
            renamed = console.submit(_rename_until, stop, database, now)
            upgrade(database.url, expand)
            stop.set()
            assert renamed.result() > 0
        with for_writing(database.engine).begin() as newer:  # as the console of the next version does
            newer.execute(
                text("UPDATE referral SET door_note = 'Side door', problem = 'Fell' WHERE id = :id"),
                {"id": house.referral},
            )
        kept.wait_until(lambda: kept.rows["referrals"][house.referral].problem == "Fell")
        rename(database, now, "Deal")
        kept.wait_until(lambda: kept.rows["hubs"][house.dover].name == "Deal")
        assert all(state.is_live for state in kept.states)
        open_database(database.url).close()  # one that starts now works too

        upgrade(database.url, contract)
        kept.wait_until(lambda: not kept.is_live and kept.states[-1].why == MOVED_ON)
        with pytest.raises(OtherVersion, match="Close the console and start it again"):
            rename(database, now, "Sandwich")
    with pytest.raises(OtherVersion) as told:
        open_database(database.url)
    assert str(told.value) == TOO_NEW


def _rename_until(stop: threading.Event, database: Database, now: dt.datetime) -> int:
    """Rename a hub again and again; give how often it was saved. Nobody is refused for long."""
    saved = 0
    while not stop.wait(0.01) or not saved:
        try:
            rename(database, now, f"Dover {saved}")
        except Busy:
            continue  # the local file has one writer at a time, and the migration is it
        saved += 1
    return saved


def test_that_an_upgrade_lets_people_go_first(shared: Database, now: dt.datetime, expand: Path) -> None:
    house = build(shared, now)
    with ThreadPoolExecutor(1) as administrator:
        with for_writing(shared.engine).connect() as slow:
            slow.execute(update(Referral).values(version=Referral.version + 1))
            upgraded = administrator.submit(upgrade, shared.url, expand)
            _wait_until(lambda: _waits_for_a_table(shared))
            with shared.read() as session:  # behind the upgrade, which waits for `slow`
                assert session.scalars(select(Referral.id)).all() == [house.referral]
            assert not upgraded.done()
            slow.commit()
        upgraded.result(30)
    assert shared.shape() == "9001"


def _waits_for_a_table(database: Database) -> bool:
    with database.read() as session:
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'"
        return bool(session.execute(text(waiting)).scalar())


def _wait_until(what: Callable[[], bool]) -> None:
    for _ in range(200):
        if what():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it did not come to pass")


def test_that_an_upgrade_that_never_gets_through_says_so_and_leaves_nothing(
    shared: Database, now: dt.datetime, expand: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(shared, now)
    monkeypatch.setattr(upgrades, "TRIES", 1)
    with for_writing(shared.engine).connect() as slow:
        slow.execute(update(Referral).values(version=Referral.version + 1))
        with pytest.raises(Refused, match="busy with somebody else's step"):
            upgrade(shared.url, expand)
    assert shared.shape() == NEWEST


@pytest.mark.parametrize(
    ("shape", "works"),
    [
        (Shape("0003", "0003"), True),
        (Shape("0002", "0001"), True),
        (Shape("0001", "0001"), False),  # too old for the program
        (Shape("0004", "0003"), True),  # newer, and only added to
        (Shape("0009", "0002"), True),
        (Shape("0004", "0004"), False),  # newer, and something is gone
        (Shape("0004", None), False),
    ],
)
def test_that_a_program_works_on_the_shapes_that_serve_it(shape: Shape, *, works: bool) -> None:
    assert Program(known=("0001", "0002", "0003"), oldest="0002").works_on(shape) is works


def test_that_the_oldest_shape_that_this_program_works_on_has_every_column_that_it_reads(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'oldest.sqlite'}"
    bring_to(url, OLDEST)
    with closing(Database(url)) as database, database.read() as session:
        for table in Referral.metadata.sorted_tables:
            session.execute(select(table).limit(1))
