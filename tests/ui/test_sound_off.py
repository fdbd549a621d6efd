"""A key turns the sound off, the rail says so as long as it lasts, and it stays off for that person."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.domain.words import Role
from tests.ui.conftest import LONG_MS, SignInAs
from ui.desk_page import DeskPage
from ui.main_window import MainWindow


def turn(page: DeskPage, qtbot: QtBot) -> None:
    before = page.alarms.is_muted
    target = page.window().focusWidget()
    assert target is not None
    QTest.keyClick(target, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.alarms.is_muted is not before, timeout=LONG_MS)


def test_that_the_rail_reminds_of_the_sound_that_is_off(page: DeskPage, qtbot: QtBot) -> None:
    assert page.rail.sound.text() == "Sound on"
    turn(page, qtbot)
    assert page.rail.sound.text() == "Sound off"
    assert page.rail.sound.property("tone") == "warn"
    assert page.rail.sound.accessibleName() == "The sound is off: turn it on"
    page.session.go_to("reports")
    assert page.rail.sound.isVisible()
    QTest.mouseClick(page.rail.sound, Qt.MouseButton.LeftButton)
    assert page.rail.sound.text() == "Sound on"
    assert not page.alarms.is_muted


@pytest.mark.usefixtures("window")
def test_that_the_sound_stays_off_for_who_turned_it_off_and_nobody_else(
    sign_in: SignInAs, window: MainWindow, qtbot: QtBot
) -> None:
    page = sign_in(Role.COORDINATOR)
    turn(page, qtbot)
    assert not sign_in(Role.SUPERVISOR).alarms.is_muted
    assert sign_in(Role.COORDINATOR).alarms.is_muted
    window.show_theme("dark")
    assert window.page is not None
    assert window.page.rail.sound.text() == "Sound off"
