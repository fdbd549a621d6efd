"""A database is brought to the newest shape, whole or not at all; the program refuses any other shape."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from console.domain.refusals import Refused, Unreachable
from db.connect import address, for_writing, make_engine
from db.engine import open_database
from db.upgrade import upgrade
from tests.support import programs

ROOT = Path(__file__).resolve().parents[2]


def _set_version(url: str, version: str) -> None:
    engine = make_engine(address(url))
    with for_writing(engine).begin() as connection:
        both = text("UPDATE alembic_version SET version_num = :version, serves_from = :version")
        connection.execute(both, {"version": version})
    engine.dispose()


def test_that_an_empty_database_is_upgraded_and_a_second_time_changes_nothing(
    empty_database_url: str,
) -> None:
    upgrade(empty_database_url)
    upgrade(empty_database_url)
    open_database(empty_database_url).close()


def test_that_two_programs_may_upgrade_at_once(empty_database_url: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        other = "import sys; from db.upgrade import upgrade; upgrade(sys.argv[1])"
        second = pool.submit(programs.run, "-c", other, empty_database_url)
        upgrade(empty_database_url)
        assert second.result().returncode == 0
    open_database(empty_database_url).close()


def test_that_an_upgrade_that_fails_leaves_nothing(empty_database_url: str) -> None:
    engine = make_engine(address(empty_database_url))
    with for_writing(engine).begin() as connection:
        connection.execute(text("CREATE TABLE chase (id integer)"))  # in the way of a late migration
    with pytest.raises(Exception, match="already exists"):
        upgrade(empty_database_url)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["chase"]
    engine.dispose()


def test_that_an_empty_database_is_refused_with_what_to_do(empty_database_url: str) -> None:
    with pytest.raises(Refused, match=r"not been set up yet. Run: main.py migrate"):
        open_database(empty_database_url)


def test_that_looking_for_a_local_database_leaves_no_file(empty_sqlite_url: str) -> None:
    with pytest.raises(Refused):
        open_database(empty_sqlite_url)
    assert not Path(empty_sqlite_url.removeprefix("sqlite:///")).exists()


def test_that_an_older_database_is_refused_with_what_to_do(database_url: str) -> None:
    _set_version(database_url, "0005")
    with pytest.raises(Refused, match=r"older version of Doorstep. Run: main.py migrate"):
        open_database(database_url)


def test_that_a_newer_database_is_refused_with_what_to_do(database_url: str) -> None:
    _set_version(database_url, "9999")
    with pytest.raises(Refused, match=r"newer version of Doorstep. Install that version"):
        open_database(database_url)


def test_that_a_newer_database_is_not_upgraded(database_url: str) -> None:
    _set_version(database_url, "9999")
    with pytest.raises(Refused, match=r"newer version of Doorstep. Install that version"):
        upgrade(database_url)


def test_that_a_local_database_is_readable_by_its_account_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "doorstep.sqlite"
    upgrade(f"sqlite:///{file}")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_that_no_server_is_told_in_a_sentence() -> None:
    with pytest.raises(Unreachable, match="cannot be reached"):
        open_database("postgresql://doorstep@127.0.0.1:1/none")


def test_that_a_console_that_opens_its_database_loads_no_alembic(sqlite_url: str) -> None:
    program = (
        "import sys; from db.engine import open_database; open_database(sys.argv[1]).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program, sqlite_url], cwd=ROOT, check=False).returncode == 0
