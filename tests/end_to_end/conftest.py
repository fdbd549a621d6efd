"""A played day: the real window over the service as it is set up, on a clock that the test moves on."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import main
from console.services import setup
from db.engine import Database, open_database
from tests.end_to_end.days import Day, timetable_of
from tests.end_to_end.display import Display, display_at, missing_tools
from tests.end_to_end.driver import AtTheDesk
from tests.end_to_end.hands import LONG_S, PlayedClock
from tests.end_to_end.truth import Truth, assert_silent_about
from tests.end_to_end.ways import WithinTheProgram
from ui.main_window import MainWindow

OpenAt = Callable[[dt.datetime], AtTheDesk]


def pass_day(day: Day, open_at: OpenAt, truth: Truth, caplog: pytest.LogCaptureFixture) -> None:
    """Pass a day with keys from within the program, and look what is true in the end."""
    caplog.set_level(logging.INFO)
    day.play(open_at(day.begins))
    day.check(truth)
    assert_silent_about(caplog, *day.never_logged)


@contextmanager
def set_up_service(url: str) -> Iterator[Database]:
    """The service with its invented people, set up on a day in autumn; nobody has been referred yet."""
    database = open_database(url)
    setup.apply(database, dt.datetime(2025, 11, 3, 12, 0, tzinfo=dt.UTC), with_demo=True)
    yield database
    database.close()


@pytest.fixture
def instead_of_a_display() -> None:
    """Where a day passes on a display of its own, it need not pass within the program as well."""
    if not missing_tools():
        pytest.skip("the same day passes on a display here: tests/end_to_end/test_days_on_a_display.py")


@pytest.fixture
def service(postgresql_url: str) -> Iterator[Database]:
    """The service on a database that many share."""
    with set_up_service(postgresql_url) as database:
        yield database


@pytest.fixture
def truth(service: Database) -> Truth:
    """What the database of the service holds."""
    return Truth(service)


@pytest.fixture
def open_at(service: Database, qtbot: QtBot) -> Iterator[OpenAt]:
    """Opens the window as main.py does, at a time; time passes, and the timetable runs, as the test says."""
    windows: list[MainWindow] = []

    def open_it(at: dt.datetime) -> AtTheDesk:
        clock = PlayedClock(at)
        window = MainWindow(lambda: main.compose(open_database(service.url), clock, (), is_training=False))
        windows.append(window)
        window.resize(1366, 768)
        with qtbot.waitExposed(window):
            window.show()
        window.begin()
        qtbot.waitUntil(lambda: window.start.sign_in is not None, timeout=round(LONG_S * 1000))
        return AtTheDesk(window, WithinTheProgram(window), clock, timetable_of(service, clock))

    yield open_it
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def display(tmp_path: Path) -> Iterator[Display]:
    """A display of its own; skips where there is none to start."""
    with display_at(tmp_path) as started:
        yield started
