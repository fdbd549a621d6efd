"""A local file that is full, held by another program or damaged: a sentence each, and nothing is lost."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import PIPE

import pytest
from sqlalchemy import event

from console.domain.refusals import Refused
from console.services import condition, opening
from db.engine import Database, open_database
from db.errors import DAMAGED, FOREIGN, FULL, HELD, NO_FILE, NOTHING
from db.models import Hub
from tests.db.house import JO, build
from tests.support.feeds import KeptBoard, following
from tests.support.programs import Program, run

PAGE = 4096
HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
if sys.argv[2] == "whole":
    held.execute("PRAGMA locking_mode = EXCLUSIVE")
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(sqlite_url: str, now: dt.datetime) -> Iterator[Database]:
    """A small service in a local file."""
    with closing(open_database(sqlite_url)) as opened:
        build(opened, now)
        yield opened


@pytest.fixture
def file(sqlite_url: str) -> Path:
    """That file."""
    return Path(sqlite_url.removeprefix("sqlite:///"))


def rename(database: Database, now: dt.datetime, name: str) -> None:
    """Do a small step."""
    with database.work(JO, now) as work:
        work.lock(Hub, 2).name = name
        work.step("hub.renamed", "Renamed", hub_id=2)


def fill(database: Database, now: dt.datetime) -> None:
    """Do steps until there is no room for one more."""
    for _ in range(200):
        rename(database, now, "x" * 3000)


def name(database: Database) -> str:
    """Give the name that is stored."""
    with database.read() as session:
        return session.get_one(Hub, 2).name


def is_whole(file: Path) -> bool:
    """Whether SQLite finds nothing wrong with its file."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@contextmanager
def held(file: Path, how: str) -> Iterator[None]:
    """Let another program hold the file for the length of the block."""
    other = Program("-c", HOLD, str(file), how, stdin=PIPE, stdout=PIPE)
    with other.stdout:
        assert other.stdout.readline() == "held\n"
        try:
            yield
        finally:
            other.stdin.close()
            other.wait()


def test_that_a_full_disk_is_told_and_work_goes_on_when_there_is_room(
    database: Database, file: Path, now: dt.datetime
) -> None:
    before = name(database)

    def leave_no_room(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # never below what is there: not one page more

    database.engine.dispose()
    event.listen(database.engine, "connect", leave_no_room)
    with pytest.raises(Refused) as told:
        fill(database, now)
    assert told.value.reasons == (FULL, NOTHING)
    saved = name(database)
    event.remove(database.engine, "connect", leave_no_room)
    database.engine.dispose()
    assert saved in (before, "x" * 3000)
    assert is_whole(file)
    rename(database, now, "Sandwich")
    assert name(database) == "Sandwich"


LIMITED = """
import datetime as dt, resource, sys
from console.domain.refusals import Unreachable
from db.engine import open_database
from tests.db.test_local_file import name, rename

database = open_database(sys.argv[1])
now = dt.datetime(2026, 1, 14, 14, tzinfo=dt.UTC)
before = name(database)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    for _ in range(200):
        rename(database, now, "x" * 3000)
except Unreachable as told:
    print(told)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
rename(database, now, "Sandwich")
print(name(database))
database.close()
"""


def test_that_a_file_that_cannot_grow_is_told_and_the_program_goes_on(
    database: Database, sqlite_url: str, file: Path
) -> None:
    database.close()
    done = run("-c", LIMITED, sqlite_url)
    assert done.stdout.splitlines() == [f"{NO_FILE} {NOTHING}", "Sandwich"], done.stderr
    assert is_whole(file)


def test_that_a_file_that_another_program_writes_is_told(
    database: Database, file: Path, now: dt.datetime
) -> None:
    with held(file, "to write"):
        with pytest.raises(Refused) as told:
            rename(database, now, "Deal")
        assert told.value.reasons == (HELD, NOTHING)
        assert name(database) != "Deal"  # the board is read meanwhile
    rename(database, now, "Deal")
    assert name(database) == "Deal"


def test_that_a_console_that_starts_while_the_file_is_held_says_so_and_opens_later(
    database: Database, sqlite_url: str, file: Path
) -> None:
    database.close()
    with held(file, "whole"), pytest.raises(Refused) as told:
        opening.open_service(sqlite_url)
    assert told.value.reasons[0] == HELD
    opening.open_service(sqlite_url).close()


def overwrite(file: Path, from_page: int) -> None:
    """Spoil the file from a page on, as a failing disk would."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what is in the log would hide it
    with file.open("r+b") as opened:
        opened.seek(from_page * PAGE)
        opened.write(b"\xa5" * (file.stat().st_size - from_page * PAGE))


def test_that_a_file_that_is_no_database_is_told_at_the_start_and_left_as_it_is(
    database: Database, sqlite_url: str, file: Path
) -> None:
    database.close()
    overwrite(file, 0)
    spoilt = file.read_bytes()
    with pytest.raises(Refused) as told:
        opening.open_service(sqlite_url)
    assert told.value.reasons[0] == FOREIGN
    assert file.read_bytes() == spoilt


def test_that_a_damaged_file_is_told_at_the_start(database: Database, sqlite_url: str, file: Path) -> None:
    database.close()
    overwrite(file, 1)
    with pytest.raises(Refused) as told:
        opening.open_service(sqlite_url)
    assert told.value.reasons[0] == DAMAGED


def test_that_the_doctor_says_whether_a_file_is_whole(
    database: Database, file: Path, now: dt.datetime
) -> None:
    assert database.is_whole()
    assert "Its file is whole: every page was looked at." in condition.describe(database)
    database.engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [root] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'marker'").fetchone()
    with file.open("r+b") as opened:
        opened.seek((root - 1) * PAGE)
        opened.write(b"\xa5" * 8)  # in a table that is empty: nobody would notice for a long time
    assert not database.is_whole()
    assert any(line.startswith("Its file is damaged.") for line in condition.describe(database))


def test_that_a_file_that_is_damaged_under_a_console_is_told_in_steps_and_on_the_board(
    database: Database, file: Path, now: dt.datetime
) -> None:
    kept = KeptBoard()
    with following(database, (1, 2), lambda: now, kept):
        database.engine.dispose()
        overwrite(file, 3)
        with pytest.raises(Refused) as told:
            rename(database, now, "Deal")
        assert told.value.reasons == (DAMAGED, NOTHING)
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA user_version = 7")  # rings: the feed looks at the file again
            connection.commit()
        kept.wait_until(lambda: not kept.is_live)
        kept.wait_until(lambda: kept.states[-1].why == DAMAGED)
