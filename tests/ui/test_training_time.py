"""A training day in the window: its time runs quicker, and what is told of the connection does not."""

import datetime as dt
import itertools
import sqlite3
from contextlib import closing

import pytest
from pytestqt.qtbot import QtBot

from console.domain.words import Role
from tests.ui.conftest import LONG_MS, SignInAs
from ui.desk_page import DeskPage
from ui.main_window import MainWindow

SPEED = 60
A_TICK = dt.timedelta(seconds=SPEED)


@pytest.fixture
def demo_url(demo_url: str) -> str:
    """The same day, sixty times as quick as the clock on the wall."""
    with closing(sqlite3.connect(demo_url.removeprefix("sqlite:///"))) as connection:
        connection.execute("UPDATE training SET speed = ?", (SPEED,))
        connection.commit()
    return demo_url


def test_that_the_header_says_which_day_it_is_and_how_quick(page: DeskPage, window: MainWindow) -> None:
    assert window.header.band.isVisible()
    there = page.session.now()
    assert window.header.band.text() == f"Training data · {there:%a} {there.day} {there:%b} · x60"


def test_that_each_second_on_the_screen_is_a_minute_and_the_board_stays_live(
    page: DeskPage, window: MainWindow, qtbot: QtBot
) -> None:
    session, ticks = page.session, []
    session.countdown.ticked.connect(lambda: ticks.append(session.now()))
    qtbot.waitUntil(lambda: len(ticks) > 6, timeout=LONG_MS)
    # A busy processor lets a tick come late, never early.
    assert all(later - earlier > A_TICK * 0.9 for earlier, later in itertools.pairwise(ticks))
    assert window.header.connection.words.startswith(("Local, 0 s", "Local, 1 s", "Local, 2 s", "Local, 3 s"))
    assert not page.panel.age.isVisible()
    live = session.live
    assert live.as_of is not None
    assert session.now() - live.as_of < A_TICK * 5


def test_that_the_day_goes_on_while_nobody_does_anything(sign_in: SignInAs, qtbot: QtBot) -> None:
    page = sign_in(Role.SUPERVISOR)
    rows = page.session.live.referrals.by_id
    untriaged = [row.id for row in rows.values() if row.is_untriaged]

    def has_gone_on() -> bool:
        return any(one not in rows or not rows[one].is_untriaged for one in untriaged)

    qtbot.waitUntil(has_gone_on, timeout=2 * LONG_MS)
