"""A weekday at the hub, from the telephone call of a practice to the report that it has accepted."""

import datetime as dt

import pytest

from console.domain.rows import ReferralRow
from console.domain.words import (
    Channel,
    ContactResult,
    OutcomeDisposition,
    ReferralStatus,
    ReportStatus,
    Role,
    TaskKind,
    VisitStatus,
)
from db.models import Contact, Outcome, Report, Visit
from tests.end_to_end.conftest import OpenAt, pass_day
from tests.end_to_end.days import Day
from tests.end_to_end.driver import AtTheDesk
from tests.end_to_end.report_by_keys import let_sam_sign, send_the_report, write_what_sam_dictates
from tests.end_to_end.steps import put_on_duty
from tests.end_to_end.truth import Truth, clock

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NINE = dt.datetime(2026, 1, 14, 9, 0, tzinfo=dt.UTC)


@pytest.mark.usefixtures("instead_of_a_display")
def test_a_weekday_from_the_telephone_call_to_the_accepted_report(
    open_at: OpenAt, truth: Truth, caplog: pytest.LogCaptureFixture
) -> None:
    pass_day(DAY, open_at, truth, caplog)


def play(desk: AtTheDesk) -> None:
    desk.sign_in("Jo Bates")
    put_on_duty(desk, "Sam Hill", "Folkestone", "18:00")
    put_on_duty(desk, "Priya Nair", "Folkestone", "18:00")
    put_on_duty(desk, "Kate Lowe", "Dover", "18:00")
    take_the_practice_call(desk)
    warn_of_the_dog(desk)
    send_sam(desk)
    take_the_111_call(desk)
    let_the_clinician_triage(desk)
    meet_the_same_patient_again(desk)
    follow_sam_to_the_door(desk)
    hear_that_a_patient_is_worse(desk)
    ring_in_vain(desk)
    hear_that_sam_is_clear(desk)
    write_what_sam_dictates(desk)
    let_sam_sign(desk)
    send_the_report(desk)


def check(truth: Truth) -> None:
    check_ivy_marsh(truth)
    check_what_sam_told(truth)
    check_the_report(truth)
    check_ben_oduya(truth)


def take_the_practice_call(desk: AtTheDesk) -> None:
    desk.passes(10)
    desk.opens("Ctrl+N", "New referral")
    desk.choose("Source", "gp practice")
    desk.fill("Received at (empty: now)", "-4")
    desk.fill("Caller", "Carol, reception")
    desk.fill("Caller's phone", "01632 960202")
    desk.fill("NHS number", "999 000 0123")
    desk.fill("Date of birth", "3/10/1941")
    desk.fill("Family name", "Marsh")
    desk.fill("Given name", "Ivy")
    desk.choose("Gender", "female")
    desk.fill("Patient's phone", "01632 960801")
    desk.tick("Two identifiers read back to the caller")
    desk.fill("Home address", "12 Beach Street, Folkestone")
    desk.fill("Home postcode", "ct196bl")
    desk.fill("Own practice", "Y99902")
    desk.waits_until(lambda: "Leas View" in desk.text_of("Own practice"))
    desk.fill("Problem", "Breathless since last night")
    desk.fill("What the caller says", "COPD, alone at home, door on the latch")
    desk.choose("Priority asked for", "p3")
    desk.tick("A GP or CAS clinician judged this priority")
    desk.submit("MARSH, Ivy is taken in.")
    desk.now_acts_on("Marsh")
    row = desk.referral("Marsh")
    assert row is not None
    assert (row.status, row.priority) == (ReferralStatus.TRIAGED, 3)


def warn_of_the_dog(desk: AtTheDesk) -> None:
    desk.opens("Ctrl+M", "Add a marker")
    desk.choose("Kind", "animal")
    desk.fill("What staff must know", "Large dog, loose in the garden")
    desk.submit("Marker added")
    desk.waits_until(lambda: the(desk, "Marsh").markers_unacknowledged == 1)


def send_sam(desk: AtTheDesk) -> None:
    desk.passes(2)
    desk.opens("Ctrl+Return", "Allocate a visit")
    desk.waits_until(lambda: "Large dog" in desk.shown())
    desk.press("Ctrl+Return")  # I have read them
    desk.waits_until(lambda: the(desk, "Marsh").markers_unacknowledged == 0)
    desk.waits_until(lambda: desk.has_keyboard == "Who goes")
    desk.waits_until(lambda: "Looking who can be sent" not in desk.shown())
    desk.type("kate")
    desk.press("Down")
    desk.is_refused("never sent to home visits")
    desk.press("Ctrl+A")
    desk.type("sam")
    desk.submit("MARSH, Ivy is allocated to Sam Hill.")
    desk.waits_until(lambda: the(desk, "Marsh").visit_status is VisitStatus.ALLOCATED)


