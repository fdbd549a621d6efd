"""Taking referrals in, keeping them true while they wait, and ending them."""

import datetime as dt
import threading

import pytest

from console.domain.acting import Happened
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.words import (
    MessageState,
    PracticeLink,
    RecordAccess,
    ReferralStatus,
    Role,
    Source,
    TaskKind,
)
from console.services.forms import Identity
from db.models import Patient, ReceivedMessage, Referral, Task
from tests.services.team import Team, new_referral

MINUTE = dt.timedelta(minutes=1)


def test_that_a_referral_waits_for_triage_with_its_clock(team: Team, now: dt.datetime) -> None:
    row = team.row(team.received())
    assert row.status is ReferralStatus.RECEIVED
    assert row.priority is None
    assert (row.due_at, row.due_clock) == (now + 20 * MINUTE, "triage")
    assert row.number.startswith("R-2026-")


def test_that_a_routine_request_may_wait_an_hour_for_triage(team: Team, now: dt.datetime) -> None:
    key = team.received(new_referral(is_routine=True))
    assert team.row(key).due_at == now + 60 * MINUTE


def test_that_a_gps_priority_counts_as_triage_and_a_nurses_does_not(team: Team, now: dt.datetime) -> None:
    by_gp = team.row(team.received(new_referral(source=Source.GP_PRACTICE, stated_priority=3)))
    by_nurse = team.row(team.received(new_referral(source=Source.COMMUNITY_NURSING, stated_priority=3)))
    assert (by_gp.status, by_gp.priority, by_gp.due_at) == (ReferralStatus.TRIAGED, 3, now + 120 * MINUTE)
    assert (by_nurse.status, by_nurse.priority) == (ReferralStatus.RECEIVED, None)
    assert "gp_liaison" in team.tasks(by_nurse.id)


def test_that_the_earlier_of_both_clocks_holds_until_a_clinician_lowers(team: Team, now: dt.datetime) -> None:
    key = team.received(new_referral(disposition="Dx11", disposition_at=now - 30 * MINUTE))
    team.ann.triage.triage(key, team.version(key), 2)
    assert (team.row(key).due_at, team.row(key).due_clock) == (now + 30 * MINUTE, "disposition")
    team.ann.triage.change_priority(key, team.version(key), 3, "Up and about")
    assert (team.row(key).due_at, team.row(key).due_clock) == (now + 120 * MINUTE, "response")


def test_that_a_message_that_asks_for_999_stands_until_the_crew_has_taken_over(team: Team) -> None:
    key = team.received(new_referral(disposition="Dx011"))
    assert team.row(key).asks_ambulance
    assert team.tasks(key) == ["ambulance_take_over", "report_owner"]
    with pytest.raises(Refused, match="record its reference, who and when"):
        team.jo.ambulance.take_over(key, team.version(key))


def test_that_home_and_visit_address_are_both_kept_and_the_visit_is_placed(team: Team) -> None:
    form = new_referral(visit_address="Ward House, Dover", visit_postcode="CT16 1AS")
    row = team.row(team.received(form))
    assert (row.address, row.postcode, row.area) == ("Ward House, Dover", "CT16 1AS", "Dover")
    assert row.lat is not None
    assert team.stored(Patient, row.patient_id).home_postcode == "CT21 5AA"


@pytest.mark.parametrize(
    ("postcode", "hub"), [("CT21 5AA", "folkestone"), ("CT16 1AS", "dover"), (None, "folkestone")]
)
def test_that_the_nearest_hub_takes_it_and_the_intake_hub_what_nobody_can_place(
    team: Team, postcode: str | None, hub: str
) -> None:
    assert team.row(team.received(new_referral(home_postcode=postcode))).hub_id == team.ids[hub]


def test_that_a_referral_without_a_practice_leaves_somebody_to_own_the_report(team: Team) -> None:
    key = team.received(new_referral(practice_link=PracticeLink.VISITOR))
    assert team.tasks(key) == ["report_owner"]
    team.jo.referrals.set_practice(key, team.version(key), team.ids["practice"])
    assert team.tasks(key) == []
    assert team.row(key).practice == "Sea Road Surgery"


def test_that_a_verified_number_tracks_the_same_person_and_never_merges_another(team: Team) -> None:
    first = team.row(team.received(new_referral(nhs_number_verified=True)))
    again = team.row(team.received(new_referral(nhs_number_verified=True)))
    other = team.row(team.received(new_referral(nhs_number_verified=True, family_name="Holt")))
    assert again.patient_id == first.patient_id
    assert other.patient_id != first.patient_id
    assert not other.nhs_number_verified
    assert any("another name" in one for one in team.stored(Referral, other.id).issues)


def test_that_the_same_message_makes_no_second_referral(team: Team) -> None:
    messages = [_message(team) for _ in range(2)]
    first, second = (team.received(new_referral(received_message_id=one)) for one in messages)
    assert first == second


