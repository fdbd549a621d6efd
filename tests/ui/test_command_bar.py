"""The command bar: Ctrl+K, a part of a name, Enter; nothing else is needed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from console.domain.found_rows import Found
from console.domain.rows import ReferralRow
from console.domain.words import ReferralStatus, Role
from db.models import Patient, Referral
from tests.ui.conftest import LONG_MS, SignInAs
from tests.ui.test_window import board_of
from ui.bar.command_bar import CommandBar
from ui.bar.hits import Hit, Sort
from ui.boards.referral_cells import name_of
from ui.commands import all_commands
from ui.desk_page import DeskPage
from ui.dialogs.shift import ShiftDialog
from ui.map.pane import MapPane

Key = Qt.Key


def opens(page: DeskPage) -> CommandBar:
    """Press Ctrl+K where the keyboard is."""
    here = QApplication.focusWidget()
    assert here is not None
    QTest.keyClick(here, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert page.bar.isVisible()
    assert QApplication.focusWidget() is page.bar.field
    return page.bar


def types(bar: CommandBar, text: str) -> None:
    bar.field.selectAll()
    QTest.keyClicks(bar.field, text)


def shown(bar: CommandBar) -> list[Hit]:
    return [line for line in bar.list.hits.lines if isinstance(line, Hit)]


def go(bar: CommandBar, wanted: Callable[[Hit], bool]) -> Hit:
    """Walk down to a hit with the arrow keys, and press Enter."""
    for _ in shown(bar):
        hit = bar.list.chosen()
        assert hit is not None
        if wanted(hit):
            QTest.keyClick(bar.field, Key.Key_Return)
            return hit
        QTest.keyClick(bar.field, Key.Key_Down)
    raise AssertionError([hit.title for hit in shown(bar)])


def one_who_has_left(page: DeskPage) -> str:
    """The whole name of a patient whose referral has ended."""
    session = page.session
    with session.desk.basis.database.read() as reading:
        ended = select(Patient).join(Referral, Referral.patient_id == Patient.id)
        patient = reading.scalars(ended.where(Referral.status == ReferralStatus.CLOSED).limit(1)).one()
        return f"{patient.family_name} {patient.given_name}"


def one_of(page: DeskPage, wanted: Callable[[ReferralRow], bool] = bool) -> ReferralRow:
    return next(row for row in page.session.live.referrals.by_id.values() if wanted(row))


def test_that_every_command_is_found_by_its_text_and_what_cannot_be_used_says_why(page: DeskPage) -> None:
    bar = opens(page)
    greyed = 0
    for command in all_commands():
        if command.id == "window.bar":
            continue
        types(bar, command.text)
        found = [hit for hit in shown(bar) if hit.sort is Sort.COMMAND and hit.key == command.id]
        assert len(found) == 1, f"{command.text!r} is not found."
        why_not = page.session.commands.why_not(command.id)
        assert found[0].why_not == why_not
        assert found[0].shortcut == command.shortcut
        if why_not:
            greyed += 1
            assert found[0].below == why_not
    assert greyed
    types(bar, "triage")
    QTest.keyClick(bar.field, Key.Key_Return)
    assert bar.isVisible(), "What cannot be used now leaves the bar open."
    assert "may not triage a referral: ask a duty clinician" in bar.foot.text()


def test_that_a_command_is_run_on_what_was_chosen_before_and_the_keyboard_goes_back(
    page: DeskPage, qtbot: QtBot
) -> None:
    board_of(page).referrals.view.enter()
    row = page.session.referral
    assert row is not None
    before = QApplication.focusWidget()
    bar = opens(page)
    types(bar, "log con")
    hit = bar.list.chosen()
    assert hit is not None
    assert hit.below == f"Referral · {name_of(row)}"
    QTest.keyClick(bar.field, Key.Key_Return)
    (dialog,) = (one for one in page.window().findChildren(QDialog) if one.isVisible())
    assert type(dialog).__name__ == "ContactDialog"
    dialog.reject()
    assert page.session.referral is row
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow, timeout=LONG_MS)
    QTest.keyClick(opens(page).field, Key.Key_Escape)
    assert not bar.isVisible()
    assert QApplication.focusWidget() is before


def test_that_no_key_reaches_a_command_behind_the_bar(page: DeskPage) -> None:
    board_of(page).referrals.view.enter()
    bar = opens(page)
    QTest.keyClick(bar.field, Key.Key_W, Qt.KeyboardModifier.ControlModifier)  # worse
    QTest.keyClick(bar.field, Key.Key_2, Qt.KeyboardModifier.ControlModifier)  # hub
    QTest.keyClick(bar.field, Key.Key_F12)  # duress
    assert not [one for one in page.window().findChildren(QDialog) if one.isVisible()]
    assert page.session.selection.front == "board"
    assert QApplication.focusWidget() is bar.field
    QTest.keyClick(bar.field, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not bar.isVisible()


def test_that_a_patient_is_chosen_on_the_board_even_where_a_filter_hid_them(page: DeskPage) -> None:
    referrals = board_of(page).referrals
    row = one_of(page, lambda one: one.priority == 3)
    referrals.show_only("triage")
    assert referrals.model.row_of(row.id) is None
    page.session.go_to("load")
    bar = opens(page)
    types(bar, f"{row.given_name} {row.family_name[:4]}")
    hit = go(bar, lambda one: one.sort is Sort.PATIENT and one.key == row.id)
    assert hit.pill is not None
    assert not bar.isVisible()
    assert page.session.selection.front == "board"
    assert page.session.referral_id == row.id
    view = referrals.view
    assert view.selected_id() == row.id
    assert view.viewport().rect().intersects(view.visualRect(view.currentIndex()))
    assert QApplication.focusWidget() is view


def test_that_a_patient_who_has_left_the_board_is_found_and_the_opening_is_kept(
    page: DeskPage, qtbot: QtBot
) -> None:
    session = page.session
    open_ids = set(session.live.referrals.by_id)
    bar, name = opens(page), one_who_has_left(page)
    types(bar, name)
    qtbot.waitUntil(lambda: any(one.sort is Sort.PATIENT for one in shown(bar)), timeout=LONG_MS)
    hit = go(bar, lambda one: one.sort is Sort.PATIENT)
    assert hit.key not in open_ids
    qtbot.waitUntil(lambda: page.panel.record is not None, timeout=LONG_MS)
    assert page.panel.record is not None
    assert page.panel.record.patient.family_name == name.split()[0]
    session.desk.records.read_again(page.panel.record.row.id)  # refused unless the opening was saved


def test_that_practitioners_hubs_reports_and_places_lead_to_where_they_are(
    page: DeskPage, qtbot: QtBot
) -> None:
    session = page.session
    who = next(iter(session.live.practitioners.by_id.values()))
    bar = opens(page)
    types(bar, who.name)
    go(bar, lambda one: one.sort is Sort.PRACTITIONER)
    assert session.practitioner is not None
    assert session.practitioner.id == who.id
    report = next(iter(session.live.reports.by_id.values()))
    types(opens(page), report.family_name)
    go(bar, lambda one: one.sort is Sort.REPORT and one.key == report.id)
    assert (session.selection.front, session.report) == ("reports", report)
    types(opens(page), "dover")
    go(bar, lambda one: one.sort is Sort.PLACE and one.below == "Hub")
    assert session.selection.front == "hub"
    assert session.live.hubs.by_id[session.hub_id or 0].name == "Dover"
    types(opens(page), "hythe")
    qtbot.waitUntil(lambda: any(one.below == "Town or village" for one in shown(bar)), timeout=LONG_MS)
    go(bar, lambda one: one.below == "Town or village")
    assert session.selection.front == "board"
    pane = page.front.findChild(MapPane)
    assert pane is not None
    qtbot.waitUntil(pane.view.spot.isVisible, timeout=LONG_MS)
    assert pane.isVisible()
    projection = pane.view.projection
    assert projection is not None
    middle = pane.view.middle()
    lat, lon = projection.to_degrees(middle.x(), middle.y())
    assert (lat, lon) == pytest.approx((51.07, 1.08), abs=0.03)


def test_that_somebody_off_duty_is_found_and_their_shift_can_be_recorded(
    page: DeskPage, qtbot: QtBot
) -> None:
    session = page.session
    on_board = {row.id for row in session.live.practitioners.by_id.values()}
    off = next(one for one in session.desk.workforce.practitioners() if one.id not in on_board)
    bar = opens(page)
    types(bar, off.name)
    qtbot.waitUntil(lambda: any(one.key == off.id for one in shown(bar)), timeout=LONG_MS)
    go(bar, lambda one: one.sort is Sort.PRACTITIONER and one.key == off.id)
    (dialog,) = (one for one in page.window().findChildren(ShiftDialog) if one.isVisible())
    qtbot.waitUntil(lambda: dialog.who.value() == off.id, timeout=LONG_MS)
    dialog.reject()


def test_that_the_last_typed_question_wins(page: DeskPage, qtbot: QtBot) -> None:
    bar = opens(page)
    types(bar, "zzzz")
    bar._ask()  # the answer is under way
    stale = bar._asked
    types(bar, one_who_has_left(page))
    bar._take(stale, "zzzz", Found())
    assert bar._found[0] != "zzzz", "An answer to an older question is dropped."
    qtbot.waitUntil(lambda: bool(shown(bar)), timeout=LONG_MS)


def test_that_what_was_found_changes_with_the_board_and_the_choice_stays(page: DeskPage) -> None:
    row = one_of(page, lambda one: one.priority == 3)
    bar = opens(page)
    types(bar, row.family_name)
    go_down = bar.list.chosen()
    assert go_down is not None
    worse = replace(row, worse_at=dt.datetime.now(dt.UTC), problem="Cannot breathe")
    page.session.live.referrals.change([worse])
    page.session.live.changed.emit()
    hit = next(one for one in shown(bar) if one.key == row.id)
    assert "Cannot breathe" in hit.below
    chosen = bar.list.chosen()
    assert chosen is not None
    assert chosen.id == go_down.id


def test_that_enter_acts_on_nothing_once_what_was_chosen_has_gone(page: DeskPage) -> None:
    bar, live = opens(page), page.session.live
    row = one_of(page)
    types(bar, row.family_name[:1])
    patient = next(hit for hit in shown(bar) if hit.sort is Sort.PATIENT)
    while bar.list.chosen() != patient:
        QTest.keyClick(bar.field, Key.Key_Down)
    assert isinstance(patient.key, int)
    live.referrals.change([], [patient.key])
    for _ in range(2):
        live.changed.emit()
        assert shown(bar)
        assert bar.list.chosen() is None
    QTest.keyClick(bar.field, Key.Key_Return)
    assert bar.isVisible()
    assert "no longer here" in bar.foot.text()
    QTest.keyClick(bar.field, Key.Key_Down)
    assert bar.list.chosen() is not None
    types(bar, row.family_name[:1])
    assert bar.list.chosen() == shown(bar)[0]


def test_that_up_down_and_tab_walk_over_headings_and_a_screen_reader_hears_the_line(page: DeskPage) -> None:
    bar = opens(page)
    types(bar, "fol")
    seen = []
    for _ in range(len(shown(bar)) + 1):
        hit = bar.list.chosen()
        assert hit is not None
        seen.append(hit.id)
        assert hit.title in bar.field.accessibleDescription()
        QTest.keyClick(bar.field, Key.Key_Down)
    assert len(set(seen)) == len(shown(bar))
    assert seen[-1] == seen[0], "Past the end it begins again."
    first = bar.list.chosen()
    QTest.keyClick(bar.field, Key.Key_Tab)
    other = bar.list.chosen()
    assert first is not None
    assert other is not None
    assert other.sort is not first.sort
    QTest.keyClick(bar.field, Key.Key_Backtab)
    back = bar.list.chosen()
    assert back is not None
    assert back.sort is first.sort
    assert QApplication.focusWidget() is bar.field


def test_that_a_role_that_may_not_look_for_patients_finds_neither_them_nor_their_reports(
    sign_in: SignInAs,
) -> None:
    page = sign_in(Role.SUPERVISOR)
    row = one_of(page)
    bar = opens(page)
    types(bar, row.family_name)
    assert any(one.sort is Sort.PATIENT for one in shown(bar))
    bar.close_bar()
    page.session.actor = replace(page.session.actor, role=Role.SERVICE_MANAGER)
    types(opens(page), row.family_name)
    assert not any(one.sort in (Sort.PATIENT, Sort.REPORT) for one in shown(bar))


def test_that_a_hub_s_card_leads_to_that_hub_also_when_it_is_the_first_to_be_seen(page: DeskPage) -> None:
    board = board_of(page)
    last = max(board.hubs.cards)
    assert len(board.hubs.cards) > 1
    board.hubs.cards[last].setFocus()
    QTest.keyClick(board.hubs.cards[last], Key.Key_Return)
    assert (page.session.selection.front, page.session.hub_id) == ("hub", last)
