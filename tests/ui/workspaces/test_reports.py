"""The Reports workspace, worked by keys over a real database."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from console.domain.words import Channel, OutcomeDisposition, ReportStatus
from db.models import RecordOpening, Report
from tests.services.hubs_at_work import written
from tests.services.team import Team
from tests.ui.workspaces.conftest import ALT, Working
from ui.boards import report_cells
from ui.boards.reports_workspace import ReportsWorkspace

Sit = Callable[[str, Callable[..., QWidget], str], Working]
Key = Qt.Key


def owed(team: Team) -> int:
    """Let a visit end, so that a report is owed; gives the report."""
    key, visit = team.on_scene()
    team.jo.visits.clear(visit, team.visit_version(key), OutcomeDisposition.TREATED_AT_HOME, False)
    (report,) = team.jo.records.open(key).reports
    return report.id


def at_reports(sit: Sit, login: str = "jo") -> tuple[Working, ReportsWorkspace]:
    working = sit(login, ReportsWorkspace, "reports")
    workspace = working.workspace
    assert isinstance(workspace, ReportsWorkspace)
    workspace.view.setFocus(Qt.FocusReason.TabFocusReason)  # by hand, which chooses the first row
    return working, workspace


def chips(workspace: ReportsWorkspace) -> str:
    return " | ".join(chip.text() for chip in workspace.chips.findChildren(QPushButton))


def words(workspace: ReportsWorkspace) -> str:
    return "\n".join(one.text() for one in workspace.detail.words.findChildren(QLabel))


def openings(team: Team) -> int:
    with team.database.read() as session:
        return session.query(RecordOpening).filter(RecordOpening.reason.contains("report")).count()


def test_that_a_report_becomes_overdue_by_time_alone_and_is_counted(sit: Sit, team: Team) -> None:
    owed(team)
    jo, reports = at_reports(sit)
    assert "Owed 1" in chips(reports)
    assert "Overdue |" in chips(reports)
    jo.pass_minutes(181)
    assert "Overdue 1" in chips(reports)
    assert reports.detail.due.text() == "Over by 1 min"


def test_that_a_filter_never_hides_overdue_reports_silently(sit: Sit, team: Team) -> None:
    owed(team)
    jo, reports = at_reports(sit)
    jo.pass_minutes(181)
    reports.show_only("sent")
    assert reports.model.rowCount() == 0
    assert reports.empty.isVisible()
    assert "1 hidden, 1 of them overdue" in reports.empty.findChildren(QLabel)[1].text()
    reports.show_all()
    assert reports.model.rowCount() == 1


def test_that_the_detail_names_the_practice_its_telephone_and_what_is_missing(sit: Sit, team: Team) -> None:
    owed(team)
    jo, reports = at_reports(sit)
    jo.press(Key.Key_Home)
    jo.wait(lambda: "Fall, cannot get up alone" in words(reports))
    assert "Sea Road Surgery" in reports.detail.practice.text()
    assert "01303 555555" in reports.detail.practice.text()
    assert "missing before it can be signed" in words(reports)


def test_that_resting_on_a_report_is_one_opening_and_a_change_is_none(sit: Sit, team: Team) -> None:
    report = owed(team)
    jo, reports = at_reports(sit)
    jo.press(Key.Key_Home)
    jo.wait(lambda: openings(team) == 1)
    content = team.jo.reports.content(report)
    team.jo.reports.draft(report, team.stored(Report, report).version, content)
    jo.see()
    jo.wait(lambda: "Report version 1 written" in words(reports))
    assert "Version 1" in words(reports)
    assert openings(team) == 1


def test_that_reports_on_their_way_stand_last_and_accepted_ones_leave(
    sit: Sit, team: Team, now: dt.datetime
) -> None:
    first, second = owed(team), owed(team)
    with team.database.work(team.actors["jo"], now) as work:
        report = work.get(Report, first)
        report.signed_at, report.signed_by_id = now, team.actors["ann"].staff_id
        report.status, report.sent_at, report.sent_by_channel = ReportStatus.SENT, now, Channel.MAIL
    jo, reports = at_reports(sit)
    assert [row.id for row in reports.model.rows()] == [second, first]
    assert "Sent, not accepted 1" in chips(reports)
    team.jo.reports.accepted(first, team.stored(Report, first).version, "Dr Green")
    jo.see()
    jo.wait(lambda: [row.id for row in reports.model.rows()] == [second])


def test_that_a_released_report_says_everywhere_that_it_is_not_signed(sit: Sit, team: Team) -> None:
    report = written(team)
    mo, reports = at_reports(sit, "mo")
    mo.press(Key.Key_Home)
    mo.wait(lambda: "Version 1" in words(reports))
    commands = mo.session.commands
    assert (commands.is_enabled("report.release"), commands.is_enabled("report.sent")) == (True, False)
    assert "the supervisor releases it" in commands.why_not("report.sent")
    assert "Unsigned 1" in chips(reports)
    team.mo.reports.release(report, team.stored(Report, report).version, "Sam Hill has left")
    mo.see()
    told = "Not signed. Released 14:20 by Mo Khan: Sam Hill has left"
    mo.wait(lambda: told in words(reports))
    stands, why = "Not signed. Released 14:20 by Mo Khan", "Released because: Sam Hill has left"
    assert (reports.detail.unsigned.text(), reports.detail.pill.text()) == (stands, "Released")
    assert why in words(reports)
    row = reports.model.rows()[0]
    assert told in reports.model.spoken(row)
    assert report_cells.status(row, mo.session.now()).what == "Not signed"
    assert "Unsigned 1" not in chips(reports)
    assert (commands.is_enabled("report.release"), commands.is_enabled("report.sent")) == (False, True)
    team.jo.reports.sent(report, team.stored(Report, report).version, Channel.MAIL, "")
    mo.see()
    mo.wait(lambda: "not signed but released by Mo Khan, sent to Sea Road Surgery" in words(reports))
    assert (reports.detail.unsigned.text(), reports.detail.pill.text()) == (stands, "Sent")
    assert why in words(reports)
    row = reports.model.rows()[0]
    assert report_cells.status(row, mo.session.now()).what.startswith("Not signed. Sent to")


def test_that_a_released_report_says_so_in_its_row_too_while_it_is_held_or_rests(
    sit: Sit, team: Team
) -> None:
    report = written(team)
    mo, reports = at_reports(sit, "mo")

    def below() -> str:
        mo.see()
        return report_cells.status(reports.model.rows()[0], mo.session.now()).what

    def version() -> int:
        return team.stored(Report, report).version

    team.mo.reports.release(report, version(), "Sam Hill has left")
    team.jo.reports.hold(report, version(), "The patient has moved")
    assert below() == "Not signed. Held: The patient has moved"
    until = team.clock() + dt.timedelta(hours=2)
    team.jo.snoozes.report(report, version(), until, "Asked")
    assert below().startswith("Not signed. Snoozed to ")


def test_that_nothing_owed_is_said_in_words(sit: Sit) -> None:
    _, reports = at_reports(sit)
    assert reports.empty.isVisible()
    assert "No practice waits for a report." in reports.empty.findChildren(QLabel)[1].text()


def test_that_the_search_finds_by_practice_and_escape_shows_all(sit: Sit, team: Team) -> None:
    owed(team)
    jo, reports = at_reports(sit)
    reports.focus_search()
    jo.type("nowhere")
    jo.press(Key.Key_Return)
    assert reports.model.rowCount() == 0
    jo.press(Key.Key_Escape)
    assert reports.model.rowCount() == 1
    jo.type("sea road")
    jo.press(Key.Key_Return)
    assert reports.model.rowCount() == 1


def test_that_a_snoozed_report_says_so_in_its_row_until_the_end(sit: Sit, team: Team) -> None:
    report = owed(team)
    until = team.clock() + dt.timedelta(minutes=40)
    version = team.stored(Report, report).version
    team.mo.snoozes.report(report, version, until, "The practice is closed")
    jo, reports = at_reports(sit)
    assert "Snoozed 1" in chips(reports)
    words_of_row = reports.model.spoken(reports.model.rows()[0])
    assert "by Mo Khan: The practice is closed" in words_of_row
    jo.pass_minutes(41)
    assert "Snoozed 1" not in chips(reports)
    assert "Mo Khan" not in reports.model.spoken(reports.model.rows()[0])


def test_that_a_report_is_snoozed_by_keys(sit: Sit, team: Team) -> None:
    report = owed(team)
    jo, reports = at_reports(sit)
    jo.press(Key.Key_Home)
    jo.press(Key.Key_Z, ALT)
    jo.dialog()
    jo.fill("+60", "Sam is on the next visit")
    jo.submit()
    row = reports.model.row(report)
    assert row is not None
    assert row.snooze is not None
    assert row.snooze.reason == "Sam is on the next visit"


def test_that_the_ladder_shows_what_happened_and_what_is_to_come(sit: Sit, team: Team) -> None:
    owed(team)
    jo, reports = at_reports(sit)
    jo.press(Key.Key_Home)
    jo.wait(lambda: "Nothing has come due yet." in words(reports))
    assert "Coordinator, 2 hours later or at 19:30" in words(reports)
    assert "task to hub coordinator" in words(reports)
    team.clock.pass_minutes(181)
    team.look()
    jo.see()
    jo.wait(lambda: "task to Sam Hill at 17:01 · nobody has accepted it" in words(reports))
    assert "To come, as things stand now" in words(reports)


def test_that_whether_chasing_works_is_said_with_all_its_figures(sit: Sit, team: Team) -> None:
    owed(team)
    team.clock.pass_minutes(181)
    team.look()
    jo, reports = at_reports(sit)
    jo.wait(lambda: "No chase can be counted yet; not counted: 1 too new to tell" in reports.chases.text())
    team.clock.pass_minutes(121)
    reports.chases.read()
    jo.wait(lambda: "0 %, 0 of 1 chase was followed within 2 h" in reports.chases.text())