def take_the_111_call(desk: AtTheDesk) -> None:
    desk.passes(6)
    desk.opens("Ctrl+N", "New referral")
    desk.choose("Source", "111")
    desk.fill("NHS number", "9990000239")
    desk.fill("Date of birth", "02/11/1958")
    desk.fill("Family name", "Oduya")
    desk.fill("Given name", "Ben")
    desk.fill("Patient's phone", "07700 900555")
    desk.fill("Home address", "4 Castle Hill, Folkestone")
    desk.fill("Home postcode", "CT20 2RS")
    desk.choose("Or why none", "not known")
    desk.fill("Problem", "Fever and shivering")
    desk.fill("111 disposition", "Dx12")
    desk.fill("given at", "-5")
    desk.submit("ODUYA, Ben is taken in.")
    desk.now_acts_on("Oduya")
    assert the(desk, "Oduya").is_untriaged
    desk.press("Ctrl+T")  # a coordinator does not triage
    assert desk.dialog is None


def let_the_clinician_triage(desk: AtTheDesk) -> None:
    desk.passes(3)
    desk.hands_over_to("Helen Osei")
    desk.finds("Oduya")
    desk.opens("Ctrl+T", "Triage")
    desk.choose("Priority", "p2")
    desk.choose("Kind of care", "home visit")
    desk.fill("Why, for whoever goes (may stay empty)", "Possible urosepsis")
    desk.submit("ODUYA, Ben is triaged: acute")
    desk.hands_over_to("Jo Bates")


def meet_the_same_patient_again(desk: AtTheDesk) -> None:
    desk.passes(4)
    desk.opens("Ctrl+N", "New referral")
    desk.choose("Source", "community nursing")
    desk.fill("NHS number", "9990000123")
    desk.waits_until(lambda: "MARSH, Ivy" in desk.shown())
    desk.press("Alt+1")
    desk.waits_until(lambda: "Open the referral" in desk.shown())
    desk.press("Ctrl+Return")
    desk.waits_until(lambda: desk.dialog is None and desk.acts_on == "Marsh")
    assert len(desk.live.referrals.by_id) == 2


def follow_sam_to_the_door(desk: AtTheDesk) -> None:
    tell_step(desk, "F5", "Acknowledged", "-3", "Got it, leaving in five")
    desk.passes(5)
    tell_step(desk, "F7", "En route", "-1", "On the way", expected="+60")
    desk.press("Ctrl+Z")  # it was another crew's call
    desk.is_told("Undone")
    desk.waits_until(lambda: the(desk, "Marsh").visit_status is VisitStatus.ACKNOWLEDGED)
    desk.passes(5)
    tell_step(desk, "F7", "En route", "-2", "Now I am on the way", expected="+60")
    desk.passes(15)
    tell_step(desk, "F8", "On scene", "-5", "At the door, dog is in", expected="+35")


def tell_step(
    desk: AtTheDesk, key: str, title: str, when: str, words: str, expected: str | None = None
) -> None:
    desk.opens(key, title)
    if expected is not None:
        desk.fill("Expected clear", expected)
    desk.fill("When it happened (empty: now)", when)
    desk.choose("How you were told", "radio")
    desk.fill("What Sam Hill said", words)
    desk.submit()
    desk.waits_until(lambda: (row := desk.referral("Marsh")) is None or row.word == title)


def hear_that_a_patient_is_worse(desk: AtTheDesk) -> None:
    desk.finds("Oduya")
    desk.opens("Ctrl+W", "Worse")
    desk.fill("What has changed, as it was said", "Daughter: he is confused now")
    desk.submit("a clinician is asked to look now")
    desk.waits_until(lambda: the(desk, "Oduya").worse_at is not None)


def ring_in_vain(desk: AtTheDesk) -> None:
    desk.passes(2)
    desk.opens("Ctrl+L", "Log a contact")
    desk.waits_until(lambda: desk.text_of("Number"))
    assert desk.text_of("Number") == "07700 900555"
    desk.choose("What came of it", "no reply")
    desk.submit("no reply")


