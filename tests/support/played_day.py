"""A training day as it stands when it is opened in its middle: played once, copied by whoever wants it."""

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.base import SQLITE_TIME
from tests.support.databases import NAME, in_one_file
from tests.support.demo_once import fill
from tests.support.once import once


@pytest.fixture(scope="session")
def played_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of that day; to be copied."""

    def make(folder: Path) -> None:
        fill(folder / NAME)
        in_one_file(folder / NAME)

    return once(tmp_path_factory, "played-day", make) / NAME


@pytest.fixture
def demo_url(played_day: Path, tmp_path: Path) -> str:
    """A training day that is opened at this moment, in its middle, for this test alone.

    For some minutes nothing happens in it.
    """
    path = tmp_path / "demo.sqlite"
    shutil.copyfile(played_day, path)
    with closing(sqlite3.connect(path)) as connection:
        now = dt.datetime.now(dt.UTC).strftime(SQLITE_TIME)
        connection.execute("UPDATE training SET started_at = ?", (now,))
        connection.commit()
    return f"sqlite:///{path}"
