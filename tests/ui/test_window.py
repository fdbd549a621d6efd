"""The window as people meet it, over a real demo."""

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from console.domain.rows import Person
from console.domain.words import Role
from console.steady import steady
from tests.ui.conftest import LONG_MS, SignInAs
from ui.boards import referral_cells as cells
from ui.boards.board import BoardWorkspace
from ui.boards.countdown import Countdown
from ui.desk_page import DeskPage
from ui.header import Header
from ui.help import HelpDialog
from ui.main_window import MainWindow
from ui.sign_in import SignIn


def board_of(page: DeskPage) -> BoardWorkspace:
    front = page.front
    assert isinstance(front, BoardWorkspace)
    return front


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def test_that_a_person_signs_in_by_typing_part_of_a_name_and_enter(window: MainWindow, qtbot: QtBot) -> None:
    sign_in = window.start.sign_in
    assert sign_in is not None
    person = next(one for one in window.people if one.roles == (Role.COORDINATOR,))
    QTest.keyClicks(sign_in.name, person.name.split()[-1].lower())
    QTest.keyClick(sign_in.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page is not None)
    assert window.page is not None
    assert window.page.session.actor.name == person.name
    assert window.page.session.actor.role is Role.COORDINATOR


def test_that_somebody_with_two_roles_is_asked_in_which_one(qtbot: QtBot) -> None:
    both = (Role.CLINICIAN, Role.SUPERVISOR)
    sign_in = SignIn([Person(1, "amoss", "Ann Moss", both, (1,), None, "C1234567")])
    qtbot.addWidget(sign_in)
    sign_in.show()
    QTest.keyClick(sign_in.name, Qt.Key.Key_Return)
    assert [button.text() for button in sign_in.role_buttons] == ["Duty clinician", "Control-room supervisor"]
    with qtbot.waitSignal(sign_in.chosen) as chosen:
        QTest.keyClick(sign_in.role_buttons[1], Qt.Key.Key_Return)
    assert chosen.args is not None
    assert chosen.args[1] is Role.SUPERVISOR


def test_that_a_name_that_nobody_has_is_answered_with_what_to_do(window: MainWindow) -> None:
    sign_in = window.start.sign_in
    assert sign_in is not None
    QTest.keyClicks(sign_in.name, "zzzz")
    assert sign_in.person is None
    assert not sign_in.role_buttons


def test_that_the_board_shows_every_open_referral_with_999_and_untriaged_on_top(page: DeskPage) -> None:
    board = board_of(page)
    rows = list(board.referrals.model.rows())
    assert {row.id for row in rows} == set(page.session.live.referrals.by_id)
    assert rows == sorted(rows, key=lambda row: (cells.order(row), row.id))
    assert rows[0].asks_ambulance
    waits_for_triage = [row.is_untriaged for row in rows if not row.asks_ambulance]
    assert waits_for_triage == sorted(waits_for_triage, reverse=True)


def test_that_the_strip_counts_what_the_table_shows(page: DeskPage) -> None:
    board = board_of(page)
    rows = page.session.live.referrals.by_id.values()
    now = page.session.now()
    assert board.strip.tiles["triage"].figure == str(sum(row.is_untriaged for row in rows))
    assert board.strip.tiles["overdue"].figure == str(sum(cells.is_over(row, now) for row in rows))
    QTest.keyClick(board.strip.tiles["triage"], Qt.Key.Key_Space)
    assert all(row.is_untriaged for row in board.referrals.model.rows())


def test_that_a_filter_never_hides_an_overdue_patient_silently(page: DeskPage) -> None:
    referrals = board_of(page).referrals
    referrals.show_only("out")
    hidden = [row for row in referrals._hidden_rows() if row.is_untriaged]
    assert hidden
    assert referrals.hidden.isVisible()
    assert f"{len(hidden)} not triaged" in referrals.hidden.text()
    QTest.keyClick(referrals.hidden, Qt.Key.Key_Space)
    assert referrals.model.hidden == 0


def test_that_ctrl_f_finds_a_patient_by_any_part_of_what_the_row_holds(page: DeskPage, qtbot: QtBot) -> None:
    board = board_of(page)
    wanted = board.referrals.model.rows()[3]
    page.session.commands.action("window.find").trigger()
    assert board.referrals.search.hasFocus()
    QTest.keyClicks(board.referrals.search, wanted.number.lower())
    press(Qt.Key.Key_Return)
    assert [row.id for row in board.referrals.model.rows()] == [wanted.id]
    page.session.commands.action("window.find").trigger()
    press(Qt.Key.Key_Escape)
    assert board.referrals.model.hidden == 0


