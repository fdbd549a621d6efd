"""The sounds: made by the script beside them, and asked of the desktop without waiting for it."""

import importlib.util
import struct
import wave
from pathlib import Path
from types import ModuleType

import pytest
from pytestqt.qtbot import QtBot

from console.domain.alarms import Sound
from ui import sounds
from ui.theme.theme import RESOURCES


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that makes the sounds."""
    spec = importlib.util.spec_from_file_location("build_sounds", RESOURCES / "build_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def heard(path: Path) -> tuple[int, ...]:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        return struct.unpack(f"<{file.getnframes()}h", file.readframes(file.getnframes()))


@pytest.mark.parametrize("sound", list(Sound))
def test_that_each_sound_is_what_the_script_makes(sound: Sound, maker: ModuleType, tmp_path: Path) -> None:
    maker.build(tmp_path)
    kept = heard(RESOURCES / "sounds" / f"{sound.value}.wav")
    made = heard(tmp_path / f"{sound.value}.wav")
    # A last digit may be another where another library counts the sine.
    assert len(kept) == len(made)
    assert max(abs(one - other) for one, other in zip(kept, made, strict=True)) <= 1
    assert 5_000 < max(kept) < 20_000
    assert max(abs(kept[0]), abs(kept[-1])) < 100, "it would click"


def test_that_a_desktop_without_a_player_still_beeps(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    sounds._player.cache_clear()
    sounds.play(Sound.LATE)
    assert sounds._player() is None
    sounds._player.cache_clear()
