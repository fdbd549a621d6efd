"""PostgreSQL stops under a working console and comes back: the window says so and nothing is lost."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from time import monotonic
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

import main
from console.domain.acting import Actor
from console.domain.words import Role
from console.services import demo_file
from console.services.pack_files import pack_folder
from db.connect import address, for_writing, make_engine
from db.engine import open_database
from tests.support.databases import upgrade
from tests.support.postgresql import Server, StoppableServer, stoppable_server
from tests.ui.conftest import LONG_MS
from ui.desk_page import DeskPage
from ui.dialogs.base import DecisionDialog
from ui.dialogs.new_referral import NewReferralDialog
from ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SAID_WITHIN_S, LIVE_WITHIN_S = 5.0, 3.0


@pytest.fixture(scope="module")
def server(postgresql_server: Server) -> Iterator[StoppableServer]:
    """A server of these tests' own, which each stops and starts again."""
    with stoppable_server() as server:
        with server.connect("postgres") as connection:
            connection.execute("CREATE DATABASE demo")
        url = server.url("demo")
        upgrade(url)
        with closing(open_database(url)) as database:
            demo_file.fill(database, dt.datetime.now(dt.UTC))
        yield server


@pytest.fixture
def shared_url(server: StoppableServer) -> str:
    """A shared database with the demo in it, opened in the middle of its day."""
    name = f"board_{uuid4().hex}"
    with server.connect("postgres") as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE demo")
    with server.connect(name) as connection:
        connection.execute("UPDATE training SET started_at = now()")
    return server.url(name)


@pytest.fixture
def window(shared_url: str, qtbot: QtBot) -> Iterator[MainWindow]:
    """A console on the shared database, which is shown and not opened yet."""
    made = MainWindow(partial(main.open_console, shared_url, is_demo=False))
    made.resize(1366, 768)
    try:
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow, timeout=LONG_MS)
        yield made
    finally:
        made.close()
        made.deleteLater()


def sign_in(window: MainWindow, qtbot: QtBot) -> DeskPage:
    """Open the console and sit a coordinator down at a live board."""
    window.begin()
    qtbot.waitUntil(lambda: window.start.sign_in is not None, timeout=LONG_MS)
    person = next(one for one in window.people if Role.COORDINATOR in one.roles)
    window.sign_in(person, Role.COORDINATOR)
    page = window.page
    assert page is not None
    qtbot.waitUntil(lambda: is_live(page), timeout=LONG_MS)
    return page


def is_live(page: DeskPage) -> bool:
    """Whether rows are there and are said to be live."""
    live = page.session.live
    return bool(live.referrals.by_id) and live.state is not None and live.state.is_live


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def test_that_a_database_that_goes_and_comes_back_loses_nothing(
    server: StoppableServer, window: MainWindow, qtbot: QtBot
) -> None:
    page = sign_in(window, qtbot)
    live, rows = page.session.live, dict(page.session.live.referrals.by_id)
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.findChildren(NewReferralDialog)), timeout=LONG_MS)
    dialog = window.findChildren(NewReferralDialog)[0]
    qtbot.waitUntil(dialog.isActiveWindow, timeout=LONG_MS)
    dialog.fields.problem.setFocus()
    QTest.keyClicks(dialog.fields.problem, "Fall, cannot get up alone")

    server.stop()
    stopped = monotonic()
    qtbot.waitUntil(page.away.isVisible, timeout=LONG_MS)
    assert monotonic() - stopped < SAID_WITHIN_S
    said = page.away.sentence.text()
    assert said.startswith("The database cannot be reached. The board is as of ")
    assert "what you type stays" in said
    assert window.header.connection.words.startswith("Reconnecting, board as of ")
    board = page.front
    veil = board.referrals.age  # type: ignore[attr-defined]
    qtbot.waitUntil(veil.isVisible, timeout=LONG_MS)
    assert monotonic() - stopped < SAID_WITHIN_S + 1.5  # its own five seconds, told by the next tick
    assert veil.accessibleName().startswith("As of ")
    assert live.referrals.by_id == rows

    refused_by(dialog, qtbot)
    assert dialog.fields.problem.text() == "Fall, cannot get up alone"
    assert dialog.isVisible()

    server.start()
    started = monotonic()
    qtbot.waitUntil(lambda: is_live(page) and not page.away.isVisible(), timeout=LONG_MS)
    assert monotonic() - started < LIVE_WITHIN_S
    assert not veil.isVisible()
    assert dialog.fields.problem.text() == "Fall, cannot get up alone"
    with qtbot.waitSignal(dialog.finished, timeout=LONG_MS):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(live.referrals.by_id) == len(rows) + 1, timeout=LONG_MS)


