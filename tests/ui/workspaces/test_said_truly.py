"""What board, side panel and reports say holds: two of them never say different things of one fact."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from console.domain.words import Channel, Employer, OutcomeDisposition, Placement, Profession, ReportStatus
from db.models import Practice, Practitioner, Report, Shift
from tests.services.hubs_at_work import report_version, signed
from tests.services.team import Team, new_referral
from tests.ui.workspaces.at_board import at_board, choose
from tests.ui.workspaces.conftest import CTRL, SHIFT, Working
from tests.ui.workspaces.test_call_list import at_calls, unanswered
from tests.ui.workspaces.test_entered_later import told
from tests.ui.workspaces.test_reports import at_reports, chips, owed
from ui import theme
from ui.boards.board import BoardWorkspace
from ui.boards.referral_cells import spoken
from ui.dialogs.end_referral import EndReferralDialog, Way
from ui.dialogs.report_sent import about
from ui.map.marks import of_referral
from ui.panel.record_panel import RecordPanel
from ui.time_text import due_text
from ui.widgets.action_bar import KeyButton
from ui.widgets.looks import Pill

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


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    """Everything with the fonts and margins of the window, as people see it."""
    theme.apply(qapp, "light")
    yield
    qapp.setStyleSheet("")


def test_that_no_clock_of_a_referral_runs_once_it_has_ended(sit: Sit, team: Team) -> None:
    seen, cancelled = seen_at_home(team), team.received(new_referral(family_name="Reed", nhs_number=None))
    team.jo.referrals.cancel(cancelled, team.version(cancelled), "Dr Osei", "")
    team.clock.pass_minutes(120)
    jo = at_board(sit, "jo")
    for key in (seen, cancelled):
        lines = told(panel_of(jo, key))
        assert not {"Due", "Triage"} & set(lines), lines


def test_that_a_report_that_nobody_has_written_is_said_by_nobody_to_be_written(sit: Sit, team: Team) -> None:
    key = seen_at_home(team)
    jo, reports = at_reports(sit)
    assert "to be written by Sam Hill" in reports.model.spoken(reports.model.rows()[0])
    lines = told(panel_of(jo, key))
    assert any(line.startswith("to be written by Sam Hill") for line in lines), lines


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


def test_that_one_task_is_one_task(sit: Sit, team: Team) -> None:
    team.received(new_referral())  # of no practice: somebody is to own its report
    jo = at_board(sit, "jo")
    jo.see()
    assert board_of(jo).strip.tiles["tasks"].toolTip() == "1 task for your role, 0 urgent"


def test_that_whoever_is_with_a_practitioner_is_not_said_to_wait(sit: Sit, team: Team) -> None:
    key, _ = team.on_scene()
    jo = at_board(sit, "jo")
    jo.pass_minutes(10)
    pane = board_of(jo).referrals
    waiting = next(one for one in pane.model.columns if one.id == "waiting")
    assert waiting.value(team.row(key)) == ""
    assert "waiting" not in spoken(team.row(key), team.clock())


def test_that_whoever_should_be_clear_comes_to_the_top_by_the_time_alone(sit: Sit, team: Team) -> None:
    team.on_scene()
    jo = at_board(sit, "jo")
    jo.see()
    people = board_of(jo).practitioners
    assert people.model.rows()[0].name != "Sam Hill"
    team.clock.pass_minutes(46)
    for _ in range(15):  # a quarter of a minute
        jo.session.countdown.ticked.emit()
    jo.wait(lambda: people.model.rows()[0].name == "Sam Hill")


def test_that_who_begins_later_is_not_counted_among_those_on_duty(sit: Sit, team: Team) -> None:
    kit = team.ids["kit"]
    with team.database.read() as session:
        shift = session.query(Shift).where(Shift.practitioner_id == kit).one()
    team.jo.workforce.shift_off(shift.id, shift.version)
    now = team.clock()
    team.jo.workforce.plan_shift(
        kit,
        team.ids["folkestone"],
        Placement.HOME_VISITING,
        now + dt.timedelta(hours=3),
        now + dt.timedelta(hours=9),
    )
    jo = at_board(sit, "jo")
    jo.see()
    board = board_of(jo)
    assert len(board.practitioners.model.rows()) == 5
    assert "1 of 4 free" in board.practitioners.aside.text()
    assert board.strip.tiles["free"].toolTip() == "1 of 4 on duty could go to a home visit now"


def test_that_a_call_that_reached_somebody_is_not_counted_with_those_in_vain(sit: Sit, team: Team) -> None:
    reports = unanswered(team)
    for _ in range(2):
        team.jo.practice_calls.no_reply(team.ids["practice"], reports)
        team.clock.pass_minutes(1)
    team.jo.practice_calls.spoke(team.ids["practice"], reports, "Kay, practice nurse", None, "They look")
    jo, workspace = at_calls(sit)
    jo.see()
    (row,) = workspace.calls.model.rows()
    assert row.calls_failed == 2
    assert workspace.calls.model.spoken(row).endswith("Spoken to, 14:43")


def test_that_a_promise_that_runs_out_brings_its_practice_up_by_the_time_alone(sit: Sit, team: Team) -> None:
    first, second = unanswered(team)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        other = work.add(Practice(ods_code="G82001", name="Oaks Surgery"))
        work.session.flush()
        work.lock(Report, second).practice_id = other.id
    by = team.clock() + dt.timedelta(minutes=30)
    team.jo.practice_calls.spoke(team.ids["practice"], [first], "Kay, practice nurse", by)
    jo, workspace = at_calls(sit)
    calls = workspace.calls.model
    assert [row.name for row in calls.rows()] == ["Oaks Surgery", "Sea Road Surgery"]
    team.clock.pass_minutes(31)
    for _ in range(5):
        jo.session.countdown.ticked.emit()
    jo.wait(lambda: [row.name for row in calls.rows()] == ["Sea Road Surgery", "Oaks Surgery"])


def test_that_no_key_is_offered_for_what_999_forbids(sit: Sit, team: Team) -> None:
    key, _ = team.on_scene()
    other = team.triaged(2, new_referral(family_name="Reed", nhs_number=None))
    for one in (key, other):
        team.ann.ambulance.upgrade(one, team.version(one), "Chest pain")
    jo = at_board(sit, "jo")
    commands = jo.session.commands
    choose(jo, key)
    for command in ("visit.clear", "visit.no_access", "visit.hand_back"):
        assert "999 is asked for" in commands.why_not(command), command
    choose(jo, other)
    assert "waits for 999" in commands.why_not("visit.allocate")


def test_that_nobody_acknowledges_a_second_visit_while_on_the_first(sit: Sit, team: Team) -> None:
    first, _ = team.on_scene()
    second = team.triaged(2, new_referral(family_name="Reed", nhs_number=None))
    team.jo.visits.allocate(second, team.ids["sam"], team.version(second))
    jo = at_board(sit, "jo")
    choose(jo, second)
    said = f"{team.row(first).number} comes first: it is acknowledged and not clear yet."
    assert jo.session.commands.why_not("visit.acknowledged") == said
    bar = board_of(jo).referrals.bar.findChildren(QPushButton)
    assert "Acknowledged" not in [one.accessibleName() for one in bar if one.isVisible()]


def test_that_a_referral_is_offered_only_the_ends_that_it_can_come_to(sit: Sit, team: Team) -> None:
    jo = at_board(sit, "jo")
    untriaged = team.received()
    accepted, visit = team.allocated()
    team.jo.visits.hand_back(visit, team.visit_version(accepted), "The car broke down")
    for key, has_begun in ((untriaged, False), (accepted, True)):
        dialog = EndReferralDialog(jo.session, team.row(key), jo.seat.window)
        offered = {dialog.way.itemText(at) for at in range(dialog.way.count())}
        assert (Way.CLOSED.label in offered) is has_begun
        assert Way.CANCELLED.label in offered
        dialog.deleteLater()


def test_that_a_referral_that_was_taken_back_is_not_said_to_be_cancelled_by_its_sender(
    sit: Sit, team: Team
) -> None:
    key = team.received()
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    jo = at_board(sit, "jo")
    panel = panel_of(jo, key)
    shown = [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]
    assert "Entered by mistake" in shown
    assert "14:00: Entered by mistake" in shown
    assert not {"Cancelled", "Needs triage"} & set(shown)


def test_that_a_step_that_was_undone_says_so_on_the_timeline(sit: Sit, team: Team) -> None:
    key, _ = team.allocated()
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    lines = told(panel_of(at_board(sit, "jo"), key))
    after = lines[lines.index("Allocated to Sam Hill") + 1]
    assert after.endswith("undone since"), after


def test_that_a_panel_says_once_that_triage_is_needed(sit: Sit, team: Team) -> None:
    panel = panel_of(at_board(sit, "jo"), team.received())
    assert [one.text() for one in panel.findChildren(QLabel)].count("Needs triage") == 1


def test_that_where_a_referral_stands_is_never_cut(sit: Sit, team: Team, dressed: None) -> None:
    key = team.triaged(1)
    team.jo.referrals.cancel(key, team.version(key), "Dr Osei", "")
    panel = panel_of(at_board(sit, "jo"), key)
    panel.resize(panel.minimumWidth(), 600)
    (pill,) = (one for one in panel.findChildren(Pill) if one.text() == "Cancelled")
    assert pill.width() >= pill.sizeHint().width()


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


def test_that_the_answer_is_the_next_step_of_a_report_that_was_sent(sit: Sit, team: Team) -> None:
    report = signed(team)
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    _, reports = at_reports(sit)
    buttons = reports.bar.findChildren(KeyButton)
    assert [one.accessibleName() for one in buttons][:2] == [
        "Answer of the practice, or hold back",
        "Write report",
    ]
    assert [one.property("look") for one in buttons][:2] == ["primary", ""]


def test_that_the_only_choice_that_is_left_is_shown_whole(sit: Sit, team: Team, dressed: None) -> None:
    key = team.triaged()
    jo = at_board(sit, "jo")
    dialog = EndReferralDialog(jo.session, team.row(key), jo.seat.window)
    dialog.open()
    jo.wait(dialog.isActiveWindow)
    jo.type("sender")
    finder = dialog.way.completer()
    assert finder is not None
    popup = finder.popup()
    assert popup is not None
    jo.wait(popup.isVisible)
    assert popup.viewport().height() >= popup.sizeHintForRow(0)
    popup.hide()
    dialog.reject()


def test_that_a_report_that_was_rejected_goes_again_as_it_is_by_its_key(sit: Sit, team: Team) -> None:
    report = signed(team)
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.jo.reports.rejected(report, report_version(team, report), "It never arrived")
    jo, reports = at_reports(sit)
    jo.press(Key.Key_E, CTRL | SHIFT)
    jo.dialog()
    jo.type("post")
    jo.submit()
    assert team.stored(Report, report).status is ReportStatus.SENT
    (row,) = reports.model.rows()
    assert row.sent_by_channel is Channel.POST


def test_that_no_end_is_offered_while_something_hinders_every_end(sit: Sit, team: Team) -> None:
    visited, _ = team.on_scene()
    worse = team.triaged(2, new_referral(family_name="Reed", nhs_number=None))
    team.jo.referrals.worse(worse, "Breathless")
    free = team.triaged(3, new_referral(family_name="Stone", nhs_number=None))
    jo = at_board(sit, "jo")
    for key, said in (
        (visited, "Sam Hill has the visit (on scene): finish or withdraw it."),
        (worse, "The patient was said to be worse: a clinician must answer first."),
        (free, ""),
    ):
        choose(jo, key)
        assert jo.session.commands.why_not("referral.end") == said


def test_that_whoever_is_worse_while_999_is_asked_for_is_told_to_control_too(sit: Sit, team: Team) -> None:
    key = team.triaged()
    team.ann.ambulance.upgrade(key, team.version(key), "Chest pain")
    jo = at_board(sit, "jo")
    choose(jo, key)
    jo.press(Key.Key_W, CTRL)
    dialog = jo.dialog()
    assert dialog.sentence.text().endswith("999 is asked for already: tell ambulance control too.")
    dialog.reject()


def test_that_a_patient_without_a_given_name_is_named_without_a_comma(sit: Sit, team: Team) -> None:
    key = team.received(new_referral(given_name=""))
    jo = at_board(sit, "jo")
    lines = [one.text() for one in panel_of(jo, key).banner.findChildren(QLabel)]
    assert "MARSH" in lines
    report = signed(team)
    _, reports = at_reports(sit)
    (row,) = reports.model.rows()
    assert row.id == report
    assert about(replace(row, given_name="")).startswith(f"MARSH · {row.referral_number}")


def test_that_999_is_owed_since_it_was_asked_for_not_since_the_patient_was_referred(team: Team) -> None:
    key = team.triaged(4)
    team.clock.pass_minutes(50)
    team.ann.ambulance.upgrade(key, team.version(key), "Chest pain")
    team.clock.pass_minutes(2)
    team.ann.triage.change_priority(key, team.version(key), 1)
    row = team.row(key)
    assert due_text(row.due_at or row.received_at, team.clock()) == "over by 2 min"


def test_that_the_map_says_of_a_patient_that_999_is_owed(team: Team) -> None:
    key = team.triaged()
    team.ann.ambulance.upgrade(key, team.version(key), "Chest pain")
    mark = of_referral(replace(team.row(key), lat=51.07, lon=1.08), team.clock())
    assert mark is not None
    assert "999: reference owed" in mark.spoken
