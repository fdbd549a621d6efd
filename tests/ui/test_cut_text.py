"""Every text has its room at twice the size, every control a name, and Tab comes to it; and what finds it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.domain.words import Role
from tests.support import demo_once, programs, reached
from tests.support.cut_text import faults
from tests.support.unnamed import unnamed
from ui import theme
from ui.commands import all_commands
from ui.commands.opening import Opens
from ui.desk_page import DeskPage
from ui.main_window import MainWindow
from ui.widgets.elided import ElidedLabel

# What is left at 200 % of 1366x768 and of a screen of twice the dots; `make screenshots` looks at more.
SIZES = ("683x384", "1366x768")
ROOT = Path(__file__).resolve().parents[2]


def look(*words: str, demo: Path | None = None) -> tuple[list[str], set[str]]:
    """Look in a process of its own, which has another scale; gives what is wrong, and what was seen."""
    handed = os.environ | ({demo_once.VARIABLE: str(demo)} if demo else {})
    done = programs.run("-m", "tests.support.looking", *words, env=handed)
    assert done.returncode == 0, done.stderr
    *found, seen = done.stdout.splitlines()
    return found, set(seen.removeprefix("Looked at: ").split(" "))


@pytest.mark.parametrize("part", ["1/2", "2/2"])
def test_that_every_dialog_shows_all_its_text_at_200_percent_and_names_all_its_controls(part: str) -> None:
    found, seen = look("dialogs", part)
    assert not found
    assert seen


def test_that_every_dialog_that_a_command_opens_is_looked_at() -> None:
    files = (ROOT / "tests" / "support").glob("*_samples.py")
    samples = "".join(file.read_text("utf-8") for file in files)
    opened = {command.run.dialog for command in all_commands() if isinstance(command.run, Opens)}
    assert not {name for name in opened if name not in samples}


@pytest.mark.parametrize("part", ["1/2", "2/2"])
def test_that_every_workspace_shows_all_its_text_at_200_percent_and_names_all_its_controls(
    part: str, played_day: Path
) -> None:
    found, seen = look("window", part, *SIZES, demo=played_day)
    assert not found
    assert any(one.endswith(":MainWindow") for one in seen)
    assert all(any(one.startswith(size) for one in seen) for size in SIZES)


def test_that_another_theme_leaves_every_word_of_the_window_whole(
    window: MainWindow, sign_in: Callable[[Role], DeskPage], qtbot: QtBot
) -> None:
    window.show_theme("contrast")
    sign_in(Role.COORDINATOR)
    for name in theme.THEMES:
        window.show_theme(name)
        qtbot.waitUntil(lambda: not list(faults(window)))


def test_that_text_without_room_is_found_and_text_that_ends_in_dots_by_itself_is_not(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    narrow, whole, low = QLabel("Needs triage", window), QLabel("Waiting", window), QLabel("", window)
    narrow.setGeometry(0, 0, 20, 30)
    whole.setGeometry(0, 40, 200, 30)
    low.setText("A sentence that takes more than the one line which it has here.")
    low.setWordWrap(True)
    low.setGeometry(0, 80, 150, 16)
    ElidedLabel("Confused since last night", parent=window).setGeometry(0, 120, 30, 20)
    QPushButton("Allocate", window).setGeometry(280, 160, 120, 30)
    window.show()
    assert [fault.split("'")[1] for fault in faults(window)] == [
        "Needs triage",
        "A sentence that takes more than the one line which it has he",
        "Allocate",
    ]


def test_that_a_control_without_a_name_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setWindowTitle("Doorstep")
    window.setAccessibleName("Doorstep")
    QPushButton("Allocate", window).move(0, 40)
    QPushButton(window)
    QLineEdit(window).move(0, 80)
    window.show()
    assert list(unnamed(window)) == [
        "Button without a name: a QPushButton in Doorstep",
        "EditableText without a name: a QLineEdit in Doorstep",
    ]


def test_that_text_over_text_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 100)
    for place, words in enumerate(("Needs triage", "Over")):
        QLabel(words, window).setGeometry(place * 40, 10, 120, 30)
    window.show()
    assert list(faults(window)) == ["QLabel 'Needs triage' lies over QLabel 'Over'"]


def test_that_a_control_without_tab_and_one_that_does_not_show_the_keyboard_are_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    whole = QVBoxLayout(window)
    plain, skipped, blind = QPushButton("Save"), QPushButton("Skipped"), QPushButton("Blind")
    skipped.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    blind.setStyleSheet("QPushButton, QPushButton:focus { border: 1px solid black; outline: 0; }")
    for button in (plain, blind, skipped):
        whole.addWidget(button)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    plain.setFocus()
    assert list(reached.faults(window)) == [
        "QPushButton 'Blind' does not show that it has the keyboard",
        "QPushButton 'Skipped' is not reached by Tab",
    ]
