"""Keys that wait for what a dialog reads go where they were meant, once, and press nothing unseen."""

import datetime as dt
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.opening_reasons import ALLOCATING
from console.domain.words import MarkerKind
from tests.services.team import Team
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import focused, press, tab, typed
from tests.ui.dialogs.test_quicker_than_the_answer import allocating, held_up
from ui.background import Failure
from ui.dialogs.allocate import AllocateDialog
from ui.dialogs.close_hub import CloseHubDialog
from ui.dialogs.identity import IdentityDialog
from ui.widgets.fields import ChoiceField

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def marked(team: Team, *, is_read: bool = False) -> int:
    """A patient with a marker, who waits for somebody to be sent."""
    key = team.triaged()
    review = dt.date(2026, 6, 1)
    team.jo.markers.add(team.row(key).patient_id, None, None, MarkerKind.ANIMAL, "Large dog", review, key)
    if is_read:
        markers = team.jo.records.open(key, ALLOCATING).markers
        team.jo.markers.acknowledge(key, [one.id for one in markers])
    return key


def correcting(team: Team, seat: Seat, opened: Opened) -> IdentityDialog:
    dialog = opened(IdentityDialog(seat.session, team.row(team.triaged()), seat.window))
    assert isinstance(dialog, IdentityDialog)
    return dialog


def unread(team: Team, seat: Seat, opened: Opened, qtbot: QtBot) -> AllocateDialog:
    """Somebody is to be sent whose record cannot be read."""
    row = replace(team.row(team.triaged()), id=99_999, markers=1)
    dialog = opened(AllocateDialog(seat.session, row, parent=seat.window))
    assert isinstance(dialog, AllocateDialog)
    qtbot.waitUntil(lambda: bool(dialog.error.text()))
    return dialog


def test_that_a_key_of_a_command_writes_nothing(team: Team, jo: Seat, opened: Opened, qtbot: QtBot) -> None:
    with held_up(jo):
        dialog = correcting(team, jo, opened)
        press("Alt+2")
        QTest.keyClick(focused(), Qt.Key.Key_At, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.is_filled)
    assert dialog.texts["family_name"].text() == "Marsh"


