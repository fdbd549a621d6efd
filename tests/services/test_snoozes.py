"""Snoozing a report or a call list: with reason and end, never for long, by name on the timeline."""

import datetime as dt

import pytest

from console.domain.chase_words import Subject
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.rows import ReportRow
from console.domain.snooze import reasons_not_to_snooze
from db.models import Snooze
from db.queries.board import read_board
from db.queries.record import read_record
from tests.services.hubs_at_work import open_from_8_to_8, report_version, seen
from tests.services.team import Team


@pytest.fixture(autouse=True)
def _hours(team: Team) -> None:
    open_from_8_to_8(team)


def row(team: Team, report: int) -> ReportRow:
    """Give a report as every console shows it."""
    with team.database.read() as session:
        board = read_board(session, [team.ids["folkestone"], team.ids["dover"]], team.clock())
    return next(one for one in board.reports if one.id == report)


def timeline(team: Team, referral: int) -> list[str]:
    with team.database.read() as session:
        return [one.words for one in read_record(session, referral, team.clock(), 0).timeline]


def test_that_a_snoozed_report_says_until_when_why_and_by_whom(team: Team) -> None:
    referral, report = seen(team)
    until = team.clock() + dt.timedelta(hours=2)
    team.jo.snoozes.report(report, report_version(team, report), until, " Sam writes it at 16:00 ")
    found = row(team, report)
    snooze = found.snoozed(team.clock())
    assert snooze is not None
    assert (snooze.until_at, snooze.reason, snooze.by) == (until, "Sam writes it at 16:00", "Jo Bates")
    assert found.list_snoozed(team.clock()) is None
    assert any("Report snoozed until" in words for words in timeline(team, referral))


def test_that_a_snooze_ends_by_itself_and_early_by_a_person(team: Team) -> None:
    referral, report = seen(team)
    until = team.clock() + dt.timedelta(hours=2)
    snooze = team.jo.snoozes.report(report, report_version(team, report), until, "Sam is on a visit")
    assert row(team, report).snoozed(until) is None
    team.mo.snoozes.end(snooze)
    assert row(team, report).snooze is None
    assert team.stored(Snooze, snooze).ended_at == team.clock()
    assert "Snooze ended early: the ladder goes on" in timeline(team, referral)
    with pytest.raises(Refused, match="over already"):
        team.jo.snoozes.end(snooze)


def test_that_a_snooze_needs_a_reason_an_end_ahead_and_no_more_than_three_days(team: Team) -> None:
    _, report = seen(team)
    now, version = team.clock(), report_version(team, report)
    for until, reason, said in (
        (now + dt.timedelta(hours=1), " ", "Say why"),
        (now, "Later", "has passed"),
        (now + dt.timedelta(days=3, minutes=1), "Later", "3 days at most"),
    ):
        with pytest.raises(Refused, match=said):
            team.jo.snoozes.report(report, version, until, reason)
    assert row(team, report).snooze is None
    team.jo.snoozes.report(report, version, now + dt.timedelta(days=3), "Practice closed for training")


def test_that_a_second_snooze_is_told_of_the_first(team: Team) -> None:
    _, report = seen(team)
    until = team.clock() + dt.timedelta(hours=2)
    team.jo.snoozes.report(report, report_version(team, report), until, "Sam writes it")
    with pytest.raises(Refused, match=r"Jo Bates has snoozed this until .* end that first"):
        team.mo.snoozes.report(report, report_version(team, report), until, "The same")
    team.clock.pass_minutes(121)
    team.mo.snoozes.report(
        report, report_version(team, report), team.clock() + dt.timedelta(hours=1), "Still writing"
    )
    found = row(team, report).snoozed(team.clock())
    assert found is not None
    assert found.by == "Mo Khan"


def test_that_whoever_saw_an_older_report_is_told(team: Team) -> None:
    _, report = seen(team)
    before = report_version(team, report)
    team.jo.reports.draft(report, before, team.jo.reports.content(report))
    with pytest.raises(ChangedElsewhere):
        team.jo.snoozes.report(report, before, team.clock() + dt.timedelta(hours=1), "Later")


def test_that_a_call_list_rests_for_all_reports_of_its_practice(team: Team) -> None:
    referral, report = seen(team)
    until = team.clock() + dt.timedelta(hours=3)
    snooze = team.jo.snoozes.practice(team.ids["practice"], until, "They ring back after surgery")
    found = row(team, report)
    assert found.snooze is None
    listed = found.list_snoozed(team.clock())
    assert listed is not None
    assert listed.reason == "They ring back after surgery"
    assert any("Calls to Sea Road Surgery snoozed until" in words for words in timeline(team, referral))
    team.jo.snoozes.end(snooze)
    assert row(team, report).list_snooze is None


def test_that_nothing_is_snoozed_where_nothing_is_open(team: Team) -> None:
    with pytest.raises(Refused, match="nothing to snooze"):
        team.jo.snoozes.practice(team.ids["practice"], team.clock() + dt.timedelta(hours=1), "Later")


def test_that_a_practitioner_does_not_snooze_their_own_report(team: Team) -> None:
    _, report = seen(team)
    with pytest.raises(Refused, match="may not snooze"):
        team.desk("sam_self").snoozes.report(
            report, report_version(team, report), team.clock() + dt.timedelta(hours=1), "Later"
        )


@pytest.mark.parametrize("subject", sorted(set(Subject) - {Subject.REPORT, Subject.PRACTICE}))
def test_that_no_ladder_behind_which_somebody_may_come_to_harm_ever_rests(
    subject: Subject, now: dt.datetime
) -> None:
    (reason,) = reasons_not_to_snooze(subject, now + dt.timedelta(hours=1), "Later", now, 72)
    assert "somebody must answer it" in reason
