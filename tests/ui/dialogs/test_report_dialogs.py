"""The report: written, never half-signed, sent by hand and answered."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.domain.refusals import Refused
from console.domain.rows import ReportRow
from console.domain.words import Channel, OutcomeDisposition, ReportStatus
from db.models import Report
from tests.services.hubs_at_work import open_from_8_to_8, signed, written
from tests.services.team import Team
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import done, press, tab, typed
from ui.dialogs.report import ReportDialog
from ui.dialogs.report_release import ReleaseReportDialog
from ui.dialogs.report_result import ReportResultDialog
from ui.dialogs.report_sent import ReportSentDialog
from ui.dialogs.report_vitals import Vitals
from ui.dialogs.snooze import SnoozeReportDialog

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _cleared(team: Team) -> None:
    key, visit = team.on_scene()
    team.clock.pass_minutes(35)
    version = team.visit_version(key)
    team.jo.visits.clear(visit, version, OutcomeDisposition.TREATED_AT_HOME, False)


def _report(seat: Seat, qtbot: QtBot) -> ReportRow:
    seat.look()
    qtbot.waitUntil(lambda: bool(seat.live.reports.by_id))
    return next(iter(seat.live.reports.by_id.values()))


def _written(dialog: ReportDialog) -> None:
    """Type all that a report owes, going from section to section by keys."""
    tab(3)
    typed("Fell over the carpet")
    tab()
    typed("No injury, walks as before")
    tab()
    typed("Mechanical fall")
    press("Alt+2")
    for figure in ("16", "97", "128", "76", "36.8"):
        typed(figure)
        tab()
    typed("alert")
    tab()
    typed("air")
    press("Alt+3")
    tab()
    typed("None known")
    press("Alt+4")
    tab()
    typed("Ring 111 if it happens again")
    press("Alt+5")
    typed("no")
    tab()


def test_that_the_practitioner_writes_and_signs_by_keys(
    team: Team, sit: Callable[[str], Seat], opened: Opened, qtbot: QtBot
) -> None:
    _cleared(team)
    sam = sit("sam_self")
    dialog = opened(ReportDialog(sam.session, _report(sam, qtbot), sam.window))
    assert isinstance(dialog, ReportDialog)
    qtbot.waitUntil(lambda: bool(dialog.sections))
    assert "Give the history" in dialog.missing.words.text()
    press("Ctrl+Shift+Return")
    assert dialog.error.text().startswith("It cannot be signed yet")
    dialog.go_to(0)
    _written(dialog)
    vitals = dialog.sections[1]
    assert isinstance(vitals, Vitals)
    assert vitals.score.text() == "NEWS2 0."
    qtbot.waitUntil(lambda: dialog.missing.words.text() == "Nothing: it can be signed.")
    press("Ctrl+Shift+Return")
    done(qtbot, dialog)
    with team.database.read() as session:
        report = session.query(Report).one()
        assert report.status is ReportStatus.SIGNED
        assert report.signed_by_id == team.actors["sam_self"].staff_id


def test_that_a_draft_keeps_what_was_typed_and_a_coordinator_is_not_offered_to_sign(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    _cleared(team)
    dialog = opened(ReportDialog(jo.session, _report(jo, qtbot), jo.window))
    assert isinstance(dialog, ReportDialog)
    qtbot.waitUntil(lambda: bool(dialog.sections))
    assert not hasattr(dialog, "signs")
    tab(3)
    typed("Fell over the carpet")
    press("Ctrl+Return")
    done(qtbot, dialog)
    row = _report(jo, qtbot)
    assert team.jo.reports.content(row.id).history == "Fell over the carpet"


def test_that_a_figure_that_is_none_is_said_below_its_field(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    _cleared(team)
    dialog = opened(ReportDialog(jo.session, _report(jo, qtbot), jo.window))
    assert isinstance(dialog, ReportDialog)
    qtbot.waitUntil(lambda: bool(dialog.sections))
    press("Alt+2")
    typed("fast")
    press("Ctrl+Return")
    vitals = dialog.sections[1]
    assert isinstance(vitals, Vitals)
    assert vitals.figures["respiratory_rate"].accessibleDescription().startswith("Type a figure")
    assert dialog.isVisible()


def test_that_a_signed_report_is_sent_and_accepted_by_name(
    team: Team, sit: Callable[[str], Seat], jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    _cleared(team)
    sam = sit("sam_self")
    writer = opened(ReportDialog(sam.session, _report(sam, qtbot), sam.window))
    assert isinstance(writer, ReportDialog)
    qtbot.waitUntil(lambda: bool(writer.sections))
    _written(writer)
    press("Ctrl+Shift+Return")
    done(qtbot, writer)
    dialog = opened(ReportSentDialog(jo.session, _report(jo, qtbot), jo.window))
    typed("secure")
    press("Ctrl+Return")
    done(qtbot, dialog)
    row = _report(jo, qtbot)
    assert (row.status, row.sent_by_channel) == (ReportStatus.SENT, Channel.MAIL)
    answer = opened(ReportResultDialog(jo.session, row, jo.window))
    typed("accepted")
    tab()
    typed("Dr Patel")
    press("Ctrl+Return")
    done(qtbot, answer)
    with team.database.read() as session:
        assert session.query(Report).one().accepted_by == "Dr Patel"


def test_that_a_signed_report_is_held_back_with_the_reason(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    open_from_8_to_8(team)
    signed(team)
    row = _report(jo, qtbot)
    jo.session.choose("board", "report", row.id)
    jo.session.come_to_front("board")
    assert jo.session.commands.why_not("report.result") == ""
    dialog = opened(ReportResultDialog(jo.session, row, jo.window))
    assert isinstance(dialog, ReportResultDialog)
    assert dialog.windowTitle() == "Hold the report back"
    assert not dialog.answer.isVisible()
    typed("The record is restricted")
    press("Ctrl+Return")
    done(qtbot, dialog)
    with team.database.read() as session:
        assert session.query(Report).one().status is ReportStatus.HELD
    jo.look()
    qtbot.waitUntil(lambda: jo.live.reports.by_id.get(row.id, row).status is ReportStatus.HELD)
    assert "never sent" in jo.session.commands.why_not("report.result")
    assert jo.session.commands.why_not("report.sent") == ""
    with pytest.raises(Refused, match="never sent"):
        team.jo.reports.accepted(row.id, jo.live.reports.by_id[row.id].version, "Dr Patel")


def test_that_a_supervisor_releases_a_whole_report_with_a_reason_and_whoever_sends_it_is_told(
    team: Team, sit: Callable[[str], Seat], opened: Opened, qtbot: QtBot
) -> None:
    open_from_8_to_8(team)
    written(team)
    mo = sit("mo")
    dialog = opened(ReleaseReportDialog(mo.session, _report(mo, qtbot), mo.window))
    press("Ctrl+Return")
    assert "Say why it is released unsigned." in [one.text() for one in dialog.findChildren(QLabel)]
    typed("Sam Hill is ill")
    press("Ctrl+Return")
    done(qtbot, dialog)
    row = _report(mo, qtbot)
    assert (row.is_released, row.released_by, row.released_because) == (True, "Mo Khan", "Sam Hill is ill")
    sending = opened(ReportSentDialog(mo.session, row, mo.window))
    told = [one.text() for one in sending.findChildren(QLabel)]
    assert any("by Mo Khan: Sam Hill is ill\nSay so where you send it." in one for one in told)


def test_that_what_is_not_complete_cannot_be_released_and_says_what_is_missing(
    team: Team, sit: Callable[[str], Seat], opened: Opened, qtbot: QtBot
) -> None:
    _cleared(team)
    mo = sit("mo")
    dialog = opened(ReleaseReportDialog(mo.session, _report(mo, qtbot), mo.window))
    assert isinstance(dialog, ReleaseReportDialog)
    qtbot.waitUntil(lambda: "Give the working diagnosis." in dialog.missing.text())
    assert not dialog.primary.isEnabled()
    assert not dialog.form.isVisible()
    press("Ctrl+Return")
    assert dialog.isVisible()


def test_that_a_report_is_snoozed_with_its_reason_and_the_same_command_ends_it(
    jo: Seat, team: Team, opened: Opened, qtbot: QtBot
) -> None:
    _cleared(team)
    row = _report(jo, qtbot)
    dialog = opened(SnoozeReportDialog(jo.session, row, jo.window))
    typed("+120")
    tab()
    press("Ctrl+Return")
    assert "Say why it may rest." in [one.text() for one in dialog.findChildren(QLabel)]
    typed("Sam writes it after the round")
    press("Ctrl+Return")
    done(qtbot, dialog)
    row = _report(jo, qtbot)
    assert row.snooze is not None
    ending = opened(SnoozeReportDialog(jo.session, row, jo.window))
    assert "by Jo Bates: Sam writes it after the round" in ending.sentence.text()
    press("Ctrl+Return")
    done(qtbot, ending)
    assert _report(jo, qtbot).snooze is None
