"""Qt for Python once lost references to None and True, until the interpreter aborted."""

import sys

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

A_FEW = 50  # what else happens in the interpreter meanwhile


def least(before: int) -> int:
    """Give what is left of a count of before: all of it, but what immortal things of Python 3.12 even out."""
    if sys.version_info >= (3, 12):
        before = min(before, sys.getrefcount(Ellipsis))
    return before - A_FEW


class Bell(QObject):
    """Rings with a truth value."""

    rung = Signal(bool)

    @Slot(bool)
    def hear(self, is_loud: bool) -> None:
        self.heard = is_loud


def test_that_setting_text_keeps_the_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(2_000):
        label.setText(str(number))
    assert sys.getrefcount(None) >= least(before)


def test_that_emitting_a_signal_keeps_the_references_to_true(qapp: object) -> None:
    bell = Bell()
    bell.rung.connect(bell.hear)
    before = sys.getrefcount(True)
    for _ in range(10_000):
        bell.rung.emit(True)
    assert bell.heard
    assert sys.getrefcount(True) >= least(before)
