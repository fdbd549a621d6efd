"""A local database of an older shape is copied beside itself before it is upgraded."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from console.domain.refusals import Refused
from db.engine import open_database
from db.upgrade import upgrade
from tests.support.databases import bring_to


def make_old(file: Path) -> None:
    """Make a database of the shape before the newest, with something in it."""
    hub = "INSERT INTO hub (version, code, name, is_intake, is_closed_down) VALUES (1, 'deal', 'Deal', 1, 0)"
    bring_to(f"sqlite:///{file}", "0005", hub)


def read(file: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchall()


def test_that_the_old_database_is_kept_whole_and_private(tmp_path: Path) -> None:
    file, kept = tmp_path / "doorstep.sqlite", tmp_path / "doorstep-0005.sqlite"
    make_old(file)
    with closing(sqlite3.connect(file)) as reader:  # somebody still looks at it
        reader.execute("SELECT count(*) FROM hub")
        upgrade(f"sqlite:///{file}")
    open_database(f"sqlite:///{file}").close()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert read(kept, "SELECT version_num FROM alembic_version") == [("0005",)]
    assert read(kept, "SELECT name FROM hub") == read(file, "SELECT name FROM hub") == [("Deal",)]
    assert read(kept, "PRAGMA integrity_check") == [("ok",)]


def test_that_a_new_database_and_one_of_the_newest_shape_leave_no_copy(tmp_path: Path) -> None:
    file = tmp_path / "doorstep.sqlite"
    upgrade(f"sqlite:///{file}")
    upgrade(f"sqlite:///{file}")
    assert {one.name for one in tmp_path.iterdir()} <= {file.name, f"{file.name}-wal", f"{file.name}-shm"}


def test_that_the_kept_copy_can_be_brought_back_and_upgraded_again(tmp_path: Path) -> None:
    file, kept = tmp_path / "doorstep.sqlite", tmp_path / "doorstep-0005.sqlite"
    make_old(file)
    upgrade(f"sqlite:///{file}")
    for one in tmp_path.glob("doorstep.sqlite*"):
        one.unlink()
    kept.rename(file)
    upgrade(f"sqlite:///{file}")
    assert kept.is_file()
    open_database(f"sqlite:///{file}").close()


def test_that_nothing_is_upgraded_when_no_copy_can_be_kept(tmp_path: Path) -> None:
    file = tmp_path / "doorstep.sqlite"
    make_old(file)
    in_the_way = tmp_path / "doorstep-0005.sqlite"
    in_the_way.mkdir()
    with pytest.raises(Refused, match="so it was not upgraded"):
        upgrade(f"sqlite:///{file}")
    assert read(file, "SELECT version_num FROM alembic_version") == [("0005",)]
    assert not list(tmp_path.glob("*.unfinished"))
