"""Giving the keyboard to a pane of a workspace."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def enter(pane: QWidget) -> bool:
    """Give the keyboard to a pane: itself, or the first thing in it that takes keys."""
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus:
        pane.setFocus(Qt.FocusReason.TabFocusReason)
        return True
    for inner in pane.findChildren(QWidget):
        if inner.focusPolicy() & Qt.FocusPolicy.TabFocus and inner.isVisible() and inner.isEnabled():
            inner.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
