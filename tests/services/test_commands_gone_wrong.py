"""What the commands say when something is wrong: a sentence, the right exit code, never a traceback."""

import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from console import commands, staff_commands
from console.settings import settings_file
from db.upgrade import upgrade

COMMANDS = {
    "migrate": partial(commands.migrate),
    "doctor": partial(commands.doctor),
    "setup": partial(commands.setup, file=None, with_demo=False),
    "board": partial(commands.board, as_json=True),
    "referrals": partial(commands.import_referrals, paths=[Path("somewhere")]),
    "practices": partial(commands.import_practices, file=Path("somewhere")),
    "people": partial(staff_commands.list_staff),
    "demo": partial(commands.demo, seed=7, speed=10.0, again=False),
}
ADDRESSES = {
    "nonsense": "no database address",
    "mysql://somebody@here/name": "no database address",
    "sqlite://": "no database address",
    "sqlite:///:memory:": "no database address",
    "postgresql://nobody@127.0.0.1:1/name": "cannot be reached",
    "postgresql://nobody@127.0.0.1:seven/name": "no database address|Port",
}


def said(name: str, url: str) -> tuple[int, str]:
    """Run a command; gives its exit code and what it refused."""
    told: list[str] = []
    voice = commands.Voice(lambda _: None, told.append)
    return commands.guarded(lambda: COMMANDS[name](url, voice), voice), " ".join(told)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("url", ADDRESSES)
def test_that_a_wrong_address_is_told_in_a_sentence(name: str, url: str) -> None:
    code, words = said(name, url)
    assert code == commands.COULD_NOT_RUN
    assert "failed" not in words
    assert any(part in words for part in (*ADDRESSES[url].split("|"), "There is no database"))


@pytest.mark.parametrize("name", COMMANDS)
def test_that_a_file_that_is_no_database_is_told_in_a_sentence(name: str, tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite"
    file.write_text("Dear Sir or Madam, " * 100, encoding="utf-8")
    code, words = said(name, f"sqlite:///{file}")
    assert code == commands.COULD_NOT_RUN
    assert words.startswith("This file is no database, or its beginning was overwritten. Check its name")


# Those two make a database where there is none.
@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - {"migrate", "demo"}))
def test_that_a_database_that_is_not_there_or_not_made_is_told(name: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty.sqlite"
    empty.touch()
    for url in (f"sqlite:///{tmp_path / 'none.sqlite'}", f"sqlite:///{empty}", f"sqlite:///{tmp_path}"):
        code, words = said(name, url)
        assert (code, "main.py migrate" in words) == (2, True)
    assert not (tmp_path / "none.sqlite").exists()


@pytest.mark.parametrize("name", ["setup", "demo"])
def test_that_a_database_that_somebody_else_holds_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOORSTEP_HOME", str(tmp_path))
    settings_file().write_text("local_wait_ms = 200\n", encoding="utf-8")
    file = tmp_path / "held.sqlite"
    upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, words = said(name, f"sqlite:///{file}")
    assert (code, words.startswith("Another program holds the database file")) == (2, True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_that_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    code, words = said("migrate", f"sqlite:///{tmp_path / 'new' / 'doorstep.sqlite'}")
    assert (code, "Permission denied" in words) == (2, True)


def test_that_a_fault_of_ours_says_where_and_never_with_what() -> None:
    told: list[str] = []
    voice = commands.Voice(lambda _: None, told.append)

    def fail() -> int:
        raise KeyError("Ivy Marsh")

    assert commands.guarded(fail, voice) == commands.COULD_NOT_RUN
    assert "KeyError" in told[0]
    assert "Marsh" not in told[0]


@pytest.mark.parametrize(
    "text",
    [
        b"\xff\xfe",
        b"x = [",
        b"[service]\n",
        b"service = 3\nhub = 4\n",
        b'hub = [3]\n[service]\nname = "x"\n',
        b"hub = []\n[service]\nname = 7\n",
    ],
)
def test_that_a_service_file_that_cannot_be_right_changes_nothing(text: bytes, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'service.sqlite'}"
    upgrade(url)
    file = tmp_path / "service.toml"
    file.write_bytes(text)
    told: list[str] = []
    voice = commands.Voice(lambda _: None, told.append)
    run = partial(commands.setup, url, voice, file=file, with_demo=False)
    assert commands.guarded(run, voice) == commands.COULD_NOT_RUN
    assert "failed" not in told[0]
    assert said("board", url)[1] == ""
