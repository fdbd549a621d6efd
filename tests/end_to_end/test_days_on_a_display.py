"""The scripted days through a real window on a real display: all that reaches it are the keys of xdotool."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import Database
from tests.end_to_end.conftest import set_up_service
from tests.end_to_end.days import MODULES, day
from tests.end_to_end.display import Display
from tests.end_to_end.truth import Truth
from tests.end_to_end.ways import as_x_writes
from tests.support.programs import run

ROOT = Path(__file__).resolve().parents[2]


# The evening passes within the program too, on the other one.
DATABASES = {"weekday": "postgresql_url", "saturday": "postgresql_url", "evening": "sqlite_url"}


@pytest.fixture
def service(request: pytest.FixtureRequest, name: str) -> Iterator[Database]:
    """The service on a database that many share, or on one of this computer alone."""
    with set_up_service(request.getfixturevalue(DATABASES[name])) as database:
        yield database


@pytest.mark.parametrize("name", MODULES)
def test_that_a_scripted_day_passes_on_a_real_display_by_keys_alone(
    name: str, display: Display, service: Database, truth: Truth, tmp_path: Path
) -> None:
    environment = {**os.environ, "DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    log = tmp_path / "day.log"
    words = ["-m", "tests.end_to_end.played", name, "--database", service.url, "--log", str(log)]
    done = run(*words, env=environment)
    assert done.returncode == 0, done.stderr
    played = day(name)
    played.check(truth)
    logged = log.read_text(encoding="utf-8").casefold()
    assert not [word for word in played.never_logged if word.casefold() in logged]
    assert not [line for line in logged.splitlines() if line.startswith(("warning", "error", "critical"))]


def test_that_a_key_is_written_as_the_display_wants_it() -> None:
    keys = ("Ctrl+Shift+S", "Alt+1", "Esc", "F10", "Ctrl+Return", "Space")
    assert [as_x_writes(key) for key in keys] == [
        "ctrl+shift+s", "alt+1", "Escape", "F10", "ctrl+Return", "space",
    ]  # fmt: skip
