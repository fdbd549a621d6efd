"""What a person arranges is theirs at whatever workstation they sit, and nothing waits for it to be kept."""

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from console.domain.looks import Arranged
from console.domain.refusals import Away
from console.domain.words import Role
from tests.ui.conftest import LONG_MS, SignInAs
from ui.arrangement import RESTED_MS, Arrangement
from ui.background import Background
from ui.boards.board import BoardWorkspace
from ui.desk_page import DeskPage
from ui.main_window import MainWindow


def board_of(page: DeskPage) -> BoardWorkspace:
    assert isinstance(page.front, BoardWorkspace)
    return page.front


def drag(splitter: QSplitter, by: int) -> None:
    handle = splitter.handle(1)
    assert handle is not None
    start = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(handle, start + QPoint(by, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start + QPoint(by, 0))


def known(page: DeskPage, qtbot: QtBot) -> BoardWorkspace:
    """The board once what was kept is known."""
    qtbot.waitUntil(lambda: page.session.looking.is_known, timeout=LONG_MS)
    return board_of(page)


def test_that_a_window_is_arranged_as_this_person_left_it(
    window: MainWindow, sign_in: SignInAs, qtbot: QtBot
) -> None:
    window.resize(1920, 1080)
    first = known(sign_in(Role.COORDINATOR), qtbot)
    before = first.halves.sizes()
    drag(first.halves, 60)
    left = first.halves.sizes()
    assert left != before
    first.referrals.view.choice.recall({"order": [], "hidden": ["waiting"]}, None)
    first.referrals.view.choice.changed.emit()
    assert known(sign_in(Role.CLINICIAN), qtbot).halves.sizes() == before
    again = known(sign_in(Role.COORDINATOR), qtbot)
    assert again.halves.sizes() == left
    assert again.referrals.view.choice.kept_order["hidden"] == ["waiting"]


def test_that_the_hand_is_followed_by_one_writing_when_it_rests_and_a_kill_then_loses_nothing(
    window: MainWindow, sign_in: SignInAs, qtbot: QtBot
) -> None:
    page = sign_in(Role.COORDINATOR)
    board = known(page, qtbot)
    for _ in range(5):
        drag(board.halves, 6)
    looks = page.session.desk.looks
    assert looks.kept().arranged == ()  # the hand has not rested
    qtbot.waitUntil(lambda: bool(looks.kept().arranged), timeout=RESTED_MS + LONG_MS)
    # Nobody left and nothing was closed: what a process that is killed now would find.
    (kept,) = looks.kept().arranged
    shown = [size for size in board.halves.sizes() if size]
    assert (kept.name, kept.value) == ("board.halves.11", shown)


class Slow:
    """A database that is away, and slow to say so."""

    def __init__(self) -> None:
        self.kept: list[Arranged] = []
        self.is_away = True

    def keep(self, arranged: list[Arranged]) -> None:
        if self.is_away:
            time.sleep(0.3)
            raise Away("The database does not answer.")
        self.kept += arranged


def test_that_a_database_that_is_away_holds_nothing_up_and_gets_it_later(
    window: MainWindow, qtbot: QtBot
) -> None:
    slow, writing = Slow(), Background(window, workers=1)
    arrangement = Arrangement(slow.keep, writing, window, window)
    began = time.monotonic()
    arrangement.note("board.x", [1, 2])
    arrangement.flush()
    assert time.monotonic() - began < 0.2
    qtbot.waitUntil(lambda: bool(arrangement._owed), timeout=LONG_MS)
    slow.is_away = False
    arrangement.note("board.y", [3])
    arrangement.flush()
    qtbot.waitUntil(lambda: len(slow.kept) == 2, timeout=LONG_MS)
    assert {one.name for one in slow.kept} == {"board.x", "board.y"}
    writing.stop()


def test_that_what_the_hand_moved_while_it_was_read_stays(window: MainWindow) -> None:
    writing = Background(window, workers=1)
    arrangement = Arrangement(lambda _: None, writing, window, window)
    arrangement.note("board.x", 2)
    arrangement.recall(
        [Arranged("board.x", "", 1), Arranged("board.y", "", 5), Arranged("board.x", "1x1", 7)]
    )
    assert (arrangement.value("board.x"), arrangement.value("board.y")) == (2, 5)
    assert arrangement.value("board.x", of_screen=True) is None
    writing.stop()


@pytest.mark.parametrize("sizes", [None, "wide", [1], [0, 5], [True, 4], [-3, 4], [1, 2, 3], [10**9, 1]])
def test_that_sizes_that_cannot_be_are_let_be(window: MainWindow, sizes: object) -> None:
    writing = Background(window, workers=1)
    arrangement = Arrangement(lambda _: None, writing, window, window)
    splitter = QSplitter(window)
    splitter.setObjectName("halves")
    for _ in range(2):
        splitter.addWidget(QSplitter())
    arrangement.attach_splitter("board", splitter)
    arrangement.recall([Arranged("board.halves.11", arrangement.screen, sizes)])
    assert not arrangement.restore(splitter)
    writing.stop()
