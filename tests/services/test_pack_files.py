"""Downtime packs on the disk: whole, for this account alone, never too many, and a sentence when it fails."""

import datetime as dt
import os
import stat
from pathlib import Path

import pytest

from console.domain.refusals import Refused
from console.services.pack_files import PackFolder, minutes_between, pack_folder
from tests.test_settings import write as write_settings

AT = dt.datetime(2026, 3, 27, 14, 2, tzinfo=dt.UTC)


def write(folder: PackFolder, minute: int = 0, *, is_training: bool = False) -> Path:
    at = AT + dt.timedelta(minutes=minute)
    file = folder.write(b"%PDF whole", at, "jo bates/x", is_training=is_training)
    os.utime(file, (at.timestamp(), at.timestamp()))
    return file


@pytest.fixture
def folder(tmp_path: Path) -> PackFolder:
    return PackFolder(tmp_path / "packs", 3, is_own=True)


def test_that_a_pack_is_whole_named_by_the_board_s_time_and_nobody_else_s_to_read(folder: PackFolder) -> None:
    file = write(folder)
    assert file.name == "downtime-2026-03-27-1402-jo-bates-x.pdf"
    assert file.read_bytes() == b"%PDF whole"
    if os.name == "posix":  # Windows keeps others out of the data folder itself
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_that_the_oldest_packs_go_and_training_counts_for_itself(folder: PackFolder) -> None:
    practice = write(folder, is_training=True)
    written = [write(folder, 15 * n) for n in range(5)]
    left = sorted(folder.folder.iterdir())
    assert left == sorted([practice, *written[2:]])
    assert folder.newest() == written[-1]


def test_that_a_full_disk_is_told_and_leaves_the_pack_of_before(folder: PackFolder) -> None:
    before = write(folder)
    later = folder.folder / f"downtime-2026-03-27-1417-jo-bates-x.pdf-unfinished-{os.getpid()}"
    later.symlink_to("/dev/full")
    with pytest.raises(Refused, match=r"the disk is full\. Make room\. It is tried again every minute"):
        write(folder, 15)
    assert list(folder.folder.iterdir()) == [before]


def test_that_a_named_folder_that_is_gone_is_told_and_not_made(tmp_path: Path) -> None:
    gone = tmp_path / "share" / "packs"
    with pytest.raises(Refused, match=r"its folder .*packs is gone"):
        write(PackFolder(gone, 3, is_own=False))
    assert not gone.parent.exists()


def test_that_the_settings_of_the_computer_say_where_how_often_and_how_many(tmp_path: Path) -> None:
    assert minutes_between() == 15
    assert pack_folder().folder.name == "downtime"
    (tmp_path / "elsewhere").mkdir()
    write_settings(f'[downtime]\nfolder = "{tmp_path / "elsewhere"}"\nevery = 5\nkeep = 1\n')
    assert minutes_between() == 5
    folder = pack_folder()
    newest = [write(folder, 5 * n) for n in range(3)][-1]
    assert list((tmp_path / "elsewhere").iterdir()) == [newest]
    write_settings('[downtime]\nevery = "often"\n')
    with pytest.raises(Refused, match=r"downtime.every must be"):
        minutes_between()
