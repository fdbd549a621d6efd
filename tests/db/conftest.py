"""What the tests of the database stand on: one open database of their own, with a small service in it."""

import datetime as dt
from collections.abc import Iterator

import pytest

from db.engine import Database, open_database
from tests.db.house import House, build


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database; the test runs once on each dialect."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def shared(postgresql_url: str) -> Iterator[Database]:
    """An open PostgreSQL database, for what only a shared one does."""
    opened = open_database(postgresql_url)
    yield opened
    opened.close()


@pytest.fixture
def house(database: Database, now: dt.datetime) -> House:
    """The small service in that database."""
    return build(database, now)
