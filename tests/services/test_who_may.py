"""Every deed is tried by every role: what the table forbids is refused at the desk, and told with who may."""

import datetime as dt
from collections.abc import Callable

import pytest

from console.domain.acting import Actor
from console.domain.permissions import Deed, may
from console.domain.refusals import Refused
from console.domain.words import (
    Channel,
    ContactResult,
    ContactWith,
    MarkerKind,
    Placement,
    PracticeLink,
    RecordAccess,
    Role,
    Stream,
)
from console.services.desk import Desk
from console.services.forms import Identity
from tests.services.team import Team, new_referral

NOBODY = 999_999
LATER = dt.datetime(2026, 1, 15, 10, 0, tzinfo=dt.UTC)
DAY = LATER.date()
IDENTITY = Identity(family_name="Marsh")
CALL = ContactWith.PATIENT, Channel.TELEPHONE, None, ContactResult.NO_REPLY
DEEDS: dict[Deed, Callable[[Desk], object]] = {
    Deed.RECEIVE: lambda desk: desk.referrals.receive(new_referral(hub_id=NOBODY)),
    Deed.FIND_PATIENT: lambda desk: desk.referrals.find_patients("Marsh"),
    Deed.OPEN_RECORD: lambda desk: desk.records.open(NOBODY),
    Deed.SHOW_KEY_SAFE: lambda desk: desk.key_safes.show(NOBODY, "At the door"),
    Deed.KEEP_KEY_SAFE: lambda desk: desk.key_safes.keep(NOBODY, "1234", ""),
    Deed.TRIAGE: lambda desk: desk.triage.triage(NOBODY, 1, 2),
    Deed.RAISE_PRIORITY: lambda desk: desk.triage.change_priority(NOBODY, 1, 2),
    Deed.ACCEPT: lambda desk: desk.triage.accept(NOBODY, 1),
    Deed.DECLINE: lambda desk: desk.referrals.decline(NOBODY, 1, "Not ours"),
    Deed.REDIRECT: lambda desk: desk.referrals.redirect(NOBODY, 1, "GP", "Not ours"),
    Deed.MARK_DUPLICATE: lambda desk: desk.referrals.mark_duplicate(NOBODY, 1, 1),
    Deed.CANCEL: lambda desk: desk.referrals.cancel(NOBODY, 1, "The sender"),
    Deed.CLOSE_REFERRAL: lambda desk: desk.referrals.close(NOBODY, 1),
    Deed.WORSE: lambda desk: desk.referrals.worse(NOBODY),
    Deed.ESCALATE: lambda desk: desk.referrals.escalate(NOBODY, "Decide"),
    Deed.MOVE_HUB: lambda desk: desk.referrals.move_hub(NOBODY, 1, 1, "Nearer"),
    Deed.RECORD_ACCESS: lambda desk: desk.referrals.record_access(NOBODY, 1, RecordAccess.YES),
    Deed.SET_PRACTICE: lambda desk: desk.referrals.set_practice(NOBODY, 1, None, PracticeLink.VISITOR),
    Deed.CORRECT_IDENTITY: lambda desk: desk.referrals.correct_identity(NOBODY, 1, IDENTITY, "Misheard", 1),
    Deed.CORRECT_ADDRESS: lambda desk: desk.referrals.correct_address(
        NOBODY, 1, "4 Sea Road", None, "Misheard"
    ),
    Deed.ACKNOWLEDGE_RETURN: lambda desk: desk.referrals.acknowledge_return(NOBODY, 1),
    Deed.ALLOCATE: lambda desk: desk.visits.allocate(NOBODY, NOBODY, 1),
    Deed.WORK_VISIT: lambda desk: desk.visits.acknowledge(NOBODY, 1),
    Deed.HAND_BACK: lambda desk: desk.visits.hand_back(NOBODY, 1, "Car"),
    Deed.REASSIGN: lambda desk: desk.visits.reassign(NOBODY, 1, NOBODY, "Nearer"),
    Deed.DIVERT_PRACTITIONER: lambda desk: desk.visits.divert(NOBODY, "Cardiac arrest"),
    Deed.UPGRADE: lambda desk: desk.ambulance.upgrade(NOBODY, 1, "Chest pain"),
    Deed.RECORD_AMBULANCE: lambda desk: desk.ambulance.take_over(NOBODY, 1),
    Deed.STAND_DOWN: lambda desk: desk.ambulance.stand_down(NOBODY, 1, "Better"),
    Deed.RECORD_CONTACT: lambda desk: desk.contacts.record(NOBODY, *CALL),
    Deed.ADVISE: lambda desk: desk.contacts.advise(NOBODY, 1, "Rest and drink"),
    Deed.DECIDE_FAILED_CONTACT: lambda desk: desk.contacts.decide_failed_contact(NOBODY, 1, "Police"),
    Deed.ADD_MARKER: lambda desk: desk.markers.add(NOBODY, None, None, MarkerKind.ANIMAL, "Dog", DAY),
    Deed.ACKNOWLEDGE_MARKER: lambda desk: desk.markers.acknowledge(NOBODY, [1]),
    Deed.END_MARKER: lambda desk: desk.markers.end(NOBODY, 1, "Dog gone"),
    Deed.ARRIVE: lambda desk: desk.hub_queue.arrive(NOBODY),
    Deed.BOOK: lambda desk: desk.hub_queue.book(NOBODY, 1, LATER),
    Deed.STREAM: lambda desk: desk.hub_queue.stream(NOBODY, 1, Stream.GP_NEEDED, 3, True, "Judged"),
    Deed.CALL_PATIENT: lambda desk: desk.hub_queue.call(NOBODY, 1),
    Deed.SEE_PATIENT: lambda desk: desk.hub_queue.begin(NOBODY, 1, NOBODY),
    Deed.END_QUEUE_ENTRY: lambda desk: desk.hub_queue.left(NOBODY, 1),
    Deed.MOVE_QUEUE_ENTRY: lambda desk: desk.hub_queue.move(NOBODY, 1, 1, "Shorter wait"),
    Deed.GIVE_TOMORROW: lambda desk: desk.hub_queue.tomorrow(NOBODY, 1, LATER, "Can wait"),
    Deed.SIGN_REPORT: lambda desk: desk.reports.sign(NOBODY, 1),
    Deed.RELEASE_REPORT: lambda desk: desk.reports.release(NOBODY, 1, "The clinician has left"),
    Deed.SEND_REPORT: lambda desk: desk.reports.sent(NOBODY, 1, Channel.POST, "The practice"),
    Deed.WORK_TASK: lambda desk: desk.tasks.accept(NOBODY, 1),
    Deed.RECORD_SHIFT: lambda desk: desk.workforce.plan_shift(
        NOBODY, NOBODY, Placement.HOME_VISITING, LATER, LATER
    ),
    Deed.END_SHIFT: lambda desk: desk.workforce.shift_off(NOBODY, 1),
    Deed.RECORD_POSITION: lambda desk: desk.workforce.position(NOBODY, 51.0, 1.1),
    Deed.CLOSE_HUB: lambda desk: desk.hubs.close(NOBODY, 1),
    Deed.DIVERT_HUB: lambda desk: desk.hubs.divert(NOBODY, 1, NOBODY, LATER, "Flood"),
    Deed.HAND_OVERNIGHT: lambda desk: desk.hubs.hand_overnight(NOBODY, 1),
    Deed.CHASE: lambda desk: desk.chasing.look(),
}


def refusal(deed: Deed, desk: Desk) -> str:
    """Give why the desk refuses a deed, empty when it does not."""
    try:
        DEEDS[deed](desk)
    except Refused as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("role", Role)
def test_that_each_role_does_what_it_may_and_nothing_else(team: Team, role: Role) -> None:
    actor = Actor(team.actors["jo"].staff_id, "Jo Bates", role)
    desk = Desk(team.database, actor, team.clock)
    for deed in DEEDS:
        is_forbidden = f"may not {deed.label}" in refusal(deed, desk)
        assert is_forbidden is not may(role, deed), f"{role.label}: {deed.label}"
