"""What the tests of the migrations stand on."""

from collections.abc import Iterator

import pytest

from db.engine import Database, open_database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database in its newest shape, by the migrations; the test runs once on each dialect."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def shared(postgresql_url: str) -> Iterator[Database]:
    """The same on PostgreSQL alone, for what only a shared one does."""
    opened = open_database(postgresql_url)
    yield opened
    opened.close()
