"""A PostgreSQL of our own for the length of a restore drill, on a socket that nobody else may enter.

Backups hold patients' data: no port is opened, and the folder is readable by the account that runs the server
alone. Nothing of the settings that came with a backup is used, or it would archive into the real archive.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL

from console.domain.refusals import Refused

# A copy with a day of its write-ahead log to go through takes long; one that cannot come up ends by itself.
_START_S, _STOP_S, _ROLES = 3600.0, 30.0, 50
_OWNER, _NAME = "drill", "restored"
_SUPERUSER = "postgres"  # of a base backup: who sees all of it, whatever row security says
_SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "20",
    "archive_mode": "off",
    "hot_standby": "off",  # its own limits need not be those of the server that was backed up
    "logging_collector": "off",
}
_NO_ROLE = re.compile(r'role "([^"]+)" does not exist')


@dataclass(frozen=True, slots=True)
class Account:
    """The plain account that runs the server: PostgreSQL refuses to run as root."""

    uid: int
    gid: int

    @classmethod
    def to_run_as(cls) -> "Account | None":
        """Give one when we are root; None means our own."""
        if sys.platform == "win32" or os.geteuid() != 0:
            return None
        import pwd

        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid)


def installed_programs(major: int | None = None) -> Path | None:
    """Give the folder with the programs of the newest PostgreSQL installed here, or of this major version."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    fitting = [path for path in packaged if major in (None, int(path.parts[-3]))]
    if fitting:
        return fitting[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path and shutil.which("postgres") else None


class ScratchServer:
    """A server in a folder of its own; `restored` is the address of what was brought back into it."""

    def __init__(self, folder: Path, programs: Path, account: Account | None) -> None:
        self._folder, self._programs, self._account = folder, programs, account
        self._server: subprocess.Popen[bytes] | None = None
        self._user = self._else = _OWNER
        self.database = _NAME

    @property
    def restored(self) -> str:
        """Give the address of the restored database."""
        address = URL.create(
            "postgresql", self._user, database=self.database, query={"host": str(self._folder)}
        )
        return address.render_as_string(hide_password=False)

    # From a dump

    def restore_dump(self, dump: Path) -> None:
        """Bring a dump back into a new cluster; the roles that it names are made without any right."""
        self._run("initdb", "-D", self._data, "-U", _OWNER, "-A", "trust", "--encoding=UTF8", "--no-locale")
        self._start()
        copy = self._within(dump)
        missing = self._restore(copy, _NAME)
        if missing is None:
            return
        for _ in range(_ROLES):  # which they are is told by its shape alone, without waiting for the rows
            if missing is None:
                break
            self._execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(missing)))
            missing = self._restore(copy, "only_shape", "--schema-only")
        self._restore(copy, _NAME)

    def _restore(self, dump: Path, database: str, *how: str) -> str | None:
        """Restore into a new database; gives the role that it lacks, None when it is done."""
        name = sql.Identifier(database)
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
        words = (
            "pg_restore",
            "-h",
            self._folder,
            "-U",
            _OWNER,
            "-d",
            database,
            "--exit-on-error",
            "--no-owner",
        )
        done = self._try(*words, *how, dump)
        if done.returncode == 0:
            return None
        said = done.stderr.decode(errors="replace")
        if found := _NO_ROLE.search(said):
            return found[1]
        raise Refused(f"pg_restore could not bring {dump.name} back: {_first_error(said)}")

    # From a base backup

    def start_base_backup(self, backup: Path, archive: Path | None, user: str, database: str) -> None:
        """Bring a copy of a base backup up, with what the archive of its write-ahead log holds."""
        self._user, self._else, self.database = _SUPERUSER, user, database
        self._copy(backup)
        spaces = self._data / "tablespace_map"
        if spaces.is_file() and spaces.stat().st_size:  # the packed form always has the file
            raise Refused(
                "This backup has further tablespaces: restore it by hand, as PostgreSQL's manual says."
            )
        self._own()
        if (self._data / "backup_manifest").is_file():
            self._run("pg_verifybackup", "--no-parse-wal", self._data)
        # What came along would point the copy at the real archive, or at the real primary.
        (self._data / "postgresql.auto.conf").write_text("", encoding="utf-8")
        (self._data / "standby.signal").unlink(missing_ok=True)
        extra = {}
        if archive is not None:
            (self._data / "recovery.signal").touch()
            extra["restore_command"] = f'cp "{self._archive(archive)}/%f" "%p"'
        self._own()
        self._start(extra)

    def _archive(self, archive: Path) -> Path:
        """Give the archive where the server's account can read it: ours may be the only one that can."""
        if self._account is None:
            return archive.resolve()
        copy = self._folder / "archive"
        shutil.copytree(archive, copy)
        return copy

    def _copy(self, backup: Path) -> None:
        if (backup / "PG_VERSION").is_file():
            shutil.copytree(backup, self._data, symlinks=True)
            return
        self._data.mkdir()
        for name, into in (("base", self._data), ("pg_wal", self._data / "pg_wal")):
            for packed in sorted(backup.glob(f"{name}.tar*")):
                with tarfile.open(packed) as opened:
                    opened.extractall(into, filter="data")

    # The server

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _own(self) -> None:
        self._data.chmod(0o700)
        if self._account is not None:
            for place, _, names in os.walk(self._folder):
                for one in (Path(place), *(Path(place) / name for name in names)):
                    os.chown(one, self._account.uid, self._account.gid, follow_symlinks=False)

    def _within(self, dump: Path) -> Path:
        """Give the dump where the server's account can read it."""
        copy = self._folder / dump.name
        shutil.copy(dump, copy)
        if self._account is not None:
            os.chown(copy, self._account.uid, self._account.gid)
        return copy

    def _start(self, extra: dict[str, str] | None = None) -> None:
        hba, conf = self._folder / "hba.conf", self._folder / "drill.conf"
        hba.write_text("local all all trust\n", encoding="utf-8")
        settings = _SETTINGS | {"hba_file": str(hba), "unix_socket_directories": str(self._folder)}
        lines = [
            f"{name} = '{value.replace(chr(39), chr(39) * 2)}'"
            for name, value in (settings | (extra or {})).items()
        ]
        conf.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for one in (hba, conf):
            one.chmod(0o644)  # inside a folder that only the server's account may enter
        log = self._folder / "log"
        with log.open("wb") as opened:
            self._server = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program with our words
                [str(self._programs / "postgres"), "-D", str(self._data), "-c", f"config_file={conf}"],
                stdout=opened,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                **self._as_account(),
            )
        deadline = time.monotonic() + _START_S
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise Refused(
                    f"The restored server did not start: {_first_error(log.read_text(errors='replace'))}"
                )
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with self._connect():
                return True
        except psycopg.OperationalError as error:
            if "does not exist" in str(error) and self._user != self._else:
                self._user = self._else  # not every cluster was made by a login of the usual name
            elif "does not exist" in str(error):
                raise Refused(
                    f"The restored server has no {self.database} or no login {self._user} in it."
                ) from None
            return False

    def _connect(self) -> psycopg.Connection:
        name = self.database if self._user != _OWNER else "postgres"
        return psycopg.connect(host=str(self._folder), user=self._user, dbname=name, autocommit=True)

    def _execute(self, statement: sql.Composed) -> None:
        with self._connect() as connection:
            connection.execute(statement)

    def stop(self) -> None:
        """End the server, whatever it does."""
        if self._server is None:
            return
        self._server.send_signal(signal.SIGINT)
        try:
            self._server.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def _run(self, *words: object) -> None:
        done = self._try(*words)
        if done.returncode:
            raise Refused(f"{words[0]} failed: {_first_error(done.stderr.decode(errors='replace'))}")

    def _try(self, program: object, *words: object) -> "subprocess.CompletedProcess[bytes]":
        command: Sequence[str] = [str(self._programs / str(program)), *map(str, words)]
        return subprocess.run(  # noqa: S603 - PostgreSQL's own programs with our words
            command, cwd=self._folder, capture_output=True, check=False, **self._as_account()
        )

    def _as_account(self) -> dict[str, Any]:
        account = self._account
        return {} if account is None else {"user": account.uid, "group": account.gid, "extra_groups": []}


@contextmanager
def scratch_server(programs: Path) -> Iterator[ScratchServer]:
    """Give a server that has not begun; its folder goes with the block."""
    if sys.platform == "win32":
        raise Refused("The drill needs PostgreSQL's programs on Linux or macOS: run it there.")
    account = Account.to_run_as()
    folder = Path(tempfile.mkdtemp(prefix="doorstep-drill-"))  # 0700
    server = ScratchServer(folder, programs, account)
    try:
        if account is not None:
            os.chown(folder, account.uid, account.gid)
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _first_error(said: str) -> str:
    """Give the first line of what a program complains about, without values that it may quote."""
    lines = [line for line in said.splitlines() if "rror" in line or "FATAL" in line] or said.splitlines()
    found = lines[0] if lines else "it said nothing"
    return re.sub(r"\(.*\)|COPY .*|\"[^\"]*,[^\"]*\"", "...", found)[:200]
