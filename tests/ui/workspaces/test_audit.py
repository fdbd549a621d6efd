"""The Audit workspace: asked by keys, told in sentences, a page at a time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from console.domain.audit_rows import PAGE
from console.domain.words import Role
from db.models import Practice
from tests.services.team import Team, new_referral
from tests.ui.workspaces.conftest import Working
from ui.audit.workspace import AuditWorkspace
from ui.dialogs.export_audit import ExportAuditDialog

Sit = Callable[..., Working]


def opened(team: Team, sit: Sit, qtbot: QtBot) -> AuditWorkspace:
    """Sit an auditor down before the workspace."""
    team.actors["ray"] = replace(team.actors["jo"], name="Ray Cole", role=Role.AUDITOR)
    workspace = sit("ray", AuditWorkspace, "audit").workspace
    assert isinstance(workspace, AuditWorkspace)
    qtbot.waitUntil(workspace.view.isVisible)
    return workspace


def sentences(workspace: AuditWorkspace) -> list[str]:
    others = [row for row in workspace.model.rows() if row.tbl != "audit_look"]
    return [str(row.new and row.new.get("reason", "")) for row in others]


def test_that_a_line_is_chosen_by_keys_and_told_with_before_and_after(
    team: Team, sit: Sit, qtbot: QtBot
) -> None:
    key = team.triaged(3)
    team.jo.triage.change_priority(key, team.version(key), 2)
    workspace = opened(team, sit, qtbot)
    assert workspace.view.selected_row() is not None
    rows = workspace.model.rows()
    changed = next(row for row in rows if row.tbl == "referral" and "priority" in (row.new or {}))
    workspace.view.select_id(changed.id)
    shown = [one.text() for one in workspace.detail.area.findChildren(type(workspace.chain))]
    at = shown.index("Priority")
    assert shown[at : at + 3] == ["Priority", "3", "2"]
    assert "MARSH, Ivy" in shown
    assert workspace.chain.text().startswith("No line is sealed yet.")
    step = next(row for row in rows if row.tbl == "step" and row.new and "hanged" in row.new["words"])
    workspace.view.select_id(step.id)
    shown = [one.text() for one in workspace.detail.area.findChildren(type(workspace.chain))]
    at = shown.index("Changed the referral")
    assert shown[at:][shown[at:].index("Priority") :][:3] == ["Priority", "3", "2"]
    assert not [text for text in shown if text.startswith(("[", "{"))]


def test_that_kind_patient_and_days_narrow_it_down_and_nothing_is_said_to_be_nothing(
    team: Team, sit: Sit, qtbot: QtBot
) -> None:
    key = team.received()
    team.received(new_referral(family_name="Brook", nhs_number=None, practice_id=team.ids["practice"]))
    team.ann.records.open(key, "The daughter asked")
    workspace = opened(team, sit, qtbot)
    workspace.filters.kinds.choose("looks")
    qtbot.waitUntil(lambda: sentences(workspace) == ["The daughter asked"])
    workspace.filters.kinds.choose("all")
    workspace.filters.patient.setText("Brook")
    qtbot.waitUntil(lambda: {row.patient for row in workspace.model.rows()} == {"BROOK, Ivy"})
    workspace.filters.patient.clear()
    workspace.filters.since.setText("1/1/20")
    workspace.filters.since.editingFinished.emit()
    assert workspace.filters.error.isVisible()
    workspace.filters.since.setText("1/1/2099")
    workspace.filters.since.editingFinished.emit()
    qtbot.waitUntil(lambda: "No line is like that" in workspace.empty._sentence.text())
    assert not workspace.filters.error.isVisible()


def test_that_older_lines_come_when_they_are_asked_for(team: Team, sit: Sit, qtbot: QtBot) -> None:
    with team.database.work(team.actors["jo"], team.clock()) as work:
        for number in range(PAGE + 5):
            work.session.add(Practice(ods_code=f"X{number}", name=f"Practice {number}"))
    workspace = opened(team, sit, qtbot)
    assert workspace.model.rowCount() == PAGE
    workspace.older.click()
    qtbot.waitUntil(lambda: workspace.model.rowCount() > PAGE)
    assert not workspace.older.isVisible()


def test_that_a_copy_is_written_for_a_reason_and_is_a_line_itself(
    team: Team, sit: Sit, qtbot: QtBot, tmp_path: Path
) -> None:
    workspace = opened(team, sit, qtbot)
    workspace.export.click()
    dialog = workspace.window().findChild(ExportAuditDialog)
    assert dialog is not None
    copies = dialog.folder = tmp_path / "copies"
    copies.mkdir()
    dialog.submit()
    assert not list(copies.iterdir())
    dialog.reason.setPlainText("Yearly review")
    with qtbot.waitSignal(dialog.finished):
        dialog.primary.click()
    assert len(list(copies.iterdir())) == 1
    qtbot.waitUntil(lambda: "Yearly review" in sentences(workspace))