def test_that_enter_opens_the_chosen_referral_and_escape_closes_it(page: DeskPage, qtbot: QtBot) -> None:
    board, panel = board_of(page), page.panel
    row = board.referrals.model.rows()[1]
    board.referrals.view.select_id(row.id)
    board.referrals.view.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.record is not None, timeout=LONG_MS)
    assert panel.record is not None
    assert panel.record.row.id == row.id
    assert row.family_name.upper() in panel.banner.accessibleName()
    assert not board.practitioners.isVisible()
    press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert board.practitioners.isVisible()
    assert board.referrals.view.selected_id() == row.id


def test_that_the_open_record_is_always_that_of_the_chosen_patient(page: DeskPage, qtbot: QtBot) -> None:
    board, panel = board_of(page), page.panel
    first, second = board.referrals.model.rows()[:2]
    board.referrals.view.select_id(first.id)
    page.session.open_record(first.id)
    qtbot.waitUntil(lambda: panel.record is not None, timeout=LONG_MS)
    board.referrals.view.select_id(second.id)
    # At once, before the other record is there: nothing of the first patient may be read any more.
    assert not panel.banner.isVisible()
    qtbot.waitUntil(lambda: panel.record is not None and panel.record.row.id == second.id, timeout=LONG_MS)


def test_that_a_change_by_another_console_arrives_in_board_and_panel(page: DeskPage, qtbot: QtBot) -> None:
    session, board = page.session, board_of(page)
    row = next(one for one in board.referrals.model.rows() if one.worse_at is None)
    board.referrals.view.select_id(row.id)
    session.open_record(row.id)
    qtbot.waitUntil(lambda: page.panel.record is not None, timeout=LONG_MS)
    session.desk.referrals.worse(row.id, "Short of breath now.")
    qtbot.waitUntil(lambda: session.live.referrals.by_id[row.id].worse_at is not None, timeout=LONG_MS)
    assert board.referrals.view.selected_id() == row.id

    def is_read_again() -> bool:
        return page.panel.record is not None and page.panel.record.row.worse_at is not None

    qtbot.waitUntil(is_read_again, timeout=LONG_MS)


def test_that_the_last_step_is_undone_by_ctrl_z(page: DeskPage, qtbot: QtBot) -> None:
    session = page.session
    row = next(one for one in session.live.referrals.by_id.values() if one.priority == 3)
    session.perform(
        lambda: session.desk.triage.change_priority(row.id, row.version, 2, "Worse"), "Priority raised."
    )
    qtbot.waitUntil(lambda: page.notices.step is not None, timeout=LONG_MS)
    assert page.notices.undo.isVisible()
    session.commands.action("window.undo").trigger()
    qtbot.waitUntil(lambda: session.live.referrals.by_id[row.id].priority == 3, timeout=LONG_MS)
    qtbot.waitUntil(lambda: page.notices.sentence.text().startswith("Undone"), timeout=LONG_MS)


def test_that_what_cannot_be_done_is_said_in_the_window(page: DeskPage, qtbot: QtBot) -> None:
    session = page.session
    row = next(iter(session.live.referrals.by_id.values()))
    session.perform(lambda: session.desk.triage.accept(row.id, row.version - 1), "Accepted.")
    qtbot.waitUntil(page.notices.isVisible, timeout=LONG_MS)
    assert page.notices.property("tone") == "warn"
    assert "Accepted." not in page.notices.sentence.text()


def test_that_f6_goes_round_all_panes_and_comes_back(page: DeskPage) -> None:
    board = board_of(page)
    board.referrals.view.setFocus()
    seen = []
    for _ in page.panes():
        page.session.commands.action("window.panes").trigger()
        seen.append(QApplication.focusWidget())
    assert len(set(map(id, seen))) == len(page.panes())
    assert seen[-1] is board.referrals.view


def test_that_f1_lists_every_command_that_there_is(window: MainWindow, page: DeskPage) -> None:
    page.session.commands.action("window.help").trigger()
    dialog = next(one for one in window.findChildren(HelpDialog) if one.isVisible())
    dialog.show_matching("")
    keys = {line.key for line in page.session.commands.help()}
    assert {"Ctrl+N", "Ctrl+Enter", "F1", "Ctrl+Z"} <= keys
    dialog.close()


