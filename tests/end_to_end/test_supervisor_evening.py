"""A supervisor's evening: the load is watched, a practitioner taken, the patients of the night accepted."""

import datetime as dt

import pytest

from console.domain.rows import ReferralRow, TaskRow
from console.domain.words import Availability, Placement, ReferralStatus, TaskKind, VisitStatus
from db.models import Visit
from tests.end_to_end.conftest import OpenAt, pass_day
from tests.end_to_end.days import Day
from tests.end_to_end.driver import AtTheDesk
from tests.end_to_end.steps import put_on_duty
from tests.end_to_end.truth import Truth, clock

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FIVE = dt.datetime(2026, 1, 15, 17, 0, tzinfo=dt.UTC)


def test_an_evening_with_a_divert_an_escalation_and_an_overnight_patient(
    open_at: OpenAt, truth: Truth, caplog: pytest.LogCaptureFixture
) -> None:
    pass_day(DAY, open_at, truth, caplog)


def play(desk: AtTheDesk) -> None:
    desk.sign_in("Jo Bates")
    put_on_duty(desk, "Sam Hill", "Folkestone", "22:00")
    refer(desk, "Ingram", "Pat", "14/6/1939", "Fall, cannot get up")
    allocate_to_sam(desk, "Ingram")
    refer(desk, "Joyce", "Lee", "2/2/1955", "Catheter blocked")
    allocate_to_sam(desk, "Joyce")
    set_sam_off(desk)
    divert_sam(desk)
    acknowledge_that_they_are_back(desk)
    upgrade_and_follow_the_ambulance(desk)
    answer_the_waiting_call(desk)
    hand_over_for_the_night(desk)


def check(truth: Truth) -> None:
    check_the_divert(truth)
    check_the_ambulance(truth)
    check_the_night(truth)


def refer(desk: AtTheDesk, family: str, given: str, born: str, problem: str) -> None:
    desk.passes(5)
    desk.opens("Ctrl+N", "New referral")
    desk.choose("Source", "gp practice")
    desk.fill("Date of birth", born)
    desk.fill("Family name", family)
    desk.fill("Given name", given)
    desk.tick("Two identifiers read back to the caller")
    desk.fill("Home address", "9 Tontine Street, Folkestone")
    desk.fill("Home postcode", "CT20 1JU")
    desk.fill("Own practice", "Y99901")
    desk.waits_until(lambda: "Harbour Light" in desk.text_of("Own practice"))
    desk.fill("Problem", problem)
    desk.choose("Priority asked for", "p3")
    desk.tick("A GP or CAS clinician judged this priority")
    desk.submit(f"{family.upper()}, {given} is taken in.")
    desk.now_acts_on(family)


def allocate_to_sam(desk: AtTheDesk, family: str) -> None:
    desk.opens("Ctrl+Return", "Allocate a visit")
    desk.waits_until(lambda: desk.has_keyboard == "Who goes")
    desk.waits_until(lambda: "Looking who can be sent" not in desk.shown())
    desk.type("sam")
    desk.submit("is allocated to Sam Hill.")
    desk.waits_until(lambda: the(desk, family).visit_status is VisitStatus.ALLOCATED)


def set_sam_off(desk: AtTheDesk) -> None:
    desk.finds("Ingram")
    desk.passes(3)
    for key, title in (("F5", "Acknowledged"), ("F7", "En route")):
        desk.opens(key, title)
        desk.fill("When it happened (empty: now)", "-1")
        desk.fill("What Sam Hill said", "Going to the fall first")
        desk.submit("Sam Hill")
        stands_at(desk, "Ingram", title)


