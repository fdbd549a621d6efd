"""Whether a process is still there: it holds a lock on a file, which ends with it however it ends."""

import os
import sys
from pathlib import Path


class ProcessMark:
    """Held from the making until `release`, or the end of the process."""

    def __init__(self, folder: Path, name: str) -> None:
        """Hold the file of this name."""
        self._file = _file(folder, name)
        self._opened = os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600)
        _take(self._opened)

    def release(self) -> None:
        """Let go."""
        os.close(self._opened)
        self._file.unlink(missing_ok=True)


def is_running(folder: Path, name: str) -> bool:
    """Tell whether the process that made this mark still holds it."""
    try:
        opened = os.open(_file(folder, name), os.O_RDWR)
    except OSError:
        return False
    try:
        _take(opened)
    except OSError:
        return True
    finally:
        os.close(opened)
    return False


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.running"


if sys.platform == "win32":
    import msvcrt

    def _take(opened: int) -> None:
        """Take the lock, or raise OSError when another process has it."""
        msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(opened: int) -> None:
        """Take the lock, or raise OSError when another process has it."""
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
