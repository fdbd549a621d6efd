"""A call in vain asks nothing any more of a clinician once somebody has been with the patient since."""

import datetime as dt
from collections.abc import Callable

import pytest

from console.domain.acting import Happened
from console.domain.words import Channel, ContactResult, ContactWith, Stream, TaskKind
from db.models import QueueEntry, Visit
from tests.services.hubs_at_work import entry_version, open_from_8_to_8
from tests.services.team import Team

FAILED = TaskKind.FAILED_CONTACT


def call(team: Team, key: int, result: ContactResult = ContactResult.NO_REPLY) -> None:
    """Jo rings the number that is known."""
    said = "Comes to the hub" if result is ContactResult.SPOKEN else ""
    number = "01303 123456"
    team.jo.contacts.record(key, ContactWith.PATIENT, Channel.TELEPHONE, number, result, said=said)


def later(team: Team, minutes: int) -> None:
    """Let time pass, and the timetable look at what is due a minute at a time."""
    for _ in range(minutes):
        team.clock.pass_minutes(1)
        team.look()


def undo(team: Team) -> None:
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)


def arrives(team: Team, key: int) -> None:
    team.jo.hub_queue.arrive(key)


def is_given_tomorrow(team: Team, key: int) -> None:
    entry = team.jo.hub_queue.arrive(key)
    tomorrow = team.clock().replace(hour=10, minute=0) + dt.timedelta(days=1)
    team.ann.hub_queue.tomorrow(entry, entry_version(team, entry), tomorrow, "Sleeps, no fever")


def is_booked(team: Team, key: int) -> None:
    team.jo.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=2))


def is_booked_anew(team: Team, key: int) -> None:
    with team.database.read() as session:
        (entry,) = session.query(QueueEntry).filter_by(referral_id=key)
    at = team.clock() + dt.timedelta(hours=3)
    team.jo.hub_queue.rebook(entry.id, entry.version, at, "Has no lift before")


def is_seen_at_the_hub(team: Team, key: int) -> None:
    entry = team.jo.hub_queue.arrive(key)
    stream = Stream.PARAMEDIC_PRACTITIONER
    team.ann.hub_queue.stream(entry, entry_version(team, entry), stream, 3, False, "Sprain")
    team.jo.hub_queue.begin(entry, entry_version(team, entry), team.ids["sam"])


def is_visited(team: Team, key: int) -> int:
    visit = team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    for step in (team.jo.visits.acknowledge, team.jo.visits.en_route, team.jo.visits.on_scene):
        step(visit, team.visit_version(key))
    return visit


def answers(team: Team, key: int) -> None:
    call(team, key, ContactResult.SPOKEN)


@pytest.mark.parametrize(
    "meets", [arrives, is_given_tomorrow, is_booked, is_seen_at_the_hub, is_visited, answers]
)
def test_that_nobody_is_asked_about_a_patient_who_was_met_after_the_call(
    team: Team, meets: Callable[[Team, int], object]
) -> None:
    open_from_8_to_8(team)
    key = team.triaged(4)
    call(team, key)
    later(team, 10)
    meets(team, key)
    later(team, 25)
    assert FAILED not in team.tasks(key)


@pytest.mark.parametrize("meets", [arrives, is_given_tomorrow, is_seen_at_the_hub, is_visited, answers])
def test_that_what_was_asked_ends_when_somebody_is_with_the_patient(
    team: Team, meets: Callable[[Team, int], object]
) -> None:
    open_from_8_to_8(team)
    key = team.triaged(4)
    call(team, key)
    later(team, 31)
    assert FAILED in team.tasks(key)
    meets(team, key)
    assert (FAILED in team.tasks(key), team.row(key).failed_contact_at) == (False, None)
    later(team, 2)
    assert FAILED not in team.tasks(key)


@pytest.mark.parametrize("is_asked", [True, False])
@pytest.mark.parametrize("meets", [arrives, is_visited])
def test_that_who_was_not_met_after_all_is_asked_about(
    team: Team, meets: Callable[[Team, int], object], is_asked: bool
) -> None:
    open_from_8_to_8(team)
    key = team.triaged(4)
    call(team, key)
    later(team, 31 if is_asked else 10)
    meets(team, key)
    later(team, 1)
    undo(team)
    later(team, 25)
    assert FAILED in team.tasks(key)


def test_that_who_is_given_another_time_after_the_call_is_reached(team: Team) -> None:
    open_from_8_to_8(team)
    key = team.triaged(4)
    is_booked(team, key)
    later(team, 1)
    call(team, key)
    later(team, 10)
    is_booked_anew(team, key)
    later(team, 25)
    assert FAILED not in team.tasks(key)


def test_that_a_time_answers_what_a_clinician_is_asked_only_where_a_clinician_gives_it(team: Team) -> None:
    open_from_8_to_8(team)
    key = team.triaged(4)
    call(team, key)
    later(team, 31)
    is_booked(team, key)
    later(team, 2)
    assert FAILED in team.tasks(key)
    undo(team)
    later(team, 1)
    team.ann.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=2))
    later(team, 2)
    assert (FAILED in team.tasks(key), team.row(key).failed_contact_at) == (False, None)


