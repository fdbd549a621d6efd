"""The real window over a real demo: SQLite, services, feed and timetable as `main.py` composes them."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

import main
from console.domain.words import Role
from tests.support.guarded import Guarded
from tests.ui.signing_in import is_in_front
from ui.desk_page import DeskPage
from ui.main_window import MainWindow

LONG_MS = 20_000
SignInAs = Callable[[Role], DeskPage]


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
