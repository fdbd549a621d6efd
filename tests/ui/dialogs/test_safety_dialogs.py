"""Duress and the welfare call, by the keys of whoever hears of it."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.domain.words import OutcomeDisposition, Role
from db.models import Visit
from tests.services.hubs_at_work import open_tasks
from tests.services.team import Team
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import done, press, tab, typed
from ui.dialogs.duress import DuressDialog
from ui.dialogs.welfare import WelfareDialog
from ui.widgets.fields import begin_in

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _on_scene(team: Team, seat: Seat, qtbot: QtBot) -> tuple[int, int]:
    found = team.on_scene()
    seat.look()
    qtbot.waitUntil(lambda: found[0] in seat.live.referrals.by_id)
    return found


def test_that_help_is_called_with_one_key_when_the_practitioner_is_chosen(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    _on_scene(team, jo, qtbot)
    jo.session.choose("board", "practitioner", team.ids["sam"])
    jo.session.come_to_front("board")
    dialog = opened(DuressDialog(jo.session, jo.window))
    press("Ctrl+Return")
    done(qtbot, dialog)
    asked = open_tasks(team, "duress")
    assert {one.role for one in asked} == {Role.SUPERVISOR, Role.COORDINATOR, Role.CLINICIAN}
    assert all("Sam Hill" in one.words and "4 Sea Road, Hythe" in one.words for one in asked)


def test_that_where_somebody_is_follows_who_is_named_until_it_is_typed(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    _on_scene(team, jo, qtbot)
    dialog = opened(DuressDialog(jo.session, jo.window))
    assert isinstance(dialog, DuressDialog)
    press("Ctrl+Return")
    assert "Say who is in danger." in [one.text() for one in dialog.findChildren(QLabel)]
    typed("sam")
    tab()
    assert dialog.where.text() == "4 Sea Road, Hythe, CT21 5AA"
    typed("In the car outside")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert all("In the car outside" in one.words for one in open_tasks(team, "duress"))


def test_that_well_is_saved_with_words_and_a_new_time(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, visit = _on_scene(team, jo, qtbot)
    dialog = opened(WelfareDialog(jo.session, team.row(key), jo.window))
    typed("well")
    tab()
    press("Ctrl+Return")
    assert any("never take silence for well" in one.text() for one in dialog.findChildren(QLabel))
    typed("Waiting for the daughter")
    tab()
    typed("+40")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.stored(Visit, visit).expected_clear_at == team.clock() + dt.timedelta(minutes=40)


def test_that_no_reply_is_two_words_and_brings_the_supervisor(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, _ = _on_scene(team, jo, qtbot)
    dialog = opened(WelfareDialog(jo.session, team.row(key), jo.window))
    typed("no")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert {one.role for one in open_tasks(team, "welfare")} == {Role.SUPERVISOR, Role.COORDINATOR}


def test_that_a_call_for_help_on_the_telephone_is_duress(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, _ = _on_scene(team, jo, qtbot)
    dialog = opened(WelfareDialog(jo.session, team.row(key), jo.window))
    typed("help")
    tab()
    typed("He has locked the door")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert len(open_tasks(team, "duress")) == 3


def test_that_help_is_sent_to_an_address_that_was_corrected_meanwhile(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, _ = _on_scene(team, jo, qtbot)
    jo.session.choose("board", "practitioner", team.ids["sam"])
    jo.session.come_to_front("board")
    dialog = opened(DuressDialog(jo.session, jo.window))
    assert isinstance(dialog, DuressDialog)
    team.jo.referrals.correct_address(
        key, team.version(key), "14 Castle Street, Dover", "CT16 1PD", "She rang"
    )
    jo.look()
    qtbot.waitUntil(lambda: "14 Castle Street" in dialog.where.text())
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert all("14 Castle Street, Dover" in one.words for one in open_tasks(team, "duress"))


def in_hand(team: Team, seat: Seat) -> int | None:
    """Which referral Sam has in hand, as far as the board knows."""
    row = seat.live.practitioners.by_id.get(team.ids["sam"])
    return None if row is None else row.referral_id


def with_others(
    team: Team, seat: Seat, opened: Opened, qtbot: QtBot, next_one: str
) -> tuple[DuressDialog, int]:
    """Sam is on scene in Hythe; somebody has a visit in Dover. Help is called for Sam."""
    _, visit_id = _on_scene(team, seat, qtbot)
    second = team.triaged()
    address = ("14 Castle Street, Dover", "CT16 1PD", "She rang")
    team.jo.referrals.correct_address(second, team.version(second), *address)
    team.jo.visits.allocate(second, team.ids[next_one], team.version(second))
    seat.look()
    seat.session.choose("board", "practitioner", team.ids["sam"])
    seat.session.come_to_front("board")
    qtbot.waitUntil(lambda: second in seat.live.referrals.by_id)
    dialog = opened(DuressDialog(seat.session, seat.window))
    assert isinstance(dialog, DuressDialog)
    assert dialog.where.text().startswith("4 Sea Road, Hythe")
    return dialog, visit_id


def test_that_the_last_address_stays_when_the_visit_ends_while_help_is_called(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    _, visit_id = _on_scene(team, jo, qtbot)
    jo.session.choose("board", "practitioner", team.ids["sam"])
    jo.session.come_to_front("board")
    dialog = opened(DuressDialog(jo.session, jo.window))
    assert isinstance(dialog, DuressDialog)
    version = team.stored(Visit, visit_id).version
    team.jo.visits.clear(visit_id, version, OutcomeDisposition.TREATED_AT_HOME, False)
    jo.look()
    qtbot.waitUntil(lambda: in_hand(team, jo) is None)
    assert dialog.where.text().startswith("4 Sea Road, Hythe")


def test_that_the_address_stays_where_the_next_visit_comes_while_help_is_called(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog, visit_id = with_others(team, jo, opened, qtbot, "sam")
    before = in_hand(team, jo)
    version = team.stored(Visit, visit_id).version
    team.jo.visits.clear(visit_id, version, OutcomeDisposition.TREATED_AT_HOME, False)
    jo.look()
    qtbot.waitUntil(lambda: in_hand(team, jo) not in (None, before))
    assert dialog.where.text().startswith("4 Sea Road, Hythe")


def test_that_help_for_another_one_goes_to_their_address_though_the_name_was_only_typed(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog, _ = with_others(team, jo, opened, qtbot, "kit")
    begin_in(dialog.who)
    typed("kit")
    press("Ctrl+Return")
    done(qtbot, dialog)
    tasks = open_tasks(team, "duress")
    assert tasks
    assert all("14 Castle Street, Dover" in one.words for one in tasks)


def test_that_the_address_is_of_whom_one_has_come_back_to(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog, _ = with_others(team, jo, opened, qtbot, "kit")
    begin_in(dialog.who)
    typed("kit")
    jo.live.changed.emit()
    press("Ctrl+A")
    typed("sam")
    tab()
    assert dialog.where.text().startswith("4 Sea Road, Hythe")
