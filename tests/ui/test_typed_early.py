"""Whoever types as soon as a dialog is there finds it where it would stand had they waited."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.words import Role
from tests.ui.conftest import LONG_MS, SignInAs
from tests.ui.test_every_dialog_kept import opens_a_dialog, places, shown
from ui.background import Background
from ui.dialogs.base import DecisionDialog
from ui.session import Session
from ui.widgets.typed_values import typed_values

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FIRST, REST = "a b", "c7"


@contextmanager
def held_up(background: Background) -> Iterator[None]:
    """Let nothing be read in the background until the end."""
    may_go = threading.Event()
    for _ in range(2):
        background.run(may_go.wait)
    try:
        yield
    finally:
        may_go.set()


def all_read(dialog: DecisionDialog, background: Background, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.isActiveWindow() and not background.busy, timeout=LONG_MS)
    QApplication.processEvents()


def typed(dialog: DecisionDialog, text: str) -> None:
    """Type; where nothing has the keyboard, the window in front has it."""
    for letter in text:
        focused = QApplication.activePopupWidget() or QApplication.focusWidget() or dialog
        QTest.keyClicks(focused, letter)
        QApplication.processEvents()


def opened(session: Session, command_id: str) -> DecisionDialog:
    session.commands.run(command_id)
    dialog = shown(session)
    assert dialog is not None, command_id
    return dialog


def what_stands(dialog: DecisionDialog) -> list[dict[str, Any]]:
    """What stands in the fields; the dialog is gone after that."""
    values = typed_values(dialog._inside)
    if (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()
    dialog.done(0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return values


def typed_late(session: Session, command_id: str, qtbot: QtBot) -> tuple[list[dict[str, Any]], bool]:
    """What stands there, and whether anything was read for it."""
    dialog = opened(session, command_id)
    is_read = session.background.busy > 0
    all_read(dialog, session.background, qtbot)
    typed(dialog, FIRST + REST)
    return what_stands(dialog), is_read


def typed_before_it_is_read(session: Session, command_id: str, qtbot: QtBot) -> list[dict[str, Any]]:
    with held_up(session.background):
        dialog = opened(session, command_id)
        qtbot.waitUntil(dialog.isActiveWindow, timeout=LONG_MS)
        typed(dialog, FIRST)
    all_read(dialog, session.background, qtbot)
    typed(dialog, REST)
    return what_stands(dialog)


def typed_where_it_was_read_first(session: Session, command_id: str, qtbot: QtBot) -> list[dict[str, Any]]:
    """What is read has come before the window system has brought the dialog to the front."""
    dialog, background = opened(session, command_id), session.background
    while background.busy:
        QCoreApplication.sendPostedEvents(background, QEvent.Type.MetaCall.value)
    assert not dialog.isActiveWindow()
    all_read(dialog, background, qtbot)
    typed(dialog, FIRST + REST)
    return what_stands(dialog)


def test_that_nothing_typed_into_a_dialog_is_lost_or_misplaced(sign_in: SignInAs, qtbot: QtBot) -> None:
    done: set[str] = set()
    read: set[str] = set()
    wrong: list[str] = []
    for role in (Role.CLINICIAN, Role.COORDINATOR, Role.SUPERVISOR):
        page = sign_in(role)
        session = page.session
        for _ in places(page):
            for command in session.commands:
                if command.id in done or not opens_a_dialog(session, command.id):
                    continue
                done.add(command.id)
                late, is_read = typed_late(session, command.id, qtbot)
                read.update({command.id} if is_read else ())
                for way in (typed_before_it_is_read, typed_where_it_was_read_first) if is_read else ():
                    early = way(session, command.id, qtbot)
                    if early != late:
                        differ = [(a, b) for a, b in zip(early, late, strict=False) if a != b]
                        wrong.append(f"{command.id} {way.__name__}: {differ}")
    assert not wrong, "\n".join(wrong)
    assert len(done) > 30
    assert len(read) > 10
