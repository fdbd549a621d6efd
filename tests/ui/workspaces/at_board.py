"""Somebody at the board who enters, by keys, what stands on paper."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from db.models import Step
from tests.services.team import Team
from tests.ui.workspaces.conftest import CTRL, Working
from ui.boards.board import BoardWorkspace
from ui.dialogs.allocate import AllocateDialog

Sit = Callable[[str, Callable[..., QWidget], str], Working]
Key = Qt.Key


def at(hour: int, minute: int = 0) -> dt.datetime:
    """That time of the day of these tests."""
    return dt.datetime(2026, 1, 14, hour, minute, tzinfo=dt.UTC)


def at_board(sit: Sit, login: str) -> Working:
    """Somebody at the board, with no hub chosen."""
    working = sit(login, BoardWorkspace, "board")
    board = working.workspace
    assert isinstance(board, BoardWorkspace)
    board.referrals.view.setFocus()
    return working


def choose(working: Working, referral_id: int) -> None:
    """Go to a referral on the board."""
    working.see()
    working.session.choose("board", "referral", referral_id)


def tab_to(working: Working, name: str) -> None:
    """Press Tab until the field of that name has the keyboard."""
    for _ in range(40):
        front = QApplication.activeModalWidget()
        if front is not None and QApplication.activePopupWidget() is None and not front.isActiveWindow():
            # Offscreen nobody gives the keys back to a dialog when a list below its field closes.
            front.activateWindow()
            working.wait(front.isActiveWindow)
        here = QApplication.focusWidget()
        assert here is not None
        if here.accessibleName().startswith(name):
            return
        working.press(Key.Key_Tab)
        QApplication.processEvents()  # a list below the field closes
    raise AssertionError(f"Tab does not come to {name!r}.")


def fill(working: Working, **fields: str) -> None:
    """Type into fields by the beginning of their names, in the order of the form."""
    for name, text in fields.items():
        tab_to(working, name.replace("_", " "))
        here = QApplication.focusWidget()
        if isinstance(here, QPlainTextEdit) and here.toPlainText():
            working.press(Key.Key_A, CTRL)
        working.type(text)


def step(working: Working, key: Qt.Key, told_at: str, said: str, **before: str) -> None:
    """Enter one step of a visit as it was written down."""
    working.press(key)
    working.dialog()
    fill(working, **before, When_it_happened=told_at, What=said)
    working.submit()


def send(working: Working, name: str, decided_at: str) -> None:
    """Allocate the chosen referral, as it was written down."""
    working.press(Key.Key_Return, CTRL)
    dialog = working.dialog()
    assert isinstance(dialog, AllocateDialog)
    working.wait(lambda: bool(dialog.candidates.shown))
    fill(working, Who_goes=name, Allocated_at=decided_at)
    working.submit()


def times(team: Team, referral_id: int) -> list[tuple[str, dt.datetime, dt.datetime]]:
    """The steps of a referral: kind, when it happened, when it was entered."""
    with team.database.read() as session:
        rows = session.query(Step).where(Step.referral_id == referral_id).order_by(Step.id)
        return [(one.kind, one.happened_at, one.entered_at) for one in rows]
