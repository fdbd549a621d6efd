"""What was half typed when a window went is offered at the next sign-in of the same person, by keys."""

import json
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from console import settings
from console.domain.refusals import Away, Refused
from console.domain.words import Role
from console.services.kept_forms import KeptForm
from tests.ui.conftest import LONG_MS
from ui.desk_page import DeskPage
from ui.dialogs.base import DecisionDialog
from ui.dialogs.contact import ContactDialog
from ui.dialogs.kept_text import KeptTextDialog
from ui.dialogs.new_referral import NewReferralDialog
from ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> DeskPage:
    """The first coordinator, as always, at a live board."""
    return sit_down(window, qtbot)


def sit_down(window: MainWindow, qtbot: QtBot) -> DeskPage:
    """Sign the first coordinator in."""
    window.sign_in(next(one for one in window.people if Role.COORDINATOR in one.roles), Role.COORDINATOR)
    page = window.page
    assert page is not None
    qtbot.waitUntil(lambda: bool(page.session.live.referrals.by_id), timeout=LONG_MS)
    return page


@pytest.fixture
def next_window(demo_url: str, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window of the next start."""
    made = MainWindow(partial(main.open_console, demo_url, is_demo=True), is_demo=True)
    made.resize(1366, 768)
    try:
        yield made
    finally:
        made.close()
        made.deleteLater()


def start_again(window: MainWindow, next_window: MainWindow, qtbot: QtBot) -> DeskPage:
    """Let the first window go with its dialog as it is, and sign the same person in at the next one."""
    window.close()
    next_window.show()
    next_window.activateWindow()
    qtbot.waitUntil(next_window.isActiveWindow, timeout=LONG_MS)
    next_window.begin()
    qtbot.waitUntil(lambda: next_window.start.sign_in is not None, timeout=LONG_MS)
    page = sit_down(next_window, qtbot)
    qtbot.waitUntil(page.kept.isVisible, timeout=LONG_MS)
    return page


def kept() -> int:
    """How many forms lie on the disk."""
    return len(list(settings.kept_forms_folder().glob("*.form")))


def open_by_key(page: DeskPage, kind: type[DecisionDialog], key: Qt.Key, qtbot: QtBot) -> DecisionDialog:
    """Open a dialog by its key with Ctrl."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, Qt.KeyboardModifier.ControlModifier)
    window = page.window()
    qtbot.waitUntil(lambda: bool(window.findChildren(kind)), timeout=LONG_MS)
    dialog = window.findChildren(kind)[0]
    qtbot.waitUntil(dialog.isActiveWindow, timeout=LONG_MS)
    return dialog


def test_that_a_half_typed_form_is_continued_and_gone_when_it_is_entered(
    window: MainWindow, page: DeskPage, next_window: MainWindow, qtbot: QtBot
) -> None:
    row = next(iter(page.session.live.referrals.by_id.values()))
    page.front.choose_referral(row.id)  # type: ignore[attr-defined]
    dialog = open_by_key(page, ContactDialog, Qt.Key.Key_L, qtbot)
    assert isinstance(dialog, ContactDialog)
    dialog.said.setFocus()
    QTest.keyClicks(dialog.said, "The daughter has a key")
    qtbot.waitUntil(lambda: kept() == 1, timeout=LONG_MS)

    page = start_again(window, next_window, qtbot)
    said = page.kept.sentence.text()
    assert said.startswith(f"Log a contact ({row.family_name.upper()}")
    assert said.endswith("was kept. It is not saved yet.")
    assert not [one for one in next_window.findChildren(DecisionDialog) if one.isVisible()]
    page.kept.go_on.setFocus()
    QTest.keyClick(page.kept.go_on, Qt.Key.Key_Return)
    again = next_window.findChildren(ContactDialog)[0]
    assert again.said.toPlainText() == "The daughter has a key"
    assert again.row.id == row.id
    assert not page.kept.isVisible()
    qtbot.waitUntil(again.isActiveWindow, timeout=LONG_MS)
    again.came.setEditText("Spoke")
    with qtbot.waitSignal(again.finished, timeout=LONG_MS):
        QTest.keyClick(again, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: kept() == 0, timeout=LONG_MS)


def test_that_throwing_away_asks_once_more(
    window: MainWindow, page: DeskPage, next_window: MainWindow, qtbot: QtBot
) -> None:
    dialog = open_by_key(page, NewReferralDialog, Qt.Key.Key_N, qtbot)
    assert isinstance(dialog, NewReferralDialog)
    QTest.keyClicks(dialog.fields.problem, "Fall")
    qtbot.waitUntil(lambda: kept() == 1, timeout=LONG_MS)
    page = start_again(window, next_window, qtbot)
    bar = page.kept
    bar.throw_away.click()
    assert bar.sentence.text().endswith("Throw it away?")
    assert bar.go_on.hasFocus()  # a stray key keeps it
    QTest.keyClick(bar.go_on, Qt.Key.Key_Return)
    assert bar.sentence.text().startswith("New referral, which you were entering at ")
    bar.throw_away.click()
    bar.throw_away.click()
    assert not bar.isVisible()
    qtbot.waitUntil(lambda: kept() == 0, timeout=LONG_MS)


def test_that_words_about_somebody_who_left_the_board_can_still_be_read_and_copied(
    window: MainWindow, page: DeskPage, next_window: MainWindow, qtbot: QtBot
) -> None:
    row = next(iter(page.session.live.referrals.by_id.values()))
    page.front.choose_referral(row.id)  # type: ignore[attr-defined]
    dialog = open_by_key(page, ContactDialog, Qt.Key.Key_L, qtbot)
    assert isinstance(dialog, ContactDialog)
    QTest.keyClicks(dialog.said, "The daughter has a key")
    qtbot.waitUntil(lambda: kept() == 1, timeout=LONG_MS)
    page = start_again(window, next_window, qtbot)
    page.session.live.referrals.change((), (row.id,))
    page.kept.go_on.click()
    told = next_window.findChildren(KeptTextDialog)[0]
    assert "has left the board" in told.sentence.text()
    assert "What was said or agreed: The daughter has a key" in told.text.toPlainText()
    told.primary.click()
    assert "The daughter has a key" in QGuiApplication.clipboard().text()
    assert kept() == 1


def stored() -> list[dict[str, object]]:
    """The forms as they lie on the disk, beside a local database."""
    files = settings.kept_forms_folder().glob("*.form")
    return [json.loads(file.read_bytes().partition(b"\n")[2]) for file in files]


def test_that_a_form_is_never_offered_as_not_saved_when_it_may_have_been(
    page: DeskPage, qtbot: QtBot
) -> None:
    dialog = open_by_key(page, NewReferralDialog, Qt.Key.Key_N, qtbot)
    assert isinstance(dialog, NewReferralDialog)
    QTest.keyClicks(dialog.fields.problem, "Fall")
    qtbot.waitUntil(lambda: kept() == 1, timeout=LONG_MS)
    assert [one["is_saving"] for one in stored()] == [False]
    seen: list[list[dict[str, object]]] = []

    def refuse() -> None:
        seen.append(stored())
        raise Refused("Not now.")

    dialog.perform(page.session.background, refuse)
    qtbot.waitUntil(lambda: dialog.error.text() == "Not now.", timeout=LONG_MS)
    assert [one["is_saving"] for one in seen[0]] == [True]
    qtbot.waitUntil(lambda: [one["is_saving"] for one in stored()] == [False], timeout=LONG_MS)

    def lose_the_answer() -> None:
        raise Away("It is not known whether it was saved.")

    dialog.perform(page.session.background, lose_the_answer)
    qtbot.waitUntil(lambda: "not known" in dialog.error.text(), timeout=LONG_MS)
    QTest.keyClicks(dialog.fields.problem, " again")
    qtbot.waitUntil(lambda: "Fall again" in json.dumps(stored()), timeout=LONG_MS)
    assert [one["is_saving"] for one in stored()] == [True]
    dialog.perform(page.session.background, lambda: seen.append(stored()))
    qtbot.waitUntil(lambda: kept() == 0, timeout=LONG_MS)
    assert len(seen[1]) == 1


def test_that_what_may_have_been_saved_is_said_so(page: DeskPage) -> None:
    kept = page.session.kept
    kept.waiting = [
        KeptForm("1", "jo", "New referral", "", {}, page.session.now(), [], is_saving=True),
    ]
    kept.changed.emit()
    assert "which was being saved at" in page.kept.sentence.text()
    assert page.kept.sentence.text().endswith("Look on the board if it is there.")


def test_that_a_dialog_that_is_left_leaves_nothing(page: DeskPage, qtbot: QtBot) -> None:
    dialog = open_by_key(page, NewReferralDialog, Qt.Key.Key_N, qtbot)
    assert isinstance(dialog, NewReferralDialog)
    QTest.keyClicks(dialog.fields.problem, "Fall")
    qtbot.waitUntil(lambda: kept() == 1, timeout=LONG_MS)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    dialog._question.leave.click()
    qtbot.waitUntil(lambda: kept() == 0, timeout=LONG_MS)
