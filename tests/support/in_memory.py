"""Keeps the files of the tests in memory, where the computer has room for them.

Tests write, copy and delete thousands of small files; on a disk that takes a tenth of the processors' time.
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - each test has a folder of its own in it, which nobody else may enter
ROOM = 4_000_000_000
"""In bytes; a whole run holds a fifth of it at once."""


def keep_files_in_memory() -> None:
    """Let every temporary file from now on be there, also those of programs that are started."""
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # look again


def folder_of_this_process() -> Path:
    """Make a folder that goes with the process."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _has_room() -> bool:
    try:
        there = os.statvfs(MEMORY)
        free = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text(encoding="ascii"))
    except (AttributeError, OSError):  # not on Linux
        return False
    may_run = not there.f_flag & os.ST_NOEXEC and os.access(MEMORY, os.W_OK | os.X_OK)
    room = there.f_bavail * there.f_frsize
    return may_run and free is not None and min(room, 1024 * int(free[1]) // 2) > ROOM
