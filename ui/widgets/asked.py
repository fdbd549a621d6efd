"""Asks Qt for what does not belong to whom it is asked of: screen, focus, the next in the order of Tab.

PySide takes the answer of such a question for a child of the widget that was asked, and who goes takes their
children along: two dialogs that had asked for their screen, collected as garbage, deleted it under the
program, which crashed soon after. Nothing else in `ui/` may ask Qt these questions.
"""

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


def screen_of(widget: QWidget) -> QScreen:
    """The screen with the middle of the widget's window, or of the window that it will be shown over."""
    window = widget.window()
    while not window.isVisible() and (over := window.parentWidget()) is not None:
        window = over.window()
    place = window.normalGeometry() if window.isMinimized() else window.frameGeometry()
    there = QGuiApplication.screenAt(place.center()) if window.isVisible() else None
    return there or QGuiApplication.primaryScreen()


def focus_in(window: QWidget) -> QWidget | None:
    """What has the keyboard in this window, or will have it once the window is in front."""
    return _at_home(window.focusWidget())


def next_by_tab(widget: QWidget) -> QWidget | None:
    """What follows in the order of Tab, whether it takes the keyboard or not."""
    return _at_home(widget.nextInFocusChain())


def is_part_of(window: QWidget, widget: QWidget | None) -> bool:
    """Whether it is there still, and in this window; asks nothing of what may be gone."""
    return widget is not None and any(one is widget for one in window.findChildren(QWidget))


def _at_home(answer: QWidget | None) -> QWidget | None:
    """Tie it to its own parent again; for Qt that changes nothing."""
    if answer is not None and (parent := answer.parentWidget()) is not None:
        answer.setParent(parent)
    return answer
