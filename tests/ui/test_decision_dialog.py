"""The decision dialog: never waited for, and what was typed stays when the step is refused."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.refusals import Refused
from ui.background import Background
from ui.dialogs.base import DecisionDialog
from ui.widgets.asked import screen_of
from ui.widgets.fields import NotesField, TextField
from ui.widgets.form import Form

# The offscreen platform says this of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    """A background that is stopped and joined."""
    made = Background()
    yield made
    made.stop()


class Allocate(DecisionDialog):
    """A decision whose step waits until the test lets it go."""

    def __init__(self, parent: QWidget, background: Background) -> None:
        super().__init__(parent, "Allocate", "Choose who goes.", "Allocate")
        self.background = background
        self.who = TextField()
        self.form = Form()
        self.form.add("who", "Who", self.who, needed="Say who goes.")
        self.body.addWidget(self.form)
        self.may_go = threading.Event()
        self.sent: list[str] = []

    def submit(self) -> None:
        values = self.form.read()
        if values is not None:
            self.perform(self.background, self._step, self.sent.append)

    def _step(self) -> str:
        self.may_go.wait()
        if self.who.text() == "Busy":
            raise Refused("Busy is already on the way to another patient.")
        if self.who.text() == "Broken":
            raise RuntimeError("SMITH, John")
        return self.who.text()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """The window underneath."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(qtbot: QtBot, background: Background, window: QWidget) -> Allocate:
    """The dialog, open over a window."""
    made = Allocate(window, background)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    with qtbot.waitExposed(made):
        made.open()
    return made


def test_that_it_begins_in_its_first_field(dialog: Allocate) -> None:
    assert dialog.focusWidget() is dialog.who


def test_that_enter_in_a_field_does_not_submit_and_control_enter_does(dialog: Allocate, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.who, "Osei")
    QTest.keyClick(dialog.who, Qt.Key.Key_Return)
    assert dialog.sent == []
    QTest.keyClick(dialog.who, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.is_busy
    dialog.may_go.set()
    qtbot.waitUntil(lambda: dialog.sent == ["Osei"])
    assert not dialog.isVisible()


def test_that_what_is_missing_is_said_before_anything_is_sent(dialog: Allocate) -> None:
    dialog.primary.click()
    assert dialog.who.accessibleDescription() == "Say who goes."
    assert not dialog.is_busy


def test_that_a_refusal_is_said_and_what_was_typed_stays(dialog: Allocate, qtbot: QtBot) -> None:
    dialog.who.setText("Busy")
    dialog.primary.click()
    dialog.may_go.set()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.isVisible()
    assert dialog.error.text() == "Busy is already on the way to another patient."
    assert dialog.who.text() == "Busy"
    assert dialog.who.isEnabled()


def test_that_a_fault_of_ours_is_said_without_a_patients_name(dialog: Allocate, qtbot: QtBot) -> None:
    dialog.who.setText("Broken")
    dialog.primary.click()
    dialog.may_go.set()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert "fault in the program" in dialog.error.text()
    assert "SMITH" not in dialog.error.text() + dialog.error.toolTip()


def test_that_escape_leaves_but_not_while_the_step_is_on_its_way(dialog: Allocate, qtbot: QtBot) -> None:
    dialog.who.setText("Osei")
    dialog.primary.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.may_go.set()
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_that_escape_leaves_without_a_step(dialog: Allocate) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.sent == []


def test_that_typing_replaces_what_was_filled_in_before_the_dialog_came_to_the_front(
    window: QWidget, background: Background, qtbot: QtBot
) -> None:
    made = Allocate(window, background)
    made.form.setEnabled(False)  # until its values are read in the background
    made.open()
    assert not made.isActiveWindow()
    made.who.setText("Sam Hill")
    made.form.setEnabled(True)
    made.form.focus_first()
    qtbot.waitUntil(made.who.hasFocus)
    QTest.keyClicks(made.who, "Nia Khan")
    assert made.who.text() == "Nia Khan"
    made.who.clear()
    made.close()


def test_that_a_dialog_that_grows_over_the_edge_of_the_screen_comes_back(
    dialog: Allocate, qtbot: QtBot
) -> None:
    room = screen_of(dialog).availableGeometry()
    dialog.move(room.right() - dialog.width(), room.bottom() - dialog.height())
    before = dialog.height()
    dialog.form.add("why", "Why", NotesField(6))
    qtbot.waitUntil(lambda: dialog.height() > before)
    assert room.contains(dialog.frameGeometry())


def test_that_what_is_said_below_a_dialog_as_high_as_the_screen_makes_it_no_higher(qtbot: QtBot) -> None:
    dialog = DecisionDialog(None, "New referral", "Until triage.", "Take in")
    qtbot.addWidget(dialog)
    for _ in range(60):
        dialog.body.addWidget(TextField())
    with qtbot.waitExposed(dialog):
        dialog.open()
    before = dialog.height()
    dialog.show_error("It cannot be taken in.", "Say who the patient is.")
    QApplication.processEvents()
    assert dialog.error.isVisible()
    assert dialog.height() == before