def _message(team: Team, key: str = "set-1") -> int:
    with team.database.work(team.actors["jo"], team.clock()) as work:
        message = ReceivedMessage(
            origin="file",
            received_at=work.now,
            sha256=key,
            size=1,
            body=b"x",
            state=MessageState.READ,
            message_key=key,
        )
        return work.add(message).id


def test_that_a_person_corrects_a_postcode_and_a_message_is_taken_with_an_issue(team: Team) -> None:
    with pytest.raises(Refused, match="not a UK postcode"):
        team.received(new_referral(home_postcode="nowhere"))
    key = team.received(new_referral(home_postcode="nowhere", received_message_id=_message(team)))
    assert any("postcode" in one for one in team.stored(Referral, key).issues)


def test_that_possible_duplicates_are_shown_and_one_may_be_marked(team: Team) -> None:
    key, other = team.received(), team.received()
    found = team.jo.referrals.possible_duplicates("9434765919", "Marsh", "Ivy", None)
    assert {one.open_referral_id for one in found} == {key, other}
    team.jo.referrals.mark_duplicate(other, key, team.version(other))
    assert team.row(other).status is ReferralStatus.DUPLICATE
    with pytest.raises(Refused, match="itself"):
        team.jo.referrals.mark_duplicate(key, key, team.version(key))


def test_that_a_patient_with_two_open_referrals_is_shown_with_each(team: Team) -> None:
    first = team.received()
    second = team.received(new_referral(patient_id=team.row(first).patient_id))
    found = team.jo.referrals.possible_duplicates("9434765919", "Marsh", "Ivy", None)
    assert [one.open_referral_id for one in found] == [second, first]
    assert len({one.patient_id for one in found}) == 1
    third = team.received(new_referral(patient_id=found[0].patient_id, received_message_id=_message(team)))
    said = " ".join(team.stored(Referral, third).issues)
    assert team.row(first).number in said
    assert team.row(second).number in said


def test_that_only_a_clinician_declines_or_redirects_and_says_why(team: Team) -> None:
    key = team.received()
    with pytest.raises(Refused, match="duty clinician"):
        team.jo.referrals.decline(key, team.version(key), "Not ours")
    with pytest.raises(Refused, match="Say why"):
        team.ann.referrals.decline(key, team.version(key), " ")
    team.ann.referrals.redirect(key, team.version(key), "Dental access", "Toothache only")
    assert team.row(key).status is ReferralStatus.REDIRECTED


def test_that_a_referral_with_a_practitioner_on_it_cannot_be_cancelled_away(team: Team) -> None:
    key, _ = team.allocated()
    with pytest.raises(Refused, match="Sam Hill has the visit"):
        team.jo.referrals.cancel(key, team.version(key), "Dr Moor", "Went to hospital")


def test_that_an_escalation_is_the_supervisors_by_name_and_holds_the_referral(team: Team) -> None:
    key = team.triaged(3)
    with pytest.raises(Refused, match="Say what the supervisor must decide"):
        team.jo.referrals.escalate(key, " ")
    task_id = team.jo.referrals.escalate(key, "Nobody can be sent before the due time")
    task = team.stored(Task, task_id)
    assert (task.kind, task.role) == (TaskKind.ESCALATION, Role.SUPERVISOR)
    with pytest.raises(Refused):
        team.ann.tasks.accept(task_id, task.version)
    team.mo.tasks.accept(task_id, task.version)
    assert team.stored(Task, task_id).accepted_by_id == team.actors["mo"].staff_id
    with pytest.raises(Refused):
        team.jo.referrals.close(key, team.version(key), "Went to the surgery")
    team.mo.tasks.done(task_id, team.stored(Task, task_id).version, "Kit comes from Dover")
    assert TaskKind.ESCALATION not in team.tasks(key)


def test_that_worse_brings_a_clinician_whose_act_answers_it(team: Team) -> None:
    key = team.triaged(3)
    team.jo.referrals.worse(key, "Short of breath now")
    assert team.row(key).worse_at is not None
    assert TaskKind.CLINICIAN_NOW in team.tasks(key)
    team.jo.referrals.raise_priority(key, team.version(key), 2)
    assert team.row(key).worse_at is not None
    team.ann.triage.change_priority(key, team.version(key), 1)
    assert team.row(key).worse_at is None
    assert TaskKind.CLINICIAN_NOW not in team.tasks(key)


def test_that_a_coordinator_raises_but_never_lowers(team: Team) -> None:
    key = team.triaged(3)
    team.jo.referrals.raise_priority(key, team.version(key), 2)
    with pytest.raises(Refused, match="may not lower a priority"):
        team.jo.triage.change_priority(key, team.version(key), 4, "Better")


