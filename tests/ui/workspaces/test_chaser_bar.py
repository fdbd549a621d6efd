"""When nothing chases every console says so in red, and stops by itself when somebody looks again."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from console.domain.rows import FeedState
from tests.services.team import Team
from tests.ui.workspaces.conftest import Working
from ui.boards.board import BoardWorkspace
from ui.chaser_bar import ChaserBar

Sit = Callable[[str, Callable[..., QWidget], str], Working]


class Watching:
    """A console with the bar, and a feed that tells what a test says."""

    def __init__(self, working: Working) -> None:
        """Begin to watch."""
        self.working, self.session = working, working.session
        self.bar = ChaserBar(self.session, working.seat.window)
        self.steady = 100.0
        self.session.countdown.steady = lambda: self.steady

    def hear(self, chaser_at: dt.datetime | None, *, is_live: bool = True) -> None:
        state = FeedState(is_live, False, self.session.now(), "Live", chaser_at=chaser_at)
        self.session.live.state = state
        self.session.live.state_changed.emit(state)

    def is_shown(self) -> bool:
        """Whether the bar can be seen."""
        return self.bar.isVisibleTo(self.working.seat.window)


@pytest.fixture
def watching(sit: Sit) -> Watching:
    """A coordinator at the board."""
    return Watching(sit("jo", BoardWorkspace, "board"))


def test_that_silence_is_said_with_since_when_and_what_to_do(watching: Watching, team: Team) -> None:
    looked = team.clock()
    watching.hear(looked)
    assert not watching.is_shown()
    team.clock.pass_minutes(0.6)
    watching.hear(looked)
    assert watching.is_shown()
    assert watching.bar.sentence.text() == (
        "Nothing is being chased since 14:00. Reports, calls and welfare checks are not watched: watch them"
        " yourself and tell the administrator."
    )
    watching.hear(team.clock())
    assert not watching.is_shown()


def test_that_it_comes_with_the_time_alone(watching: Watching, team: Team) -> None:
    watching.hear(team.clock())
    team.clock.pass_minutes(1)
    watching.session.countdown.ticked.emit()
    assert watching.is_shown()


def test_that_a_database_at_which_nobody_ever_looked_is_told_after_half_a_minute(watching: Watching) -> None:
    watching.hear(None)
    assert not watching.is_shown()
    watching.steady += 31
    watching.hear(None)
    assert "nobody has looked yet" in watching.bar.sentence.text()


def test_that_a_board_that_stands_still_tells_nothing_about_the_chaser(
    watching: Watching, team: Team
) -> None:
    looked = team.clock()
    watching.hear(looked)
    team.clock.pass_minutes(5)
    watching.hear(looked, is_live=False)
    assert not watching.is_shown()


def test_that_a_training_that_runs_quicker_does_not_age_the_chaser(watching: Watching, team: Team) -> None:
    server = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)
    watching.session.parts = replace(watching.session.parts, server=lambda: server, speed=60.0)
    watching.hear(server - dt.timedelta(seconds=20))
    assert not watching.is_shown()
    watching.hear(server - dt.timedelta(minutes=1))
    assert "since 13:00." in watching.bar.sentence.text()
