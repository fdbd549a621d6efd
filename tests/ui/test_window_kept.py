"""What the window keeps: its place, its colours; and how it goes."""

import threading

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import main
from console.domain.words import Role
from tests.ui.conftest import LONG_MS, SignInAs
from ui import theme
from ui.main_window import MainWindow
from ui.parts import ConsoleParts


def test_that_the_next_window_stands_where_the_last_one_was_left(window: MainWindow, qtbot: QtBot) -> None:
    assert not MainWindow(lambda: pytest.fail("It is not opened in this test.")).recall_place()
    window.close()
    again = MainWindow(lambda: pytest.fail("It is not opened in this test."))
    qtbot.addWidget(again)
    assert again.recall_place()


def test_that_a_picture_does_not_stand_where_somebody_left_the_window(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.close()
    again = MainWindow(lambda: pytest.fail("It is not opened in this test."))
    qtbot.addWidget(again)
    again.remembers = False
    assert not again.recall_place()


def test_that_a_chosen_theme_comes_back_with_the_person_and_leaves_with_them(
    window: MainWindow, sign_in: SignInAs
) -> None:
    page = sign_in(Role.COORDINATOR)
    page.session.commands.action("window.theme").trigger()
    assert theme.current().name == "dark"
    sign_in(Role.CLINICIAN)
    assert theme.current().name == theme.system_theme()
    sign_in(Role.COORDINATOR)
    assert theme.current().name == "dark"


def test_that_a_theme_on_the_command_line_wins_over_what_was_kept(
    window: MainWindow, sign_in: SignInAs
) -> None:
    sign_in(Role.COORDINATOR).session.commands.action("window.theme").trigger()
    window.theme_asked = "contrast"
    sign_in(Role.COORDINATOR)
    assert theme.current().name == "contrast"


def test_that_the_window_follows_the_desktop_unless_the_person_chose(
    window: MainWindow, sign_in: SignInAs, qapp: QApplication
) -> None:
    page = sign_in(Role.COORDINATOR)
    theme.apply(qapp, "contrast")
    window.follow_system()
    assert theme.current().name == theme.system_theme()
    page.session.commands.action("window.theme").trigger()
    window.follow_system()
    assert theme.current().name == "dark"


def test_that_a_window_that_is_still_being_opened_says_that_it_closes_and_then_does(
    qtbot: QtBot, demo_url: str
) -> None:
    may_go_on = threading.Event()

    def slow() -> ConsoleParts:
        may_go_on.wait(LONG_MS / 1000)
        return main.open_console(demo_url, is_demo=True)

    window = MainWindow(slow, is_demo=True)
    window.show()
    window.begin()
    try:
        assert not window.close()
        assert window.isVisible()

        def says() -> list[str]:
            return [one.text() for one in window.start.findChildren(QLabel) if one.isVisible()]

        qtbot.waitUntil(lambda: "Closing" in says(), timeout=LONG_MS)
        may_go_on.set()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG_MS)
        assert window.parts is None
    finally:
        may_go_on.set()
        window.close()
        window.deleteLater()