def refused_by(dialog: NewReferralDialog, qtbot: QtBot) -> None:
    """Fill the rest in, try to take in, and wait for the sentence."""
    fields = dialog.fields
    fields.source.put(fields.source._values[0])
    for field, words in ((fields.family, "Osman"), (fields.born, "2/3/1941"), (fields.home, "4 Sea Road")):
        field.setFocus()
        QTest.keyClicks(field, words)
    fields.home_postcode.setText("CT21 5AA")
    fields.no_practice.put(fields.no_practice._values[0])
    fields.read_back.setChecked(True)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dialog.error.text()) and not dialog.is_busy, timeout=LONG_MS)
    assert "cannot be reached" in dialog.error.text()
    assert "Nothing was saved" in dialog.error.text()
    assert "What you typed stays here." in dialog.error.text()


def test_that_a_step_without_a_dialog_is_refused_and_what_others_did_before_is_told_once_it_is_back(
    server: StoppableServer, window: MainWindow, qtbot: QtBot
) -> None:
    page = sign_in(window, qtbot)
    looking, live = page.session.looking, page.session.live

    def has_looked() -> bool:
        looking.acted()
        return "board" in looking.marks

    qtbot.waitUntil(has_looked, timeout=LONG_MS)
    other = next(one for one in window.people if one.id != page.session.person.id)
    assert window.parts is not None
    desk = window.parts.desk(Actor(other.id, other.name, other.roles[0]))
    row = next(one for one in live.referrals.by_id.values() if one.is_waiting and one.worse_at is None)
    desk.referrals.worse(row.id, "Drowsy")
    qtbot.waitUntil(lambda: live.referrals.by_id[row.id].worse_at is not None, timeout=LONG_MS)
    looking._acted_at -= 400  # some minutes without a key
    server.stop()
    looking.acted()
    qtbot.waitUntil(lambda: window.background.busy == 0 and page.away.isVisible(), timeout=LONG_MS)
    assert not page.since.isVisible()
    page.session.perform(page.session.desk.last_undoable, "Done.")
    qtbot.waitUntil(page.notices.isVisible, timeout=LONG_MS)
    assert "The database cannot be reached. Nothing was saved" in page.notices.sentence.text()
    server.start()
    qtbot.waitUntil(lambda: is_live(page), timeout=LONG_MS)
    looking.acted()
    qtbot.waitUntil(page.since.isVisible, timeout=LONG_MS)
    assert "1 changed" in page.since.sentence.text()


def test_that_a_console_that_is_started_too_early_opens_by_itself(
    server: StoppableServer, window: MainWindow, qtbot: QtBot
) -> None:
    pack = pack_folder().write(b"%PDF", dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC), "jo", is_training=False)
    server.stop()
    with qtbot.waitSignal(window.start.failed, timeout=LONG_MS) as told:
        window.begin()
    qtbot.waitUntil(lambda: window.start._pack == pack, timeout=LONG_MS)
    buttons = [one.text() for one in window.start.findChildren(QPushButton)]
    assert buttons == ["Try again", "Open the downtime pack 2026-03-03-0900"]
    assert "cannot be reached: nothing takes connections there" in told.args[0]
    assert "It is tried again by itself" in told.args[0]
    again = next(one for one in window.start.findChildren(QPushButton) if one.text() == "Try again")
    assert again.hasFocus()
    for _ in range(2):  # the same answer again moves nothing
        qtbot.waitUntil(lambda: window.entrance.is_opening, timeout=LONG_MS)
        qtbot.waitUntil(lambda: not window.entrance.is_opening, timeout=LONG_MS)
    assert again.hasFocus()
    server.start()
    started = monotonic()
    qtbot.waitUntil(lambda: window.start.sign_in is not None, timeout=LONG_MS)
    assert monotonic() - started < LIVE_WITHIN_S


def test_that_a_database_that_was_upgraded_under_a_console_is_told_and_not_written_to(
    shared_url: str, window: MainWindow, qtbot: QtBot
) -> None:
    page = sign_in(window, qtbot)
    rows = dict(page.session.live.referrals.by_id)
    put_version(shared_url, "9999")
    qtbot.waitUntil(page.away.isVisible, timeout=LONG_MS)
    said = page.away.sentence.text()
    assert said.startswith("The database was brought to another version of Doorstep while this one was open.")
    assert "Close the console and start it again" in said
    assert page.session.live.referrals.by_id == rows
    referral = next(iter(rows.values()))
    page.session.perform(lambda: page.session.desk.referrals.worse(referral.id, "Breathless"), "Done.")
    qtbot.waitUntil(page.notices.isVisible, timeout=LONG_MS)
    assert "brought to another version" in page.notices.sentence.text()
    assert "Nothing was saved" in page.notices.sentence.text()
    assert not [one for one in window.findChildren(DecisionDialog) if one.isVisible()]


def put_version(url: str, version: str) -> None:
    """Make the database say that it is of another version."""
    engine = make_engine(address(url))
    with for_writing(engine).begin() as connection:
        connection.execute(
            text("UPDATE alembic_version SET version_num = :to, serves_from = :to"), {"to": version}
        )
    engine.dispose()
