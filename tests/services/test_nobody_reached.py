"""A patient whom nobody reaches, at the door or by telephone: the referral says so until it is decided."""

import datetime as dt

import pytest

from console.domain.acting import Happened
from console.domain.refusals import Refused
from console.domain.words import Channel, ContactResult, ContactWith, Stream, TaskKind
from db.models import QueueEntry
from tests.services.hubs_at_work import entry_version, open_from_8_to_8, streamed
from tests.services.team import Team, new_referral

CONCERN = TaskKind.NO_REPLY_CONCERN


def no_reply_at_the_door(team: Team) -> int:
    """Sam stands at a door that nobody opens, and is concerned."""
    key, visit = team.on_scene()
    team.clock.pass_minutes(5)
    team.jo.visits.no_access(visit, team.visit_version(key), True, "Curtains drawn, dog barks")
    return key


def call(team: Team, key: int, result: ContactResult, who: ContactWith = ContactWith.PATIENT) -> None:
    """Jo rings the number that is known."""
    said = "Has not seen her" if result is ContactResult.SPOKEN else ""
    team.jo.contacts.record(key, who, Channel.TELEPHONE, "01303 123456", result, said=said)


def task_of(team: Team, key: int, kind: TaskKind) -> tuple[int, int]:
    """Give the id and version of the open task of this kind."""
    return next((one.id, one.version) for one in team.jo.records.open(key).tasks if one.kind is kind)


def test_that_the_row_says_that_a_clinician_decides_while_nobody_has(team: Team) -> None:
    key = no_reply_at_the_door(team)
    row = team.row(key)
    assert (row.word, row.failed_contact_at) == ("Clinician decides", team.clock())
    team.clock.pass_minutes(2)
    team.ann.contacts.decide_failed_contact(key, team.version(key), "Police go in with Sam")
    row = team.row(key)
    assert (row.awaits_decision, row.is_waiting, team.tasks(key)) == (False, True, [])


def test_that_finishing_what_was_asked_of_the_clinician_is_a_decision_too(team: Team) -> None:
    key = no_reply_at_the_door(team)
    team.ann.tasks.done(*task_of(team, key, CONCERN), "Her daughter goes in with the key")
    assert not team.row(key).awaits_decision


def test_that_whoever_allocates_meanwhile_reads_that_a_clinician_decides(team: Team) -> None:
    key = no_reply_at_the_door(team)
    noted = [one.notes for one in team.jo.visits.candidates(key) if one.is_allowed]
    assert noted
    assert all("a clinician is asked to decide first" in notes[0] for notes in noted)
    team.ann.contacts.decide_failed_contact(key, team.version(key), "Sam tries the back door")
    assert not any("decide" in note for one in team.jo.visits.candidates(key) for note in one.notes)


def test_that_a_caller_who_answers_does_not_take_the_concern_at_the_door_away(team: Team) -> None:
    key = no_reply_at_the_door(team)
    team.clock.pass_minutes(1)
    call(team, key, ContactResult.SPOKEN, ContactWith.CALLER)
    assert (team.row(key).awaits_decision, team.tasks(key)) == (True, [CONCERN])


def test_that_of_two_things_asked_the_row_is_let_go_with_the_last(team: Team) -> None:
    key = team.triaged()
    for _ in range(3):
        call(team, key, ContactResult.NO_REPLY)
    visit = team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    for step in (team.jo.visits.acknowledge, team.jo.visits.en_route):
        step(visit, team.visit_version(key))
    assert team.row(key).word == "En route"
    team.jo.visits.no_access(visit, team.visit_version(key), True, "Curtains drawn")
    team.ann.tasks.done(*task_of(team, key, CONCERN), "Sam looks through the window")
    assert (team.row(key).awaits_decision, team.tasks(key)) == (True, [TaskKind.FAILED_CONTACT])
    team.ann.tasks.done(*task_of(team, key, TaskKind.FAILED_CONTACT), "Police")
    assert not team.row(key).awaits_decision


def test_that_why_it_does_not_close_is_told_once(team: Team) -> None:
    key = no_reply_at_the_door(team)
    with pytest.raises(Refused) as told:
        team.jo.referrals.cancel(key, team.version(key), "Dr Moor")
    assert str(told.value) == (
        "Nobody answered the door and there is concern: a clinician must decide what happens."
    )


def test_that_a_visit_ended_so_by_mistake_is_taken_back_with_the_question(team: Team) -> None:
    key = no_reply_at_the_door(team)
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert (team.row(key).word, team.row(key).failed_contact_at) == ("On scene", None)


def test_that_of_who_left_a_hub_before_being_seen_a_clinician_decides_too(team: Team) -> None:
    entry = team.jo.hub_queue.arrive(new_referral(practice_id=team.ids["practice"]), team.ids["folkestone"])
    team.ann.hub_queue.stream(entry, 1, Stream.PARAMEDIC_PRACTITIONER, 2, False, "Sprain")
    stored = team.stored(QueueEntry, entry)
    team.jo.hub_queue.left(entry, stored.version)
    assert team.row(stored.referral_id).word == "Clinician decides"
    team.clock.pass_minutes(1)
    call(team, stored.referral_id, ContactResult.SPOKEN)
    assert not team.row(stored.referral_id).awaits_decision


def test_that_who_left_a_hub_is_asked_about_until_a_clinician_has_decided(team: Team) -> None:
    open_from_8_to_8(team)
    entry = streamed(team)
    key = team.stored(QueueEntry, entry).referral_id
    team.jo.hub_queue.left(entry, entry_version(team, entry))
    team.doorstep.chasing.look_at_everything()
    team.look()
    assert (team.row(key).awaits_decision, team.tasks(key)) == (True, [TaskKind.FAILED_CONTACT])
    team.ann.tasks.done(*task_of(team, key, TaskKind.FAILED_CONTACT), "Rang her: she comes back tomorrow")
    team.look()
    assert (team.row(key).awaits_decision, team.tasks(key)) == (False, [])


def test_that_who_comes_to_the_hub_is_reached_and_is_not_if_that_was_a_mistake(team: Team) -> None:
    key = no_reply_at_the_door(team)
    team.clock.pass_minutes(20)
    team.jo.hub_queue.arrive(key)
    row = team.row(key)
    assert (row.word, row.failed_contact_at, CONCERN in team.tasks(key)) == ("Hub: arrived", None, False)
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert (team.row(key).awaits_decision, team.tasks(key)) == (True, [CONCERN])


def test_that_the_row_is_let_go_when_what_was_written_later_answers_the_question(team: Team) -> None:
    key = team.triaged()
    for _ in range(3):
        team.clock.pass_minutes(2)
        call(team, key, ContactResult.NO_REPLY)
    team.look()
    assert team.row(key).awaits_decision
    # She had answered between the calls: two more are to be tried before a clinician decides.
    answered = Happened(at=team.clock() - dt.timedelta(minutes=1))
    team.jo.contacts.record(
        key,
        ContactWith.PATIENT,
        Channel.TELEPHONE,
        "01303 123456",
        ContactResult.SPOKEN,
        said="Rings back",
        happened=answered,
    )
    team.look()
    assert (team.row(key).awaits_decision, team.tasks(key)) == (False, [])


def test_that_calls_in_vain_after_a_closed_door_leave_since_when_a_clinician_is_asked(team: Team) -> None:
    key = no_reply_at_the_door(team)
    since = team.row(key).failed_contact_at
    for _ in range(3):
        team.clock.pass_minutes(2)
        call(team, key, ContactResult.NO_REPLY)
        team.look()
    assert (team.row(key).failed_contact_at, len(team.tasks(key))) == (since, 2)