def test_that_who_did_not_come_is_not_let_go_by_the_next_time_alone(team: Team) -> None:
    open_from_8_to_8(team)
    key = team.triaged(4)
    team.jo.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=1))
    later(team, 61)
    with team.database.read() as session:
        (entry,) = session.query(QueueEntry).filter_by(referral_id=key)
    team.jo.hub_queue.did_not_attend(entry.id, entry.version)
    is_booked(team, key)
    later(team, 2)
    assert FAILED in team.tasks(key)
    answers(team, key)
    assert FAILED not in team.tasks(key)


def test_that_a_call_in_vain_after_the_patient_came_is_asked_about(team: Team) -> None:
    open_from_8_to_8(team)
    key = team.triaged(4)
    arrives(team, key)
    later(team, 5)
    call(team, key)
    later(team, 31)
    assert FAILED in team.tasks(key)


def test_that_who_is_streamed_after_a_call_in_vain_was_there(team: Team) -> None:
    open_from_8_to_8(team)
    key = team.triaged(4)
    entry = team.jo.hub_queue.arrive(key)
    later(team, 1)
    call(team, key)
    later(team, 31)
    assert FAILED in team.tasks(key)
    stream = Stream.PARAMEDIC_PRACTITIONER
    team.ann.hub_queue.stream(entry, entry_version(team, entry), stream, 3, False, "Sprain")
    assert FAILED not in team.tasks(key)
    later(team, 2)
    assert FAILED not in team.tasks(key)


def test_that_nobody_is_asked_whether_a_patient_is_reached_while_somebody_is_with_them(team: Team) -> None:
    key = team.triaged(4)
    visit = is_visited(team, key)
    for _ in range(3):
        call(team, key)
    later(team, 31)
    assert FAILED not in team.tasks(key)
    team.jo.visits.hand_back(visit, team.visit_version(key), "Needs a doctor")
    later(team, 2)
    assert FAILED not in team.tasks(key)


def test_that_who_did_not_come_is_asked_about_also_after_advice_by_telephone(team: Team) -> None:
    open_from_8_to_8(team)
    key = team.received()
    team.ann.triage.triage(key, team.version(key), 3, Stream.TELEPHONE)
    said = ContactWith.PATIENT, Channel.TELEPHONE, "01303 123456", ContactResult.SPOKEN
    team.ann.contacts.record(key, *said, said="Rest and fluids, and come at noon")
    team.jo.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=1))
    later(team, 61)
    with team.database.read() as session:
        (entry,) = session.query(QueueEntry).filter_by(referral_id=key)
    team.jo.hub_queue.did_not_attend(entry.id, entry.version)
    later(team, 2)
    assert FAILED in team.tasks(key)


@pytest.mark.parametrize("count", [1, 3])
def test_that_who_was_given_advice_and_is_to_come_is_asked_about_when_nobody_reaches_them_later(
    team: Team, count: int
) -> None:
    open_from_8_to_8(team)
    key = team.received()
    team.ann.triage.triage(key, team.version(key), 3, Stream.TELEPHONE)
    said = ContactWith.PATIENT, Channel.TELEPHONE, "01303 123456", ContactResult.SPOKEN
    team.ann.contacts.record(key, *said, said="Rest and fluids, and come this evening")
    team.jo.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=3))
    for _ in range(count):
        later(team, 5)
        call(team, key)
    later(team, 31)
    assert FAILED in team.tasks(key)


def test_that_nobody_is_asked_about_a_patient_who_is_being_seen_at_the_hub(team: Team) -> None:
    open_from_8_to_8(team)
    key = team.triaged(4)
    is_seen_at_the_hub(team, key)
    for _ in range(3):
        later(team, 5)
        call(team, key)
    later(team, 31)
    assert FAILED not in team.tasks(key)


def test_that_what_doorstep_ended_is_no_decision_when_the_time_runs_out_after_all(team: Team) -> None:
    key = team.triaged(4)
    for _ in range(3):
        later(team, 2)
        call(team, key)
    later(team, 1)
    assert FAILED in team.tasks(key)
    # She had answered between the calls: two more are to be tried, and nobody tries.
    answered = Happened(at=team.clock() - dt.timedelta(minutes=2))
    said = ContactWith.PATIENT, Channel.TELEPHONE, "01303 123456", ContactResult.SPOKEN
    team.jo.contacts.record(key, *said, said="Rings back", happened=answered)
    later(team, 1)
    assert FAILED not in team.tasks(key)
    later(team, 30)
    assert FAILED in team.tasks(key)


def test_that_who_should_be_clear_is_asked_about_again_when_the_end_of_the_visit_is_taken_back(
    team: Team,
) -> None:
    open_from_8_to_8(team)  # an undo while it is closed asks the supervisor as well
    key = team.triaged(4)
    visit = is_visited(team, key)
    expected = team.stored(Visit, visit).expected_clear_at
    assert expected is not None
    later(team, int((expected - team.clock()).total_seconds() // 60) + 16)
    assert team.tasks(key) == [TaskKind.WELFARE]
    team.jo.visits.clear(visit, team.visit_version(key))
    later(team, 1)
    assert TaskKind.WELFARE not in team.tasks(key)
    undo(team)
    later(team, 1)
    assert team.tasks(key) == [TaskKind.WELFARE]
    later(team, 13)
    assert team.tasks(key) == [TaskKind.WELFARE, TaskKind.WELFARE]
