"""A pane with nothing in it says why: nobody waits, nothing was read yet, it cannot be, or one may not."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.domain.rows import FeedState, Person
from console.domain.words import Role
from tests.services.team import Team
from tests.support.sitting import Seat
from ui.boards.big_tile import BigTile
from ui.boards.board import BoardWorkspace
from ui.boards.hub_workspace import HubWorkspace
from ui.boards.load_workspace import LoadWorkspace
from ui.boards.reports_workspace import ReportsWorkspace
from ui.session import Session
from ui.sign_in import SignIn
from ui.widgets.load_tile import LoadTile
from ui.widgets.messages import EmptyState

Make = Callable[[Session, QWidget], QWidget]
WORKSPACES: tuple[Make, ...] = (BoardWorkspace, HubWorkspace, ReportsWorkspace, LoadWorkspace)


@pytest.fixture
def seat(team: Team, qtbot: QtBot) -> Iterator[Seat]:
    """A supervisor whose board has not been read yet."""
    made = Seat(team, "mo")
    made.session.workspaces = ("board", "hub", "reports", "load")
    yield made
    made.stand_up()


def said(workspace: QWidget) -> str:
    """All words that are seen."""
    return " ".join(one.text() for one in workspace.findChildren(QLabel) if one.isVisibleTo(workspace))


@pytest.mark.parametrize("make", WORKSPACES)
def test_that_no_workspace_looks_calm_before_it_was_read(seat: Seat, make: Make) -> None:
    workspace = make(seat.session, seat.window)
    words = said(workspace)
    assert "is being read." in words
    assert not [calm for calm in CALM if calm in words]
    figures = [one for one in workspace.findChildren(QWidget) if isinstance(one, BigTile | LoadTile)]
    assert {one.figure for one in figures} <= {"–"}  # a nought would say that all is well


def test_that_a_long_sentence_is_shown_whole(qtbot: QtBot) -> None:
    empty = EmptyState("wifi-off", "")
    qtbot.addWidget(empty)
    empty.say("wifi-off", "The board cannot be read. " + "The file lies on a disk that is gone. " * 6)
    empty.resize(420, 320)
    empty.show()
    sentence = empty.findChildren(QLabel)[1]
    assert sentence.height() >= sentence.heightForWidth(sentence.width())


CALM = (
    "Nobody is waiting",
    "Nobody is on shift",
    "Nothing is asked",
    "No practice waits",
    "No hub is set up",
)


@pytest.mark.parametrize("make", WORKSPACES)
def test_that_a_board_that_cannot_be_read_says_so_with_what_happens_next(seat: Seat, make: Make) -> None:
    workspace = make(seat.session, seat.window)
    state = FeedState(False, False, None, "Connecting", "The server does not answer.")
    seat.live.state = state
    seat.live.state_changed.emit(state)
    words = said(workspace)
    assert "cannot be read. The server does not answer. It is tried again every second" in words
    assert not [calm for calm in CALM if calm in words]


@pytest.mark.parametrize("make", WORKSPACES)
def test_that_who_has_no_hub_is_told_whom_to_ask_and_not_that_nobody_waits(
    seat: Seat, make: Make, qtbot: QtBot
) -> None:
    seat.session.person = replace(seat.session.person, hub_ids=())
    seat.live.follow(lambda _, *calls: seat._feed((), *calls), ())
    qtbot.waitUntil(lambda: seat.live.as_of is not None)
    words = said(make(seat.session, seat.window))
    assert "You have no hub, so nothing is shown. Ask an administrator to add you to one." in words
    assert not [calm for calm in CALM if calm in words]


def test_that_who_has_no_workspace_is_not_told_to_be_unknown(qtbot: QtBot) -> None:
    manager = Person(7, "ada", "Ada Bell", (Role.SERVICE_MANAGER,), (), None, None)
    made = SignIn([manager])
    qtbot.addWidget(made)
    made.name.setText("ada")
    assert "Ada Bell is service manager: there is no workspace for that." in said(made)
    made.name.setText("bob")
    assert "Nobody of that name may sign in." in said(made)
