"""What one practitioner said is never kept as another's who has the visit by now."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from console.domain.words import TaskKind, VisitStatus
from db.models import Task, Visit
from tests.services.team import Team
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import done, press
from ui.dialogs.decision import Decision
from ui.dialogs.hand_back import HandBackDialog
from ui.dialogs.no_access import NoAccessDialog
from ui.dialogs.step import StepDialog
from ui.dialogs.welfare import Answer, WelfareDialog

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def goes_to_gil(team: Team, jo: Seat, qtbot: QtBot, key: int, visit: int) -> int:
    """Let the supervisor give Sam's visit to Gil, and Jo's board show it; gives Gil's visit."""
    mine = team.mo.visits.reassign(visit, team.visit_version(key), team.ids["gil"], "Nearer")
    jo.look()
    newest = team.row(key)
    qtbot.waitUntil(lambda: jo.live.referrals.by_id.get(key) == newest)
    assert isinstance(mine, int)
    return mine


def _step(seat: Seat, team: Team, key: int) -> Decision:
    return StepDialog(seat.session, team.row(key), VisitStatus.ACKNOWLEDGED, seat.window)


def _hand_back(seat: Seat, team: Team, key: int) -> Decision:
    return HandBackDialog(seat.session, team.row(key), seat.window)


def _no_access(seat: Seat, team: Team, key: int) -> Decision:
    dialog = NoAccessDialog(seat.session, team.row(key), seat.window)
    dialog.why.setCurrentIndex(0)
    dialog.found.setPlainText("Door shut")
    return dialog


@pytest.mark.parametrize("make", [_step, _hand_back, _no_access])
def test_that_nothing_is_entered_for_who_has_the_visit_by_now(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot, make: Callable[[Seat, Team, int], Decision]
) -> None:
    key, visit = team.allocated()
    jo.look()
    qtbot.waitUntil(lambda: key in jo.live.referrals.by_id)
    dialog = opened(make(jo, team, key))
    assert isinstance(dialog, (StepDialog, HandBackDialog, NoAccessDialog))
    assert dialog.told.said is not None
    dialog.told.said.setText("In Sam's words")
    if isinstance(dialog, HandBackDialog):
        dialog.reason.setText("Car broken down")
    gils = goes_to_gil(team, jo, qtbot, key, visit)
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: "Look again" in dialog.error.text())
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: dialog.error.text().startswith("Gil Frost has this visit now, not Sam Hill."))
    assert team.stored(Visit, gils).status is VisitStatus.ALLOCATED


def test_that_a_call_to_one_is_no_welfare_of_another(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, visit = team.allocated()
    jo.look()
    qtbot.waitUntil(lambda: key in jo.live.referrals.by_id)
    dialog = opened(WelfareDialog(jo.session, team.row(key), jo.window))
    assert isinstance(dialog, WelfareDialog)
    goes_to_gil(team, jo, qtbot, key, visit)
    dialog.answer.put(Answer.NO_REPLY)
    press("Ctrl+Return")
    assert dialog.error.text().startswith("Gil Frost has this visit now, not Sam Hill.")
    dialog.answer.put(Answer.HELP)
    dialog.said.setText("Somebody is at my car")
    press("Ctrl+Return")
    done(qtbot, dialog)
    with team.database.read() as session:
        asked = session.scalars(select(Task).where(Task.kind == TaskKind.DURESS)).all()
    assert {one.practitioner_id for one in asked} == {team.ids["sam"]}
