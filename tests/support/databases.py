"""Databases for tests: each test has its own, on SQLite and on PostgreSQL."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import kept_open
from tests.support.database_pool import DatabasePool
from tests.support.once import once
from tests.support.postgresql import NoPostgreSQL, Server, find_programs, prepare, server_like

DIALECTS = ["sqlite", "postgresql"]
NAME = "doorstep.sqlite"
TEMPLATE = "newest_shape"


def upgrade(url: str) -> None:
    """Bring a database to the newest shape, by the program's own road."""
    from db.upgrade import upgrade as to_newest

    to_newest(url)


def bring_to(url: str, revision: str, *statements: str) -> None:
    """Bring a database to an earlier shape, as the program of that day did, and put something into it."""
    from alembic import command
    from alembic.config import Config

    from db.connect import address, for_writing, make_engine
    from db.upgrade import MIGRATIONS

    engine = make_engine(address(url))
    with for_writing(engine).begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL for this process of the tests; where there is none to start, its tests are skipped.

    To make one is costly, so the first process does, and every one begins with a copy.
    """
    try:
        find_programs()
    except NoPostgreSQL as reason:
        pytest.skip(str(reason))

    def make(folder: Path) -> None:
        prepare(folder, _put_templates)

    with server_like(once(tmp_path_factory, "postgresql", make)) as server:
        yield server


def _put_templates(server: Server) -> None:
    server.create("template1", name=TEMPLATE)
    upgrade(server.url(TEMPLATE))


@pytest.fixture(scope="session")
def _postgresql_pool(postgresql_server: Server) -> Iterator[DatabasePool]:
    with closing(DatabasePool(postgresql_server, TEMPLATE)) as pool:
        yield pool


@pytest.fixture
def postgresql_url(
    request: pytest.FixtureRequest, postgresql_server: Server, _postgresql_pool: DatabasePool
) -> Iterator[str]:
    """A PostgreSQL database in its newest shape, for this test alone."""
    with _postgresql_pool.database() as name:
        url = postgresql_server.url(name)
        if "team" not in request.fixturenames:  # nobody else is to be found in it
            kept_open.close(url)
        yield url


@pytest.fixture
def empty_postgresql_url(postgresql_server: Server) -> Iterator[str]:
    """An empty PostgreSQL database, for this test alone."""
    with postgresql_server.database() as name:
        yield postgresql_server.url(name)


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        upgrade(f"sqlite:///{folder / NAME}")
        in_one_file(folder / NAME)

    return once(tmp_path_factory, "newest-shape", make) / NAME


def in_one_file(path: Path) -> None:
    """Bring all of a SQLite database into the one file that is copied."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite database in its newest shape, for this test alone."""
    path = tmp_path / NAME
    shutil.copyfile(_sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'empty.sqlite'}"


@pytest.fixture(params=DIALECTS)
def database_url(request: pytest.FixtureRequest) -> str:
    """A database in its newest shape; the test runs once on each dialect."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=DIALECTS)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """An empty database; the test runs once on each dialect."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url
