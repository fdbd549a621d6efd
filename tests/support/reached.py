"""Finds controls that Tab does not come to, and those that do not show that they have the keyboard."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit,
)  # fmt: skip
_MOST = 250


def faults(top: QWidget) -> Iterator[str]:
    """Press Tab until it comes round, and say of each control what is wrong with it."""
    top.activateWindow()
    QTest.qWait(1)
    wanted = controls(top)
    before = {control: picture(control) for control in wanted if not control.hasFocus()}
    reached: list[QWidget] = []
    for _ in range(_MOST):
        here = QApplication.focusWidget()
        if here is None or not top.isAncestorOf(here):
            yield f"Tab leads out of it, to {'nothing' if here is None else name_of(here)}"
            return
        if here in reached:
            break
        reached.append(here)
        if here in before and picture(here) == before[here]:
            yield f"{name_of(here)} does not show that it has the keyboard"
        QTest.keyClick(here, Qt.Key.Key_Tab)
    for control in wanted:
        if control not in reached and not _with_another(control, reached):
            yield f"{name_of(control)} is not reached by Tab"


def controls(top: QWidget) -> list[QWidget]:
    """Everything in a window that somebody may want to use now."""
    return [
        one
        for one in top.findChildren(QWidget)
        if isinstance(one, _CONTROLS)
        and not isinstance(one, QHeaderView)
        and one.isVisible()
        and one.isEnabled()
        and one.window() is top
        and not isinstance(one.parent(), (QComboBox, QAbstractSpinBox, QAbstractItemView, QLineEdit))
    ]


def picture(widget: QWidget) -> QImage:
    """How it looks now."""
    return widget.grab().toImage()


def name_of(widget: QWidget) -> str:
    """What it is, and what it is called."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text!r}"


def _with_another(control: QWidget, reached: list[QWidget]) -> bool:
    """Of a group of which one is chosen Tab comes to that one, and the arrow keys to the others."""
    if not isinstance(control, QAbstractButton):
        return False
    group: QButtonGroup | None = control.group()
    if group is not None and group.exclusive():
        return any(one in reached for one in group.buttons())
    return control.autoExclusive() and any(
        isinstance(one, QAbstractButton) and one.autoExclusive() and one.parent() is control.parent()
        for one in reached
    )
