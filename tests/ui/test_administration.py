"""An administrator changes people at the window, by keys alone, with their own login."""

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from console.domain.staff import Account, StaffRow
from tests.support.guarded import PASSWORD, Guarded
from tests.support.secured import TEMPLATE
from tests.ui.signing_in import LONG_MS, type_in
from ui.administration.workspace import AdministrationWorkspace
from ui.desk_page import DeskPage
from ui.dialogs.base import DecisionDialog
from ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SECOND = "four other words by two"


@pytest.fixture
def people(guarded_window: MainWindow, qtbot: QtBot) -> AdministrationWorkspace:
    """Al, who is administrator and nothing else, at the people of the service."""
    type_in(guarded_window, qtbot, "al", PASSWORD)
    qtbot.waitUntil(lambda: guarded_window.page is not None, timeout=LONG_MS)
    page = guarded_window.page
    assert page is not None
    front = page.front
    assert isinstance(front, AdministrationWorkspace)
    qtbot.waitUntil(front.table.isVisible, timeout=LONG_MS)
    return front


def page_of(window: MainWindow) -> DeskPage:
    assert window.page is not None
    return window.page


def row_of(people: AdministrationWorkspace, login: str) -> StaffRow:
    staffing = people._session.staffing
    assert staffing is not None
    return next(row for row in staffing.rows if row.login == login)


def choose(people: AdministrationWorkspace, login: str) -> None:
    """Find somebody by typing."""
    people.focus_search()
    people.search.setText(login)
    people.search.searched.emit(login)
    assert people._session.staff_row is not None
    assert people._session.staff_row.login == login


def opened(window: MainWindow, qtbot: QtBot, command_id: str) -> DecisionDialog:
    """Open the dialog of a command."""
    assert page_of(window).session.commands.run(command_id)
    dialogs = [one for one in window.findChildren(DecisionDialog) if one.isVisible()]
    assert len(dialogs) == 1
    qtbot.waitUntil(dialogs[0].isActiveWindow, timeout=LONG_MS)
    return dialogs[0]


def put(dialog: DecisionDialog, name: str, value: str | bool) -> None:
    field = dialog.form.field(name)  # type: ignore[attr-defined]
    if isinstance(field, QCheckBox):
        field.setChecked(bool(value))
    else:
        assert isinstance(field, QLineEdit)
        QTest.keyClicks(field, str(value))


def save(window: MainWindow, dialog: DecisionDialog, qtbot: QtBot) -> str:
    """Save by keys, and give what is said at the foot."""
    notices = page_of(window).notices
    notices.dismiss()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: notices.isVisible() or dialog.error.isVisible(), timeout=LONG_MS)
    return notices.sentence.text() if notices.isVisible() else dialog.error.text()


def signs_in(guarded: Guarded, login: str, password: str) -> bool:
    """Whether the server lets them in."""
    try:
        where = {"host": "127.0.0.1", "port": guarded.server.port, "dbname": TEMPLATE}
        psycopg.connect(user=login, password=password, **where).close()  # type: ignore[arg-type]
    except psycopg.OperationalError:
        return False
    return True


