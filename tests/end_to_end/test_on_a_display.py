"""The program on a real display, driven from outside by a keyboard: from its start to a referral taken in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from console.domain.words import ReferralStatus
from db.engine import Database
from tests.end_to_end.conftest import set_up_service
from tests.end_to_end.truth import Truth, clock

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 40
SIZE = "1366x768x24"


@pytest.fixture
def service(sqlite_url: str) -> Iterator[Database]:
    """The service on a database of this computer: what is proved here is the display."""
    with set_up_service(sqlite_url) as database:
        yield database


@pytest.fixture
def display(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A display of its own and the file of what is on it; skips where there is none to start."""
    # A real keyboard does not wait for a busy program: beside other tests it was seen to lose keys.
    if "PYTEST_XDIST_WORKER" in os.environ:
        pytest.skip("needs the processor to itself: run it with -n 0")
    if missing := [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]:
        pytest.skip(f"there is no {' and no '.join(missing)} here")
    read, write = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(write),
        "-screen",
        "0",
        SIZE,
        "-fbdir",
        str(tmp_path),
        "-nolisten",
        "tcp",
    ]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}", tmp_path / "Xvfb_screen0"
    finally:
        server.terminate()
        server.wait(10)


class Keyboard:
    """Sends keys to whatever window has them, and gives them to a window by its title."""

    def __init__(self, display: str) -> None:
        """Of this display."""
        self._environment = {**os.environ, "DISPLAY": display}

    def goes_to(self, title: str) -> bool:
        """Give the keys to the window of that title, as window managers do; False while it is not there."""
        found = self._tool("search", "--onlyvisible", "--name", f"^{title}$").split()
        if found:
            self._tool("windowfocus", "--sync", found[-1])
        return bool(found)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self._tool("key", "--delay", "25", *keys)

    def type(self, text: str) -> None:
        """Type."""
        self._tool("type", "--delay", "25", text)

    def _tool(self, *words: str) -> str:
        command = ["xdotool", *words]
        done = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
        return done.stdout


@pytest.fixture
def program(display: tuple[str, Path], service: Database, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The program as people start it."""
    environment = {**os.environ, "DISPLAY": display[0], "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, str(ROOT / "main.py"), "open-demo", "--database", service.url]
    with (tmp_path / "said.txt").open("w+") as said:
        running = subprocess.Popen(command, env=environment, stderr=said, stdout=said, text=True)
        yield running
        running.terminate()
        running.wait(20)
        said.seek(0)
        assert "Traceback" not in said.read()


def test_that_a_referral_is_taken_in_on_a_real_display(
    display: tuple[str, Path], program: subprocess.Popen[str], truth: Truth
) -> None:
    keys = Keyboard(display[0])
    comes(lambda: keys.goes_to("Doorstep"))
    comes(lambda: signs_in_and_asks_for_the_form(keys))
    keys.press("ctrl+a")  # of the name, when the form came up while it was typed once more
    keys.type("gp practice")
    keys.press(*["Tab"] * 6)
    keys.type("Marsh")
    keys.press("Tab")
    keys.type("Ivy")
    keys.press(*["Tab"] * 9)
    keys.type("Breathless since last night")
    keys.press("ctrl+Return")
    comes(lambda: truth.is_there("Marsh"))
    referral = truth.referral("Marsh")
    assert referral.status is ReferralStatus.RECEIVED
    assert clock(referral.received_at) == clock(referral.entered_at)
    assert truth.name_of(referral.entered_by_id) == "Jo Bates"
    assert program.poll() is None
    assert len(set(display[1].read_bytes()[-1366 * 768 * 4 :])) > 64


def signs_in_and_asks_for_the_form(keys: Keyboard) -> bool:
    """Try until the program is ready for it: before that, keys are lost, and nothing happens by them."""
    keys.press("ctrl+a")
    keys.type("jo bates")
    keys.press("Return")
    keys.press("ctrl+n")
    return is_seen(lambda: keys.goes_to("New referral"), PATIENCE_S / 5)


def comes(seen: Callable[[], object]) -> None:
    """See it come."""
    assert is_seen(seen, PATIENCE_S), "It never came."


def is_seen(seen: Callable[[], object], within_s: float) -> bool:
    """Look again and again until it is seen, or the time is up."""
    until, pause = monotonic() + within_s, Event()
    while not (is_there := bool(seen())) and monotonic() < until:
        pause.wait(0.1)
    return is_there
