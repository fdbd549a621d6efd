"""The real window over a real demo: SQLite, services, feed and timetable as `main.py` composes them."""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import main
from console.domain.words import Role
from console.services import demo_file
from db.base import SQLITE_TIME
from db.engine import open_database
from tests.support.guarded import Guarded
from ui.desk_page import DeskPage
from ui.main_window import MainWindow

LONG_MS = 20_000
SignInAs = Callable[[Role], DeskPage]


def is_in_front(window: MainWindow) -> bool:
    """Tell whether the window has the keyboard; ask for it, since a dialog that goes may still have it."""
    if not window.isActiveWindow():
        window.activateWindow()
    return window.isActiveWindow()


@pytest.fixture(scope="session")
def _demo_template(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    shutil.copyfile(_sqlite_template, path)
    database = open_database(f"sqlite:///{path}")
    database.hurry()
    try:
        demo_file.fill(database, dt.datetime.now(dt.UTC), speed=1)
    finally:
        database.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def demo_url(_demo_template: Path, tmp_path: Path) -> str:
    """A training day that is opened at this moment, in its middle, for this test alone.

    For some minutes nothing happens in it; its time runs as the clock on the wall does.
    """
    path = tmp_path / "demo.sqlite"
    shutil.copyfile(_demo_template, path)
    with closing(sqlite3.connect(path)) as connection:
        now = dt.datetime.now(dt.UTC).strftime(SQLITE_TIME)
        connection.execute("UPDATE training SET started_at = ?", (now,))
        connection.commit()
    return f"sqlite:///{path}"


@pytest.fixture
def window(qtbot: QtBot, demo_url: str) -> Iterator[MainWindow]:
    """The window, opened, asking who is working here."""
    made = MainWindow(partial(main.open_console, demo_url, is_demo=True), is_demo=True)
    made.resize(1366, 768)
    try:
        made.show()
        qtbot.waitUntil(lambda: is_in_front(made), timeout=LONG_MS)
        made.begin()
        qtbot.waitUntil(lambda: made.start.sign_in is not None, timeout=LONG_MS)
        yield made
    finally:
        made.close()
        made.deleteLater()


@pytest.fixture
def sign_in(window: MainWindow, qtbot: QtBot) -> SignInAs:
    """Signs the first person in who has a role, and waits for the rows of their board."""

    def as_role(role: Role) -> DeskPage:
        window.sign_out()
        person = next(one for one in window.people if role in one.roles)
        window.sign_in(person, role)
        live, page = window.live, window.page
        assert live is not None
        assert page is not None
        qtbot.waitUntil(lambda: is_in_front(window), timeout=LONG_MS)
        qtbot.waitUntil(lambda: bool(live.referrals.by_id) and live.state is not None, timeout=LONG_MS)
        return page

    return as_role


@pytest.fixture
def page(sign_in: SignInAs) -> DeskPage:
    """A coordinator at the board."""
    return sign_in(Role.COORDINATOR)


@pytest.fixture
def guarded_window(qtbot: QtBot, guarded: Guarded) -> Iterator[MainWindow]:
    """A console at a service with logins, asking who it is."""
    url = guarded.address()
    made = MainWindow(partial(main.open_console, url, is_demo=False), door=main.door(url))
    made.resize(1366, 768)
    try:
        made.show()
        qtbot.waitUntil(lambda: is_in_front(made), timeout=LONG_MS)
        made.begin()
        qtbot.waitUntil(lambda: made.start.way_in is not None, timeout=LONG_MS)
        yield made
    finally:
        made.close()
        made.deleteLater()