def test_that_the_next_person_sees_nothing_of_the_last_one(sign_in: SignInAs, window: MainWindow) -> None:
    first = sign_in(Role.COORDINATOR).session
    second = sign_in(Role.CLINICIAN).session
    assert second is not first
    assert second.actor.role is Role.CLINICIAN
    assert window.actions()
    assert all(action in second.commands.actions() for action in window.actions())


def test_that_no_pane_stays_live_when_the_feed_is_silent(page: DeskPage, window: MainWindow) -> None:
    board = board_of(page)
    later = steady() + 30  # as after a sleep of the computer, too
    page.session.countdown.steady = lambda: later
    page.session.live.stop()
    page.session.countdown.ticked.emit()
    assert board.referrals.age.is_old
    assert board.practitioners.age.is_old
    assert window.header.connection.words.startswith("Reconnecting, board as of")


def test_that_a_board_on_a_clock_of_its_own_stays_live(
    page: DeskPage, window: MainWindow, qtbot: QtBot
) -> None:
    board, live = board_of(page), page.session.live
    tomorrow = page.session.now() + dt.timedelta(days=1)
    page.session.countdown.now = lambda: tomorrow
    before = live.as_of
    qtbot.waitUntil(lambda: live.as_of != before, timeout=LONG_MS)
    page.session.countdown.ticked.emit()
    assert not board.referrals.age.is_old
    assert window.header.connection.words.startswith("Local, ")


def test_that_a_quiet_board_stays_live_by_the_beat_of_the_feed(page: DeskPage, qtbot: QtBot) -> None:
    board, live = board_of(page), page.session.live
    before = live.as_of
    assert before is not None
    qtbot.waitUntil(lambda: live.as_of is not None and live.as_of > before, timeout=LONG_MS)
    assert board.referrals.age._as_of == live.as_of
    assert not board.referrals.age.isVisible()


def test_that_keys_reach_their_commands_from_wherever_the_focus_is(
    window: MainWindow, page: DeskPage, qtbot: QtBot
) -> None:
    board = board_of(page)
    for pane in (board.referrals.view, board.practitioners.view, board.strip.tiles["free"]):
        # What a window manager does once a dialog has gone.
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=LONG_MS)
        pane.setFocus()
        press(Qt.Key.Key_F1)
        dialog = next(one for one in window.findChildren(HelpDialog) if one.isVisible())
        dialog.reject()
        qtbot.waitUntil(lambda: not window.findChildren(HelpDialog))


def test_that_the_board_has_the_keyboard_as_soon_as_its_rows_are_there(page: DeskPage) -> None:
    assert board_of(page).referrals.view.hasFocus()


def test_that_every_control_has_a_name_to_be_read_aloud(window: MainWindow, page: DeskPage) -> None:
    shown = [one for one in window.findChildren(QAbstractButton) if one.isVisible()]
    # The icons inside a field are not controls of their own: the field is named.
    buttons = [one for one in shown if not isinstance(one.parent(), QLineEdit)]
    assert buttons
    assert not [one for one in buttons if not (one.accessibleName() or one.text())]


def test_that_no_time_is_shown_until_it_is_the_servers(qtbot: QtBot, window: MainWindow) -> None:
    nine = dt.datetime(2026, 7, 1, 8, 0, tzinfo=dt.UTC)
    countdown = Countdown(lambda: nine)
    header = Header(countdown)
    qtbot.addWidget(header)
    shown = header.findChildren(QLabel)
    countdown.ticked.emit()
    assert [label.text() for label in shown if ":" in label.text()] == []
    header.show_time()
    assert [label.text() for label in shown if ":" in label.text()] == ["09:00:00"]
    countdown.stop()
    # The one of the window has asked the database by now.
    assert any(":" in label.text() for label in window.header.findChildren(QLabel))


def test_that_a_window_that_gets_its_keys_back_chooses_nobody_while_another_row_is_on_its_way(
    page: DeskPage,
) -> None:
    board = board_of(page)
    view, not_there_yet = board.referrals.view, 10_000_000
    view.enter()
    page.open_record(not_there_yet)
    view.setFocus()
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.ActiveWindowFocusReason))
    assert page.session.referral is None, "The keys would act on another patient."
    row = next(iter(page.session.live.referrals.by_id.values()))
    page.session.live.referrals.change([replace(row, id=not_there_yet, number="R-2026-999999")])
    page.session.live.changed.emit()
    assert page.session.referral_id == not_there_yet