def test_that_moving_to_the_other_hub_restarts_no_clock_and_takes_the_tasks_along(team: Team) -> None:
    key = team.triaged(2, new_referral(source=Source.COMMUNITY_NURSING))
    due_at = team.row(key).due_at
    team.clock.pass_minutes(10)
    team.jo.referrals.move_hub(key, team.version(key), team.ids["dover"], "Lives there")
    assert (team.row(key).hub, team.row(key).due_at) == ("Dover", due_at)
    record = team.jo.records.open(key)
    assert {task.hub for task in record.tasks} == {"Dover"}


def test_that_the_second_of_two_people_is_told_who_was_first(team: Team) -> None:
    key = team.received()
    seen = team.version(key)
    team.ann.triage.triage(key, seen, 2)
    with pytest.raises(ChangedElsewhere, match=r"Ann Lee .* at 14:00"):
        team.jo.referrals.cancel(key, seen, "Dr Moor")


def test_that_steps_of_the_future_and_from_before_the_receipt_are_refused(
    team: Team, now: dt.datetime
) -> None:
    key = team.received()
    for wrong in (now + 30 * MINUTE, now - 30 * MINUTE):
        with pytest.raises(Refused, match="time"):
            team.ann.triage.triage(key, team.version(key), 2, happened=Happened(at=wrong))


def test_that_identity_is_corrected_by_a_person_and_stays_one_patient(team: Team) -> None:
    key = team.received()
    row = team.row(key)
    patient = team.jo.records.open(key).patient
    corrected = Identity(family_name="Marsh-Lane", given_name="Ivy", birth_date=dt.date(1941, 3, 3))
    team.jo.referrals.correct_identity(key, row.version, corrected, "Read back by phone", patient.version)
    assert team.row(key).family_name == "Marsh-Lane"
    assert team.row(key).patient_id == row.patient_id


def test_that_access_to_the_gp_record_is_kept_with_who_checked(team: Team) -> None:
    key = team.received()
    team.jo.referrals.record_access(key, team.version(key), RecordAccess.YES)
    stored = team.stored(Referral, key)
    assert (stored.record_access, stored.record_access_by_id) == (
        RecordAccess.YES,
        team.actors["jo"].staff_id,
    )


def test_that_an_auditor_reads_and_changes_nothing(team: Team) -> None:
    key = team.received()
    team.actors["audit"] = team.actors["jo"].__class__(team.actors["jo"].staff_id, "Jo Bates", Role.AUDITOR)
    assert team.desk("audit").records.open(key, "sample of the month").row.id == key
    with pytest.raises(Refused, match="The role auditor may not"):
        team.desk("audit").referrals.worse(key)


def test_that_the_last_step_can_be_taken_back_by_its_own_person_only(team: Team) -> None:
    key = team.triaged(2)
    step = team.ann.last_undoable()
    assert step is not None
    assert step.words.startswith("Triaged as acute")
    with pytest.raises(Refused, match="Somebody else"):
        team.jo.undo(step.id)
    team.ann.undo(step.id)
    assert (team.row(key).status, team.row(key).priority) == (ReferralStatus.RECEIVED, None)
    assert team.ann.last_undoable() is None


def test_that_referrals_taken_in_at_once_have_numbers_of_their_own(team: Team) -> None:
    keys: list[int] = []

    def run() -> None:
        keys.extend(team.received() for _ in range(4))

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({team.row(key).number for key in keys}) == 24


def test_that_who_is_asked_again_reads_what_is_new_and_is_asked_anew(team: Team) -> None:
    key = team.triaged(3)
    worse = team.jo.referrals.worse(key, "Cannot get up")
    team.ann.tasks.accept(worse, team.stored(Task, worse).version)
    team.clock.pass_minutes(30)
    assert team.jo.referrals.worse(key, "Blue lips now") == worse
    task = team.stored(Task, worse)
    number = team.row(key).number
    assert task.words == f"{number}: Blue lips now. Before: Cannot get up"
    assert task.accepted_by_id is None  # or nobody would hear of it
    team.jo.referrals.worse(key, "Blue lips now")
    assert team.stored(Task, worse).words.count("Blue") == 1
    older = Happened(team.clock() - dt.timedelta(minutes=5), from_paper=True)
    team.jo.referrals.worse(key, "Still cannot get up", older)
    assert team.stored(Task, worse).words.startswith(f"{number}: Blue lips now")
    team.jo.referrals.escalate(key, "No car left")
    escalated = team.jo.referrals.escalate(key, "And no practitioner")
    assert team.stored(Task, escalated).words == f"{number}: And no practitioner. Before: No car left"


def test_that_what_was_said_again_is_taken_back_alone(team: Team) -> None:
    key = team.triaged(3)
    worse = team.jo.referrals.worse(key, "Cannot get up")
    team.ann.tasks.accept(worse, team.stored(Task, worse).version)
    team.jo.referrals.worse(key, "Blue lips now")
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    task = team.stored(Task, worse)
    assert task.words == f"{team.row(key).number}: Cannot get up"
    assert task.accepted_by_id == team.actors["ann"].staff_id
