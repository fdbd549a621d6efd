"""A window that is left alone is covered, goes on behind the cover, and is uncovered by whoever left it."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from console.domain.words import Role
from tests.support.guarded import FAMILY, PASSWORD, Guarded
from tests.ui.signing_in import LONG_MS, card_of, read, sign_in
from ui.commands.opening import Opens
from ui.desk_page import DeskPage
from ui.dialogs.new_referral import NewReferralDialog
from ui.lock import Lock
from ui.lock_page import LockPage
from ui.main_window import MainWindow
from ui.widgets import messages
from ui.widgets.messages import COVERED

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TYPED = "Half typed and about a patient"


@pytest.fixture
def jo(guarded_window: MainWindow, qtbot: QtBot) -> DeskPage:
    """Jo at her live board, with her password."""
    return sign_in(guarded_window, qtbot, "jo")


def lock_of(window: MainWindow) -> Lock:
    assert window.lock is not None
    return window.lock


def cover_of(window: MainWindow) -> LockPage:
    page = lock_of(window).page
    assert page is not None
    return page


def half_typed(page: DeskPage, qtbot: QtBot) -> NewReferralDialog:
    """Open the dialog of a new referral, and type into it."""
    Opens("new_referral", "NewReferralDialog")(page.session)
    dialog = page.session.window.findChildren(NewReferralDialog)[0]
    qtbot.waitUntil(dialog.isActiveWindow, timeout=LONG_MS)
    dialog.fields.problem.setFocus()
    QTest.keyClicks(dialog.fields.problem, TYPED)
    return dialog


def test_that_the_key_covers_all_and_the_password_brings_it_back_as_it_was(
    guarded_window: MainWindow,
    jo: DeskPage,
    qtbot: QtBot,
) -> None:
    session = jo.session
    jo.open_record(next(iter(session.live.referrals.by_id)))
    dialog = half_typed(jo, qtbot)
    qtbot.waitUntil(lambda: FAMILY.upper() in read().upper(), timeout=LONG_MS)
    QTest.keyClick(
        dialog, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier
    )  # the dialog has the keyboard, and the window its key
    cover = cover_of(guarded_window)
    qtbot.waitUntil(cover.password.hasFocus, timeout=LONG_MS)

    said = read()
    assert FAMILY.upper() not in said.upper()
    assert TYPED not in said
    assert "Jo Bates, hub coordinator, since " in said
    assert not dialog.isVisible()
    QTest.keyClick(cover.password, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert len(guarded_window.findChildren(NewReferralDialog)) == 1  # no command is reached

    QTest.keyClicks(cover.password, "something else")
    QTest.keyClick(cover.password, Qt.Key.Key_Return)
    qtbot.waitUntil(cover.error.isVisible, timeout=LONG_MS)
    assert "does not accept the login jo" in cover.error.text()
    assert lock_of(guarded_window).is_on

    QTest.keyClicks(cover.password, PASSWORD)
    QTest.keyClick(cover.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not lock_of(guarded_window).is_on, timeout=LONG_MS)
    assert guarded_window._pages.currentWidget() is jo
    assert dialog.isVisible()
    assert dialog.isModal()
    assert dialog.fields.problem.text() == TYPED
    qtbot.waitUntil(dialog.fields.problem.hasFocus, timeout=LONG_MS)
    dialog.done(QDialog.DialogCode.Rejected)
    guarded_window.activateWindow()
    qtbot.waitUntil(guarded_window.isActiveWindow, timeout=LONG_MS)
    QTest.keyClick(guarded_window, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    assert lock_of(guarded_window).is_on


def test_that_the_board_goes_on_behind_the_cover(
    guarded_window: MainWindow,
    jo: DeskPage,
    qtbot: QtBot,
    guarded: Guarded,
) -> None:
    lock_of(guarded_window).cover()
    [row] = jo.session.live.referrals.by_id.values()
    guarded.do("UPDATE referral SET version = version + 1")
    now = jo.session.live.referrals.by_id
    qtbot.waitUntil(lambda: now[row.id].version > row.version, timeout=LONG_MS)
    assert jo.session.live.state is not None
    assert jo.session.live.state.is_live
    assert lock_of(guarded_window).is_on


def test_that_who_is_not_back_hands_the_desk_over_and_keeps_what_was_typed(
    guarded_window: MainWindow,
    jo: DeskPage,
    qtbot: QtBot,
) -> None:
    half_typed(jo, qtbot)
    lock_of(guarded_window).cover()
    cover = cover_of(guarded_window)
    QTest.mouseClick(cover.other, Qt.MouseButton.LeftButton)
    card = card_of(guarded_window)
    qtbot.waitUntil(card.login.isVisible, timeout=LONG_MS)
    assert TYPED not in read()

    page = sign_in(guarded_window, qtbot, "mo")
    page.session.kept.look()
    qtbot.waitUntil(lambda: not page.session.kept.background.busy, timeout=LONG_MS)
    assert not page.session.kept.waiting  # it is Jo's
    page.session.commands.run("window.person")
    page = sign_in(guarded_window, qtbot, "jo")
    page.session.kept.look()
    qtbot.waitUntil(lambda: bool(page.session.kept.waiting), timeout=LONG_MS)
    [form] = page.session.kept.waiting
    assert TYPED in str(form.values)


# Where nobody has a login, at the demo


def test_that_a_quiet_window_is_covered_after_the_set_time_and_a_used_one_is_not(
    page: DeskPage, window: MainWindow
) -> None:
    looking = page.session.looking
    looking.lock_after = dt.timedelta(minutes=10)
    for minutes, is_on in ((9.9, False), (10.1, True)):
        looking._acted_at = page.session.countdown.steady() - minutes * 60
        page.session.countdown.ticked.emit()
        assert lock_of(window).is_on is is_on


def test_that_a_wallboard_stays_and_what_is_behind_it_is_covered_when_it_goes(
    page: DeskPage, window: MainWindow, qtbot: QtBot
) -> None:
    session = page.session
    session.looking.lock_after = dt.timedelta(0)
    board = page.wallboard.show()
    session.countdown.ticked.emit()
    assert not lock_of(window).is_on
    board.close()
    qtbot.waitUntil(lambda: lock_of(window).is_on, timeout=LONG_MS)


def test_that_one_chooses_oneself_again_where_there_are_no_passwords(
    page: DeskPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.lock_now()
    cover = cover_of(window)
    choice = cover.sign_in
    assert choice is not None
    qtbot.waitUntil(choice.name.isVisible, timeout=LONG_MS)
    assert "No password is asked here" in read()
    me = page.session.person
    choice.chosen.emit(me, page.session.actor.role)
    assert not lock_of(window).is_on
    assert window.page is page

    window.lock_now()
    other = next(one for one in window.people if Role.SUPERVISOR in one.roles and one.id != me.id)
    again = cover_of(window).sign_in
    assert again is not None
    again.chosen.emit(other, Role.SUPERVISOR)
    assert window.page is not None
    assert window.page is not page
    assert window.page.session.actor.name == other.name


def test_that_what_comes_up_while_it_is_covered_is_behind_the_cover_too(
    page: DeskPage, window: MainWindow, qtbot: QtBot
) -> None:
    menu = QMenu(window)
    menu.addAction("About a patient")
    menu.popup(window.pos())
    window.lock_now()
    assert not menu.isVisible()
    late = QDialog(window)
    late.open()
    qtbot.waitUntil(lambda: not late.isVisible(), timeout=LONG_MS)
    assert page.property(COVERED)
    cover_of(window).proved.emit()
    assert late.isVisible()
    assert late.isModal()
    assert not late.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    assert not page.property(COVERED)
    late.done(0)
    late.deleteLater()
    menu.deleteLater()


def test_that_a_dialog_that_ends_behind_the_cover_does_not_come_back(
    page: DeskPage, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = half_typed(page, qtbot)
    over = QDialog(dialog)
    over.open()
    window.lock_now()
    assert {one for one, _, _ in lock_of(window)._hidden} == {dialog, over}
    over.done(0)
    dialog.done(QDialog.DialogCode.Accepted)  # as the answer to its step does; it is deleted with it
    qtbot.waitUntil(lambda: not window.findChildren(NewReferralDialog), timeout=LONG_MS)
    cover_of(window).proved.emit()
    assert not lock_of(window)._hidden
    assert page.isVisible()


def test_that_what_changed_while_it_was_covered_counts_as_unseen(page: DeskPage, window: MainWindow) -> None:
    looking = page.session.looking
    window.lock_now()
    before = dict(looking.marks)
    looking._acted_at = quiet = page.session.countdown.steady() - 900
    looking.acted()  # somebody types before the cover
    assert looking.marks == before
    assert looking._acted_at == quiet
    cover_of(window).proved.emit()
    assert looking._acted_at > quiet


def test_that_nothing_is_read_aloud_from_behind_the_cover(
    page: DeskPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    aloud: list[str] = []

    def event(widget: QWidget, sentence: str) -> QAccessibleAnnouncementEvent:
        aloud.append(sentence)
        return QAccessibleAnnouncementEvent(widget, sentence)

    monkeypatch.setattr(messages, "QAccessibleAnnouncementEvent", event)
    page.session.say("Ivy waits", "bad")
    window.lock_now()
    page.session.say("Ivy is worse", "bad")
    assert aloud == ["Ivy waits", "The window is locked."]
    cover_of(window).proved.emit()
    page.session.say("Ivy is seen", "bad")
    assert aloud[2:] == ["Ivy is seen"]
