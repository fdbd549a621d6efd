"""A Saturday at both hubs: who walks in is streamed, called and seen, and nobody is left when they close."""

import datetime as dt

import pytest

from console.domain.rows import QueueRow
from console.domain.words import (
    Availability,
    OutcomeDisposition,
    QueueStatus,
    ReferralStatus,
    Stream,
    TaskKind,
)
from db.models import Outcome, QueueEntry, Task
from tests.end_to_end.conftest import OpenAt, pass_day
from tests.end_to_end.days import Day
from tests.end_to_end.driver import AtTheDesk, words_of
from tests.end_to_end.steps import put_on_duty
from tests.end_to_end.truth import Truth, clock

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NINE = dt.datetime(2026, 1, 17, 9, 0, tzinfo=dt.UTC)
FOLKESTONE, DOVER = "Alt+1", "Alt+2"


@pytest.mark.usefixtures("instead_of_a_display")
def test_a_saturday_at_both_hubs_to_a_safe_closing(
    open_at: OpenAt, truth: Truth, caplog: pytest.LogCaptureFixture
) -> None:
    pass_day(DAY, open_at, truth, caplog)


def play(desk: AtTheDesk) -> None:
    desk.sign_in("Jo Bates")
    put_on_duty(desk, "Helen Osei", "Folkestone", "20:00", "hub")
    put_on_duty(desk, "Sam Hill", "Folkestone", "20:00", "hub")
    put_on_duty(desk, "Grace Okafor", "Dover", "20:00", "hub")
    desk.goes_to("Ctrl+2", "hub")
    walk_in(desk, FOLKESTONE, "Adams", "Rita", "12/4/1950", "Cut hand")
    walk_in(desk, FOLKESTONE, "Baker", "Leo", "1/9/1933", "Chest tight since Friday")
    walk_in(desk, FOLKESTONE, "Clark", "Una", "23/7/1988", "Sore throat")
    walk_in(desk, DOVER, "Dunn", "Max", "5/5/1971", "Ankle")
    walk_in(desk, DOVER, "Evans", "Ida", "30/1/1944", "New confusion")
    walk_in(desk, DOVER, "Frost", "Kim", "19/2/1999", "Out of inhaler")
    stream_them(desk)
    see_the_first(desk)
    follow_the_others(desk)
    come_in_the_evening(desk)
    close_safely(desk)


def walk_in(desk: AtTheDesk, hub: str, family: str, given: str, born: str, problem: str) -> None:
    desk.passes(2)
    desk.press(hub)
    desk.opens("Ctrl+H", "Arrive at hub")
    desk.fill("Date of birth", born)
    desk.fill("Family name", family)
    desk.fill("Given name", given)
    desk.tick("Two identifiers read back to the caller")
    desk.choose("Or why none", "visitor")
    desk.fill("Problem", problem)
    desk.submit(f"{family.upper()}, {given} has arrived.")
    desk.waits_until(lambda: desk.entry(family))


def stream_them(desk: AtTheDesk) -> None:
    desk.passes(3)
    desk.hands_over_to("Helen Osei")
    desk.goes_to("Ctrl+2", "hub")
    stream(desk, FOLKESTONE, "Adams", "paramedic practitioner", "p3")
    stream(desk, FOLKESTONE, "Baker", "gp needed", "p2")
    stream(desk, FOLKESTONE, "Clark", "paramedic practitioner", "p4")
    stream(desk, DOVER, "Dunn", "paramedic practitioner", "p4")
    stream(desk, DOVER, "Evans", "gp needed", "p2")
    stream(desk, DOVER, "Frost", "pharmacist", "p4")


def stream(desk: AtTheDesk, hub: str, family: str, care: str, priority: str) -> None:
    goes_to_patient(desk, hub, family)
    desk.opens("Ctrl+Shift+T", "Stream")
    desk.choose("Stream", care)
    desk.choose("Priority", priority)
    desk.fill("Why", "Looked at in the waiting room")
    desk.submit("waits for")
    desk.waits_until(lambda: the(desk, family).status is QueueStatus.STREAMED)


