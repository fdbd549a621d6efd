"""The outcome report: written whole, signed by the clinician of the contact, sent, answered."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from console.domain.refusals import Refused
from console.domain.report_content import GpAction
from console.domain.words import Channel, OutcomeKind, PracticeLink, ReportStatus
from db.models import Outcome, Practice, Report
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


def another_practice(team: Team) -> int:
    with team.database.work(team.actors["jo"], team.clock()) as work:
        return work.add(Practice(ods_code="G82001", name="Oaks Surgery", phone="01303666666")).id


@pytest.mark.parametrize("is_told_first", [True, False])
def test_that_what_the_wrong_practice_rejected_waits_to_be_sent_to_the_right_one(
    team: Team, *, is_told_first: bool
) -> None:
    report, oaks = signed(team), another_practice(team)
    key = team.stored(Report, report).referral_id
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    steps: list[Callable[[], None]] = [
        lambda: team.jo.referrals.set_practice(key, team.version(key), oaks),
        lambda: team.jo.reports.rejected(report, report_version(team, report), "Not our patient"),
    ]
    for step in steps if is_told_first else reversed(steps):
        step()
    stored = team.stored(Report, report)
    assert (stored.practice_id, stored.status, stored.sent_at) == (oaks, ReportStatus.SIGNED, None)
    assert stored.last_result is None
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    assert team.stored(Report, report).last_result == "Sent to Oaks Surgery by secure mail"


def test_that_what_is_written_anew_goes_to_the_practice_that_is_known_by_now(team: Team) -> None:
    report, oaks = signed(team), another_practice(team)
    key = team.stored(Report, report).referral_id
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.jo.referrals.set_practice(key, team.version(key), oaks)
    assert team.stored(Report, report).practice_id == team.ids["practice"]  # which has it
    desk = sam(team).reports
    desk.draft(report, report_version(team, report), desk.content(report))
    assert team.stored(Report, report).practice_id == oaks


def test_that_the_practice_found_out_after_a_rejection_is_taken_back_whole(team: Team) -> None:
    report, oaks = signed(team), another_practice(team)
    key = team.stored(Report, report).referral_id
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.jo.reports.rejected(report, report_version(team, report), "Not our patient")
    before = team.stored(Report, report)
    team.jo.referrals.set_practice(key, team.version(key), oaks)
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    after = team.stored(Report, report)
    assert (after.status, after.practice_id, after.sent_at, after.last_result) == (
        before.status, before.practice_id, before.sent_at, before.last_result,
    )  # fmt: skip


def test_that_what_goes_to_another_practice_is_owed_from_now_and_is_no_breach(team: Team) -> None:
    report, oaks = signed(team), another_practice(team)
    key = team.stored(Report, report).referral_id
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.clock.pass_minutes(3 * 24 * 60)
    team.jo.reports.rejected(report, report_version(team, report), "Not our patient")
    team.jo.referrals.set_practice(key, team.version(key), oaks)
    assert team.stored(Report, report).due_at == team.clock() + dt.timedelta(hours=3)
    team.look()
    assert [open_tasks(team, "report_late"), team.jo.chases.of_report(report).past] == [[], ()]
    team.clock.pass_minutes(3 * 60)
    team.look()
    assert [task.report_id for task in open_tasks(team, "report_late")] == [report]


def test_that_no_practice_accepts_what_was_held_before_it_was_sent_to_it(team: Team) -> None:
    report, oaks = signed(team), another_practice(team)
    key = team.stored(Report, report).referral_id
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.jo.reports.rejected(report, report_version(team, report), "Not our patient")
    team.jo.reports.hold(report, report_version(team, report), "The patient has moved")
    team.jo.referrals.set_practice(key, team.version(key), oaks)
    assert team.stored(Report, report).last_result == "Held: The patient has moved"
    with pytest.raises(Refused, match="was never sent"):
        team.jo.reports.accepted(report, report_version(team, report), "Dr Oak")
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.jo.reports.accepted(report, report_version(team, report), "Dr Oak")


def test_that_nobody_is_asked_to_own_a_report_that_no_ended_referral_owes(team: Team) -> None:
    key = team.triaged()
    team.jo.referrals.cancel(key, team.version(key), "The daughter")
    team.jo.referrals.set_practice(key, team.version(key), None, PracticeLink.VISITOR)
    assert not team.tasks(key)
    report = signed(team)
    ended = team.stored(Report, report).referral_id
    team.jo.referrals.set_practice(ended, team.version(ended), None, PracticeLink.VISITOR)
    assert team.tasks(ended) == ["report_owner"]


def test_that_the_right_practice_is_telephoned_too_where_the_wrong_one_was(team: Team) -> None:
    _, report = seen(team)
    oaks, desk = another_practice(team), sam(team).reports
    content = replace(filled(desk.content(report)), safeguarding=True, safeguarding_note="Bruises; told Ann")
    desk.draft(report, report_version(team, report), content)
    (task,) = open_tasks(team, "telephone_gp")
    team.jo.tasks.done(task.id, task.version, "Told Dr Lowe")
    desk.sign(report, report_version(team, report))
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.jo.reports.rejected(report, report_version(team, report), "Not our patient")
    assert not open_tasks(team, "telephone_gp")
    key = team.stored(Report, report).referral_id
    team.jo.referrals.set_practice(key, team.version(key), oaks)
    (task,) = open_tasks(team, "telephone_gp")
    assert task.words.endswith("Safeguarding: telephone the practice now.")
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert not open_tasks(team, "telephone_gp")


def test_that_a_practice_that_is_found_out_is_telephoned_about_a_death(team: Team) -> None:
    key, visit = team.on_scene()
    report = team.jo.visits.clear(visit, team.visit_version(key), kind=OutcomeKind.DEATH)
    (task,) = open_tasks(team, "telephone_gp")
    team.jo.tasks.done(task.id, task.version, "Told Dr Lowe, who does not know her")
    team.jo.referrals.set_practice(key, team.version(key), another_practice(team))
    (task,) = open_tasks(team, "telephone_gp")
    assert (task.report_id, task.words.endswith("The patient has died: telephone the practice now.")) == (
        report, True,
    )  # fmt: skip
