"""The program on a real display, driven from outside by a keyboard: from its start to a referral taken in."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.words import ReferralStatus
from db.engine import Database
from tests.end_to_end.conftest import set_up_service
from tests.end_to_end.display import Display
from tests.end_to_end.keyboard import PATIENCE_S, Keyboard, is_seen
from tests.end_to_end.truth import Truth, clock

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def service(sqlite_url: str) -> Iterator[Database]:
    """The service on a database of this computer: what is proved here is the display."""
    with set_up_service(sqlite_url) as database:
        yield database


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
        was_open = running.poll() is None
        running.terminate()
        running.wait(20)
        said.seek(0)
        last_words = said.read()
        assert was_open, f"The program had ended by itself: {last_words}"
        assert "Traceback" not in last_words


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
