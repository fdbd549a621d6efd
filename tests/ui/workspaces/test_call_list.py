"""The call list, worked off by two keys a call over a real database."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from console.domain.words import Channel, ContactResult, ReportStatus
from db.models import Practice, Report
from tests.services.hubs_at_work import report_version, signed, written
from tests.services.team import Team
from tests.ui.workspaces.conftest import ALT, Working
from ui.boards.reports_workspace import ReportsWorkspace

Sit = Callable[[str, Callable[..., QWidget], str], Working]
Key = Qt.Key
DAY = 24 * 60


def unanswered(team: Team, count: int = 2) -> list[int]:
    """Let reports be sent, and no answer come for a day; gives them."""
    reports = [signed(team) for _ in range(count)]
    for report in reports:
        team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.clock.pass_minutes(DAY + 1)
    return reports


def at_calls(sit: Sit, login: str = "jo") -> tuple[Working, ReportsWorkspace]:
    """Sit somebody down and let them go to the call list by its key."""
    working = sit(login, ReportsWorkspace, "reports")
    workspace = working.workspace
    assert isinstance(workspace, ReportsWorkspace)
    working.wait(lambda: working.session.frame is not None)
    working.see()
    working.session.workspace_wanted.connect(working.session.come_to_front)
    workspace.view.setFocus()
    working.press(Key.Key_C, ALT)
    working.wait(lambda: workspace.calls.view.selected_id() is not None)
    return working, workspace


def two_keys(working: Working, key: Key) -> None:
    working.press(Key.Key_F11)
    working.press(key)


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def test_that_the_list_names_the_practice_its_number_and_what_the_call_settles(sit: Sit, team: Team) -> None:
    unanswered(team)
    jo, reports = at_calls(sit)
    spoken = reports.calls.model.spoken(reports.calls.model.rows()[0])
    assert spoken == "Sea Road Surgery, 01303 555555, 2 reports, 2 not delivered, Not called yet"
    assert reports.call_detail.phone.text() == "01303 555555"
    assert "One call settles 2 reports" in words(reports.call_detail)
    assert words(reports.call_detail).count("MARSH, Ivy") == 2
    assert reports.switch.findChildren(QWidget)[1].property("text") == "Call list 1"
    assert jo.session.report is None


def test_that_whoever_rings_is_told_that_a_report_is_not_signed(sit: Sit, team: Team) -> None:
    report = written(team)
    team.mo.reports.release(report, report_version(team, report), "Sam Hill has left")
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.clock.pass_minutes(DAY + 1)
    _, reports = at_calls(sit)
    assert "by Mo Khan: Sam Hill has left" in words(reports.call_detail)


def test_that_no_reply_is_two_keys_and_nothing_else(sit: Sit, team: Team) -> None:
    unanswered(team)
    jo, reports = at_calls(sit)
    two_keys(jo, Key.Key_N)
    jo.wait(lambda: any("no reply is recorded" in one for one in jo.said))
    jo.see()
    (row,) = reports.calls.model.rows()
    assert (row.call_result, row.calls_failed) == (ContactResult.NO_REPLY, 1)
    team.clock.pass_minutes(10)
    two_keys(jo, Key.Key_N)
    jo.wait(lambda: len(jo.said) > 1)
    jo.see()
    (row,) = reports.calls.model.rows()
    assert row.calls_failed == 2
    assert "14:51 · 2 in vain" in reports.calls.model.spoken(row)


def test_that_one_answer_accepts_all_that_are_ticked(sit: Sit, team: Team) -> None:
    first, second = unanswered(team)
    jo, reports = at_calls(sit)
    two_keys(jo, Key.Key_A)
    jo.dialog()
    jo.type("Kay, practice nurse")
    jo.press(Key.Key_Tab)
    jo.press(Key.Key_Tab)
    jo.press(Key.Key_Space)
    jo.submit()
    stored = {team.stored(Report, one).status for one in (first, second)}
    assert stored == {ReportStatus.ACCEPTED, ReportStatus.SENT}
    (row,) = reports.calls.model.rows()
    assert len(row.reports) == 1


def test_that_a_promise_takes_the_practice_from_the_list_until_it_is_over(sit: Sit, team: Team) -> None:
    unanswered(team)
    jo, reports = at_calls(sit)
    two_keys(jo, Key.Key_S)
    dialog = jo.dialog()
    jo.type("Kay")
    jo.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "Say by when it is promised" in words(dialog)
    jo.type("+60")
    jo.submit()
    assert reports.calls.to_call == 0
    assert "0 to call, 1 called or snoozed" in reports.calls.aside.text()
    jo.pass_minutes(61)
    assert reports.calls.to_call == 1
    assert "Promise over" in reports.calls.model.spoken(reports.calls.model.rows()[0])


def test_that_a_wrong_number_is_put_right(sit: Sit, team: Team) -> None:
    unanswered(team, 1)
    jo, reports = at_calls(sit)
    two_keys(jo, Key.Key_W)
    jo.dialog()
    jo.type("01303 111222")
    jo.submit()
    assert team.stored(Practice, team.ids["practice"]).phone == "01303111222"
    assert reports.call_detail.phone.text() == "01303 111222"


def test_that_what_is_wanted_again_stands_rejected_with_the_reason(sit: Sit, team: Team) -> None:
    (report,) = unanswered(team, 1)
    jo, reports = at_calls(sit)
    two_keys(jo, Key.Key_R)
    jo.dialog()
    jo.fill("Kay", "The attachment is empty")
    jo.submit()
    assert team.stored(Report, report).status is ReportStatus.REJECTED
    assert "1 rejected" in reports.calls.model.spoken(reports.calls.model.rows()[0])


def test_that_calls_are_snoozed_and_go_on_by_the_same_keys(sit: Sit, team: Team) -> None:
    unanswered(team)
    jo, reports = at_calls(sit)
    two_keys(jo, Key.Key_Z)
    jo.dialog()
    jo.fill("+60", "Closed for training")
    jo.submit()
    assert reports.calls.to_call == 0
    assert "by Jo Bates: Closed for training" in reports.call_detail.rests.text()
    two_keys(jo, Key.Key_Z)
    assert "End the snooze" in jo.dialog().windowTitle()
    jo.submit()
    assert reports.calls.to_call == 1


def test_that_a_report_is_not_acted_on_while_the_call_list_is_in_front(sit: Sit, team: Team) -> None:
    unanswered(team, 1)
    jo, reports = at_calls(sit)
    assert not jo.session.commands.is_enabled("report.result")
    reports.work_at("reports")
    jo.press(Key.Key_Home)
    assert jo.session.commands.is_enabled("report.result")
    assert "Alt+C" in jo.session.commands.why_not("calls.no_reply")


def test_that_an_empty_list_says_so(sit: Sit, team: Team) -> None:
    signed(team)
    working = sit("jo", ReportsWorkspace, "reports")
    workspace = working.workspace
    assert isinstance(workspace, ReportsWorkspace)
    working.wait(lambda: working.session.frame is not None)
    working.see()
    assert "No practice has to be called now." in words(workspace.calls.empty)
