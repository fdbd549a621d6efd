"""A hub that nobody closed in the evening, shortly before it opens again: two days, and each is named."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.domain.words import Stream
from db.models import Hub, QueueEntry, Shift
from tests.services.team import Team, new_referral
from tests.ui.workspaces.conftest import CTRL, SHIFT, Working, arrived
from tests.ui.workspaces.test_hub import at_hub, streamed
from ui.boards.hub_cells import group
from ui.boards.hub_workspace import HubWorkspace
from ui.dialogs.close_hub import CloseHubDialog

Sit = Callable[[str, Callable[..., QWidget], str], Working]
Key = Qt.Key


def booked_for_today(team: Team) -> int:
    """Let somebody be booked in the evening for the next morning at ten, and go to ten to eight."""
    form = new_referral(family_name="Orr", nhs_number=None, practice_id=team.ids["practice"])
    key = team.triaged(3, form)
    team.clock.at = team.clock().replace(hour=19, minute=0)
    team.jo.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=15))
    team.clock.at = team.clock().replace(hour=7, minute=50) + dt.timedelta(days=1)
    return key


def close_dialog(working: Working) -> CloseHubDialog:
    working.press(Key.Key_C, CTRL | SHIFT)
    dialog = working.dialog()
    assert isinstance(dialog, CloseHubDialog)
    return dialog


@pytest.mark.qt_log_ignore("This plugin does not support")  # lists below fields, without a screen
def test_that_in_the_morning_one_says_for_which_day_one_closes(sit: Sit, team: Team) -> None:
    today = booked_for_today(team)
    ann, _ = at_hub(sit)
    dialog = close_dialog(ann)
    ann.wait(dialog.primary.isEnabled)
    assert dialog.day is not None
    assert dialog.day.currentText() == "Wednesday, which nobody closed"
    ann.wait(dialog.day.hasFocus)
    told = "The hub can be closed for Wednesday. Its hours of today stay."
    assert dialog.sentence.text() == told
    ann.fill("Thursday")
    ann.press(Key.Key_Tab)
    ann.wait(lambda: "1 patient stands in the way" in dialog.sentence.text())
    assert "is booked for 10:00" in dialog.open_ones.text()
    assert not dialog.primary.isEnabled()
    dialog.day.put(True)
    ann.wait(dialog.primary.isEnabled)
    ann.submit()
    hub = ann.session.live.hubs.by_id[team.ids["folkestone"]]
    assert (hub.left_open_at, hub.is_closed_down) == (None, False)
    assert ann.said[-1] == "Folkestone is closed for Wednesday."
    assert team.row(today).queue_status is not None
    # What was left is one day: nothing is to be chosen.
    dialog = close_dialog(ann)
    ann.wait(lambda: "is booked for 10:00" in dialog.open_ones.text())
    assert dialog.day is None
    ann.press(Key.Key_Escape)


def test_that_the_evening_that_was_said_is_closed_however_long_one_looks_at_it(sit: Sit, team: Team) -> None:
    team.clock.at = team.clock().replace(hour=5, minute=59) + dt.timedelta(days=1)
    ann, _ = at_hub(sit)
    dialog = close_dialog(ann)
    ann.wait(dialog.primary.isEnabled)
    told = "The hub can be closed for Wednesday. Its hours of today stay."
    assert (dialog.day, dialog.sentence.text()) == (None, told)
    team.clock.pass_minutes(2)
    ann.submit()
    hub = ann.session.live.hubs.by_id[team.ids["folkestone"]]
    assert (hub.left_open_at, hub.is_closed_down) == (None, False)
    assert ann.said[-1] == "Folkestone is closed for Wednesday."


def test_that_the_day_that_begins_is_closed_when_it_is_chosen(sit: Sit, team: Team) -> None:
    team.clock.at = team.clock().replace(hour=7, minute=50) + dt.timedelta(days=1)
    ann, _ = at_hub(sit)
    dialog = close_dialog(ann)
    ann.wait(dialog.primary.isEnabled)
    assert dialog.day is not None
    dialog.day.put(False)
    ann.wait(lambda: "It will not open today." in dialog.sentence.text())
    ann.wait(dialog.primary.isEnabled)
    ann.submit()
    assert ann.session.live.hubs.by_id[team.ids["folkestone"]].is_closed_down
    assert ann.said[-1] == "Folkestone is closed for the day."


def test_that_at_ten_to_eight_the_hub_counts_the_evening_s_patients_apart_from_today_s(
    sit: Sit, team: Team
) -> None:
    left = arrived(team, "Ash")
    streamed(team, left, Stream.PARAMEDIC_PRACTITIONER)
    booked_for_today(team)
    ann, hub = at_hub(sit)
    assert isinstance(hub, HubWorkspace)
    assert (hub.closing.title.text(), hub.closing.pill.text()) == ("Closing", "Past closing")
    assert [one.entry_id for one in hub.closing.model.rows()] == [left]
    team.ann.hub_queue.taken_over(left, team.stored(QueueEntry, left).version, "William Harvey")
    early = arrived(team, "Early")
    ann.see()
    assert (hub.head.state.text(), hub.head.until.text()) == ("Closed", "Opens 08:00")
    assert hub.closing.title.text() == "Until closing"
    assert hub.load is not None
    assert [row.id for row in hub.load.here] == [early]
    assert not team.stored(Hub, team.ids["folkestone"]).is_closed_down


@pytest.mark.parametrize(("hour", "minute"), [(0, 10), (7, 50)])
def test_that_in_the_night_nobody_who_is_booked_for_the_day_is_one_too_many(
    sit: Sit, team: Team, hour: int, minute: int
) -> None:
    booked_for_today(team)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        for shift in work.session.query(Shift).filter(Shift.off_at.is_(None)):
            shift.off_at = team.clock() - dt.timedelta(hours=10)
    team.clock.at = team.clock().replace(hour=hour, minute=minute)
    ann, hub = at_hub(sit)
    assert hub.head.tiles["cannot"].figure == "0"
    assert "The hub opens at 08:00" in hub.closing.empty.accessibleName()
    assert "1 still booked today" in hub.closing.facts.text()
    # Once it is open and nobody sees patients, it is so.
    team.clock.at = team.clock().replace(hour=8, minute=1)
    ann.see()
    assert hub.head.tiles["cannot"].figure == "1"


def test_that_after_midnight_whose_time_was_yesterday_is_not_booked_today(sit: Sit, team: Team) -> None:
    key = team.triaged(3)
    team.jo.hub_queue.book(key, team.version(key), team.clock().replace(hour=19))
    booked_for_today(team)
    team.clock.at = team.clock().replace(hour=0, minute=10)
    ann, hub = at_hub(sit)
    assert hub.closing.pill.text() == "Past closing"
    assert "1 still booked today" in hub.closing.facts.text()
    now = ann.session.now()
    assert [group(row, now) for row in hub.queue.model.rows()] == ["Booked before", "Booked today"]
