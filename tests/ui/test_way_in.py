"""At a shared database with logins the window asks who it is, and lets nobody in as somebody else."""

from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

import main
from console.domain.record_rows import Person
from console.domain.sign_in import Connection
from console.domain.words import Role
from tests.support.guarded import FAMILY, PASSWORD, Guarded
from tests.ui.signing_in import LONG_MS, card_of, is_live, read, sign_in, type_in
from ui.main_window import MainWindow
from ui.start_page import StartPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
HANDED_OVER_WITHIN_S = 3.0


def test_that_who_is_refused_reads_why_and_types_again(guarded_window: MainWindow, qtbot: QtBot) -> None:
    card = card_of(guarded_window)
    assert card.login.hasFocus()
    assert not card.error.isVisible()  # nothing was wrong yet
    assert card.password.echoMode() is QLineEdit.EchoMode.Password
    type_in(guarded_window, qtbot, "jo", "something else")
    assert card.is_busy
    qtbot.waitUntil(card.error.isVisible, timeout=LONG_MS)
    assert "does not accept the login jo with this password" in card.error.text()
    assert card.login.text() == "jo"
    assert card.password.hasFocus()
    QTest.keyClicks(card.password, PASSWORD)
    assert card.password.text() == PASSWORD  # what was wrong was chosen, and is typed over
    QTest.keyClick(card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_live(guarded_window.page), timeout=LONG_MS)
    assert guarded_window.page is not None
    assert guarded_window.page.session.actor.name == "Jo Bates"
    assert guarded_window.header.person.text().strip() == "Jo Bates · Hub coordinator"


def test_that_after_some_tries_in_vain_one_has_to_wait(guarded_window: MainWindow) -> None:
    card = card_of(guarded_window)
    for _ in range(3):
        card.refuse("No.")
    assert card.error.text() == "No. You can try again in 2 seconds."
    assert not card.enter.isEnabled()
    QTest.keyClick(card.password, Qt.Key.Key_Return)
    assert not card.is_busy
    card.refuse("Away.", counts=False)
    assert card.error.text() == "Away."


def test_that_one_chooses_among_ones_own_roles_only(guarded_window: MainWindow, qtbot: QtBot) -> None:
    type_in(guarded_window, qtbot, "ann", PASSWORD)
    qtbot.waitUntil(lambda: guarded_window.start.role_choice is not None, timeout=LONG_MS)
    choice = guarded_window.start.role_choice
    assert choice is not None
    assert [person.login for person in guarded_window.people] == ["ann"]
    assert [one.text() for one in choice.role_buttons] == ["Duty clinician", "Control-room supervisor"]
    assert choice.role_buttons[0].hasFocus()
    QTest.keyClick(choice.role_buttons[1], Qt.Key.Key_Return)
    assert guarded_window.page is not None
    assert guarded_window.page.session.actor.role is Role.SUPERVISOR


def test_that_a_new_card_has_the_keyboard_at_once_so_that_no_key_is_lost(qtbot: QtBot) -> None:
    start = StartPage()
    qtbot.addWidget(start)
    start.show()
    start.activateWindow()
    qtbot.waitUntil(start.isActiveWindow)
    ann = Person(1, "ann", "Ann Lee", (Role.CLINICIAN, Role.SUPERVISOR), (), None, None)
    assert start.ask_role(ann).role_buttons[0].hasFocus()
    start.ask_who([ann])
    assert start.sign_in is not None
    assert start.sign_in.name.hasFocus()


def test_that_the_next_person_is_there_within_three_seconds_and_finds_nothing_of_the_one_before(
    guarded_window: MainWindow, qtbot: QtBot, guarded: Guarded
) -> None:
    page = sign_in(guarded_window, qtbot, "jo")
    session = page.session
    [row] = [one for one in session.live.referrals.by_id.values() if one.family_name == FAMILY]
    page.open_record(row.id)
    page.bar.open()
    QTest.keyClicks(page.bar.field, FAMILY)
    QApplication.clipboard().setText(f"{FAMILY}, Ivy")
    qtbot.waitUntil(lambda: FAMILY.upper() in read().upper(), timeout=LONG_MS)
    closed = session.desk.basis.database.engine.pool
    page.bar.close_bar()

    began = monotonic()
    session.commands.run("window.person")
    card = card_of(guarded_window)
    assert guarded_window.page is None
    said = read()
    assert FAMILY.upper() not in said.upper()
    assert "Jo Bates" not in said
    assert not card.login.text()
    assert not card.keeps.isChecked()
    assert QApplication.clipboard().text() == ""
    page = sign_in(guarded_window, qtbot, "mo")
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


def test_that_a_connection_is_added_at_the_window(
    guarded_window: MainWindow, qtbot: QtBot, guarded: Guarded
) -> None:
    card = card_of(guarded_window)
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
