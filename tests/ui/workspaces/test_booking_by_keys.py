"""A booked patient rings: by keys they get another time, or none and wait on the board again."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from console.domain.words import QueueStatus
from db.models import QueueEntry
from tests.services.team import Team
from tests.ui.workspaces.conftest import ALT, Working, arrived
from tests.ui.workspaces.test_hub import at_hub
from ui.boards.board import BoardWorkspace
from ui.dialogs.booking import BookingDialog

Sit = Callable[[str, Callable[..., QWidget], str], Working]
Key = Qt.Key


def booked(team: Team) -> tuple[int, int]:
    """Let somebody be booked in an hour; gives referral and entry."""
    key = team.triaged(3)
    entry = team.jo.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=1))
    return key, entry


def booking_dialog(working: Working) -> BookingDialog:
    working.press(Key.Key_T, ALT)
    dialog = working.dialog()
    assert isinstance(dialog, BookingDialog)
    return dialog


def test_that_a_coordinator_gives_a_booked_patient_another_time(sit: Sit, team: Team) -> None:
    _, entry = booked(team)
    jo, hub = at_hub(sit, "jo")
    jo.press(Key.Key_Home)
    assert "Booking" in {words.text() for words in hub.queue.bar.findChildren(QLabel)}
    dialog = booking_dialog(jo)
    assert "booked for 15:00" in dialog.about.text()
    jo.wait(dialog.time.hasFocus)
    jo.fill("17:30", "Her daughter rang, the bus is late")
    jo.submit()
    assert team.stored(QueueEntry, entry).booked_for_at == team.clock().replace(hour=17, minute=30)
    assert jo.said[-1] == "MARSH, Ivy has another time."


@pytest.mark.qt_log_ignore("This plugin does not support")  # lists below fields, without a screen
def test_that_who_does_not_come_is_put_back_on_the_board_from_the_board(sit: Sit, team: Team) -> None:
    key, entry = booked(team)
    jo = sit("jo", BoardWorkspace, "board")
    board = jo.workspace
    assert isinstance(board, BoardWorkspace)
    board.referrals.view.setFocus()
    jo.press(Key.Key_Home)
    assert jo.session.referral_id == key
    told = "The patient is booked at a hub: if they do not come, cancel the booking first (Alt+T)."
    assert jo.session.commands.why_not("visit.allocate") == told
    assert jo.session.commands.why_not("hub.left").endswith(
        "If they rang, change or cancel the booking (Alt+T)."
    )
    dialog = booking_dialog(jo)
    dialog.way.setFocus()
    jo.fill("do not come", "Rang: cannot walk so far")
    assert not dialog.time.isVisible()
    jo.submit()
    assert team.stored(QueueEntry, entry).status is QueueStatus.TAKEN_OVER
    assert jo.session.live.referrals.by_id[key].is_waiting
    assert jo.said[-1] == "MARSH, Ivy waits on the board again: the time is free."


def test_that_whoever_is_here_has_no_booking_and_the_key_says_so(sit: Sit, team: Team) -> None:
    arrived(team, "Ash")
    jo, _ = at_hub(sit, "jo")
    jo.press(Key.Key_Home)
    told = "The patient is arrived: only a booking can be changed or cancelled."
    assert jo.session.commands.why_not("hub.booking") == told
