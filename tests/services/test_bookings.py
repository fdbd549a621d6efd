"""A patient who rings gets another time at the hub, or gives theirs back and waits on as before."""

import datetime as dt
from collections.abc import Callable

import pytest

from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.words import QueueStatus, Stream, TaskKind
from db.models import Hub, HubHours, QueueEntry, Step
from tests.services.hubs_at_work import entry_version, open_from_8_to_8, open_tasks, sam, streamed
from tests.services.team import Team

HOUR = dt.timedelta(hours=1)
RANG = "Rang: the bus is late"


@pytest.fixture(autouse=True)
def _hours(team: Team) -> None:
    open_from_8_to_8(team)


@pytest.fixture
def booked(team: Team, now: dt.datetime) -> int:
    """A triaged patient who is booked at Folkestone in an hour; gives the entry."""
    key = team.triaged(3)
    return team.jo.hub_queue.book(key, team.version(key), now + HOUR)


def last_words(team: Team) -> str:
    with team.database.read() as session:
        return session.query(Step).order_by(Step.id.desc()).first().words  # type: ignore[union-attr]


def test_that_who_comes_later_has_another_time_and_the_clocks_they_had(
    team: Team, now: dt.datetime, booked: int
) -> None:
    before = team.row(team.stored(QueueEntry, booked).referral_id)
    team.jo.hub_queue.rebook(booked, entry_version(team, booked), now + 3 * HOUR, RANG)
    entry = team.stored(QueueEntry, booked)
    assert (entry.status, entry.booked_for_at) == (QueueStatus.BOOKED, now + 3 * HOUR)
    after = team.row(entry.referral_id)
    assert (after.due_at, after.queue_status) == (before.due_at, QueueStatus.BOOKED)
    told = "Booked for Wednesday 14 January at 17:00 instead of Wednesday 14 January at 15:00"
    assert last_words(team) == f"{told}: {RANG}"


def test_that_another_time_is_one_at_which_the_hub_can_see_them(
    team: Team, now: dt.datetime, booked: int
) -> None:
    def refused(time: dt.datetime, words: str, why: str = RANG) -> None:
        with pytest.raises(Refused, match=words):
            team.jo.hub_queue.rebook(booked, entry_version(team, booked), time, why)

    refused(now - HOUR, "has passed")
    refused(now + HOUR, "have this time already")
    refused(now + 10 * HOUR, "closed then")
    refused(now + 2 * HOUR, "who rang, and what they said", " ")
    with pytest.raises(Refused, match="may not book a patient into a hub: ask a hub coordinator"):
        sam(team).hub_queue.rebook(booked, entry_version(team, booked), now + 2 * HOUR, RANG)
    version = entry_version(team, booked)
    team.ann.hub_queue.rebook(booked, version, now + 2 * HOUR, RANG)
    with pytest.raises(ChangedElsewhere, match="Ann Lee"):
        team.jo.hub_queue.rebook(booked, version, now + 3 * HOUR, RANG)


def test_that_who_does_not_come_to_the_hub_waits_on_the_board_with_their_clocks(
    team: Team, booked: int
) -> None:
    key = team.stored(QueueEntry, booked).referral_id
    before = team.row(key)
    with pytest.raises(Refused, match="who rang, and what they said"):
        team.jo.hub_queue.cancel_booking(booked, entry_version(team, booked), "")
    team.jo.hub_queue.cancel_booking(booked, entry_version(team, booked), "Rang: cannot walk so far")
    after = team.row(key)
    assert (after.is_waiting, after.queue_status, after.queue_entry_id) == (True, None, None)
    assert (after.due_at, after.status, after.priority) == (before.due_at, before.status, before.priority)
    assert last_words(team) == "Booking cancelled, waits on the board: Rang: cannot walk so far"
    # Nobody missed anything: no clinician is asked, and somebody can be sent or the patient booked again.
    assert open_tasks(team, TaskKind.FAILED_CONTACT) == []
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key))


def test_that_a_booking_that_was_cancelled_by_mistake_is_taken_back(
    team: Team, now: dt.datetime, booked: int
) -> None:
    team.jo.hub_queue.cancel_booking(booked, entry_version(team, booked), RANG)
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    entry = team.stored(QueueEntry, booked)
    assert (entry.status, entry.booked_for_at, entry.ended_at) == (QueueStatus.BOOKED, now + HOUR, None)