def see_the_first(desk: AtTheDesk) -> None:
    desk.passes(1)
    desk.press(FOLKESTONE)
    desk.waits_until(lambda: desk.offers("F2"))
    desk.press("F2")  # the GP calls whoever is most urgent
    desk.is_told("BAKER, Leo is called.")
    desk.waits_until(lambda: the(desk, "Baker").status is QueueStatus.CALLED)
    desk.opens("F3", "Being seen")
    assert "Sam Hill: " in desk.shown()
    assert "needs a GP: only a GP may see this patient." in desk.shown()
    desk.choose("Seen by", "helen")
    desk.submit("Dr Helen Osei sees BAKER, Leo.")
    goes_to_patient(desk, FOLKESTONE, "Adams")
    desk.waits_until(lambda: the(desk, "Baker").status is QueueStatus.BEING_SEEN)
    desk.waits_until(lambda: availability(desk, "Dr Helen Osei") is Availability.AT_HUB)
    desk.opens("F3", "Being seen")
    assert "Dr Helen Osei: is busy" in desk.shown()
    desk.choose("Seen by", "sam")
    desk.fill("Since when", "-1")
    desk.submit("Sam Hill sees ADAMS, Rita.")
    desk.passes(20)
    is_seen(desk, FOLKESTONE, "Adams")
    is_seen(desk, FOLKESTONE, "Baker")


def is_seen(desk: AtTheDesk, hub: str, family: str) -> None:
    goes_to_patient(desk, hub, family)
    desk.opens("F10", "Seen")
    desk.choose("What became of the patient", "advice")
    desk.choose("Admission prevented, as the clinician judges", "no")
    desk.submit(f"{family.upper()},")
    desk.waits_until(lambda: desk.entry(family) is None)


def follow_the_others(desk: AtTheDesk) -> None:
    goes_to_patient(desk, FOLKESTONE, "Clark")
    desk.opens("Ctrl+Shift+D", "Left before being seen")
    desk.fill("What is known (may stay empty)", "Could not wait, went home by taxi")
    desk.submit("a clinician is asked to ring.")
    goes_to_patient(desk, DOVER, "Evans")
    desk.opens("F3", "Being seen")
    desk.is_refused("Nobody who may see this patient is free at Dover.")
    desk.leave()
    desk.opens("Ctrl+Shift+B", "Move to the other hub")
    desk.fill("Why", "There is a GP at Folkestone")
    desk.submit("EVANS, Ida moves to Folkestone.")
    desk.waits_until(lambda: the(desk, "Evans").hub == "Folkestone")
    goes_to_patient(desk, DOVER, "Frost")
    desk.opens("Ctrl+Shift+X", "Taken over")
    desk.choose("What happens", "a named service")
    desk.fill("Service that takes over", "Biggin Street Pharmacy")
    desk.fill("Its reference, or who accepted", "Mr Rao")
    desk.submit("FROST, Kim is taken over by Biggin Street Pharmacy.")
    begin(desk, DOVER, "Dunn", "grace")
    begin(desk, FOLKESTONE, "Evans", "helen")
    desk.passes(25)
    is_seen(desk, DOVER, "Dunn")
    is_seen(desk, FOLKESTONE, "Evans")
    ring_who_left(desk)


def begin(desk: AtTheDesk, hub: str, family: str, who: str) -> None:
    goes_to_patient(desk, hub, family)
    desk.opens("F3", "Being seen")
    desk.choose("Seen by", who)
    desk.submit("sees")
    desk.waits_until(lambda: the(desk, family).status is QueueStatus.BEING_SEEN)


def ring_who_left(desk: AtTheDesk) -> None:
    desk.goes_to("Ctrl+1", "board")
    desk.finds("Clark")
    desk.opens("Ctrl+L", "Log a contact")
    desk.fill("Number", "07700 900777")
    desk.choose("What came of it", "spoke")
    desk.fill("What was said or agreed", "Swallows well, rings 111 if worse")
    desk.submit("Contact about CLARK, Una saved")
    desk.opens("Ctrl+E", "End without a visit")
    desk.choose("How it ends", "redirect")
    desk.fill("The service that takes the patient", "Own GP on Monday")
    desk.fill("Why", "Swallows well, advised by telephone, agrees")
    desk.submit("has ended.")
    desk.waits_until(lambda: desk.referral("Clark") is None)


def come_in_the_evening(desk: AtTheDesk) -> None:
    desk.until(18, 10)
    desk.hands_over_to("Jo Bates")
    desk.goes_to("Ctrl+2", "hub")
    walk_in(desk, FOLKESTONE, "Green", "Ola", "8/8/1960", "Rash for a week")
    walk_in(desk, DOVER, "Hart", "Tim", "9/9/1990", "Earache")
    desk.until(18, 20)
    desk.hands_over_to("Helen Osei")
    desk.goes_to("Ctrl+2", "hub")
    stream(desk, FOLKESTONE, "Green", "paramedic practitioner", "p4")
    stream(desk, DOVER, "Hart", "paramedic practitioner", "p4")
    begin(desk, DOVER, "Hart", "grace")


