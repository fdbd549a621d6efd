"""A fault of ours is shown, logged without anybody's data, and survived."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LONG_MS
from ui.desk_page import DeskPage
from ui.faults import Faults
from ui.main_window import MainWindow

SECRET = "SMITH, John 943 476 5919"


def blow_up() -> None:
    """Fail as a mistake of ours would, with a patient in the message."""
    raise KeyError(SECRET)


@pytest.fixture
def faults(window: MainWindow) -> Iterator[Faults]:
    """Faults, caught for this window."""
    made = Faults()
    made.happened.connect(window.tell_fault)
    made.install()
    yield made
    made.remove()


def test_that_a_fault_on_the_window_s_thread_is_shown_and_the_console_goes_on(
    page: DeskPage, faults: Faults, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        try:
            blow_up()
        except KeyError as error:
            sys.excepthook(KeyError, error, error.__traceback__)
        qtbot.waitUntil(page.notices.isVisible, timeout=LONG_MS)
    assert "fault in the program" in page.notices.sentence.text()
    assert "blow_up" in page.notices.toolTip()
    assert page.notices.copy.isVisible()
    assert "SMITH" not in caplog.text + page.notices.toolTip()
    assert "blow_up" in caplog.text


def test_that_a_fault_on_another_thread_is_shown_too(page: DeskPage, faults: Faults, qtbot: QtBot) -> None:
    thread = threading.Thread(target=blow_up)
    thread.start()
    thread.join()
    qtbot.waitUntil(page.notices.isVisible, timeout=LONG_MS)
    assert "KeyError" in page.notices.toolTip()


def test_that_a_fault_in_the_background_is_shown_too(page: DeskPage, qtbot: QtBot) -> None:
    page.session.perform(blow_up, "Done.")
    qtbot.waitUntil(page.notices.isVisible, timeout=LONG_MS)
    assert page.notices.property("tone") == "bad"
    assert "Done." not in page.notices.sentence.text()


def test_that_the_hooks_are_as_before_when_the_window_is_gone(qtbot: QtBot) -> None:
    before = (sys.excepthook, sys.unraisablehook, threading.excepthook)
    made = Faults()
    made.install()
    made.remove()
    assert (sys.excepthook, sys.unraisablehook, threading.excepthook) == before
