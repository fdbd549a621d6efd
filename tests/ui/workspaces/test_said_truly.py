"""What board, side panel and reports say holds: two of them never say different things of one fact."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.domain.words import Channel, Employer, OutcomeDisposition, Placement, Profession
from db.models import Practitioner
from tests.services.hubs_at_work import report_version, signed
from tests.services.team import Team
from tests.ui.workspaces.at_board import at_board
from tests.ui.workspaces.conftest import Working
from tests.ui.workspaces.test_reports import at_reports, chips, owed
from ui.boards.board import BoardWorkspace
from ui.panel.record_panel import RecordPanel

Key = Qt.Key
Sit = Callable[[str, Callable[..., QWidget], str], Working]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def board_of(working: Working) -> BoardWorkspace:
    board = working.workspace
    assert isinstance(board, BoardWorkspace)
    return board


def panel_of(working: Working, referral_id: int) -> RecordPanel:
    """Open a referral in a side panel."""
    panel = RecordPanel(working.session, working.seat.window)
    panel.show()
    panel.open(referral_id)
    working.wait(lambda: panel.record is not None)
    return panel


def seen_at_home(team: Team) -> int:
    """Let a visit end in time; gives the referral, which has closed."""
    key, visit = team.on_scene()
    team.jo.visits.clear(visit, team.visit_version(key), OutcomeDisposition.TREATED_AT_HOME, False)
    return key


def test_that_the_figure_of_overdue_reports_is_the_number_of_rows_that_it_leads_to(
    sit: Sit, team: Team
) -> None:
    owed(team)
    rejected = signed(team)
    team.jo.reports.sent(rejected, report_version(team, rejected), Channel.MAIL, "")
    team.jo.reports.rejected(rejected, report_version(team, rejected), "Not our patient")
    jo = at_board(sit, "jo")
    jo.pass_minutes(200)
    tile = board_of(jo).strip.tiles["reports"]
    assert (tile.figure, tile.toolTip()) == ("2", "2 overdue of 2 that practices wait for")
    _, reports = at_reports(sit)
    assert "Overdue 2" in chips(reports)


def test_that_whoever_saw_the_patient_is_named_as_author_also_without_a_login(sit: Sit, team: Team) -> None:
    key, visits, now = team.triaged(), team.jo.visits, team.clock()
    with team.database.work(team.actors["jo"], now) as work:
        pip = work.add(
            Practitioner(
                name="Pip Rose", profession=Profession.NURSE_PRACTITIONER, employer=Employer.FEDERATION
            )
        )
    ends = now + dt.timedelta(hours=8)
    team.jo.workforce.shift_on(pip.id, team.ids["folkestone"], Placement.HOME_VISITING, None, ends)
    visits.allocate(key, pip.id, team.version(key))
    visit = team.row(key).visit_id
    assert visit is not None
    for step in (visits.acknowledge, visits.en_route, visits.on_scene, visits.clear):
        step(visit, team.visit_version(key))
    _, reports = at_reports(sit)
    (row,) = reports.model.rows()
    assert row.author == "Pip Rose"
    assert "Pip Rose" in reports.model.spoken(row)