def given_tomorrow_s_time(team: Team) -> int:
    """Let a hub close over somebody who has tomorrow's time, and go to nine at night; gives the entry."""
    entry, hub = streamed(team), team.ids["folkestone"]
    team.clock.at = team.clock().replace(hour=20, minute=5)
    tomorrow = team.clock() + 14 * HOUR
    team.ann.hub_queue.tomorrow(entry, entry_version(team, entry), tomorrow, "Can wait")
    team.jo.hubs.close(hub, team.stored(Hub, hub).version)
    team.clock.pass_minutes(55)
    return entry


def cancelled(team: Team, entry: int) -> None:
    team.jo.hub_queue.cancel_booking(entry, entry_version(team, entry), "Rang: cannot come")


def streamed_home(team: Team, entry: int) -> None:
    queue, home = team.ann.hub_queue, Stream.HOME_VISIT
    queue.stream(entry, entry_version(team, entry), home, 3, False, "Rang: cannot come")


@pytest.mark.parametrize("ends", [cancelled, streamed_home], ids=["cancelled", "to be seen at home"])
def test_that_who_gives_tomorrow_s_time_back_when_the_hub_has_closed_is_the_supervisor_s(
    team: Team, ends: Callable[[Team, int], None]
) -> None:
    entry = given_tomorrow_s_time(team)
    ends(team, entry)
    (task,) = open_tasks(team, TaskKind.OVERNIGHT)
    assert task.referral_id == team.stored(QueueEntry, entry).referral_id
    assert "waits" in task.words
    team.mo.tasks.accept(task.id, task.version)


def test_that_who_gives_a_time_back_while_the_hub_is_open_is_not_asked_of_the_supervisor(
    team: Team, booked: int
) -> None:
    cancelled(team, booked)
    assert open_tasks(team, TaskKind.OVERNIGHT) == []


Since = Callable[[Team, int], object]
FOLLOWS: dict[str, Since] = {
    "somebody is sent": lambda team, key: team.mo.visits.allocate(key, team.ids["sam"], team.version(key)),
    "it is cancelled": lambda team, key: team.mo.referrals.cancel(key, team.version(key), "Dr Moor"),
    "it moves": lambda team, key: team.mo.referrals.move_hub(
        key, team.version(key), team.ids["dover"], "Lives there"
    ),
}


@pytest.mark.parametrize("follows", FOLLOWS.values(), ids=FOLLOWS)
def test_that_a_cancelled_booking_is_not_taken_back_once_something_was_done_for_the_patient(
    team: Team, booked: int, follows: Since
) -> None:
    key = team.stored(QueueEntry, booked).referral_id
    team.jo.hub_queue.cancel_booking(booked, entry_version(team, booked), RANG)
    step = team.jo.last_undoable()
    assert step is not None
    follows(team, key)
    with pytest.raises(Refused, match="enter what happened since"):
        team.jo.undo(step.id)
    assert team.stored(QueueEntry, booked).status is QueueStatus.TAKEN_OVER


def test_that_who_is_here_has_no_booking_to_change(team: Team, now: dt.datetime) -> None:
    entry = streamed(team)
    told = "The patient is streamed: only a booking can be changed or cancelled"
    with pytest.raises(Refused, match=told):
        team.jo.hub_queue.cancel_booking(entry, entry_version(team, entry), RANG)
    with pytest.raises(Refused, match=told):
        team.jo.hub_queue.rebook(entry, entry_version(team, entry), now + HOUR, RANG)


def test_that_who_is_booked_moves_only_to_a_hub_that_is_open_at_their_time(
    team: Team, now: dt.datetime, booked: int
) -> None:
    queue, dover = team.jo.hub_queue, team.ids["dover"]
    queue.rebook(booked, entry_version(team, booked), now + 24 * HOUR, RANG)
    with team.database.work(team.actors["jo"], now) as work:
        thursday = work.session.query(HubHours).filter_by(hub_id=dover, weekday=3).one()
        thursday.opens = dt.time(16)
    with pytest.raises(Refused, match="Dover is closed then"):
        queue.move(booked, entry_version(team, booked), dover, "Lives there")
    queue.rebook(booked, entry_version(team, booked), now + 27 * HOUR, RANG)
    team.jo.hubs.close(dover, 1)  # for today: tomorrow it is open again
    moved = queue.move(booked, entry_version(team, booked), dover, "Lives there")
    assert team.stored(QueueEntry, moved).booked_for_at == now + 27 * HOUR
