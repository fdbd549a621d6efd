"""The outcome report: written whole, signed by the clinician of the contact, sent, answered."""

import datetime as dt
from dataclasses import replace

import pytest

from console.domain.refusals import Refused
from console.domain.report_content import GpAction
from console.domain.words import Channel, PracticeLink, ReportStatus
from db.models import Outcome, Report
from tests.services.hubs_at_work import (
    filled,
    open_from_8_to_8,
    open_tasks,
    report_version,
    sam,
    seen,
    signed,
    written,
)
from tests.services.team import Team, new_referral


@pytest.fixture(autouse=True)
def _hours(team: Team) -> None:
    open_from_8_to_8(team)


def test_that_a_report_begins_with_what_is_known(team: Team, now: dt.datetime) -> None:
    _, report = seen(team)
    content = team.jo.reports.content(report)
    assert (content.reason, content.referred_at) == ("Fall, cannot get up alone", now)
    assert (content.attended_at, content.left_at) == (now, now + dt.timedelta(minutes=20))
    assert (content.clinician, content.registration) == ("Sam Hill", "PA12345")


def test_that_an_unfinished_report_is_not_signed_and_says_what_is_missing(team: Team) -> None:
    _, report = seen(team)
    desk = sam(team)
    with pytest.raises(Refused, match="can become drafted"):
        desk.reports.sign(report, report_version(team, report))
    desk.reports.draft(report, report_version(team, report), desk.reports.content(report))
    with pytest.raises(Refused) as refused:
        desk.reports.sign(report, report_version(team, report))
    assert "Give the working diagnosis." in refused.value.reasons


def test_that_only_the_clinician_of_the_contact_signs(team: Team) -> None:
    report = written(team)
    with pytest.raises(Refused, match="Only the clinician who had the contact"):
        team.ann.reports.sign(report, report_version(team, report))
    with pytest.raises(Refused, match="may not sign"):
        team.jo.reports.sign(report, report_version(team, report))
    sam(team).reports.sign(report, report_version(team, report))
    assert team.stored(Report, report).signed_by_id == team.actors["sam_self"].staff_id


def test_that_a_report_goes_from_signed_to_accepted_by_name(team: Team) -> None:
    report = signed(team)
    reports = team.jo.reports
    reports.sent(report, report_version(team, report), Channel.MAIL, "")
    stored = team.stored(Report, report)
    assert (stored.status, stored.last_result) == (
        ReportStatus.SENT,
        "Sent to Sea Road Surgery by secure mail",
    )
    reports.delivered(report, report_version(team, report))
    with pytest.raises(Refused, match="Name who accepted"):
        reports.accepted(report, report_version(team, report), " ")
    reports.accepted(report, report_version(team, report), "Dr Lowe")
    assert team.stored(Report, report).accepted_by == "Dr Lowe"


def test_that_an_unsigned_report_is_not_sent(team: Team) -> None:
    report = written(team)
    with pytest.raises(Refused, match="not sent"):
        team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")


def test_that_a_report_changed_after_sending_goes_again_as_a_whole_new_version(team: Team) -> None:
    report = signed(team)
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    desk = sam(team).reports
    changed = replace(desk.content(report), advice="Ring 999 if breathless")
    assert desk.draft(report, report_version(team, report), changed).number == 2
    stored = team.stored(Report, report)
    assert (stored.status, stored.signed_at, stored.sent_at) == (ReportStatus.DRAFTED, None, None)
    assert stored.last_result is None
    first, second = desk.versions(report)
    assert (first.content.advice, second.content.advice) == (
        "Ring 111 if breathless",
        "Ring 999 if breathless",
    )
    assert first.signed_at is not None


def test_that_safeguarding_asks_for_a_telephone_call_once(team: Team) -> None:
    _, report = seen(team)
    desk = sam(team).reports
    content = replace(filled(desk.content(report)), safeguarding=True, safeguarding_note="Neglect; told Ann")
    desk.draft(report, report_version(team, report), content)
    (task,) = open_tasks(team, "telephone_gp")
    team.jo.tasks.accept(task.id, task.version)
    (task,) = open_tasks(team, "telephone_gp")
    team.jo.tasks.done(task.id, task.version, "Spoke to Dr Lowe, who rings the family today")
    desk.draft(report, report_version(team, report), replace(content, treatment="Advice"))
    assert open_tasks(team, "telephone_gp") == []


def test_that_an_action_due_tomorrow_asks_for_a_telephone_call(team: Team, now: dt.datetime) -> None:
    _, report = seen(team)
    desk = sam(team).reports
    action = GpAction("Blood test", now.date() + dt.timedelta(days=1))
    content = replace(filled(desk.content(report)), gp_actions=(action,))
    desk.draft(report, report_version(team, report), content)
    assert len(open_tasks(team, "telephone_gp")) == 1


def test_that_a_report_without_a_practice_has_an_owner_and_needs_a_name_to_send_to(team: Team) -> None:
    key = team.received(new_referral(practice_link=PracticeLink.VISITOR))
    team.ann.triage.triage(key, team.version(key), 2)
    visit = team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    for step in ("acknowledge", "en_route", "on_scene"):
        getattr(team.jo.visits, step)(visit, team.visit_version(key))
    report = team.jo.visits.clear(visit, team.visit_version(key))
    (owner,) = open_tasks(team, "report_owner")
    assert owner.report_id == report
    desk = sam(team).reports
    desk.draft(report, report_version(team, report), filled(desk.content(report)))
    desk.sign(report, report_version(team, report))
    with pytest.raises(Refused, match="say to whom"):
        team.jo.reports.sent(report, report_version(team, report), Channel.POST, "")
    team.jo.reports.sent(report, report_version(team, report), Channel.POST, "Dr Berg, Malmö")
    assert open_tasks(team, "report_owner") == []


def test_that_what_the_clinician_writes_is_what_the_figures_count(team: Team) -> None:
    report = written(team)
    outcome = team.stored(Outcome, team.stored(Report, report).outcome_id)
    assert (outcome.disposition, outcome.admission_prevented) == ("advice", False)


def test_that_a_held_report_says_why(team: Team) -> None:
    report = signed(team)
    with pytest.raises(Refused, match="Say why"):
        team.jo.reports.hold(report, report_version(team, report), "")
    team.jo.reports.hold(report, report_version(team, report), "The patient has moved")
    assert team.stored(Report, report).last_result == "Held: The patient has moved"
