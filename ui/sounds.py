"""Plays the sounds of alarms with what the desktop has; without any of it, the system's own beep.

Qt's own player of sounds is part of its Addons: more than 100 MB for three short tones (decision 0019).
"""

import shutil
import sys
from functools import cache

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from console.domain.alarms import Sound
from ui.theme.theme import RESOURCES

# The sound server of the desktop first; each takes the file as its last word.
_PLAYERS = (("pw-play",), ("paplay",), ("afplay",), ("aplay", "-q"))


def play(sound: Sound) -> None:
    """Play a sound and come back at once; never fails, since its picture is there in any case."""
    file = str(RESOURCES / "sounds" / f"{sound.value}.wav")
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(file, winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        return
    player = _player()
    started = player is not None and QProcess.startDetached(player[0], [*player[1:], file])
    if not started:
        QApplication.beep()


@cache
def _player() -> tuple[str, ...] | None:
    """The first player that is installed."""
    return next((one for one in _PLAYERS if shutil.which(one[0])), None)
