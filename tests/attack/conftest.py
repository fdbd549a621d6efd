"""One cluster for each version of the server, one attacked database in each, shared by all attacks."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.attack.world import World, attacked
from tests.support.postgresql import NoPostgreSQL, find_programs, running_server
from tests.support.secured import secured_template

KINDS = ["installed", "embedded"]


@pytest.fixture(scope="session", params=KINDS)
def _world(request: pytest.FixtureRequest) -> Iterator[World]:
    """The attacked service, on the installed PostgreSQL and on the one from the packages."""
    try:
        find_programs(request.param)
    except NoPostgreSQL as reason:
        pytest.skip(str(reason))
    with ExitStack() as stack:
        server = stack.enter_context(running_server(request.param))
        template = stack.enter_context(secured_template(server))
        yield stack.enter_context(attacked(server, template))


@pytest.fixture
def world(_world: World) -> Iterator[World]:
    """The same for each attack: nothing that one of them does is committed."""
    yield _world
    for connection in _world.connections.values():
        connection.rollback()
