"""The Load workspace, worked by keys over a real database."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.domain.words import TaskKind
from db.models import Task
from tests.services.team import Team, new_referral
from tests.ui.workspaces.conftest import CTRL, SHIFT, Working, arrived
from ui.boards import task_cells
from ui.boards.load_workspace import LoadWorkspace
from ui.dialogs.divert_hub import DivertHubDialog
from ui.dialogs.task_done import TaskDoneDialog
from ui.dialogs.welfare import WelfareDialog

Sit = Callable[[str, Callable[..., QWidget], str], Working]
Key = Qt.Key


def at_load(sit: Sit, login: str = "mo") -> tuple[Working, LoadWorkspace]:
    working = sit(login, LoadWorkspace, "load")
    workspace = working.workspace
    assert isinstance(workspace, LoadWorkspace)
    workspace.tasks.view.setFocus()
    return working, workspace


def test_that_every_figure_counts_what_is_on_the_board(sit: Sit, team: Team) -> None:
    team.received()
    team.allocated()
    team.received(new_referral(family_name="Hill", nhs_number=None, disposition="Dx012"))
    arrived(team, "Ash")
    mo, load = at_load(sit)
    figures = {name: tile.figure for name, tile in load.tiles.items()}
    assert figures["triage"] == "3"
    assert figures["silent"] == "1"
    assert figures["ambulance"] == "1"
    folkestone = load.hubs[team.ids["folkestone"]]
    assert folkestone.tiles["unstreamed"].figure == "1"
    assert load.hubs[team.ids["dover"]].tiles["here"].figure == "0"
    mo.pass_minutes(16)
    assert folkestone.tiles["unsafe"].figure == "1"
    assert folkestone.tiles["longest"].figure == "16 min"


def test_that_a_figure_leads_to_what_it_counts(sit: Sit, team: Team) -> None:
    team.received()
    mo, load = at_load(sit)
    went: list[tuple[str, str]] = []
    mo.session.only_wanted.connect(lambda *where: went.append(where))
    load.tiles["triage"].setFocus()
    mo.press(Key.Key_Return)
    load.tiles["reports"].setFocus()
    mo.press(Key.Key_Space)
    assert went == [("board", "triage"), ("reports", "overdue")]


def test_that_a_hub_s_figures_lead_to_its_queue(sit: Sit, team: Team) -> None:
    mo, load = at_load(sit)
    went: list[tuple[str, str, int]] = []
    mo.session.row_wanted.connect(lambda *where: went.append(where))
    load.hubs[team.ids["dover"]].tiles["here"].setFocus()
    mo.press(Key.Key_Return)
    assert went == [("hub", "hub", team.ids["dover"])]


def test_that_an_escalation_is_accepted_by_name_and_then_done_with_its_result(sit: Sit, team: Team) -> None:
    key = team.triaged()
    team.jo.hubs.hand_overnight(key, team.version(key), "Frail, alone at home")
    mo, load = at_load(sit)
    load.tasks.show_only("overnight")
    mo.press(Key.Key_Home)
    mo.press(Key.Key_Y, CTRL | SHIFT)
    mo.see()
    (row,) = load.tasks.model.rows()
    assert (row.kind, row.accepted_by) == (TaskKind.OVERNIGHT, "Mo Khan")
    mo.press(Key.Key_U, CTRL | SHIFT)
    assert isinstance(mo.dialog(), TaskDoneDialog)
    mo.fill("Daughter stays with her; visit at nine")
    mo.submit()
    assert team.stored(Task, row.id).result == "Daughter stays with her; visit at nine"
    mo.wait(lambda: load.tasks.model.rowCount() == 0)


def test_that_a_task_of_another_role_is_refused_in_a_sentence(sit: Sit, team: Team) -> None:
    key = team.triaged()
    team.jo.referrals.worse(key, "Breathless")
    mo, load = at_load(sit)
    load.tasks.show_only("escalations")
    mo.press(Key.Key_Home)
    mo.press(Key.Key_Y, CTRL | SHIFT)
    mo.wait(lambda: bool(mo.said))
    assert "duty clinician" in mo.said[-1]


def test_that_a_task_of_another_role_is_offered_to_nobody_else(sit: Sit, team: Team) -> None:
    key = team.triaged()
    team.jo.referrals.worse(key, "Breathless")
    for login, may in (("mo", False), ("ann", True)):
        working, load = at_load(sit, login)
        load.tasks.show_only("escalations")
        working.press(Key.Key_Home)
        assert working.session.task is not None
        assert working.session.commands.is_enabled("task.accept") is may
        assert working.session.commands.is_enabled("task.done") is may


def test_that_a_supervisor_diverts_a_hub_and_ends_it_again(sit: Sit, team: Team) -> None:
    mo, load = at_load(sit)
    card = load.hubs[team.ids["folkestone"]]
    card.divert.setFocus()
    mo.press(Key.Key_Space)
    dialog = mo.dialog()
    assert isinstance(dialog, DivertHubDialog)
    assert dialog.until.hasFocus()
    mo.fill("+60", "Two clinicians off sick")
    mo.submit()
    assert card.state.text() == "Diverting"
    assert "To Dover" in card.until.text()
    assert "Mo Khan" in card.until.text()
    card.divert.setFocus()
    mo.press(Key.Key_Space)
    ending = mo.dialog()
    assert ending.primary.accessibleName() == "End the divert"
    assert isinstance(ending, DivertHubDialog)
    assert "Folkestone diverts to Dover until" in ending.sentence.text()
    ending.hub.put(team.ids["dover"])  # which does not divert
    assert (
        ending.sentence.text() == "New patients go to the other hub. Those who are here stay in their queue."
    )
    ending.hub.put(team.ids["folkestone"])
    team.clock.pass_minutes(61)  # it has ended by itself while one was asked
    mo.submit()
    assert card.state.text() == "Open"


def test_that_hidden_tasks_that_nobody_accepted_are_said(sit: Sit, team: Team) -> None:
    key = team.triaged()
    team.jo.referrals.worse(key, "Breathless")
    _, load = at_load(sit)
    load.tasks.show_only("overnight")
    assert load.tasks.hidden.isVisible()
    assert "1 of them not accepted" in load.tasks.hidden.text()
    assert load.tiles["open"].figure == "1"


def test_that_every_control_has_an_accessible_name(sit: Sit, team: Team) -> None:
    arrived(team, "Ash")
    _, load = at_load(sit)
    nameless = [
        one
        for one in load.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisible()
        and not (one.accessibleName() or getattr(one, "text", str)())
    ]
    assert nameless == []


def test_that_an_acceptance_says_until_when_it_holds_and_the_task_returns_after_it(
    sit: Sit, team: Team
) -> None:
    key = team.triaged()
    team.clock.pass_minutes(80)
    team.look()
    mo, load = at_load(sit)
    mo.session.service_clocks.read()
    mo.wait(lambda: mo.session.frame is not None)
    late = next(row for row in load.tasks.model.rows() if row.kind is TaskKind.RESPONSE_LATE)
    load.tasks.view.select_id(late.id)
    mo.press(Key.Key_Y, CTRL | SHIFT)
    mo.see()
    row = load.tasks.model.row(late.id)
    assert row is not None
    assert task_cells.accepted(row, mo.session.now(), mo.session.frame).text == "Accepted to 15:30"
    mo.pass_minutes(11)
    team.look()
    mo.see()
    row = load.tasks.model.row(late.id)
    assert row is not None
    assert (row.accepted_by, row.referral_id) == (None, key)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_a_welfare_task_is_done_by_what_the_practitioner_answered(sit: Sit, team: Team) -> None:
    team.on_scene()
    team.clock.pass_minutes(61)
    team.look()
    jo, load = at_load(sit, "jo")
    load.tasks.view.select_id(next(one.id for one in load.tasks.model.rows() if one.kind is TaskKind.WELFARE))
    jo.press(Key.Key_U, CTRL | SHIFT)
    assert isinstance(jo.dialog(), WelfareDialog)
    jo.fill("well", "Nearly done", "+20")
    jo.submit()
    jo.wait(lambda: not any(one.kind is TaskKind.WELFARE for one in load.tasks.model.rows()))


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_a_usual_result_is_chosen_and_kept_in_the_same_words(sit: Sit, team: Team) -> None:
    team.jo.welfare.duress(team.ids["sam"], "4 Sea Road")
    mo, _ = at_load(sit)
    mo.press(Key.Key_Home)
    task = mo.session.task
    assert task is not None
    assert task.kind is TaskKind.DURESS
    mo.press(Key.Key_U, CTRL | SHIFT)
    mo.dialog()
    mo.fill("Phone in the pocket", "false")
    mo.submit()
    assert team.stored(Task, task.id).result == "Safe, false alarm. Phone in the pocket"


def test_that_a_line_of_many_late_reports_leads_to_them(sit: Sit, team: Team) -> None:
    for _ in range(5):
        key, visit = team.on_scene()
        team.jo.visits.clear(visit, team.visit_version(key))
    team.clock.pass_minutes(301)
    team.look()
    jo, load = at_load(sit, "jo")
    load.tasks.show_only("mine")
    went: list[tuple[str, str]] = []
    jo.session.only_wanted.connect(lambda *where: went.append(where))
    many = next(row for row in load.tasks.model.rows() if row.id < 0)
    assert many.words == "5 reports are late. Enter shows them."
    load.tasks.view.select_id(many.id)
    assert not jo.session.commands.is_enabled("task.accept")
    jo.press(Key.Key_Return)
    assert went == [("reports", "overdue")]


def test_that_the_tasks_stay_where_there_is_no_room_for_the_hubs(sit: Sit, team: Team) -> None:
    key = team.triaged()
    team.jo.referrals.worse(key, "Breathless")
    mo, load = at_load(sit)
    assert load.hub_row.isVisible()
    mo.seat.window.setMinimumSize(1024, 200)  # as the real window, whose least size is its own
    mo.seat.window.resize(1024, 440)
    mo.wait(lambda: not load.hub_row.isVisible())
    mo.wait(lambda: load.tasks.view.viewport().height() >= 92)


def test_that_a_night_s_patient_is_not_finished_with_before_somebody_has_accepted_them(
    sit: Sit, team: Team
) -> None:
    key = team.triaged()
    team.clock.pass_minutes(7.5 * 60)
    team.jo.hubs.hand_overnight(key, team.version(key))
    mo, load = at_load(sit)
    load.tasks.show_only("overnight")
    mo.press(Key.Key_Home)
    mo.wait(lambda: "accept the patient by name first" in mo.session.commands.why_not("task.done"))
    mo.press(Key.Key_Y, CTRL | SHIFT)
    mo.see()
    assert "They are the supervisor's until" in mo.session.commands.why_not("task.done")


def test_that_control_is_not_offered_to_acknowledge_for_the_hub(sit: Sit, team: Team) -> None:
    team.allocated()
    team.mo.visits.divert(team.ids["sam"], "Cardiac arrest")
    for login, may in (("mo", False), ("jo", True), ("ann", True)):
        working, load = at_load(sit, login)
        load.tasks.view.select_id(load.tasks.model.id_at(0))
        for command in ("task.accept", "task.done"):
            assert working.session.commands.is_enabled(command) is may, (login, command)
