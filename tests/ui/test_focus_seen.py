"""What has the keyboard is seen: enough of it changes, and changes enough, in every theme."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.boards.big_tile import BigTile
from ui.boards.hub_cards import HubCard
from ui.theme.tokens import THEMES, contrast
from ui.widgets.action_bar import KeyButton
from ui.widgets.fields import ChoiceField, NotesField, TextField, TickField
from ui.widgets.filters import FilterChips
from ui.widgets.load_tile import LoadTile


def chips() -> QWidget:
    """Chips of which the first is on."""
    return FilterChips([("all", "All"), ("late", "Overdue 4")], "Show")


def ticked() -> QWidget:
    """A box with words."""
    made = TickField()
    made.setText("Read back")
    return made


THINGS: dict[str, Callable[[], QWidget]] = {
    "primary": lambda: KeyButton("Allocate", "Ctrl+Return", "primary"),
    "danger": lambda: KeyButton("Worse", "F8", "danger"),
    "plain": lambda: KeyButton("Log contact", "Ctrl+L"),
    "chip": chips,
    "text": TextField,
    "notes": NotesField,
    "choice": lambda: ChoiceField([(1, "One")]),
    "tick": ticked,
    "figure": lambda: LoadTile("Overdue"),
    "large figure": lambda: BigTile("Overdue"),
    "hub": HubCard,
}


def changed(before: QImage, after: QImage) -> int:
    """How many pixels differ by 3 to 1 at least, as WCAG 2.2 asks of a focus ring."""
    pairs = [
        (before.pixelColor(x, y).name(), after.pixelColor(x, y).name())
        for x in range(before.width())
        for y in range(before.height())
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    return sum(contrast(*pair) >= 3 for pair in pairs)


@pytest.mark.parametrize("name", THEMES)
def test_that_what_has_the_keyboard_has_a_ring_that_is_seen(
    qapp: QApplication, qtbot: QtBot, name: str
) -> None:
    theme.apply(qapp, name)
    window = QWidget()
    qtbot.addWidget(window)
    window.setObjectName("Ground")
    elsewhere, stack = QPushButton("Elsewhere"), QVBoxLayout(window)
    made = {thing: make() for thing, make in THINGS.items()}
    for widget in (elsewhere, *made.values()):
        stack.addWidget(widget)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for thing, widget in made.items():
        place = widget.findChildren(QPushButton)[0] if isinstance(widget, FilterChips) else widget
        elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
        before = place.grab().toImage()
        place.setFocus(Qt.FocusReason.TabFocusReason)
        assert place.hasFocus()
        assert changed(before, place.grab().toImage()) >= place.width() + place.height(), thing
