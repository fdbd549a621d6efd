"""What the Reports workspace says of a report holds now: of this version, after an undo, and at night."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.domain.words import Channel, PracticeLink, ReportStatus
from db.models import Report
from tests.services.hubs_at_work import report_version, sam, signed, written
from tests.services.team import Team, new_referral
from tests.ui.workspaces.at_board import at_board, choose
from tests.ui.workspaces.conftest import CTRL, SHIFT, Working
from tests.ui.workspaces.test_reports import at_reports, words
from tests.ui.workspaces.test_said_truly import panel_of
from ui.boards import report_cells
from ui.boards.reports_workspace import ReportsWorkspace
from ui.dialogs.own_practice import OwnPracticeDialog
from ui.dialogs.report import ReportDialog
from ui.widgets.action_bar import KeyButton

Key = Qt.Key
Sit = Callable[[str, Callable[..., QWidget], str], Working]


def sent(team: Team) -> int:
    """Let a signed report go by mail; gives the report."""
    report = signed(team)
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    return report


def told(reports: ReportsWorkspace) -> list[str]:
    return words(reports).splitlines()


def test_that_a_version_that_nobody_has_sent_is_not_said_to_be_sent(sit: Sit, team: Team) -> None:
    report = sent(team)
    desk = sam(team).reports
    changed = replace(desk.content(report), advice="Ring 999 if breathless")
    desk.draft(report, report_version(team, report), changed)
    _, reports = at_reports(sit)
    (row,) = reports.model.rows()
    assert report_cells.status(row, team.clock()).what == ""
    assert "Sent to" not in reports.model.spoken(row)


def test_that_writing_what_was_sent_in_time_is_not_said_to_be_late(sit: Sit, team: Team) -> None:
    sent(team)
    team.clock.pass_minutes(300)
    jo, _ = at_reports(sit)
    jo.press(Key.Key_R, CTRL)
    dialog = jo.dialog()
    assert dialog.windowTitle() == "Write report: sent 14:20"
    dialog.reject()


def test_that_a_step_that_was_undone_says_so_beside_the_report_too(sit: Sit, team: Team) -> None:
    report = sent(team)
    team.jo.reports.delivered(report, report_version(team, report))
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    jo, reports = at_reports(sit)
    jo.press(Key.Key_Home)
    jo.wait(lambda: "Report delivered — Jo Bates (undone since)" in told(reports))


def test_that_what_was_done_within_a_minute_stands_in_its_order(sit: Sit, team: Team) -> None:
    report = sent(team)
    team.jo.reports.rejected(report, report_version(team, report), "Not ours")
    jo, reports = at_reports(sit)
    jo.press(Key.Key_Home)
    jo.wait(lambda: "Report rejected: Not ours — Jo Bates" in told(reports))
    done = [line for line in told(reports) if line.endswith("— Jo Bates")]
    assert [line.split()[1] for line in done] == ["rejected:", "version"]


def test_that_the_ladder_follows_the_call_list_of_the_practice(sit: Sit, team: Team) -> None:
    sent(team)
    jo, reports = at_reports(sit)
    jo.press(Key.Key_Home)
    jo.wait(lambda: "To come, as things stand now" in told(reports))
    team.clock.pass_minutes(60 * 24 + 1)
    team.look()
    jo.see()
    jo.wait(lambda: "nobody has accepted it" in words(reports))
    jo.wait(lambda: "To come, as things stand now" not in told(reports))
    (task,) = (one for one in jo.session.live.tasks.by_id.values() if one.kind.value == "report_unanswered")
    team.jo.tasks.accept(task.id, task.version)
    jo.see()
    jo.wait(lambda: "nobody has accepted it" not in words(reports))


def test_that_a_report_that_came_back_is_not_signed_with_words_of_one_that_was_sent(
    sit: Sit, team: Team
) -> None:
    report = signed(team)
    team.jo.reports.hold(report, report_version(team, report), "The patient has moved")
    sam_self, _ = at_reports(sit, "sam_self")
    sam_self.press(Key.Key_G, CTRL | SHIFT)
    assert sam_self.said[-1] == "The report is held: write it anew, or send it and record that."


def test_that_the_side_panel_follows_the_report_of_a_referral_that_has_left_the_board(
    sit: Sit, team: Team
) -> None:
    report = signed(team)
    jo, _ = at_reports(sit)
    panel = panel_of(jo, team.stored(Report, report).referral_id)
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    jo.see()
    jo.wait(lambda: panel.record is not None and panel.record.reports[0].status is ReportStatus.SENT)
    team.jo.reports.accepted(report, report_version(team, report), "Dr Lowe")
    jo.see()
    jo.wait(lambda: panel.record is not None and panel.record.reports[0].status is ReportStatus.ACCEPTED)


def accepted(team: Team) -> int:
    """Let the practice accept a report; gives it."""
    report = sent(team)
    team.jo.reports.accepted(report, report_version(team, report), "Dr Lowe")
    return report


def test_that_what_a_practice_has_accepted_is_written_anew_from_its_referral(sit: Sit, team: Team) -> None:
    report = accepted(team)
    jo = at_board(sit, "jo")
    panel_of(jo, team.stored(Report, report).referral_id)
    jo.press(Key.Key_R, CTRL)
    dialog = jo.dialog()
    assert isinstance(dialog, ReportDialog)
    assert dialog.windowTitle() == "Write report: sent 14:20"
    assert "goes to the practice again, whole, once it is signed" in dialog.sentence.text()
    jo.wait(lambda: dialog.is_filled)
    jo.press(Key.Key_Tab)
    jo.press(Key.Key_Tab)
    jo.press(Key.Key_Tab)
    jo.press(Key.Key_A, CTRL)
    jo.type("Three days of cough")
    jo.submit()
    stored = team.stored(Report, report)
    assert (stored.status, stored.content_version) == (ReportStatus.DRAFTED, 2)
    assert team.jo.reports.content(report).history == "Three days of cough"
    assert report in jo.session.live.reports.by_id


def test_that_an_accepted_report_asks_for_nothing_else(sit: Sit, team: Team) -> None:
    report = accepted(team)
    jo = at_board(sit, "jo")
    panel = panel_of(jo, team.stored(Report, report).referral_id)
    for command in ("report.sent", "report.result", "report.snooze"):
        assert jo.session.commands.why_not(command).startswith("The practice has accepted the report")
    panel.shut()
    assert jo.session.commands.why_not("report.write").startswith("Go to Reports and choose a report first")


def test_that_the_report_in_the_side_panel_is_not_that_of_another_patient(sit: Sit, team: Team) -> None:
    report = accepted(team)
    other = team.triaged(form=new_referral(family_name="Stone", nhs_number=None))
    jo = at_board(sit, "jo")
    panel_of(jo, team.stored(Report, report).referral_id)
    assert not jo.session.commands.why_not("report.write")
    choose(jo, other)
    assert jo.session.commands.why_not("report.write")


def test_that_the_own_practice_is_recorded_also_once_the_referral_has_ended(sit: Sit, team: Team) -> None:
    key = team.received(new_referral(practice_link=PracticeLink.UNKNOWN))
    team.ann.triage.triage(key, team.version(key), 2)
    team.ann.contacts.advise(key, team.version(key), "Rest and fluids")
    jo = at_board(sit, "jo")
    panel = panel_of(jo, key)
    jo.press(Key.Key_P, CTRL | SHIFT)
    dialog = jo.dialog()
    assert isinstance(dialog, OwnPracticeDialog)
    jo.type("G82696")
    jo.wait(lambda: "Sea Road" in dialog.practice.text())
    jo.submit()
    (row,) = jo.session.live.reports.by_id.values()
    assert row.practice == "Sea Road Surgery"
    jo.wait(lambda: panel.record is not None and panel.record.row.practice == "Sea Road Surgery")


def test_that_nobody_is_offered_to_sign_the_report_of_somebody_else_s_contact(sit: Sit, team: Team) -> None:
    written(team)
    for login, why in (
        ("ann", "Only the clinician who had the contact signs its report."),
        ("sam_self", ""),
    ):
        working, reports = at_reports(sit, login)
        assert working.session.commands.why_not("report.sign") == why
        offered = [one.accessibleName() for one in reports.bar.findChildren(KeyButton)]
        assert ("Sign report" in offered) is (why == "")
        (row,) = reports.model.rows()
        dialog = ReportDialog(working.session, row, working.seat.window)
        assert hasattr(dialog, "signs") is (why == "")
        dialog.deleteLater()


def test_that_a_practitioner_types_nothing_into_what_is_another_one_s(sit: Sit, team: Team) -> None:
    written(team)
    visited, _ = team.on_scene()
    said = "This is another practitioner's: ask the hub coordinator to change it."
    for login, why in (("kit_self", said), ("sam_self", "")):
        working, _ = at_reports(sit, login)
        commands = working.session.commands
        assert commands.why_not("report.write") == why
        working.session.choose("board", "referral", visited)
        working.session.come_to_front("board")
        assert {commands.why_not(f"visit.{one}") for one in ("clear", "hand_back", "no_access")} == {why}
