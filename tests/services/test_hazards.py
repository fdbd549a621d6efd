"""The hazards that the first release must not have: who is with whom, and what the board says of it."""

import datetime as dt

import pytest

from console.domain.acting import Happened
from console.domain.refusals import Refused
from console.domain.rows import PractitionerRow
from console.domain.words import (
    Availability,
    Channel,
    ContactResult,
    ContactWith,
    OutcomeKind,
    QueueStatus,
    ReferralStatus,
    Stream,
    TaskKind,
    VisitStatus,
)
from console.services import safety
from db.models import QueueEntry, Referral, Visit
from db.queries.board import read_board
from tests.services.hubs_at_work import entry_version, sam, streamed
from tests.services.team import Team, new_referral

MINUTE = dt.timedelta(minutes=1)


def practitioner(team: Team, name: str = "sam") -> PractitionerRow:
    """Give a practitioner as the board shows them."""
    with team.database.read() as session:
        board = read_board(session, [team.ids["folkestone"], team.ids["dover"]], team.clock())
    return next(row for row in board.practitioners if row.id == team.ids[name])


def accepted_call(team: Team, key: int) -> None:
    """Let Jo record that ambulance control accepted the call."""
    team.jo.ambulance.reference(key, team.version(key), "A-77", "Dispatcher Roy")


def left_open(team: Team) -> int:
    """Let a visit end while a supervisor has still to answer an escalation; gives the referral."""
    key, visit = team.on_scene()
    with team.database.work(team.actors["jo"], team.clock()) as work:
        asked = "no answer from social care. Decide."
        safety.ask_about(work, TaskKind.ESCALATION, team.mo.actor.role, work.get(Referral, key), asked)
    team.jo.visits.clear(visit, team.visit_version(key))
    return key


def test_that_a_practitioner_stays_with_the_patient_until_the_crew_takes_over(team: Team) -> None:
    key, visit = team.on_scene()
    team.jo.ambulance.upgrade(key, team.version(key), "Chest pain")
    row = practitioner(team)
    assert (row.availability, row.referral_id) == (Availability.ON_SCENE, key)
    other = team.triaged()
    notes = next(one for one in team.jo.visits.candidates(other) if one.practitioner.id == row.id).notes
    assert notes[0].startswith(f"Sam Hill is with {team.row(key).number}")
    waiting = team.jo.visits.allocate(other, team.ids["sam"], team.version(other))
    with pytest.raises(Refused, match="comes first"):
        team.jo.visits.acknowledge(waiting, team.visit_version(other))
    assert row.shift_id is not None
    assert row.shift_version is not None
    with pytest.raises(Refused, match="in hand"):
        team.jo.workforce.shift_off(row.shift_id, row.shift_version)
    accepted_call(team, key)
    team.clock.pass_minutes(12)
    team.jo.ambulance.take_over(key, team.version(key))
    ended = team.stored(Visit, visit)
    assert (ended.status, ended.ended_at) == (VisitStatus.UPGRADED, team.clock())
    assert practitioner(team).availability is Availability.ALLOCATED
    record = team.jo.records.open(key)
    assert record.row.status is ReferralStatus.CLOSED
    assert [one.outcome_kind for one in record.reports] == [OutcomeKind.UPGRADED]


def test_that_nobody_leaves_the_bedside_before_the_crew(team: Team) -> None:
    key, visit = team.on_scene()
    team.jo.ambulance.upgrade(key, team.version(key), "Chest pain")
    version = team.visit_version(key)
    for leave in (
        lambda: team.jo.visits.clear(visit, version),
        lambda: team.jo.visits.hand_back(visit, version, "Shift ends"),
        lambda: team.jo.visits.no_access(visit, version, False, "Refused"),
    ):
        with pytest.raises(Refused, match="record the crew's take-over"):
            leave()
    team.ann.ambulance.stand_down(key, team.version(key), "ECG is normal")
    assert (team.row(key).word, practitioner(team).availability) == ("On scene", Availability.ON_SCENE)
    team.jo.visits.clear(visit, team.visit_version(key))
    record = team.jo.records.open(key)
    assert [one.outcome_kind for one in record.reports] == [OutcomeKind.VISIT]
    assert practitioner(team).availability is Availability.FREE


