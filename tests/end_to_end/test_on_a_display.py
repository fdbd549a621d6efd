"""The program on a real display, driven from outside by a keyboard: from its start to a referral taken in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.domain.words import ReferralStatus
from db.engine import Database
from tests.end_to_end.conftest import set_up_service
from tests.end_to_end.keyboard import PATIENCE_S, Keyboard, is_seen
from tests.end_to_end.truth import Truth, clock

ROOT = Path(__file__).resolve().parents[2]
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


@pytest.fixture
def service(sqlite_url: str) -> Iterator[Database]:
    """The service on a database of this computer: what is proved here is the display."""
    with set_up_service(sqlite_url) as database:
        yield database


@pytest.fixture
def display(tmp_path: Path) -> Iterator[Display]:
    """A display; skips where there is none to start."""
    if missing := [name for name in TOOLS if shutil.which(name) is None]:
        pytest.skip(f"there is no {' and no '.join(missing)} here: `start.py test` says how to install it")
    read, write = os.pipe()
    where = ["-displayfd", str(write), "-screen", "0", SIZE, "-fbdir", str(tmp_path), "-nolisten", "tcp"]
    server = subprocess.Popen(["Xvfb", *where], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield Display(f":{told.readline().strip()}", tmp_path / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def program(display: Display, service: Database, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The program as people start it, telling besides what has its keyboard."""
    environment = {**os.environ, "DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    words = ["-m", "tests.end_to_end.watched", "open-demo", "--database", service.url]
    with (tmp_path / "told").open("w") as told, (tmp_path / "said").open("w+") as said:
        running = subprocess.Popen(
            [sys.executable, *words], env=environment, stdout=told, stderr=said, text=True
        )
        yield running
        running.terminate()
        running.wait(20)
        said.seek(0)
        assert "Traceback" not in said.read()


def test_that_a_referral_is_taken_in_on_a_real_display(
    display: Display, program: subprocess.Popen[str], truth: Truth, tmp_path: Path
) -> None:
    keys = Keyboard(display.name, tmp_path / "told")
    keys.goes_to("Doorstep")
    keys.fills("Your name", "jo bates")
    keys.presses("Return", lambda: keys.sees()["field"] not in ("", "Your name"))
    keys.presses("ctrl+n", lambda: keys.shows("New referral"))
    keys.goes_to("New referral")
    keys.fills("Source", "GP practice")
    keys.fills("Family name", "Marsh")
    keys.fills("Given name", "Ivy")
    keys.fills("Problem", "Breathless since last night")
    keys.presses("ctrl+Return", lambda: not keys.shows("New referral"))
    assert is_seen(lambda: truth.is_there("Marsh"), PATIENCE_S)
    referral = truth.referral("Marsh")
    assert referral.status is ReferralStatus.RECEIVED
    assert clock(referral.received_at) == clock(referral.entered_at)
    assert truth.name_of(referral.entered_by_id) == "Jo Bates"
    assert program.poll() is None
    assert display.colours() > 64