def divert_sam(desk: AtTheDesk) -> None:
    desk.passes(4)
    desk.hands_over_to("Claire Whitmore")
    desk.goes_to("Ctrl+4", "load")
    desk.chooses("Practitioners", lambda row: row.name == "Sam Hill")
    desk.opens("Ctrl+D", "Divert Sam Hill")
    assert f"In hand: {the(desk, 'Ingram').number}, 1 waiting." in desk.shown()
    desk.fill("Diverted to", "Cardiac arrest in Cheriton")
    desk.submit("Sam Hill is diverted. 2 patients wait again.")
    desk.waits_until(lambda: all(the(desk, one).acknowledgement_owed for one in ("Ingram", "Joyce")))
    sam = desk.practitioner("Sam Hill")
    assert sam is not None
    assert (sam.placement, sam.availability) == (Placement.FRONT_LINE, Availability.FREE)


def acknowledge_that_they_are_back(desk: AtTheDesk) -> None:
    desk.passes(2)
    desk.hands_over_to("Jo Bates")
    for family in ("Ingram", "Joyce"):
        desk.finds(family)
        desk.waits_until(lambda: desk.offers("Ctrl+Shift+R"))
        desk.press("Ctrl+Shift+R")
        desk.is_told("you have seen that it came back.")
        is_acknowledged(desk, family)
    desk.opens("Ctrl+Return", "Allocate a visit")
    desk.waits_until(lambda: "Nobody can be sent now" in desk.shown(), desk.shown)
    desk.leave()


def upgrade_and_follow_the_ambulance(desk: AtTheDesk) -> None:
    desk.finds("Ingram")
    desk.opens("Ctrl+9", "Upgrade to 999")
    desk.fill("Why an ambulance is needed", "Hip deformed, grey, clammy")
    desk.submit("999 is asked for INGRAM, Pat")
    desk.waits_until(lambda: the(desk, "Ingram").word == "999: reference owed")
    desk.passes(6)
    desk.hands_over_to("Claire Whitmore")
    desk.goes_to("Ctrl+4", "load")
    accept(desk, TaskKind.AMBULANCE_TAKE_OVER)
    desk.opens("Ctrl+Shift+9", "Ambulance")
    desk.fill("Ambulance reference", "A-4471")
    desk.fill("Who accepted the call", "Dev in the control room")
    desk.fill("When it happened", "-4")
    desk.submit("the reference is recorded")
    desk.waits_until(lambda: the(desk, "Ingram").word == "999: take-over owed")
    desk.passes(20)
    desk.opens("Ctrl+Shift+9", "Ambulance")
    desk.choose("What is recorded", "crew has taken")
    desk.fill("When it happened", "-3")
    desk.submit("a crew has taken the patient over")
    desk.waits_until(lambda: desk.referral("Ingram") is None)


def answer_the_waiting_call(desk: AtTheDesk) -> None:
    """Nobody has come to Lee Joyce in time: the clinician accepts the escalation by name, and rings."""
    desk.until(19, 20)
    call = desk.awaits(lambda: task(desk, TaskKind.WAITING_CALL))
    desk.chooses("Tasks and escalations", lambda row: row.id == call.id)
    desk.waits_until(lambda: desk.offers("Ctrl+Shift+Y"))
    desk.press("Ctrl+Shift+Y")
    desk.is_told("This is for the duty clinician: ask them to accept it.")
    desk.hands_over_to("Helen Osei")
    desk.goes_to("Ctrl+4", "load")
    accept(desk, TaskKind.WAITING_CALL)
    desk.opens("Ctrl+Shift+U", "Task done")
    desk.fill("What came of it", "Daughter is with him, drains a little, safe until the night visit")
    desk.submit("done.")


def hand_over_for_the_night(desk: AtTheDesk) -> None:
    desk.until(19, 55)
    desk.hands_over_to("Jo Bates")
    desk.goes_to("Ctrl+2", "hub")
    desk.press("Alt+1")
    desk.opens("Ctrl+Shift+C", "Close Folkestone")
    desk.waits_until(lambda: "hand it to the supervisor for the night" in desk.shown(), desk.shown)
    desk.tab_to("Hand open visits to the supervisor for the night")
    desk.press("Space")
    desk.waits_until(lambda: "waits for the supervisor to accept it by name" in desk.shown(), desk.shown)
    desk.leave()
    desk.passes(2)
    desk.hands_over_to("Claire Whitmore")
    desk.goes_to("Ctrl+4", "load")
    accept(desk, TaskKind.OVERNIGHT)
    desk.hands_over_to("Jo Bates")
    desk.goes_to("Ctrl+2", "hub")
    desk.press("Alt+1")
    desk.opens("Ctrl+Shift+C", "Close Folkestone")
    desk.waits_until(lambda: "The hub can be closed." in desk.shown(), desk.shown)
    desk.submit("Folkestone is closed for the day.")