def close_safely(desk: AtTheDesk) -> None:
    desk.until(18, 35)
    desk.press(FOLKESTONE)
    desk.waits_until(lambda: "1 in the way of closing" in words_of(desk.page))
    desk.opens("Ctrl+Shift+C", "Close Folkestone")
    number = the(desk, "Green").referral_number
    desk.waits_until(lambda: "1 patient stands in the way of closing" in desk.shown())
    assert f"{number} waits: see the patient" in desk.shown()
    desk.press("Ctrl+Return")  # closes nothing
    desk.leave()
    assert not any(hub.is_closed_down for hub in desk.live.hubs.by_id.values())
    goes_to_patient(desk, FOLKESTONE, "Green")
    desk.opens("Ctrl+Shift+X", "Taken over")
    desk.choose("What happens", "later day")
    desk.fill("Time", "tomorrow 09:00")
    desk.fill("Why the patient can wait safely", "No fever, does not spread")
    desk.submit("has a time on a later day.")
    desk.passes(5)
    is_seen(desk, DOVER, "Hart")
    desk.until(19, 50)
    for hub, name in ((FOLKESTONE, "Folkestone"), (DOVER, "Dover")):
        desk.press(hub)
        desk.opens("Ctrl+Shift+C", f"Close {name}")
        desk.waits_until(lambda: "Nobody is left at the hub." in desk.shown(), desk.shown)
        desk.submit(f"{name} is closed for the day.")
    desk.waits_until(lambda: all(hub.is_closed_down for hub in desk.live.hubs.by_id.values()))


def check(truth: Truth) -> None:
    seen = ("Adams", "Baker", "Dunn", "Evans", "Hart")
    for family in seen:
        assert truth.referral(family).status is ReferralStatus.CLOSED
        (outcome,) = truth.of(Outcome, family)
        assert outcome.disposition is OutcomeDisposition.ADVICE
        assert truth.of(QueueEntry, family)[-1].status is QueueStatus.SEEN
    check_ida_evans(truth)
    (left,) = truth.of(QueueEntry, "Clark")
    assert left.status is QueueStatus.LEFT
    assert truth.step("Clark", "queue.left").by == "Dr Helen Osei"
    assert [one.kind for one in truth.of(Task, "Clark") if one.done_at is None] == []
    (over,) = truth.of(QueueEntry, "Frost")
    assert over.ended_because == "Taken over by Biggin Street Pharmacy (Mr Rao)"
    (later,) = truth.of(QueueEntry, "Green")
    assert (later.status, later.booked_for_at) == (
        QueueStatus.BOOKED,
        dt.datetime(2026, 1, 18, 9, 0, tzinfo=dt.UTC),
    )


def check_ida_evans(truth: Truth) -> None:
    """The clocks ran on from the first arrival, through the move to the other hub."""
    first, second = truth.of(QueueEntry, "Evans")
    assert (first.status, second.status) == (QueueStatus.MOVED, QueueStatus.SEEN)
    assert clock(first.arrived_at) == clock(second.arrived_at) == "09:10"
    referral = truth.referral("Evans")
    assert (clock(referral.received_at), clock(referral.first_triaged_at)) == ("09:10", "09:15")
    assert clock(referral.due_at) == "10:15"
    assert (referral.gp_needed, referral.stream) == (True, Stream.GP_NEEDED)
    assert not [one for one in truth.of(Task, "Evans") if one.kind is TaskKind.OVERNIGHT]


def goes_to_patient(desk: AtTheDesk, hub: str, family: str) -> None:
    desk.press(hub)
    desk.chooses("Hub queue", lambda row: row.family_name == family)


def availability(desk: AtTheDesk, name: str) -> Availability | None:
    row = desk.practitioner(name)
    return None if row is None else row.availability


def the(desk: AtTheDesk, family: str) -> QueueRow:
    return desk.awaits(lambda: desk.entry(family))


DAY = Day(NINE, play, check, ("Adams", "Baker", "Clark", "Dunn", "Evans", "Frost", "Green", "Hart", "throat"))
