"""At a shared database with logins the window asks who it is, and lets nobody in as somebody else."""

from collections.abc import Iterator
from functools import partial
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import main
from console.domain.sign_in import Connection
from console.domain.words import Role
from tests.support.guarded import FAMILY, PASSWORD, Guarded
from tests.ui.conftest import LONG_MS, is_in_front
from ui.desk_page import DeskPage
from ui.main_window import MainWindow
from ui.way_in import WayIn

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
HANDED_OVER_WITHIN_S = 3.0


def console(qtbot: QtBot, url: str) -> Iterator[MainWindow]:
    """A console that asks at the sign-in of this database."""
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


@pytest.fixture
def window(qtbot: QtBot, guarded: Guarded) -> Iterator[MainWindow]:
    """A console at the guarded service, asking who it is."""
    yield from console(qtbot, guarded.address())


def card_of(window: MainWindow) -> WayIn:
    card = window.start.way_in
    assert card is not None
    return card


def type_in(window: MainWindow, qtbot: QtBot, login: str, password: str) -> None:
    """Type both where the keyboard is, and Enter."""
    card = card_of(window)
    qtbot.waitUntil(card.login.isVisible, timeout=LONG_MS)
    card.login.setFocus()
    card.login.selectAll()
    QTest.keyClicks(card.login, login)
    QTest.keyClick(card.login, Qt.Key.Key_Tab)
    assert card.password.hasFocus()
    QTest.keyClicks(card.password, password)
    QTest.keyClick(card.password, Qt.Key.Key_Return)


def is_live(page: DeskPage | None) -> bool:
    return page is not None and page.session.live.state is not None and page.session.live.state.is_live


def sign_in(window: MainWindow, qtbot: QtBot, login: str) -> DeskPage:
    """Sign somebody in who has one role, and wait for the live board."""
    type_in(window, qtbot, login, PASSWORD)
    qtbot.waitUntil(lambda: is_live(window.page), timeout=LONG_MS)
    assert window.page is not None
    return window.page


def read(widget: QWidget) -> str:
    """All that can be read or is typed in what is on the screen."""
    visible = [part for part in QApplication.allWidgets() if part.isVisible()]
    words = [part.text() for part in visible if isinstance(part, QLabel | QLineEdit)]
    words += [f"{part.accessibleName()} {part.windowTitle()} {part.toolTip()}" for part in visible]
    return "\n".join(words)


def test_that_who_is_refused_reads_why_and_types_again(window: MainWindow, qtbot: QtBot) -> None:
    card = card_of(window)
    assert card.login.hasFocus()
    assert card.password.echoMode() is QLineEdit.EchoMode.Password
    type_in(window, qtbot, "jo", "something else")
    assert card.is_busy
    qtbot.waitUntil(card.error.isVisible, timeout=LONG_MS)
    assert "does not accept the login jo with this password" in card.error.text()
    assert card.login.text() == "jo"
    assert card.password.hasFocus()
    QTest.keyClicks(card.password, PASSWORD)
    assert card.password.text() == PASSWORD  # what was wrong was chosen, and is typed over
    QTest.keyClick(card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_live(window.page), timeout=LONG_MS)
    assert window.page is not None
    assert window.page.session.actor.name == "Jo Bates"
    assert window.header.person.text().strip() == "Jo Bates · Hub coordinator"


def test_that_after_some_tries_in_vain_one_has_to_wait(window: MainWindow) -> None:
    card = card_of(window)
    for _ in range(3):
        card.refuse("No.")
    assert card.error.text() == "No. You can try again in 2 seconds."
    assert not card.enter.isEnabled()
    QTest.keyClick(card.password, Qt.Key.Key_Return)
    assert not card.is_busy
    card.refuse("Away.", counts=False)
    assert card.error.text() == "Away."


def test_that_one_chooses_among_ones_own_roles_only(window: MainWindow, qtbot: QtBot) -> None:
    type_in(window, qtbot, "ann", PASSWORD)
    qtbot.waitUntil(lambda: window.start.role_choice is not None, timeout=LONG_MS)
    choice = window.start.role_choice
    assert choice is not None
    assert [person.login for person in window.people] == ["ann"]
    assert [one.text() for one in choice.role_buttons] == ["Duty clinician", "Control-room supervisor"]
    assert choice.role_buttons[0].hasFocus()
    QTest.keyClick(choice.role_buttons[1], Qt.Key.Key_Return)
    assert window.page is not None
    assert window.page.session.actor.role is Role.SUPERVISOR


def test_that_the_next_person_is_there_within_three_seconds_and_finds_nothing_of_the_one_before(
    window: MainWindow, qtbot: QtBot, guarded: Guarded
) -> None:
    page = sign_in(window, qtbot, "jo")
    session = page.session
    [row] = [one for one in session.live.referrals.by_id.values() if one.family_name == FAMILY]
    page.open_record(row.id)
    page.bar.open()
    QTest.keyClicks(page.bar.field, FAMILY)
    QApplication.clipboard().setText(f"{FAMILY}, Ivy")
    qtbot.waitUntil(lambda: FAMILY.upper() in read(window).upper(), timeout=LONG_MS)
    closed = session.desk.basis.database.engine.pool
    page.bar.close_bar()

    began = monotonic()
    session.commands.run("window.person")
    card = card_of(window)
    assert window.page is None
    said = read(window)
    assert FAMILY.upper() not in said.upper()
    assert "Jo Bates" not in said
    assert not card.login.text()
    assert not card.keeps.isChecked()
    assert QApplication.clipboard().text() == ""
    page = sign_in(window, qtbot, "mo")
    assert monotonic() - began < HANDED_OVER_WITHIN_S

    assert page.session.actor.name == "Mo Khan"
    assert not page.panel.isVisible()
    assert page.bar.field.text() == ""
    assert page.session.desk.basis.database.engine.pool is not closed
    with page.session.desk.basis.database.read() as reading:
        who = reading.connection().exec_driver_sql("SELECT session_user").scalar_one()
        assert who == "mo"
    with guarded.server.connect("postgres") as server:
        count = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'jo'"
        qtbot.waitUntil(lambda: server.execute(count).fetchone() == (0,), timeout=LONG_MS)


def test_that_a_connection_is_added_at_the_window(window: MainWindow, qtbot: QtBot, guarded: Guarded) -> None:
    card = card_of(window)
    QTest.mouseClick(card.other, Qt.MouseButton.LeftButton)
    fields = card.new.form
    assert fields.field("name").hasFocus()
    QTest.keyClick(card.new.keep, Qt.Key.Key_Return)
    assert "Give the connection a name" in card.new.error.text()
    for name, typed in (("name", "Coast"), ("server", "db.example"), ("database", "doorstep")):
        field = fields.field(name)
        assert isinstance(field, QLineEdit)
        field.clear()
        QTest.keyClicks(field, typed)
    QTest.keyClick(card.new.keep, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.where.value() == "Coast", timeout=LONG_MS)
    assert card.where.isVisible()
    assert Connection("Coast", "postgresql://db.example/doorstep") in main.door(None).connections()
