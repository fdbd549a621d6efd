"""What the tests of the services stand on: a small service, on each dialect."""

import datetime as dt
from collections.abc import Iterator

import pytest

from tests.services.team import Team
from tests.support.ready_team import ready_team


@pytest.fixture
def team(database_url: str, now: dt.datetime) -> Iterator[Team]:
    """People at their desks; the test runs once on each dialect."""
    with ready_team(database_url, now) as team:
        yield team