def accept(desk: AtTheDesk, kind: TaskKind) -> None:
    wanted = desk.awaits(lambda: task(desk, kind))
    desk.chooses("Tasks and escalations", lambda row: row.id == wanted.id)
    desk.waits_until(lambda: desk.offers("Ctrl+Shift+Y"))
    desk.press("Ctrl+Shift+Y")
    desk.is_told(f"{kind.label}: it is yours now.")
    who = desk.page.session.actor.name
    desk.waits_until(lambda: (row := task(desk, kind)) is not None and row.accepted_by == who)


def check_the_divert(truth: Truth) -> None:
    """Both visits have ended, and no clock of either patient was started again."""
    for family, received, due in (("Ingram", "17:05", "19:05"), ("Joyce", "17:10", "19:10")):
        (visit,) = truth.of(Visit, family)
        assert (visit.status, clock(visit.ended_at)) == (VisitStatus.DIVERTED, "17:17")
        referral = truth.referral(family)
        assert (clock(referral.received_at), clock(referral.first_triaged_at)) == (received, received)
        assert clock(referral.response_due_at) == due
        step = truth.step(family, "visit.diverted")
        assert (step.by, step.happened, step.entered) == ("Claire Whitmore", "17:17", "17:17")
        notice = truth.task(family, TaskKind.DIVERT_NOTICE)
        assert truth.name_of(notice.done_by_id) == "Jo Bates"
    told = truth.step("Ingram", "visit.en_route")
    assert (told.by, told.on_behalf_of, told.happened, told.entered) == (
        "Jo Bates", "Sam Hill", "17:12", "17:13",
    )  # fmt: skip


def check_the_ambulance(truth: Truth) -> None:
    referral = truth.referral("Ingram")
    assert referral.status in (ReferralStatus.CLOSED, ReferralStatus.REDIRECTED)
    assert referral.ambulance_reference == "A-4471"
    assert referral.ambulance_accepted_by == "Dev in the control room"
    times = (referral.ambulance_accepted_at, referral.ambulance_taken_over_at)
    assert [clock(at) for at in times] == ["17:21", "17:42"]
    assert truth.step("Ingram", "ambulance.taken_over").entered == "17:45"
    take_over = truth.task("Ingram", TaskKind.AMBULANCE_TAKE_OVER)
    assert truth.name_of(take_over.accepted_by_id) == "Claire Whitmore"


def check_the_night(truth: Truth) -> None:
    call = truth.task("Joyce", TaskKind.WAITING_CALL)
    assert truth.name_of(call.accepted_by_id) == truth.name_of(call.done_by_id) == "Dr Helen Osei"
    night = truth.task("Joyce", TaskKind.OVERNIGHT)
    assert (truth.name_of(night.accepted_by_id), clock(night.accepted_at)) == ("Claire Whitmore", "19:57")
    assert night.done_at is None
    assert truth.referral("Joyce").status.is_open


def stands_at(desk: AtTheDesk, family: str, word: str) -> None:
    desk.waits_until(lambda: the(desk, family).word == word)


def is_acknowledged(desk: AtTheDesk, family: str) -> None:
    desk.waits_until(lambda: not the(desk, family).acknowledgement_owed)


def task(desk: AtTheDesk, kind: TaskKind) -> TaskRow | None:
    return next((one for one in desk.tasks() if one.kind is kind), None)


def the(desk: AtTheDesk, family: str) -> ReferralRow:
    return desk.awaits(lambda: desk.referral(family))


DAY = Day(FIVE, play, check, ("Ingram", "Joyce", "Catheter", "Tontine", "A-4471"))