def test_that_an_administrator_alone_has_a_workspace_and_nothing_goes_wrong_behind_it(
    people: AdministrationWorkspace,
    guarded_window: MainWindow,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = page_of(guarded_window)
    assert page.session.workspaces == ("administration",)
    qtbot.wait(1300)  # the clocks, the kept forms and whatever else begins with the first tick
    qtbot.waitUntil(lambda: not guarded_window.background.busy, timeout=LONG_MS)
    assert not page.notices.isVisible(), page.notices.sentence.text()
    assert not page.away.isVisible()
    assert not page.chaser.isVisible()
    assert not guarded_window.header.connection.isVisible()  # nothing here could be live
    assert not caplog.records, caplog.text
    assert people.table.hasFocus()
    first = people.table.item(0, 0)
    assert first is not None
    assert first.text() == "Al Reed (you)"
    why_not = page.session.commands.why_not
    for command_id in ("window.board", "window.pack", "window.tasks", "referral.new"):
        assert "administrator" in why_not(command_id), command_id
    page.session.go_to("board")
    assert page.front is people
    assert people.table.accessibleName() == "People"


def wrong_below(dialog: DecisionDialog, qtbot: QtBot, name: str, words: str) -> None:
    """Try to save: what is wrong is said below the first such field, all of it in sight."""
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    part = dialog.form._parts[name]  # type: ignore[attr-defined]
    assert words in part.error.text()
    whole = part.error.visibleRegion
    qtbot.waitUntil(lambda: whole().boundingRect() == part.error.rect(), timeout=LONG_MS)
    assert part.field.hasFocus()


def test_that_a_person_is_added_by_keys(
    people: AdministrationWorkspace, guarded_window: MainWindow, guarded: Guarded, qtbot: QtBot
) -> None:
    window = guarded_window
    dialog = opened(window, qtbot, "people.add")
    put(dialog, "name", "Nora Fox")
    put(dialog, "login", "Nora Fox")
    put(dialog, "role.coordinator", value=True)
    put(dialog, "password", PASSWORD)
    put(dialog, "again", "something else")
    wrong_below(dialog, qtbot, "login", "begins with a small letter")
    dialog.form.field("login").clear()  # type: ignore[attr-defined]
    put(dialog, "login", "nora.fox")
    wrong_below(dialog, qtbot, "password", "two passwords are not the same")
    dialog.form.field("again").clear()  # type: ignore[attr-defined]
    put(dialog, "again", PASSWORD)
    assert PASSWORD not in str(dialog.typed())
    assert "Nora Fox may sign in as nora.fox" in save(window, dialog, qtbot)
    assert signs_in(guarded, "nora.fox", PASSWORD)


def test_that_a_person_is_changed_disabled_and_let_in_again(
    people: AdministrationWorkspace, guarded_window: MainWindow, guarded: Guarded, qtbot: QtBot
) -> None:
    window = guarded_window
    choose(people, "kit_self")
    dialog = opened(window, qtbot, "people.roles")
    put(dialog, "role.supervisor", value=True)
    assert "control-room supervisor, practitioner" in save(window, dialog, qtbot)
    dialog = opened(window, qtbot, "people.hubs")
    put(dialog, "hub.DOV", value=False)
    assert save(window, dialog, qtbot) == "Kit Wood sees Folkestone from now on."
    dialog = opened(window, qtbot, "people.password")
    put(dialog, "password", SECOND)
    put(dialog, "again", SECOND)
    save(window, dialog, qtbot)
    assert signs_in(guarded, "kit_self", SECOND)
    assert not signs_in(guarded, "kit_self", PASSWORD)

    dialog = opened(window, qtbot, "people.disable")
    assert "may not sign in any more" in save(window, dialog, qtbot)
    assert not signs_in(guarded, "kit_self", SECOND)
    qtbot.waitUntil(lambda: row_of(people, "kit_self").account is Account.DISABLED, timeout=LONG_MS)
    assert "disabled already" in page_of(window).session.commands.why_not("people.disable")
    dialog = opened(window, qtbot, "people.password")
    assert dialog.windowTitle() == "Let in again"
    put(dialog, "password", PASSWORD)
    put(dialog, "again", PASSWORD)
    save(window, dialog, qtbot)
    assert signs_in(guarded, "kit_self", PASSWORD)


def test_that_nobody_changes_themselves_and_an_empty_search_says_so(
    people: AdministrationWorkspace, guarded_window: MainWindow
) -> None:
    choose(people, "al")
    why_not = page_of(guarded_window).session.commands.why_not
    for command_id in ("people.roles", "people.hubs", "people.password", "people.disable"):
        assert (
            why_not(command_id) == "Nobody changes their own roles, hubs or login: ask another administrator."
        )
    people.search.setText("nobody like that")
    people.search.searched.emit("nobody like that")
    assert people.empty.isVisible()
    assert "Nobody here is like that" in people.empty._sentence.text()
    assert people._session.staff_row is None
    assert QApplication.focusWidget() is not None
