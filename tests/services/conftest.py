"""What the tests of the services stand on: a small service, on each dialect."""

import datetime as dt
from collections.abc import Iterator

import pytest

from db.engine import open_database
from tests.services.team import Team, build


@pytest.fixture
def team(database_url: str, now: dt.datetime) -> Iterator[Team]:
    """People at their desks; the test runs once on each dialect."""
    database = open_database(database_url)
    yield build(database, now)
    database.close()
