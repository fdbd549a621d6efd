"""What is asked of a role: seen on the board, announced everywhere, accepted and done by keys."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.alarms import Sound
from console.domain.words import (
    Availability,
    Channel,
    ContactResult,
    ContactWith,
    MarkerKind,
    Role,
    TaskKind,
    VisitStatus,
)
from tests.support.painted_text import painted
from tests.ui.conftest import LONG_MS, SignInAs
from ui.boards import task_cells
from ui.boards.board import BoardWorkspace
from ui.boards.referrals import found_by
from ui.desk_page import DeskPage
from ui.main_window import MainWindow
from ui.said import is_said


def board_of(page: DeskPage) -> BoardWorkspace:
    front = page.front
    assert isinstance(front, BoardWorkspace)
    return front


def run(page: DeskPage, command_id: str) -> None:
    page.session.commands.action(command_id).trigger()


def test_that_the_board_shows_what_is_asked_of_ones_role_and_nothing_else(page: DeskPage) -> None:
    board, live = board_of(page), page.session.live
    mine = {row.id for row in live.tasks.by_id.values() if row.role is Role.COORDINATOR}
    assert mine
    assert {row.id for row in board.tasks.model.rows()} == mine
    assert board.tasks.isVisible()
    assert board.strip.tiles["tasks"].figure == str(len(mine))


@pytest.mark.parametrize("is_accepted", [False, True])
def test_that_the_name_of_no_task_is_cut_beside_the_board(is_accepted: bool, page: DeskPage) -> None:
    model = board_of(page).tasks.model
    like = next(row for row in model.rows() if row.referral_id)
    if is_accepted:
        like = replace(like, accepted_by="Jo Bates", accepted_at=like.created_at)
    for kind in TaskKind:
        model.reset([replace(like, kind=kind)])
        assert kind.label in [one.words for one in painted(board_of(page).tasks)]


def test_that_what_a_practitioner_does_is_never_cut_beside_the_board(page: DeskPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    window.show_theme("light")  # with the letters that people see
    pane = board_of(page).practitioners
    assert pane.view.viewport().width() < 390
    like = next(row for row in pane.model.rows() if row.referral_id)
    for doing in Availability:
        pane.model.reset([replace(like, availability=doing, expected_clear_at=None)])
        said = {one.words for one in painted(pane.view)}
        assert like.name in said
        assert not [one for one in said if one.endswith("…")]


def test_that_one_key_leads_to_the_urgent_task_and_two_more_accept_it(page: DeskPage, qtbot: QtBot) -> None:
    board, live = board_of(page), page.session.live
    run(page, "window.tasks")
    assert board.tasks.view.hasFocus()
    task = page.session.task
    assert task is not None
    assert task.kind is TaskKind.AMBULANCE_TAKE_OVER
    assert page.alert.isVisible()
    run(page, "task.accept")
    qtbot.waitUntil(lambda: live.tasks.by_id[task.id].accepted_by is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not page.alert.isVisible(), timeout=LONG_MS)
    assert board.tasks.view.selected_id() == task.id
    assert board.tasks.step.accessibleName() == "Task done"


def test_that_a_figure_of_the_strip_leads_to_the_tasks_also_from_behind_a_record(
    page: DeskPage, qtbot: QtBot
) -> None:
    board = board_of(page)
    page.session.open_record(board.referrals.model.rows()[0].id)
    qtbot.waitUntil(lambda: page.panel.record is not None, timeout=LONG_MS)
    assert not board.tasks.isVisible()
    QTest.keyClick(board.strip.tiles["tasks"], Qt.Key.Key_Return)
    assert board.tasks.view.hasFocus()
    assert not page.panel.isVisible()


def test_that_enter_on_a_task_opens_the_patient_it_is_about(page: DeskPage, qtbot: QtBot) -> None:
    board = board_of(page)
    run(page, "window.tasks")
    task = page.session.task
    assert task is not None
    QTest.keyClick(board.tasks.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.panel.record is not None, timeout=LONG_MS)
    assert page.panel.opened == task.referral_id == page.session.referral_id


def test_that_a_clinician_in_another_workspace_sees_at_once_that_a_patient_is_worse(
    sign_in: SignInAs, qtbot: QtBot
) -> None:
    page = sign_in(Role.CLINICIAN)
    session = page.session
    page.go_to("hub")
    for task in task_cells.to_answer(session.live.tasks.by_id.values(), session.actor, None):
        session.desk.tasks.accept(task.id, task.version)
    qtbot.waitUntil(lambda: not page.alert.isVisible(), timeout=LONG_MS)
    row = next(
        one for one in session.live.referrals.by_id.values() if one.is_waiting and one.worse_at is None
    )
    session.desk.referrals.worse(row.id, "Cannot finish a sentence.")
    qtbot.waitUntil(page.alert.isVisible, timeout=LONG_MS)
    assert row.family_name.upper() in page.alert.sentence.text()
    assert "Patient worse" in page.alert.accessibleName()
    QTest.keyClick(page.alert.show_button, Qt.Key.Key_Space)
    chosen = session.task
    assert chosen is not None
    assert chosen.referral_id == row.id
    assert board_of(page).tasks.view.hasFocus()


def test_that_a_clinician_alone_at_a_hub_is_called_when_somebody_drives_to_a_wrong_door(
    sign_in: SignInAs, qtbot: QtBot
) -> None:
    page = sign_in(Role.CLINICIAN)
    session = page.session
    for task in task_cells.to_answer(session.live.tasks.by_id.values(), session.actor, None):
        session.desk.tasks.accept(task.id, task.version)
    qtbot.waitUntil(lambda: not page.alert.isVisible(), timeout=LONG_MS)
    row = next(
        one for one in session.live.referrals.by_id.values() if one.visit_status is VisitStatus.EN_ROUTE
    )
    with qtbot.waitSignal(page.alarms.sounded, timeout=LONG_MS) as heard:
        session.desk.referrals.correct_address(row.id, row.version, "9 High Street", "CT20 1AA", "The caller")
    assert heard.args == [Sound.URGENT]
    qtbot.waitUntil(page.alert.isVisible, timeout=LONG_MS)
    assert "Corrected address: tell" in page.alert.accessibleName()
    run(page, "window.tasks")
    chosen = session.task
    assert chosen is not None
    assert (chosen.referral_id, chosen.title) == (row.id, "Corrected address: tell")
    run(page, "task.accept")
    qtbot.waitUntil(lambda: not page.alert.isVisible(), timeout=LONG_MS)
    assert session.live.tasks.by_id[chosen.id].accepted_by == session.actor.name


def test_that_a_role_of_which_nothing_is_asked_is_told_so(sign_in: SignInAs, qtbot: QtBot) -> None:
    page = sign_in(Role.PRACTITIONER)
    desk, tasks = page.session.desk, page.session.live.tasks.by_id
    for task in [one for one in tasks.values() if one.role is Role.PRACTITIONER]:
        desk.tasks.done(task.id, task.version, "Written and on its way.")
    qtbot.waitUntil(lambda: all(one.role is not Role.PRACTITIONER for one in tasks.values()), timeout=LONG_MS)
    run(page, "window.tasks")
    assert "Nothing is asked of your role" in page.notices.sentence.text()
    assert not board_of(page).tasks.isVisible()


def test_that_tab_goes_from_the_table_to_what_can_be_done_about_its_row(page: DeskPage) -> None:
    board = board_of(page)
    board.referrals.view.select_id(board.referrals.model.rows()[1].id)
    board.referrals.view.setFocus()
    reached = []
    for _ in range(2):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert all(one is not None and board.referrals.bar.isAncestorOf(one) for one in reached)


def test_that_999_and_worse_stand_in_the_bar_whatever_the_next_step_is(page: DeskPage) -> None:
    board = board_of(page)
    for row in board.referrals.model.rows():
        board.referrals.view.select_id(row.id)
        QApplication.processEvents()
        shown = [
            one.accessibleName()
            for one in board.referrals.bar.findChildren(type(board.tasks.step))
            if one.isVisible()
        ]
        assert "Worse" in shown, row.number
        assert ("Upgrade to 999" in shown) is not row.asks_ambulance, row.number


@pytest.mark.parametrize("how", ["contact", "marker", "task"])
def test_that_the_open_record_takes_in_what_is_added_beside_it(
    page: DeskPage, qtbot: QtBot, how: str
) -> None:
    session = page.session
    row = next(
        one for one in session.live.referrals.by_id.values() if one.is_waiting and one.worse_at is None
    )
    session.open_record(row.id)
    qtbot.waitUntil(lambda: page.panel.record is not None, timeout=LONG_MS)
    before = page.panel.record
    assert before is not None
    if how == "contact":
        session.desk.contacts.record(
            row.id, ContactWith.PATIENT, Channel.TELEPHONE, row.phone, ContactResult.SPOKEN, said="No change."
        )
    elif how == "marker":
        review = session.now().date() + dt.timedelta(days=90)
        session.desk.markers.add(row.patient_id, None, None, MarkerKind.ACCESS, "Key safe", review)
    else:
        session.desk.referrals.worse(row.id, "Drowsy.")

    def is_taken_in() -> bool:
        now = page.panel.record
        if now is None:
            return False
        return {
            "contact": len(now.contacts) > len(before.contacts),
            "marker": len(now.markers) > len(before.markers),
            "task": len(now.tasks) > len(before.tasks),
        }[how]

    qtbot.waitUntil(is_taken_in, timeout=LONG_MS)


def test_that_a_patient_is_found_by_what_a_caller_says(page: DeskPage) -> None:
    row = next(
        one for one in page.session.live.referrals.by_id.values()
        if one.postcode and one.birth_date and one.nhs_number and one.practice
    )  # fmt: skip
    assert row.postcode
    assert row.birth_date
    assert row.nhs_number
    assert row.practice
    said = (
        row.family_name[:3], row.number[-4:], row.postcode, row.postcode.replace(" ", ""),
        row.nhs_number[3:7], f"{row.birth_date:%d/%m/%Y}", row.practice[:6], row.hub,
    )  # fmt: skip
    for words in said:
        assert is_said(words.casefold(), found_by(row)), words
    assert not is_said("nobody of that name", found_by(row))


def test_that_the_middle_of_a_patients_name_will_do_on_the_board_too(page: DeskPage) -> None:
    pane = board_of(page).referrals
    row = next(
        one for one in pane.model.rows() if not is_said(one.family_name[1:5].casefold(), found_by(one))
    )
    pane.search.searched.emit(row.family_name[1:5])
    assert row.id in {one.id for one in pane.model.rows()}
    pane.search.searched.emit("nobody of that name")
    assert not pane.model.rows()


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("stone", False), ("folke", True), ("o'n", True), ("neill", True), ("street", True), ("1ju", True),
        ("ct201ju", True), ("943 476 5919", True), ("4765919", True), ("5555", True), ("3/10/1941", True),
        ("eill", False), ("mary neill", True), ("(mary)", False),
    ],
)  # fmt: skip
def test_that_what_is_typed_is_found_where_a_word_begins_and_anywhere_in_a_number(
    typed: str, is_found: bool
) -> None:
    text = "fk-0012 o'neill anne-mary 9434765919 03/10/1941 high street folkestone ct20 1ju ct201ju 013035555"
    assert is_said(typed, text) is is_found


def test_that_a_small_screen_shows_one_thing_at_a_time_and_escape_leads_back(
    page: DeskPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1024, 640)
    board = board_of(page)
    qtbot.waitUntil(lambda: not board.beside.isVisible())
    assert board.referrals.isVisible()
    run(page, "window.tasks")
    assert board.tasks.view.hasFocus()
    assert not board.referrals.isVisible()
    QTest.keyClick(board.tasks.view, Qt.Key.Key_Escape)
    assert board.referrals.view.hasFocus()
    assert not board.beside.isVisible()
