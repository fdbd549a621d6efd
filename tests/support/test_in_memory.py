"""Where the files of the tests are kept."""

import os
import tempfile
from pathlib import Path

import pytest

from tests.support import in_memory


@pytest.fixture(autouse=True)
def _as_on_a_new_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", None)


def test_that_files_are_kept_where_there_is_room_in_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(in_memory, "MEMORY", tmp_path)
    monkeypatch.setattr(in_memory, "ROOM", 1)
    in_memory.keep_files_in_memory()
    assert tempfile.gettempdir() == os.environ["TMPDIR"] == str(tmp_path)


@pytest.mark.parametrize("why", ["there is no room", "there is no such place", "another place is named"])
def test_that_files_are_kept_on_the_disk_where(
    why: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = str(tmp_path) if why == "another place is named" else None
    monkeypatch.setattr(in_memory, "ROOM", 10**18 if why == "there is no room" else 1)
    if why == "there is no such place":
        monkeypatch.setattr(in_memory, "MEMORY", tmp_path / "memory")
    if named is not None:
        monkeypatch.setenv("TMPDIR", named)
    in_memory.keep_files_in_memory()
    assert os.environ.get("TMPDIR") == named
