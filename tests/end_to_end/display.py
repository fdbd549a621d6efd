"""A display of its own for a test: a screen that nobody sees, with a keyboard that nobody touches."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

TOOLS = ("Xvfb", "xdotool", "setxkbmap")
SIZE = "1366x768x24"


@dataclass(frozen=True)
class Display:
    """A screen of its own, by its name, and the file of what is on it."""

    name: str
    picture: Path

    def colours(self) -> int:
        """How many colours are on the screen: an empty one has a few."""
        pixels = self.picture.read_bytes()[-1366 * 768 * 4 :]
        return len({pixels[at : at + 4] for at in range(0, len(pixels), 4)})


def missing_tools() -> list[str]:
    """What is not here of that which a display of its own needs."""
    return [name for name in TOOLS if shutil.which(name) is None]


@contextmanager
def display_at(folder: Path) -> Iterator[Display]:
    """Start a display, with what is on it kept in a file of this folder; skip where there is none to start.

    Keys do not repeat by themselves: on a busy processor a key that was pressed would be pressed for long.
    Nor does it begin anew whenever the last program leaves it: one that comes just then would be turned away.
    """
    if missing := missing_tools():
        pytest.skip(f"there is no {' and no '.join(missing)} here: `start.py test` says how to install it")
    read, write = os.pipe()
    where = ["-displayfd", str(write), "-screen", "0", SIZE, "-fbdir", str(folder), "-nolisten", "tcp"]
    server = subprocess.Popen(["Xvfb", *where, "-r", "-noreset"], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            name = f":{told.readline().strip()}"
        # What is typed must not depend on the layout of whoever runs this.
        subprocess.run(["setxkbmap", "-display", name, "-layout", "us"], check=True, timeout=30)
        yield Display(name, folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait(10)
