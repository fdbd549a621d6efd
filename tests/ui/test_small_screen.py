"""1366x768 at 200 % has room for 683x384: what is there is whole, and the rest scrolls into sight."""

from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.domain.acting import Actor
from console.domain.rows import FeedState
from console.domain.words import Role
from console.steady import steady
from tests.support.cut_text import faults
from tests.support.demo_once import MOMENT
from tests.ui.conftest import SignInAs
from ui.boards.countdown import Countdown
from ui.boards.practitioners import PractitionersPane
from ui.header import Header
from ui.main_window import MainWindow
from ui.widgets.action_bar import KeyButton
from ui.widgets.scrolled import Scrolled

SMALLEST = QSize(683, 384)


def header(qtbot: QtBot, role: Role, *, is_live: bool) -> Header:
    """The head of a training's window on the smallest screen."""
    made = Header(Countdown(lambda: MOMENT))
    qtbot.addWidget(made)
    made.resize(SMALLEST.width(), made.height())
    made.show_service("South Kent Coast Home Visiting", "Training data", is_dated=True)
    made.show_time()
    made.show()
    made.show_person(Actor(1, "Claire Whitmore-Featherstone", role))
    state = FeedState(is_live, True, MOMENT, "Local" if is_live else "Reconnecting", "")
    made.show_state(state, MOMENT, steady())
    qtbot.waitUntil(partial(is_whole, made))
    return made


def is_whole(widget: QWidget) -> None:
    """Fail while a word of it is cut: what was said just now is given its room soon after."""
    assert not list(faults(widget))


def test_that_the_head_says_who_works_here_as_what_on_the_smallest_screen(qtbot: QtBot) -> None:
    made = header(qtbot, Role.COORDINATOR, is_live=True)
    assert Role.COORDINATOR.label in made.person.text()
    assert made.band.text() == "Training data"


def test_that_the_head_says_that_the_line_is_lost_before_it_names_the_person(qtbot: QtBot) -> None:
    made = header(qtbot, Role.SUPERVISOR, is_live=False)
    assert made.connection.words == "Reconnecting, board as of 13:30:00"
    assert made.person.text().strip() == Role.SUPERVISOR.label


def scrolled(qtbot: QtBot) -> tuple[Scrolled, list[QLineEdit]]:
    """Twenty fields below each other in a window that has room for five, whatever the theme."""
    inside = QWidget()
    whole = QVBoxLayout(inside)
    fields = [QLineEdit() for _ in range(20)]
    for field in fields:
        field.setFixedHeight(40)  # higher than its line of letters, as in every theme
        whole.addWidget(field)
    made = Scrolled(inside)
    qtbot.addWidget(made)
    made.resize(300, 240)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    fields[0].setFocus()
    return made, fields


def is_in_sight(made: Scrolled, field: QWidget) -> bool:
    return made.viewport().rect().contains(QRect(field.mapTo(made.viewport(), QPoint(0, 0)), field.size()))


def test_that_what_has_the_keyboard_comes_into_sight_however_it_got_it(qtbot: QtBot) -> None:
    made, fields = scrolled(qtbot)
    assert not is_in_sight(made, fields[15])
    fields[15].setFocus(Qt.FocusReason.OtherFocusReason)
    assert is_in_sight(made, fields[15])


def test_that_nothing_moves_for_what_is_in_sight_already(qtbot: QtBot) -> None:
    made, fields = scrolled(qtbot)
    fields[15].setFocus()
    place = made.verticalScrollBar().value()
    fields[14].setFocus()
    assert made.verticalScrollBar().value() == place > 0


def test_that_the_buttons_over_the_people_are_whole_whatever_stands_before_them(
    window: MainWindow, sign_in: SignInAs, qtbot: QtBot
) -> None:
    page = sign_in(Role.SUPERVISOR)
    window.resize(1280, 720)
    pane = page.findChild(PractitionersPane)
    assert pane is not None
    pane.say_aside("1 over, nobody on duty")
    pane._fit_head()
    buttons = [one for one in pane.findChildren(KeyButton) if one.isVisible()]
    assert len(buttons) == 3
    qtbot.waitUntil(lambda: all(one.width() >= one.sizeHint().width() for one in buttons))
    assert pane.aside.width() >= pane.aside.sizeHint().width()
