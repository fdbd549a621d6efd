"""Keys that come before what a dialog reads in the background mean what they would after it."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from console.domain.words import MarkerKind
from tests.services.team import Team
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import done, press, tab, typed
from ui.dialogs.allocate import AllocateDialog
from ui.dialogs.close_hub import CloseHubDialog
from ui.dialogs.identity import IdentityDialog
from ui.dialogs.own_practice import OwnPracticeDialog
from ui.widgets.fields import ChoiceField

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@contextmanager
def held_up(seat: Seat) -> Iterator[None]:
    """Let nothing be read in the background until the end."""
    may_go = threading.Event()
    for _ in range(2):
        seat.background.run(may_go.wait)
    try:
        yield
    finally:
        may_go.set()


def allocating(team: Team, seat: Seat, opened: Opened, key: int) -> AllocateDialog:
    dialog = opened(AllocateDialog(seat.session, team.row(key), parent=seat.window))
    assert isinstance(dialog, AllocateDialog)
    return dialog


def test_that_whom_one_typed_is_chosen_as_soon_as_they_are_known(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    with held_up(jo):
        dialog = allocating(team, jo, opened, key)
        typed("sam")
        tab(2)
        typed("He knows her")
        press("Ctrl+Return")
        assert dialog.error.text().startswith("Those who can be sent are still being read")
    qtbot.waitUntil(lambda: dialog.list.chosen is not None)
    assert dialog.primary.accessibleName() == "Allocate Sam Hill"
    assert not dialog.error.text()
    assert dialog.because.hasFocus()
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.row(key).practitioner == "Sam Hill"


def test_that_down_pressed_before_the_list_is_there_walks_through_it(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    with held_up(jo):
        dialog = allocating(team, jo, opened, team.triaged())
        press("Down")
        press("Down")
    qtbot.waitUntil(lambda: len(dialog.candidates.shown) == 4)
    assert dialog.list.currentIndex().row() == 1


def test_that_a_name_typed_while_markers_are_read_is_not_lost(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    review = dt.date(2026, 6, 1)
    team.jo.markers.add(team.row(key).patient_id, None, None, MarkerKind.ANIMAL, "Large dog", review, key)
    with held_up(jo):
        dialog = allocating(team, jo, opened, key)
        typed("k")
    qtbot.waitUntil(lambda: dialog.markers.is_unread)
    typed("i")
    with held_up(jo):
        press("Ctrl+Return")
        typed("t w")
    qtbot.waitUntil(lambda: not dialog.list.isHidden())
    assert dialog.search.text() == "kit w"
    assert dialog.primary.accessibleName() == "Allocate Kit Wood"


def test_that_an_answer_for_another_time_is_not_shown(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = allocating(team, jo, opened, team.triaged())
    with held_up(jo):
        tab(3)
        typed("-5")
        tab()
    qtbot.waitUntil(lambda: not jo.background.busy)
    shown = dialog.candidates.shown
    assert shown
    dialog._show(dialog._asked - 1, ((), ()))  # what was asked first and comes last
    assert dialog.candidates.shown == shown


def test_that_a_space_typed_too_early_presses_no_button(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    with held_up(jo):
        dialog = opened(IdentityDialog(jo.session, team.row(team.triaged()), jo.window))
        typed("de la Mare")
        tab()
        typed("Jo")
    assert isinstance(dialog, IdentityDialog)
    qtbot.waitUntil(lambda: dialog.is_filled)
    typed("anna")
    assert [dialog.texts[name].text() for name in ("family_name", "given_name")] == ["de la Mare", "Joanna"]


def test_that_escape_leaves_a_dialog_that_is_still_being_filled(team: Team, jo: Seat, opened: Opened) -> None:
    with held_up(jo):
        dialog = opened(IdentityDialog(jo.session, team.row(team.triaged()), jo.window))
        typed("Ma")
        press("Esc")
        assert not dialog.isVisible()


def test_that_tab_goes_from_the_markers_to_the_button_and_a_name_is_typed_after_it(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    review = dt.date(2026, 6, 1)
    team.jo.markers.add(team.row(key).patient_id, None, None, MarkerKind.ANIMAL, "Large dog", review, key)
    dialog = allocating(team, jo, opened, key)
    qtbot.waitUntil(lambda: dialog.markers.is_unread)
    tab(2)
    assert dialog.primary.hasFocus()
    press("Space")
    qtbot.waitUntil(dialog.search.hasFocus)
    typed("kit")
    assert dialog.primary.accessibleName() == "Allocate Kit Wood"


def test_that_tab_goes_through_the_buttons_where_nothing_can_be_read(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    row = replace(team.row(team.triaged()), id=99_999)
    dialog = opened(IdentityDialog(jo.session, row, jo.window))
    qtbot.waitUntil(lambda: bool(dialog.error.text()))
    assert dialog.cancel.hasFocus()
    tab()
    assert dialog.primary.hasFocus()


def test_that_the_time_of_closing_is_typed_at_once(
    team: Team, mo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    with held_up(mo):
        dialog = opened(CloseHubDialog(mo.session, team.ids["dover"], mo.window))
        typed("-5")
    assert isinstance(dialog, CloseHubDialog)
    qtbot.waitUntil(dialog.at.isVisible)
    assert dialog.at.text() == "-5"


def test_that_a_practice_found_in_the_middle_of_a_word_lets_one_type_on(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = opened(OwnPracticeDialog(jo.session, team.row(team.triaged()), jo.window))
    assert isinstance(dialog, OwnPracticeDialog)
    field = dialog.practice
    field.setFocus()
    field.clear()
    typed("G826")
    qtbot.waitUntil(lambda: field.is_settled)
    typed("96")
    assert field.text() == "G82696"
    qtbot.waitUntil(lambda: field.is_settled)
    press("Backspace")
    assert field.text() == "G8269"


def test_that_a_list_that_comes_while_one_types_does_not_break_the_word(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = allocating(team, jo, opened, team.triaged())
    choice: ChoiceField[int] = ChoiceField([(1, "Sam Hill")])
    dialog.form.add("choice", "Who", choice)
    choice.setFocus()
    typed("sam")
    choice.offer([(1, "Sam Hill"), (2, "Kit Wood")])
    typed(" h")
    assert choice.currentText() == "sam h"
    assert choice.value() == 1
    choice.put(1)
    choice.offer([(2, "Kit Wood"), (1, "Sam Hill")])
    typed("kit")
    assert choice.currentText() == "kit"