def hear_that_sam_is_clear(desk: AtTheDesk) -> None:
    desk.passes(20)
    desk.finds("Marsh")
    desk.opens("F9", "Clear")
    desk.choose("What became of the patient", "treated at home")
    desk.choose("Admission prevented, as the clinician judges", "yes")
    desk.fill("Why they judge so", "Would have been conveyed for oxygen")
    desk.fill("When it happened (empty: now)", "-6")
    desk.fill("What Sam Hill said", "All done, she is settled")
    desk.submit("Sam Hill is clear of MARSH, Ivy.")
    desk.waits_until(lambda: desk.referral("Marsh") is None)
    desk.waits_until(lambda: desk.report("Marsh") is not None)


def the(desk: AtTheDesk, family_name: str) -> ReferralRow:
    return desk.awaits(lambda: desk.referral(family_name))


def check_ivy_marsh(truth: Truth) -> None:
    referral = truth.referral("Marsh")
    assert referral.status is ReferralStatus.CLOSED
    assert (clock(referral.received_at), clock(referral.entered_at)) == ("09:06", "09:10")
    assert (clock(referral.first_triaged_at), clock(referral.due_at)) == ("09:06", "11:06")
    assert clock(referral.seen_at) == "09:45"
    (visit,) = truth.of(Visit, "Marsh")
    assert visit.status is VisitStatus.CLEAR
    steps = (visit.acknowledged_at, visit.en_route_at, visit.on_scene_at, visit.clear_at)
    assert [clock(at) for at in steps] == ["09:22", "09:33", "09:45", "10:06"]


def check_what_sam_told(truth: Truth) -> None:
    """Each step has both times, the channel and his words, and who entered it for him."""
    told = [one for one in truth.steps("Marsh") if one.on_behalf_of == "Sam Hill"]
    assert [(one.kind, one.happened, one.entered) for one in told] == [
        ("visit.acknowledged", "09:22", "09:25"),
        ("visit.en_route", "09:29", "09:30"),
        ("visit.en_route", "09:33", "09:35"),
        ("visit.on_scene", "09:45", "09:50"),
        ("visit.clear", "10:06", "10:12"),
    ]
    assert {one.by for one in told} == {"Jo Bates"}
    assert {one.role for one in told} == {Role.COORDINATOR}
    assert told[0].said == "Got it, leaving in five"
    assert [one.channel for one in told] == [*[Channel.RADIO] * 4, Channel.TELEPHONE]


def check_the_report(truth: Truth) -> None:
    (outcome,), (report,) = truth.of(Outcome, "Marsh"), truth.of(Report, "Marsh")
    assert (outcome.disposition, outcome.admission_prevented) == (OutcomeDisposition.TREATED_AT_HOME, True)
    assert outcome.prevented_judged_by == "Sam Hill"
    assert report.status is ReportStatus.ACCEPTED
    times = (report.owed_at, report.due_at, report.signed_at, report.sent_at, report.accepted_at)
    assert [clock(at) for at in times] == ["10:06", "13:06", "10:46", "10:46", "11:11"]
    assert truth.name_of(report.signed_by_id) == "Sam Hill"
    assert (truth.name_of(report.sent_by_id), report.sent_by_channel) == ("Jo Bates", Channel.MAIL)
    assert report.accepted_by == "Mrs Webb, practice manager"
    version = truth.version(report)
    assert version.content["observations"]["spo2_scale"] == 2
    assert version.content["is_dictated"] is True
    assert truth.name_of(version.written_by_id) == "Jo Bates"


def check_ben_oduya(truth: Truth) -> None:
    referral = truth.referral("Oduya")
    assert (referral.status, referral.priority) == (ReferralStatus.TRIAGED, 2)
    assert (clock(referral.received_at), clock(referral.first_triaged_at)) == ("09:18", "09:21")
    assert truth.name_of(referral.triaged_by_id) == "Dr Helen Osei"
    assert clock(referral.worse_at) == "09:50"
    now = truth.task("Oduya", TaskKind.CLINICIAN_NOW)
    assert (now.role, now.done_at) == (Role.CLINICIAN, None)
    (call,) = truth.of(Contact, "Oduya")
    assert (call.number, call.result, clock(call.happened_at)) == (
        "07700900555", ContactResult.NO_REPLY, "09:52",
    )  # fmt: skip


DAY = Day(NINE, play, check, ("Marsh", "Oduya", "9990000123", "Beach Street", "oxygen", "900555"))
