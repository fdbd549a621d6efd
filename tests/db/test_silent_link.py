"""A network that drops every packet says nothing; the console notices, and works again when it is back."""

import datetime as dt
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import text

from db.engine import Database, open_database
from db.watchdog import Knock
from tests.db.house import build
from tests.support.databases import upgrade
from tests.support.namespaces import SERVER_ADDRESS, Network, NoNamespaces, network
from tests.support.postgresql import Cluster, Inside, Server

ROOT = Path(__file__).resolve().parents[2]
NOTICED_WITHIN_S = 5.0
# A system that cannot be told how long to wait for a dead link does so for minutes.
WITHOUT_HELP = "tcp_user_timeout=0&keepalives=0"


class FarConsole:
    """A console on the other computer."""

    def __init__(self, namespace: str, url: str, hub: int) -> None:
        inside = ["ip", "netns", "exec", namespace, sys.executable, "-m", "tests.support.far_console"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            [*inside, url, str(hub)], cwd=ROOT, stdin=pipe, stdout=pipe, text=True
        )
        self._heard: dict[str, float] = {}

    def wait_for(self, *what: str) -> dict[str, float]:
        """Wait until each of these was said; give when, and forget what was said so far."""
        assert self.process.stdout is not None
        while not self._heard.keys() >= set(what):
            line = self.process.stdout.readline()
            assert line, f"it ended and said {self._heard} only"
            told = json.loads(line)
            self._heard[told["what"]] = told["at"]
        heard, self._heard = self._heard, {}
        return heard

    def save(self) -> None:
        """Let it save one step."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def end(self) -> None:
        """Let it end, and end it when it does not."""
        try:
            self.process.communicate(timeout=10)
        finally:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def between() -> Iterator[Network]:
    """Two computers with a network between them."""
    with ExitStack() as stack:
        try:
            laid = stack.enter_context(network())
        except NoNamespaces as reason:
            pytest.skip(str(reason))
        yield laid


@pytest.fixture
def far(between: Network, postgresql_server: Server, now: dt.datetime) -> Iterator[Database]:
    """A database on the server's computer; the test itself reaches it through a path, not the network."""
    with Cluster.new() as cluster:
        cluster.initialise(
            "local all all trust", f"host all all {SERVER_ADDRESS.rpartition('.')[0]}.0/16 trust"
        )
        with cluster.serving(inside=Inside(between.server, SERVER_ADDRESS)) as server:
            url = server.url("postgres")
            upgrade(url)
            with closing(open_database(url)) as database:
                build(database, now)
                yield database


@pytest.fixture
def consoles(between: Network, far: Database) -> Iterator[list[FarConsole]]:
    """Two consoles at work on the client's computer: as they are, and where the system gives them no help."""
    url = f"postgresql+psycopg://doorstep@{SERVER_ADDRESS}:{far.engine.url.query['port']}/postgres"
    every = [FarConsole(between.client, f"{url}?{words}", hub) for hub, words in ((1, ""), (2, WITHOUT_HELP))]
    try:
        for console in every:
            console.wait_for("live", "in flight")
            console.save()
            console.wait_for("saved")
        yield every
    finally:
        for console in every:
            console.end()


def test_that_a_silent_link_is_noticed_in_time_and_nothing_is_saved_twice(
    between: Network, far: Database, consoles: list[FarConsole]
) -> None:
    between.go_silent()
    silent_at = monotonic()
    for console in consoles:
        console.save()
    for console in consoles:
        # By the board, by the command whose answer was awaited, and by one that begins on an idle connection.
        for what, at in console.wait_for("not live", "told", "not saved").items():
            assert at - silent_at < NOTICED_WITHIN_S, what
    between.come_back()
    for console in consoles:
        console.wait_for("live")
        console.save()
        console.wait_for("saved")
    with far.read() as session:
        assert session.execute(text("SELECT count(*) FROM step")).scalar_one() == 4


@pytest.mark.parametrize(
    ("address", "is_there"),
    # No connection goes to a broadcast address: the system says at once that its network is unreachable.
    [("127.255.255.255", False), ("127.0.0.1", True)],
)
def test_that_a_knock_is_answered_by_whoever_is_there_only(address: str, is_there: bool) -> None:
    with closing(Knock((address, 1), socket.AF_INET)) as knock:  # nothing listens, which is an answer too
        assert knock.answer() is is_there
