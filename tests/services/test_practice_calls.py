"""The call list: grouped by practice, one call settles many, two calls in vain bring the supervisor."""

import datetime as dt

import pytest

from console.domain.call_list import CallReason, PracticeToCall, call_list
from console.domain.ladder import Frame
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.words import Channel, ReportStatus, Role
from db.models import Contact, Practice, Report
from db.queries.board import read_board
from db.queries.record import read_record
from tests.domain.england import ENGLAND
from tests.services.hubs_at_work import open_from_8_to_8, open_tasks, report_version, signed
from tests.services.team import Team

FRAME = Frame(ENGLAND)
DAY = 24 * 60


@pytest.fixture(autouse=True)
def _hours(team: Team) -> None:
    open_from_8_to_8(team)


def entries(team: Team) -> list[PracticeToCall]:
    """Give the call list as every console shows it."""
    with team.database.read() as session:
        board = read_board(session, [team.ids["folkestone"], team.ids["dover"]], team.clock())
    return call_list(board.reports, team.clock(), FRAME)


def unanswered(team: Team, count: int = 2) -> list[int]:
    """Let reports be sent and no answer come for a day; gives them."""
    reports = [signed(team) for _ in range(count)]
    for report in reports:
        team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.clock.pass_minutes(DAY + 1)
    return reports


def seen_versions(team: Team, reports: list[int]) -> dict[int, int]:
    return {report: report_version(team, report) for report in reports}


def timeline(team: Team, report: int) -> list[str]:
    referral = team.stored(Report, report).referral_id
    with team.database.read() as session:
        return [one.words for one in read_record(session, referral, team.clock(), 0).timeline]


def test_that_a_practice_stands_once_with_all_that_one_call_settles(team: Team) -> None:
    reports = unanswered(team)
    late = signed(team)
    team.clock.pass_minutes(200)
    (entry,) = entries(team)
    assert (entry.name, entry.phone) == ("Sea Road Surgery", "01303555555")
    assert [(one.row.id, one.reason) for one in entry.reports] == [
        (reports[0], CallReason.NOT_DELIVERED),
        (reports[1], CallReason.NOT_DELIVERED),
        (late, CallReason.OVERDUE),
    ]
    assert entry.is_to_call(team.clock(), FRAME)


def test_that_nobody_is_called_about_a_report_that_is_only_late(team: Team) -> None:
    signed(team)
    team.clock.pass_minutes(200)
    assert entries(team) == []


def test_that_a_report_that_has_arrived_is_called_about_after_two_working_days(team: Team) -> None:
    (report,) = unanswered(team, 1)
    team.jo.reports.delivered(report, report_version(team, report))
    assert entries(team) == []
    team.clock.pass_minutes(DAY)
    (entry,) = entries(team)
    assert [one.reason for one in entry.reports] == [CallReason.NOT_ACCEPTED]


def test_that_one_call_accepts_many_reports_by_name(team: Team) -> None:
    reports = unanswered(team)
    team.look()
    assert len(open_tasks(team, "report_unanswered")) == 1
    team.jo.practice_calls.accepted(team.ids["practice"], seen_versions(team, reports), "Practice nurse Kay")
    for report in reports:
        stored = team.stored(Report, report)
        assert (stored.status, stored.accepted_by) == (ReportStatus.ACCEPTED, "Practice nurse Kay")
        assert "Report accepted by Practice nurse Kay" in timeline(team, report)
    assert entries(team) == []
    assert open_tasks(team, "report_unanswered") == []


def test_that_a_report_that_changed_meanwhile_is_told_and_nothing_is_half_done(team: Team) -> None:
    first, second = unanswered(team)
    versions = seen_versions(team, [first, second])
    team.mo.reports.delivered(second, report_version(team, second))
    with pytest.raises(ChangedElsewhere):
        team.jo.practice_calls.accepted(team.ids["practice"], versions, "Kay")
    assert team.stored(Report, first).status is ReportStatus.SENT


def test_that_no_reply_stands_on_every_report_and_the_second_brings_the_supervisor(team: Team) -> None:
    reports = unanswered(team)
    team.look()
    calls = team.jo.practice_calls
    calls.no_reply(team.ids["practice"], reports)
    team.look()
    assert {one.role for one in open_tasks(team, "report_unanswered")} == {Role.COORDINATOR}
    for report in reports:
        assert "Rang Sea Road Surgery: no reply" in timeline(team, report)
    (entry,) = entries(team)
    assert (entry.calls_failed, entry.is_to_call(team.clock(), FRAME)) == (1, True)
    team.clock.pass_minutes(20)
    calls.no_reply(team.ids["practice"], reports)
    team.look()
    assert {one.role for one in open_tasks(team, "report_unanswered")} == {Role.COORDINATOR, Role.SUPERVISOR}


def test_that_who_promised_is_called_again_when_the_promise_is_over(team: Team) -> None:
    reports = unanswered(team)
    team.look()
    by = team.clock() + dt.timedelta(hours=2)
    team.jo.practice_calls.spoke(team.ids["practice"], reports, "Kay at reception", by)
    (entry,) = entries(team)
    assert entry.promised_by_at == by
    assert not entry.is_to_call(team.clock(), FRAME)
    assert open_tasks(team, "report_unanswered") == []
    team.clock.pass_minutes(121)
    (entry,) = entries(team)
    assert entry.is_to_call(team.clock(), FRAME)


