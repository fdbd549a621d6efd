"""A practitioner who does not answer stands on the board and in the tasks until they are found."""

import pytest

from console.domain.words import Placement, TaskKind
from db.models import Shift
from db.queries import care
from tests.services.team import Team
from tests.ui.workspaces.at_board import Key, Sit, at_board
from tests.ui.workspaces.conftest import CTRL, SHIFT
from tests.ui.workspaces.test_load import at_load
from ui.boards.board import BoardWorkspace
from ui.boards.practitioner_cells import doing
from ui.dialogs.task_done import TaskDoneDialog
from ui.dialogs.welfare import WelfareDialog

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def not_answering(team: Team) -> tuple[int, int]:
    """Sam is on the way and does not answer; gives referral and visit."""
    key, visit = team.allocated()
    for step in (team.jo.visits.acknowledge, team.jo.visits.en_route):
        step(visit, team.visit_version(key))
    team.jo.welfare.no_reply(visit, team.visit_version(key))
    return key, visit


def test_that_who_does_not_answer_stands_first_and_is_not_free_whatever_became_of_the_visit(
    sit: Sit, team: Team
) -> None:
    key, visit = not_answering(team)
    team.jo.visits.withdraw(visit, team.visit_version(key), "Does not answer")
    jo = at_board(sit, "jo")
    jo.see()
    board = jo.workspace
    assert isinstance(board, BoardWorkspace)
    sam = board.practitioners.model.rows()[0]
    assert sam.name == "Sam Hill"
    assert doing(sam, None, team.clock()) == ("No answer", "bad", "since 14:00")
    assert board.practitioners.aside.text() == "1 no answer, 0 of 5 free"


def test_that_the_search_is_finished_as_a_task_and_never_by_another_s_welfare_call(
    sit: Sit, team: Team
) -> None:
    key, visit = not_answering(team)
    mo, load = at_load(sit)
    (search,) = (one for one in load.tasks.model.rows() if one.kind is TaskKind.WELFARE)
    assert search.title == "Find who does not answer"
    assert search.words.startswith("Coordinator, supervisor: ")
    load.tasks.view.select_id(search.id)
    mo.press(Key.Key_U, CTRL | SHIFT)
    assert isinstance(mo.dialog(), WelfareDialog)
    mo.press(Key.Key_Escape)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        shift = care.shift_on_duty(work.session, team.ids["kit"])
        assert shift is not None
        work.lock(Shift, shift.id).placement = Placement.HOME_VISITING
    team.jo.visits.reassign(visit, team.visit_version(key), team.ids["kit"], "Does not answer")
    mo.see()
    load.tasks.view.select_id(search.id)
    mo.press(Key.Key_U, CTRL | SHIFT)
    assert isinstance(mo.dialog(), TaskDoneDialog)
    mo.fill("At the surgery", "found: w")
    mo.submit()
    mo.wait(lambda: not any(one.kind is TaskKind.WELFARE for one in load.tasks.model.rows()))
    assert mo.session.live.practitioners.by_id[team.ids["sam"]].unanswered_since is None
