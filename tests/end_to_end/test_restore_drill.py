"""The restore drill on real backups: made by PostgreSQL's own programs, brought back, counted, taken away."""

import datetime as dt
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from console import commands, settings
from console.commands import COULD_NOT_RUN, DONE, SOME_REFUSED, Voice
from console.domain.retention import CLASS_OF
from db.engine import open_database
from db.queries.counts import tables
from db.scratch_server import Account
from tests.services.team import build
from tests.support.postgresql import Server, _within_reach, find_programs

NOW = dt.datetime(2026, 1, 14, 14, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """PostgreSQL's programs, where the plain account that runs a scratch server can enter."""
    folder = Path(tempfile.mkdtemp(prefix="doorstep-programs-"))
    account = Account.to_run_as()
    if account:
        folder.chmod(0o755)
    yield _within_reach(find_programs(), folder, account)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _drills_apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Drill where no other process of the tests drills: its folder is not what this test left behind."""
    folder = Path(tempfile.mkdtemp(prefix="doorstep-"))
    folder.chmod(0o711)  # the plain account passes through to a folder of its own
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def service(postgresql_url: str) -> str:
    """A shared database with a service and a referral in it."""
    _fill(postgresql_url)
    return postgresql_url


def _fill(url: str) -> None:
    database = open_database(url)
    try:
        build(database, NOW).triaged()
    finally:
        database.close()


def where(url: str) -> tuple[str, str]:
    """Give port and name of a test's database."""
    address = url.rpartition(":")[2]
    port, _, name = address.partition("/")
    return port, name


def run(programs: Path, name: str, *words: str) -> None:
    subprocess.run([str(programs / name), *words], check=True, capture_output=True)


def dump(programs: Path, url: str, file: Path) -> Path:
    port, name = where(url)
    run(programs, "pg_dump", "-h", "127.0.0.1", "-p", port, "-U", "doorstep", "-Fc", f"-f{file}", name)
    return file


def drill(url: str, backups: Path, programs: Path | None) -> tuple[int, list[str], list[str]]:
    said: list[str] = []
    refused: list[str] = []
    voice = Voice(said.append, refused.append)
    given = {"backups": backups, "programs": programs, "archive": None}
    code = commands.guarded(lambda: commands.doctor(url, voice, restore_drill=True, **given), voice)
    return code, said, refused


def nothing_is_left() -> bool:
    return not list(Path(tempfile.gettempdir()).glob("doorstep-drill-*"))


def test_that_the_newest_dump_is_brought_back_and_counted_table_by_table(
    service: str, programs: Path, tmp_path: Path
) -> None:
    (tmp_path / "older.dump").write_bytes(b"PGDMP and nothing more")
    port, name = where(service)
    with psycopg.connect(
        host="127.0.0.1", port=where(service)[0], user="doorstep", dbname=name
    ) as connection:
        role = f"reads_{name}"
        connection.execute(f"CREATE ROLE {role}")
        connection.execute(f"CREATE POLICY all_of_it ON referral TO {role} USING (true)")
    try:
        dump(programs, service, tmp_path / "newest.dump")
        code, said, refused = drill(service, tmp_path, programs)
    finally:
        with psycopg.connect(host="127.0.0.1", port=port, user="doorstep", dbname=name) as it:
            it.execute("DROP POLICY all_of_it ON referral")
            it.execute(f"DROP ROLE {role}")
    assert (code, refused) == (DONE, [])
    assert said[0].startswith("The newest backup is newest.dump, a dump by pg_dump, 0.0 hours old.")
    assert "referral: 1 (the service has 1)" in said
    assert any(line.startswith("Its newest change is of ") for line in said)
    assert "The service has 0 changes since then: they would be lost with it." in said
    assert any(line.startswith("Its audit: 0 lines in 0 blocks were checked in ") for line in said)
    assert said[-1] == "The backup can be relied on."
    assert nothing_is_left()


def test_that_rows_that_have_gone_from_the_service_since_the_backup_are_found(
    service: str, programs: Path, tmp_path: Path
) -> None:
    dump(programs, service, tmp_path / "before.dump")
    port, name = where(service)
    with psycopg.connect(host="127.0.0.1", port=port, user="doorstep", dbname=name) as connection:
        connection.execute("ALTER TABLE step DISABLE TRIGGER ALL")
        connection.execute("DELETE FROM step")
        connection.execute("ALTER TABLE step ENABLE TRIGGER ALL")
    code, said, refused = drill(service, tmp_path, programs)
    assert code == SOME_REFUSED
    assert len(refused) == 1
    assert "rows of step, and the service only 0" in refused[0]
    assert said[-1] == "The drill found what must be seen to."


def test_that_a_base_backup_comes_up_with_no_setting_of_the_real_server(
    service: str, programs: Path, tmp_path: Path, postgresql_server: Server
) -> None:
    port, _ = where(service)
    with postgresql_server.connect("postgres") as connection:
        row = connection.execute("SHOW hba_file").fetchone()
        assert row is not None
        with Path(row[0]).open("a", encoding="utf-8") as opened:
            opened.write("host replication all 127.0.0.1/32 trust\n")
        connection.execute("SELECT pg_reload_conf()")
    into = tmp_path / "base"
    words = ("-h", "127.0.0.1", "-p", port, "-U", "doorstep", "-X", "stream", "-c", "fast", "-D", str(into))
    run(programs, "pg_basebackup", *words)
    marker = tmp_path / "archived"
    with (into / "postgresql.auto.conf").open("a", encoding="utf-8") as opened:
        opened.write(f"archive_mode = 'on'\narchive_command = 'touch {marker}'\nport = 1\n")
    code, said, refused = drill(service, tmp_path, programs)
    assert (code, refused) == (DONE, [])
    assert said[0].startswith("The newest backup is base, a base backup, ")
    assert "referral: 1 (the service has 1)" in said
    assert not marker.exists()
    assert nothing_is_left()


def test_that_a_cut_dump_is_no_backup_and_no_patient_is_quoted(
    service: str, programs: Path, tmp_path: Path
) -> None:
    whole = dump(programs, service, tmp_path / "cut.dump").read_bytes()
    (tmp_path / "cut.dump").write_bytes(whole[: len(whole) // 2])
    code, _, refused = drill(service, tmp_path, programs)
    assert code == COULD_NOT_RUN
    assert refused[0].startswith("pg_restore could not bring cut.dump back: ")
    assert "Marsh" not in refused[0]
    assert nothing_is_left()


def test_that_a_copy_of_a_local_file_is_looked_through_and_counted(sqlite_url: str, tmp_path: Path) -> None:
    _fill(sqlite_url)
    folder = tmp_path / "copies"
    folder.mkdir()
    of = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(of)) as live, closing(sqlite3.connect(folder / "copy.sqlite")) as copy:
        live.backup(copy)
    code, said, refused = drill(sqlite_url, folder, None)
    assert (code, refused) == (DONE, [])
    assert "Its file is whole: every page was looked at." in said
    assert "referral: 1 (the service has 1)" in said


def test_that_no_folder_and_no_backup_are_told(sqlite_url: str, tmp_path: Path) -> None:
    voice_of: list[str] = []
    voice = Voice(voice_of.append, voice_of.append)
    given = {"backups": None, "programs": None, "archive": None}
    run_it = lambda: commands.doctor(sqlite_url, voice, restore_drill=True, **given)  # noqa: E731
    assert commands.guarded(run_it, voice) == COULD_NOT_RUN
    assert voice_of == ["Name the folder with the backups: --backups FOLDER, or set backup.folder."]
    (tmp_path / "empty").mkdir()
    settings.settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings.settings_file().write_text(f'[backup]\nfolder = "{tmp_path / "empty"}"\n', encoding="utf-8")
    assert commands.guarded(run_it, voice) == COULD_NOT_RUN
    assert voice_of[-1].startswith(f"There is no backup in {tmp_path / 'empty'}")


def test_that_every_table_has_its_class_of_retention() -> None:
    assert set(CLASS_OF) == set(tables())
