"""The two commands: set up once, repair what broke off, refuse in a sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).resolve().parents[1]
MAIN = """import os, sys
print("main", sys.prefix != sys.base_prefix, os.environ.get("QT_QPA_PLATFORM"), *sys.argv[1:])
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose lock file names no package, so that setting it up takes seconds."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "start.py", folder)
    (folder / "requirements.lock").touch()
    (folder / "main.py").write_text(MAIN, encoding="utf-8")
    leave_without_python(folder)
    return folder


def leave_without_python(house: Path) -> None:
    """Leave an environment that was finished and has lost its Python: the first set-up makes it anew."""
    (house / ".venv").mkdir()
    (house / ".venv" / "stale").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(start, "LOCK", house / "requirements.lock")
        (house / ".venv" / "set-up-from").write_text(start.wanted_stamp(), encoding="utf-8")


def begin(house: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run start.py as a person would, without a display unless the test gives one."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    return subprocess.run(
        [sys.executable, str(house / "start.py"), *words],
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_that_help_needs_no_set_up(house: Path) -> None:
    done = begin(house, "--help")
    assert done.returncode == 0
    assert "start.py test" in done.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be without a display")
@pytest.mark.parametrize("words", [[], ["open"], ["--theme", "dark"]])
def test_that_without_a_display_a_sentence_says_what_to_do(house: Path, words: list[str]) -> None:
    done = begin(house, *words)
    assert done.returncode == 2
    assert "python3 start.py --screenshot" in done.stderr
    assert "Traceback" not in done.stderr


def test_that_an_environment_without_its_python_is_made_anew(house: Path) -> None:
    assert begin(house, "board").stdout.splitlines()[-1] == "main True None board"
    assert not (house / ".venv" / "stale").exists()


def test_that_words_reach_main_in_its_own_environment(house: Path) -> None:
    assert begin(house, "board", "--json").stdout.splitlines()[-1] == "main True None board --json"


def test_that_a_picture_is_rendered_offscreen(house: Path) -> None:
    done = begin(house, "--screenshot", "a.png", "--size", "800x600")
    assert done.stdout.splitlines()[-1] == "main True offscreen open-demo --screenshot a.png --size 800x600"


def test_that_without_words_the_demo_opens(house: Path) -> None:
    assert begin(house, DISPLAY=":1").stdout.splitlines()[-1] == "main True None open-demo"


def test_that_a_second_start_sets_nothing_up(house: Path) -> None:
    begin(house, "board")
    assert begin(house, "board").stdout.splitlines() == ["main True None board"]


def test_that_a_set_up_that_broke_off_is_made_anew(house: Path) -> None:
    begin(house, "board")
    (house / ".venv" / "set-up-from").unlink()
    (house / ".venv.unfinished").touch()
    (house / ".venv" / "half-written").touch()
    assert begin(house, "board").stdout.splitlines()[-1] == "main True None board"
    assert not (house / ".venv" / "half-written").exists()
    assert not (house / ".venv.unfinished").exists()


def test_that_an_environment_that_works_is_kept_when_the_lock_changes(house: Path) -> None:
    begin(house, "board")
    (house / ".venv" / "kept").touch()
    (house / "requirements.lock").write_text("# newer\n", encoding="utf-8")
    assert begin(house, "board").stdout.splitlines()[-1] == "main True None board"
    assert (house / ".venv" / "kept").exists()


def test_that_the_command_ends_as_main_ends(house: Path) -> None:
    begin(house, "board")
    (house / "main.py").write_text("raise SystemExit(7)", encoding="utf-8")
    assert begin(house, "board").returncode == 7
    (house / "main.py").write_text(MAIN, encoding="utf-8")


@pytest.mark.skipif(shutil.which("apt-get") is None, reason="there is no apt here")
def test_that_a_plain_user_gets_one_line_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(start, "LIBRARIES", {"libgl1": "libGL-that-is-not-here.so.1"})
    monkeypatch.setattr(start, "PYTHON", tmp_path / "python")
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(SystemExit) as left:
        start.ensure_system_libraries()
    assert left.value.code == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if "apt-get" in line]
    assert lines == [
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1 python3-venv"
    ]


@pytest.mark.skipif(shutil.which("apt-get") is None, reason="there is no apt here")
def test_that_a_plain_user_without_the_programs_of_the_tests_is_told_the_line_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(start, "FOR_TESTS", {"xvfb": "Xvfb-that-is-not-here"})
    monkeypatch.setattr(start, "LIBRARIES", {})
    start.ensure_system_libraries(for_tests=True)
    install = "sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb"
    assert install in capsys.readouterr().err.splitlines()
    start.ensure_system_libraries()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(start, "LIBRARIES", {"libgl1": "libGL-that-is-not-here.so.1"})
    with pytest.raises(SystemExit):
        start.ensure_system_libraries(for_tests=True)
    assert capsys.readouterr().err.splitlines()[-1].endswith(" libgl1 xvfb")


@pytest.mark.parametrize("code", [0, 100])
def test_that_root_gets_the_programs_of_the_tests_or_goes_on_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str], code: int
) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\nexit {code}\n', encoding="utf-8")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(start, "FOR_TESTS", {"xvfb": "Xvfb-that-is-not-here"})
    monkeypatch.setattr(start, "LIBRARIES", {})
    start.ensure_system_libraries(for_tests=True)
    asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert asked == ["update -q", "install -y --no-install-recommends xvfb"]
    assert ("ended with 100" in capfd.readouterr().err) is bool(code)


def test_that_an_older_python_is_refused_in_a_sentence() -> None:
    path = str(ROOT / "start.py")
    program = f"import sys, runpy; sys.version_info = (3, 10); runpy.run_path({path!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Doorstep needs Python 3.11 or later")