def test_that_control_may_take_even_a_practitioner_who_waits_for_the_crew(team: Team) -> None:
    key, _ = team.on_scene()
    team.jo.ambulance.upgrade(key, team.version(key), "Chest pain")
    team.mo.visits.divert(team.ids["sam"], "Cardiac arrest next door")
    row = team.row(key)
    assert (row.asks_ambulance, row.practitioner) == (True, None)
    accepted_call(team, key)
    team.jo.ambulance.take_over(key, team.version(key))
    assert [one.outcome_kind for one in team.jo.records.open(key).reports] == [OutcomeKind.UPGRADED]


def test_that_999_by_telephone_owes_the_practice_a_report_too(team: Team) -> None:
    key = team.triaged()
    team.jo.ambulance.upgrade(key, team.version(key), "Rang back: cannot breathe")
    accepted_call(team, key)
    team.jo.ambulance.take_over(key, team.version(key))
    record = team.jo.records.open(key)
    assert record.row.status is ReferralStatus.REDIRECTED
    assert [one.outcome_kind for one in record.reports] == [OutcomeKind.UPGRADED]


def test_that_a_crew_takes_a_hub_patient_out_of_the_queue(team: Team) -> None:
    entry = streamed(team)
    team.jo.hub_queue.begin(entry, entry_version(team, entry), team.ids["sam"])
    key = team.stored(QueueEntry, entry).referral_id
    sam(team).ambulance.upgrade(key, team.version(key), "Collapsed")
    assert practitioner(team).availability is Availability.AT_HUB
    with pytest.raises(Refused, match="record the crew's take-over"):
        team.jo.hub_queue.finish(entry, entry_version(team, entry))
    accepted_call(team, key)
    team.jo.ambulance.take_over(key, team.version(key))
    assert team.stored(QueueEntry, entry).status is QueueStatus.TAKEN_OVER
    assert practitioner(team).availability is Availability.FREE
    assert team.row(key).status is ReferralStatus.CLOSED


def test_that_a_practitioner_speaks_of_999_for_their_own_patient_only(team: Team) -> None:
    key, _ = team.on_scene()
    kit = team.desk("kit_self").ambulance
    with pytest.raises(Refused, match="another practitioner's"):
        kit.upgrade(key, team.version(key), "Chest pain")
    team.jo.ambulance.upgrade(key, team.version(key), "Chest pain")
    with pytest.raises(Refused, match="another practitioner's"):
        kit.reference(key, team.version(key), "A-77", "Roy")
    sam(team).ambulance.reference(key, team.version(key), "A-77", "Roy")
    with pytest.raises(Refused, match="another practitioner's"):
        kit.take_over(key, team.version(key))


def test_that_nothing_is_left_to_notice_once_a_crew_took_over_who_control_left(team: Team) -> None:
    home, _ = team.on_scene()
    hub = streamed(team)
    team.jo.hub_queue.begin(hub, entry_version(team, hub), team.ids["kit"])
    for key, who in ((home, "sam"), (team.stored(QueueEntry, hub).referral_id, "kit")):
        team.jo.ambulance.upgrade(key, team.version(key), "Chest pain")
        accepted_call(team, key)
        team.mo.visits.divert(team.ids[who], "Cardiac arrest next door")
        assert TaskKind.DIVERT_NOTICE in team.tasks(key)
        team.jo.ambulance.take_over(key, team.version(key))
        assert (team.row(key).status, team.row(key).acknowledgement_owed) == (ReferralStatus.CLOSED, False)
        assert team.tasks(key) == []
        step = team.jo.last_undoable()
        assert step is not None
        team.jo.undo(step.id)
        assert team.row(key).acknowledgement_owed
        assert TaskKind.DIVERT_NOTICE in team.tasks(key)


def test_that_a_999_request_taken_back_by_undo_leaves_the_visit_as_it_was(team: Team) -> None:
    key, _ = team.on_scene()
    team.jo.ambulance.upgrade(key, team.version(key), "Wrong patient on the screen")
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    row = team.row(key)
    assert (row.asks_ambulance, row.visit_status) == (False, VisitStatus.ON_SCENE)
    assert team.tasks(key) == []


def test_that_a_patient_who_was_seen_does_not_look_as_if_they_waited(team: Team) -> None:
    key = left_open(team)
    row = team.row(key)
    assert (row.word, row.is_waiting, row.is_seen) == ("Seen: close owed", False, True)
    team.clock.pass_minutes(600)
    team.look()
    assert TaskKind.WAITING_CALL not in team.tasks(key)