def test_that_an_accent_and_what_is_pasted_wait_too(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    QApplication.clipboard().setText("Jos")
    composed = QInputMethodEvent()
    composed.setCommitString("é")
    with held_up(jo):
        dialog = correcting(team, jo, opened)
        press("Ctrl+V")
        assert focused().testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        QApplication.sendEvent(focused(), composed)
    qtbot.waitUntil(lambda: dialog.is_filled)
    assert dialog.texts["family_name"].text() == "José"


def test_that_a_space_sets_a_tick_and_presses_no_button(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    with held_up(jo):
        dialog = correcting(team, jo, opened)
        tab(7)
        press("Space")
        tab(4)
        press("Space")
    qtbot.waitUntil(lambda: dialog.is_filled)
    assert dialog.verified.isChecked()
    assert dialog.cancel.hasFocus()
    assert not dialog.cancel.isDown()
    assert dialog.isVisible()


def come_to_front(other: QWidget, qtbot: QtBot) -> None:
    """Another window is in front."""
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)


def test_that_keys_wait_until_their_window_is_in_front_again(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    other = QWidget()
    with held_up(jo):
        dialog = correcting(team, jo, opened)
        typed("Hill")
        tab()
        typed("Ivo")
        tab(3)
        typed("male")
        come_to_front(other, qtbot)
    qtbot.waitUntil(lambda: dialog.is_filled)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    typed("x")
    assert [dialog.texts[name].text() for name in ("family_name", "given_name")] == ["Hill", "Ivo"]
    assert dialog.gender.currentText() == "malex"


def test_that_keys_of_before_the_window_was_locked_go_into_their_fields_after_it(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    cover = QWidget()
    with held_up(jo):
        dialog = correcting(team, jo, opened)
        typed("Hill")
        at = focused()
        dialog.hide()
        come_to_front(cover, qtbot)
    qtbot.waitUntil(lambda: dialog.is_filled)
    dialog.open()
    dialog.activateWindow()
    at.setFocus()  # as the lock does, which gives the keyboard back to what had it
    qtbot.waitUntil(dialog.isActiveWindow)
    typed("s")
    assert dialog.texts["family_name"].text() == "Hills"
    assert dialog.texts["given_name"].text() == "Ivy"


def test_that_what_was_kept_comes_before_what_is_typed_early(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    before = correcting(team, jo, opened)
    qtbot.waitUntil(lambda: before.is_filled)
    tab()
    typed("Ivana")
    values = before.typed()
    assert values is not None
    with held_up(jo):
        again = IdentityDialog(jo.session, before.row, jo.window)
        again.when_filled(lambda: again.put_back(values))
        opened(again)
        typed("Hill")
    qtbot.waitUntil(lambda: again.is_filled)
    assert [again.texts[name].text() for name in ("family_name", "given_name")] == ["Hill", "Ivana"]


def test_that_a_name_goes_into_the_search_though_one_has_clicked_elsewhere(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    with held_up(jo):
        dialog = allocating(team, jo, opened, marked(team, is_read=True))
        typed("kit w")
        QTest.mouseClick(dialog.because, Qt.MouseButton.LeftButton)
        typed("he knows")
    qtbot.waitUntil(lambda: dialog.list.chosen is not None)
    typed(" her")
    assert (dialog.search.text(), dialog.because.text()) == ("kit w", "he knows her")


def test_that_no_key_answers_whether_to_leave(team: Team, jo: Seat, opened: Opened, qtbot: QtBot) -> None:
    with held_up(jo):
        dialog = allocating(team, jo, opened, marked(team, is_read=True))
        typed("kit w")
        QTest.mouseClick(dialog.because, Qt.MouseButton.LeftButton)
        typed("he knows")
        press("Esc")
        asked = focused()
    qtbot.waitUntil(lambda: dialog.list.chosen is not None)
    assert dialog.isVisible()
    assert dialog.search.text() == "kit w"
    assert asked.hasFocus()


def test_that_down_counts_while_markers_are_read(team: Team, jo: Seat, opened: Opened, qtbot: QtBot) -> None:
    with held_up(jo):
        dialog = allocating(team, jo, opened, marked(team, is_read=True))
        press("Down")
        press("Down")
    qtbot.waitUntil(lambda: dialog.list.chosen is not None)
    assert dialog.list.currentIndex().row() == 1


def test_that_down_before_a_name_is_not_taken_for_down_behind_it(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    late = allocating(team, jo, opened, key)
    qtbot.waitUntil(lambda: bool(late.candidates.shown))
    press("Down")
    press("Down")
    typed("i")
    assert late.list.chosen is not None
    with held_up(jo):
        early = allocating(team, jo, opened, key)
        press("Down")
        press("Down")
        typed("i")
    qtbot.waitUntil(lambda: early.list.chosen is not None)
    assert early.primary.accessibleName() == late.primary.accessibleName()


def test_that_a_name_typed_after_the_button_was_pressed_presses_it_no_more(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = allocating(team, jo, opened, marked(team))
    qtbot.waitUntil(lambda: dialog.markers.is_unread)
    one, two = threading.Event(), threading.Event()
    for _ in range(2):
        jo.background.run(one.wait)
    QTest.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    for _ in range(2):
        jo.background.run(two.wait)
    one.set()
    try:
        qtbot.waitUntil(lambda: not dialog.is_busy)
        typed("kit w")
        assert not dialog.is_busy
    finally:
        two.set()
    qtbot.waitUntil(lambda: not dialog.list.isHidden())
    assert dialog.search.text() == "kit w"


def test_that_tab_goes_on_and_it_is_asked_again_where_nobody_could_be_read(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = unread(team, jo, opened, qtbot)
    said = dialog.error.text()
    assert dialog.search.hasFocus()
    tab()
    assert not dialog.search.hasFocus()
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: not jo.background.busy)
    assert dialog.error.text() == said


def test_that_a_list_that_comes_behind_a_whole_name_lets_one_type_on(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = allocating(team, jo, opened, team.triaged())
    people = [(1, "Jo Ann"), (2, "Jo Anne"), (3, "Sam Hill")]
    choice: ChoiceField[int] = ChoiceField(people[:1])
    dialog.form.add("choice", "Who", choice)
    qtbot.waitUntil(lambda: bool(dialog.candidates.shown))
    choice.setFocus()
    typed("Jo Ann")
    choice.offer(people)
    typed("e")
    assert choice.currentText() == "Jo Anne"


def test_that_the_keyboard_is_at_a_button_where_a_fault_left_nothing_to_type_into(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    with held_up(jo):
        dialog = correcting(team, jo, opened)
        typed("Ma")
        dialog._failed(Failure("nowhere"))
        assert dialog.cancel.hasFocus()
        assert dialog.isVisible()


def test_that_tab_goes_on_where_no_hub_is_chosen(mo: Seat, opened: Opened) -> None:
    dialog = opened(CloseHubDialog(mo.session, None, mo.window))
    tab(2)
    assert dialog.cancel.hasFocus() or dialog.primary.hasFocus()
