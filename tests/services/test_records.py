"""Opening a record: who asked and why is kept before anything is shown, and goes into the chain."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import text

from console.domain.opening_reasons import STILL, TAKING_IN, UNDOING, WORKING
from console.domain.refusals import NeedsReason, Refused
from console.domain.rows import KnownDetails
from console.domain.words import Role
from console.services.forms import Identity
from db.models import Practice
from tests.services.team import Team, new_referral
from tests.support.secured import SecuredTeam

DAY = 24 * 60


def openings(team: Team) -> list[tuple[str, str, bool]]:
    """What the audit says of openings: whose login or name, why, and whether it was granted."""
    with team.database.read() as session:
        lines = session.execute(
            text("SELECT actor_name, new FROM audit_log WHERE tbl = 'record_opening' ORDER BY id")
        ).all()
    told = [(name, json.loads(new) if isinstance(new, str) else new) for name, new in lines]
    return [(name, new["reason"], bool(new["is_granted"])) for name, new in told]


def test_that_an_opening_is_in_the_audit_with_who_and_why(team: Team) -> None:
    key = team.received()
    team.jo.records.open(key)
    team.ann.records.open(key, "The daughter asked for it")
    assert openings(team) == [("Jo Bates", WORKING, True), ("Ann Lee", "The daughter asked for it", True)]


def test_that_the_days_work_is_a_reason_and_an_ended_referral_needs_words(team: Team) -> None:
    key = team.received(new_referral(hub_id=team.ids["folkestone"], practice_id=team.ids["practice"]))
    team.jo.referrals.cancel(key, team.version(key), "The sender rang")
    team.jo.records.open(key)
    team.clock.pass_minutes(2 * DAY)
    with pytest.raises(NeedsReason, match="has ended"):
        team.jo.records.open(key)
    assert team.jo.records.open(key, "A complaint about that day").row.id == key


def test_that_a_referral_of_which_a_report_is_owed_is_work_at_hand(team: Team) -> None:
    key, visit = team.on_scene()
    team.jo.visits.no_access(visit, team.visit_version(key), False, "Refused at the door")
    team.clock.pass_minutes(3 * DAY)
    assert team.jo.records.open(key).row.id == key


def test_that_an_auditor_says_why_in_words(team: Team) -> None:
    key = team.received()
    team.actors["audit"] = replace(team.actors["jo"], role=Role.AUDITOR)
    with pytest.raises(NeedsReason, match="auditor"):
        team.desk("audit").records.open(key)
    with pytest.raises(Refused, match="Say why"):
        team.desk("audit").records.open(key, "  ")
    assert team.desk("audit").records.open(key, "sample of the month").row.id == key


def test_that_whoever_reads_on_for_long_leaves_that_they_do(secured_team: SecuredTeam) -> None:
    team = secured_team
    key = team.received()
    assert team.jo.records.open(key).patient.home_address == "4 Sea Road, Hythe"
    team.jo.records.read_again(key)
    assert [why for _, why, _ in openings(team)] == [WORKING]
    team.let_openings_age(16)
    assert team.jo.records.read_again(key).phones == ("01303123456",)
    assert [why for _, why, _ in openings(team)] == [WORKING, STILL]


def test_that_a_known_patients_details_are_kept_without_being_shown(
    secured_team: SecuredTeam,
) -> None:
    team = secured_team
    first = team.received()
    patient = team.row(first).patient_id
    second = team.received(new_referral(patient_id=patient, phone=None, practice_id=team.ids["practice"]))
    assert openings(team) == []
    assert team.row(second).phone == team.row(first).phone  # the number that a board shows


def test_that_what_is_recorded_is_given_to_who_takes_in_a_further_referral_and_kept(team: Team) -> None:
    key = team.received(new_referral(practice_id=team.ids["practice"]))
    known = team.jo.records.open_known(team.row(key).patient_id)
    assert (known.home_address, known.home_postcode) == ("4 Sea Road, Hythe", "CT21 5AA")
    assert (known.phone, known.other_phones) == ("01303123456", ())
    assert known.practice is not None
    assert (known.practice.ods_code, known.is_practice_open) == ("G82696", True)
    assert openings(team) == [("Jo Bates", TAKING_IN, True)]


def test_that_a_practice_that_has_closed_is_given_as_such(team: Team) -> None:
    key = team.received(new_referral(practice_id=team.ids["practice"]))
    with team.database.work(team.actors["jo"], team.clock()) as work:
        work.get(Practice, team.ids["practice"]).is_active = False
    known = team.jo.records.open_known(team.row(key).patient_id)
    assert known.practice is not None
    assert not known.is_practice_open


def test_that_of_a_patient_of_whom_nothing_is_recorded_nothing_is_given(team: Team) -> None:
    key = team.received(new_referral(home_address="", home_postcode=None, phone=None))
    known = team.jo.records.open_known(team.row(key).patient_id)
    assert known == KnownDetails("", None, None, (), None, is_practice_open=False)


def test_that_only_who_takes_referrals_in_opens_a_record_for_one(team: Team) -> None:
    patient = team.row(team.received()).patient_id
    with pytest.raises(Refused, match="may not take in a referral"):
        team.desk("sam_self").records.open_known(patient)
    assert openings(team) == []


def test_that_each_login_that_takes_in_is_given_what_is_recorded(secured_team: SecuredTeam) -> None:
    team = secured_team
    patient = team.row(team.received(new_referral(practice_id=team.ids["practice"]))).patient_id
    for login in ("jo", "ann", "mo"):
        known = team.desk(login).records.open_known(patient)
        assert (known.home_address, known.phone) == ("4 Sea Road, Hythe", "01303123456")
        assert known.practice is not None
    assert [why for _, why, _ in openings(team)] == [TAKING_IN] * 3


def test_that_a_corrected_number_is_put_back_by_undo(secured_team: SecuredTeam) -> None:
    team = secured_team
    key = team.received()
    patient = team.jo.records.open(key).patient
    identity = Identity(
        family_name="Marsh", given_name="Ivy", birth_date=patient.birth_date, phone="01303 999999"
    )
    team.jo.referrals.correct_identity(key, team.version(key), identity, "Misheard", patient.version)
    assert team.jo.records.read_again(key).patient.phone == "01303999999"
    team.let_openings_age(16)
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert team.jo.records.read_again(key).patient.phone == "01303123456"
    assert [why for _, why, _ in openings(team)] == [WORKING, UNDOING]