def test_that_speaking_needs_a_name_and_what_was_agreed(team: Team) -> None:
    reports = unanswered(team, 1)
    calls, practice = team.jo.practice_calls, team.ids["practice"]
    with pytest.raises(Refused, match="Name whom you spoke to"):
        calls.spoke(practice, reports, " ", None, "They look")
    with pytest.raises(Refused, match="what was agreed"):
        calls.spoke(practice, reports, "Kay")
    with pytest.raises(Refused, match="time to come"):
        calls.spoke(practice, reports, "Kay", team.clock())


def test_that_a_wrong_number_is_put_right_and_kept_as_it_was_rung(team: Team) -> None:
    reports = unanswered(team)
    calls, practice = team.jo.practice_calls, team.ids["practice"]
    with pytest.raises(Refused, match="no telephone number"):
        calls.wrong_number(practice, reports, "Kay")
    calls.wrong_number(practice, reports, "01303 111222")
    assert team.stored(Practice, practice).phone == "01303111222"
    assert any("wrong number; the right one is 01303 111222" in one for one in timeline(team, reports[0]))
    with team.database.read() as session:
        numbers = {one.number for one in session.query(Contact)}
    assert numbers == {"01303555555"}
    (entry,) = entries(team)
    assert (entry.phone, entry.calls_failed) == ("01303111222", 1)


def test_that_what_is_asked_for_again_is_rejected_until_it_goes_anew(team: Team) -> None:
    first, second = unanswered(team)
    versions = seen_versions(team, [first])
    team.jo.practice_calls.asked_again(team.ids["practice"], versions, "Kay", "the attachment is empty")
    stored = team.stored(Report, first)
    assert stored.status is ReportStatus.REJECTED
    assert stored.last_result == "Rejected: Kay asked to send it again: the attachment is empty"
    assert team.stored(Report, second).status is ReportStatus.SENT
    (entry,) = entries(team)
    assert [one.reason for one in entry.reports] == [CallReason.REJECTED, CallReason.NOT_DELIVERED]
    team.jo.reports.sent(first, report_version(team, first), Channel.MAIL, "")
    (entry,) = entries(team)
    assert [one.row.id for one in entry.reports] == [second]


def test_that_a_snoozed_list_is_not_to_be_called(team: Team) -> None:
    unanswered(team)
    team.look()
    until = team.clock() + dt.timedelta(hours=2)
    team.jo.snoozes.practice(team.ids["practice"], until, "Closed for training")
    (entry,) = entries(team)
    assert not entry.is_to_call(team.clock(), FRAME)
    assert entry.snooze is not None
    assert entry.snooze.reason == "Closed for training"
    team.look()
    assert open_tasks(team, "report_unanswered") == []
    team.clock.pass_minutes(121)
    (entry,) = entries(team)
    assert entry.is_to_call(team.clock(), FRAME)


def test_that_a_call_is_the_desk_s_and_about_this_practice_s_reports(team: Team) -> None:
    reports = unanswered(team, 1)
    with pytest.raises(Refused, match="may not record a call to a practice"):
        team.desk("sam_self").practice_calls.no_reply(team.ids["practice"], reports)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        other = work.add(Practice(ods_code="G88888", name="Hill Surgery"))
    with pytest.raises(Refused, match="another practice"):
        team.jo.practice_calls.no_reply(other.id, reports)


def test_that_a_call_that_is_taken_back_is_taken_back_on_every_timeline(team: Team) -> None:
    reports = unanswered(team)
    team.jo.practice_calls.no_reply(team.ids["practice"], reports)
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    for report in reports:
        referral = team.stored(Report, report).referral_id
        with team.database.read() as session:
            lines = read_record(session, referral, team.clock(), 0).timeline
        (rang,) = (one for one in lines if one.kind == "contact.practice")
        assert rang.is_undone
        assert [one.words for one in lines][-1] == "Undid: Rang Sea Road Surgery: no reply"
    (entry,) = entries(team)
    assert [one.row.call_result for one in entry.reports] == [None, None]


def test_that_what_another_practice_said_does_not_keep_the_right_one_from_being_called(team: Team) -> None:
    (report,) = unanswered(team, 1)
    team.jo.practice_calls.spoke(team.ids["practice"], [report], "Reception", said="Not our patient")
    team.jo.reports.rejected(report, report_version(team, report), "Not our patient")
    with team.database.work(team.actors["jo"], team.clock()) as work:
        oaks = work.add(Practice(ods_code="G82001", name="Oaks Surgery", phone="01303666666")).id
    key = team.stored(Report, report).referral_id
    team.jo.referrals.set_practice(key, team.version(key), oaks)
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.clock.pass_minutes(30)
    team.jo.reports.rejected(report, report_version(team, report), "The last page is missing")
    (entry,) = entries(team)
    assert (entry.name, entry.called_at, entry.calls_failed) == ("Oaks Surgery", None, 0)
    assert entry.is_to_call(team.clock(), FRAME)
    team.jo.practice_calls.no_reply(oaks, [report])
    (entry,) = entries(team)
    assert (entry.called_at, entry.calls_failed) == (team.clock(), 1)
