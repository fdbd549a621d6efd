"""What is said outside the console, and what happens when nobody can be reached."""

import datetime as dt

import pytest

from console.domain.refusals import Refused
from console.domain.words import (
    Channel,
    ContactResult,
    ContactWith,
    MarkerKind,
    OutcomeKind,
    ReferralStatus,
    TaskKind,
)
from db.models import Referral
from tests.services.team import Team, new_referral


def _call(team: Team, key: int, number: str, result: ContactResult, who: str = "jo") -> None:
    said = "Feels the same" if result is ContactResult.SPOKEN else ""
    contacts = team.desk(who).contacts
    contacts.record(key, ContactWith.PATIENT, Channel.TELEPHONE, number, result, said=said)


def test_that_three_failed_calls_over_all_numbers_bring_a_clinician(team: Team) -> None:
    key = team.triaged(3, new_referral(caller="Daughter", caller_phone="07700 900123"))
    _call(team, key, "01303 123456", ContactResult.NO_REPLY)
    team.clock.pass_minutes(5)
    _call(team, key, "01303 123456", ContactResult.NO_REPLY)
    assert TaskKind.FAILED_CONTACT not in team.tasks(key)
    team.clock.pass_minutes(5)
    _call(team, key, "+44 7700 900123", ContactResult.WRONG_NUMBER)
    assert TaskKind.FAILED_CONTACT in team.tasks(key)
    assert team.stored(Referral, key).failed_contact_at is not None
    assert team.row(key).status is ReferralStatus.TRIAGED
    with pytest.raises(Refused, match="a clinician must decide"):
        team.jo.referrals.cancel(key, team.version(key), "Dr Moor")


def test_that_reaching_the_patient_answers_it(team: Team) -> None:
    key = team.triaged(3)
    for _ in range(3):
        _call(team, key, "01303123456", ContactResult.NO_REPLY)
    assert TaskKind.FAILED_CONTACT in team.tasks(key)
    _call(team, key, "01303123456", ContactResult.SPOKEN)
    assert TaskKind.FAILED_CONTACT not in team.tasks(key)
    assert team.stored(Referral, key).failed_contact_at is None


def test_that_only_a_clinician_decides_about_a_patient_who_cannot_be_reached(team: Team) -> None:
    key = team.triaged(3)
    for _ in range(3):
        _call(team, key, "01303123456", ContactResult.NO_REPLY)
    with pytest.raises(Refused, match="duty clinician"):
        team.jo.contacts.decide_failed_contact(key, team.version(key), "Send Sam")
    team.ann.contacts.decide_failed_contact(key, team.version(key), "Send Sam to the door")
    assert TaskKind.FAILED_CONTACT not in team.tasks(key)
    assert team.row(key).status.is_open


def test_that_a_clinicians_call_answers_worse_and_a_coordinators_does_not(team: Team) -> None:
    key = team.triaged(3)
    team.jo.referrals.worse(key, "More pain")
    _call(team, key, "01303123456", ContactResult.SPOKEN)
    assert team.row(key).worse_at is not None
    _call(team, key, "01303123456", ContactResult.SPOKEN, "ann")
    assert team.row(key).worse_at is None


def test_that_what_was_said_is_written_down(team: Team) -> None:
    key = team.received()
    with pytest.raises(Refused, match="Write down"):
        team.jo.contacts.record(
            key, ContactWith.PRACTICE, Channel.TELEPHONE, None, ContactResult.SPOKEN, said=" "
        )


def test_that_a_marker_needs_a_subject_words_and_a_date_to_look_again(team: Team) -> None:
    today = team.clock().date()
    with pytest.raises(Refused, match="whom or which place"):
        team.jo.markers.add(None, None, None, MarkerKind.ACCESS, "Key safe", today)
    yesterday = today - dt.timedelta(days=1)
    with pytest.raises(Refused, match="review date"):
        team.jo.markers.add(None, "CT21 5AA", None, MarkerKind.ACCESS, "Key safe", yesterday)


def test_that_an_ended_marker_stops_nobody(team: Team) -> None:
    key = team.triaged()
    review = team.clock().date() + dt.timedelta(days=30)
    marker = team.jo.markers.add(
        team.row(key).patient_id, None, None, MarkerKind.ANIMAL, "Dog loose", review, key
    )
    team.jo.markers.end(marker, 1, "The dog has moved")
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key))


def test_that_a_missed_due_time_brings_a_waiting_call_once_and_hourly_after_each(team: Team) -> None:
    key = team.triaged(1)
    team.look()
    assert TaskKind.WAITING_CALL not in team.tasks(key)
    team.clock.pass_minutes(31)
    team.look()
    team.look()
    assert team.tasks(key).count(TaskKind.WAITING_CALL) == 1
    _call(team, key, "01303123456", ContactResult.SPOKEN, "ann")
    assert TaskKind.WAITING_CALL not in team.tasks(key)
    team.clock.pass_minutes(30)
    team.look()
    assert TaskKind.WAITING_CALL not in team.tasks(key)
    team.clock.pass_minutes(31)
    team.look()
    assert TaskKind.WAITING_CALL in team.tasks(key)


def test_that_attempts_nobody_went_on_with_reach_a_clinician_after_half_an_hour(team: Team) -> None:
    key = team.triaged(4)
    _call(team, key, "01303123456", ContactResult.NO_REPLY)
    team.clock.pass_minutes(29)
    team.look()
    assert TaskKind.FAILED_CONTACT not in team.tasks(key)
    team.clock.pass_minutes(1)
    team.look()
    team.look()
    assert team.tasks(key).count(TaskKind.FAILED_CONTACT) == 1


def test_that_a_decision_about_a_patient_nobody_reaches_stands_until_another_attempt_fails(
    team: Team,
) -> None:
    key = team.triaged(4)
    _call(team, key, "01303123456", ContactResult.NO_REPLY)
    team.clock.pass_minutes(30)
    team.look()
    team.ann.contacts.decide_failed_contact(key, team.version(key), "A neighbour looks in at six")
    team.clock.pass_minutes(10)
    team.look()
    assert TaskKind.FAILED_CONTACT not in team.tasks(key)
    _call(team, key, "01303123456", ContactResult.NO_REPLY)
    team.look()
    assert TaskKind.FAILED_CONTACT in team.tasks(key)


def test_that_a_death_is_kept_on_the_patient_and_telephoned(team: Team) -> None:
    key, visit = team.on_scene()
    team.jo.visits.clear(visit, team.visit_version(key), kind=OutcomeKind.DEATH)
    assert TaskKind.TELEPHONE_GP in team.tasks(key)
    patient_id = team.row(key).patient_id
    again = team.received(new_referral(patient_id=patient_id))
    assert any("having died" in one for one in team.stored(Referral, again).issues)
