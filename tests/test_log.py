"""The log says where something went wrong, and never with whose data."""

import datetime as dt
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import main
from console import log, settings

SECRET = "SMITH, John 943 476 5919"
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def kept() -> Iterator[None]:
    """A log that is kept for the length of the test."""
    log.start("console")
    yield
    log.stop()


def written() -> str:
    """Everything that stands in the log."""
    return "".join(file.read_text() for file in sorted(settings.log_folder().glob("*.log")))


def fail(patient: str) -> None:
    """Fail with a patient in the message, in a local and in an argument."""
    name = patient.lower()
    raise KeyError(f"{name} {patient}")


@pytest.mark.parametrize("name", ["ui.background", "console.jobs.runner", "sqlalchemy.pool", "apscheduler"])
def test_that_a_patient_in_an_error_never_reaches_the_log(kept: None, name: str) -> None:
    try:
        fail(SECRET)
    except KeyError as error:
        logging.getLogger(name).exception("It failed: %s", error)  # noqa: TRY401 - as others write it
    assert "in fail" in written()
    assert "KeyError" in written()
    assert "smith" not in written().lower()
    assert "943" not in written()


def test_that_words_of_other_packages_never_reach_the_log(kept: None) -> None:
    logging.getLogger("psycopg").warning("duplicate key: " + SECRET)  # noqa: G003 - as others write it
    logging.getLogger("sqlalchemy.engine").info("row: %s", SECRET)
    assert "psycopg: a line of test_log.py" in written()
    assert "sqlalchemy" not in written()
    assert "SMITH" not in written()


def test_that_our_own_lines_are_written_with_the_time_and_the_program(kept: None) -> None:
    logging.getLogger("db.change_feed").warning("The live feed lost the database (%s).", "OSError")
    line = written().strip()
    assert line.startswith(f"{dt.datetime.now(dt.UTC):%Y-%m-%dT}")
    assert line.endswith("WARNING db.change_feed: The live feed lost the database (OSError).")
    assert f" console {os.getpid()} " in line


def test_that_nobody_else_may_read_the_log_and_that_old_ones_go(kept: None) -> None:
    folder = settings.log_folder()
    folder.mkdir(parents=True)
    old, young = folder / "doorstep-2020-01-01.log", folder / "doorstep-2020-02-01.log"
    for file, days in ((old, 15), (young, 13)):
        file.write_text("of old\n")
        at = time.time() - days * 86_400
        os.utime(file, (at, at))
    logging.getLogger("console.worker").info("Begins")
    assert not old.exists()
    assert young.exists()
    [today] = set(folder.iterdir()) - {young}
    assert today.stat().st_mode & 0o077 == 0


def test_that_a_fault_that_repeats_itself_cannot_fill_the_disk(kept: None) -> None:
    words = "x" * 100_000
    for _ in range(60):
        logging.getLogger("console.worker").error(words)
    assert len(written()) < log.MOST_BYTES + 2 * len(words)
    assert written().endswith("The rest of this day is left out: the file has reached its size.\n")


def test_that_a_log_that_cannot_be_written_stops_nothing(kept: None) -> None:
    settings.log_folder().parent.mkdir(parents=True, exist_ok=True)
    settings.log_folder().write_text("a file where the folder should be")
    logging.getLogger("console.worker").error("Goes on")


def spoil(url: str) -> None:
    """Put a name where a date of birth belongs, past the triggers, as a faulty program might."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE patient SET birth_date = ?", (SECRET,))
        connection.commit()


def test_that_a_command_that_fails_is_in_the_log_without_its_words(
    demo_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = logging.getLogger().level
    spoil(demo_url)
    assert main.main(["board", "--database", demo_url, "--json"]) == 2
    assert "This program failed" in capsys.readouterr().err
    assert "A command failed" in written()
    assert "SMITH" not in written()
    assert logging.getLogger().level == before
    assert not [one for one in logging.getLogger().handlers if isinstance(one, log.DayFile)]


WINDOW = """
import sys
from ui.main_window import MainWindow
import main

def blow_up():
    patient = {secret!r}
    raise KeyError(patient)

def watch(window):
    window.start.asked.connect(blow_up)
    window.faulted.connect(lambda _: window.close())

sys.exit(main.show(main.read(["open", "--database", {url!r}]), watch))
"""


def test_that_a_console_writes_its_faults_into_the_log_and_goes_on(sqlite_url: str) -> None:
    program = WINDOW.format(secret=SECRET, url=sqlite_url)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Unexpected fault" in written()
    assert "in blow_up" in written()
    assert "SMITH" not in written()


def test_that_a_program_that_is_killed_has_written_what_it_said(tmp_path: Path) -> None:
    program = (
        "import logging, os, signal\nfrom console import log\nlog.start('worker')\n"
        "logging.getLogger('console.worker').info('Begins')\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert "Begins" in written()


CRASH = """
import ctypes
from console import log

def crash(patient):
    ctypes.string_at(0)

log.start("console", beside=True)
crash({secret!r})
"""


def test_that_a_crash_below_python_leaves_where_it_happened_and_no_values() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH.format(secret=SECRET)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGSEGV
    file = settings.log_folder() / "doorstep-crash.log"
    told = file.read_text()
    assert "Segmentation fault" in told
    assert "in crash" in told
    assert "SMITH" not in told
    assert file.stat().st_mode & 0o077 == 0


def test_that_a_refusal_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["doctor", "--database", "sqlite:///nowhere.sqlite"]) == 2
    assert written() == ""