def test_that_nobody_is_sent_to_a_patient_who_was_seen(team: Team) -> None:
    key = left_open(team)
    with pytest.raises(Refused, match="has been seen: close it, or take in a follow-up"):
        team.jo.visits.allocate(key, team.ids["kit"], team.version(key))
    assert not any(one.is_allowed for one in team.jo.visits.candidates(key))
    task = next(one for one in team.jo.records.open(key).tasks if one.kind is TaskKind.ESCALATION)
    team.mo.tasks.done(task.id, task.version, "Social care goes tonight")
    team.jo.referrals.close(key, team.version(key))
    assert team.row(key).status is ReferralStatus.CLOSED


def test_that_a_visit_handed_back_on_scene_leaves_a_patient_who_waits(team: Team) -> None:
    key, visit = team.on_scene()
    team.jo.visits.hand_back(visit, team.visit_version(key), "Needs a doctor")
    assert (team.row(key).is_waiting, team.row(key).word) == (True, "Accepted")
    team.clock.pass_minutes(120)
    team.look()
    assert TaskKind.WAITING_CALL in team.tasks(key)
    team.jo.visits.allocate(key, team.ids["gil"], team.version(key))


def test_that_a_hub_patient_sent_home_for_a_visit_waits_for_one(team: Team) -> None:
    entry = streamed(team)
    team.jo.hub_queue.begin(entry, entry_version(team, entry), team.ids["sam"])
    key = team.stored(QueueEntry, entry).referral_id
    version = entry_version(team, entry)
    team.ann.hub_queue.stream(entry, version, Stream.HOME_VISIT, 3, False, "Equipment is at home")
    assert team.row(key).is_waiting
    team.jo.visits.allocate(key, team.ids["kit"], team.version(key))


def test_that_telephone_advice_owes_a_report_and_is_closed_by_a_person(team: Team) -> None:
    key = team.received()
    team.ann.triage.triage(key, team.version(key), 3, Stream.TELEPHONE)
    said = ContactWith.PATIENT, Channel.TELEPHONE, "01303 123456", ContactResult.SPOKEN
    team.ann.contacts.record(key, *said, said="Rest and fluids, ring back if worse")
    assert team.row(key).word == "Seen: close owed"
    record = team.jo.records.open(key)
    assert [one.outcome_kind for one in record.reports] == [OutcomeKind.PHONE_ADVICE]
    team.ann.contacts.record(key, *said, said="Rang once more: better")
    assert len(team.jo.records.open(key).reports) == 1
    team.jo.referrals.close(key, team.version(key))
    assert team.row(key).status is ReferralStatus.CLOSED


def test_that_a_patient_who_was_advised_and_must_be_visited_waits_again(team: Team) -> None:
    key = team.received()
    team.ann.triage.triage(key, team.version(key), 3, Stream.TELEPHONE)
    said = ContactWith.PATIENT, Channel.TELEPHONE, "01303 123456", ContactResult.SPOKEN
    due_at = team.row(key).due_at
    team.ann.contacts.record(key, *said, said="Cannot judge this by telephone")
    team.ann.triage.change_stream(key, team.version(key), Stream.HOME_VISIT, False, "Must be examined")
    assert (team.row(key).is_waiting, team.row(key).due_at) == (True, due_at)
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key))


def test_that_an_allocation_that_control_overtook_ends_when_it_was_made(team: Team, now: dt.datetime) -> None:
    team.clock.pass_minutes(10)
    key, visit = team.allocated()
    team.clock.pass_minutes(5)
    team.mo.visits.divert(team.ids["sam"], "Cardiac arrest next door", Happened(now))
    ended = team.stored(Visit, visit)
    assert (ended.allocated_at, ended.ended_at) == (now + 10 * MINUTE, now + 10 * MINUTE)
    assert team.row(key).acknowledgement_owed


def test_that_nobody_is_sent_where_a_message_asks_for_999(team: Team) -> None:
    key = team.received(new_referral(practice_id=team.ids["practice"], disposition="Dx012"))
    row = team.row(key)
    assert (row.word, row.is_seen) == ("999: reference owed", False)
    with pytest.raises(Refused, match="waits for 999"):
        team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
