"""A patient whom another hub knows: who takes them in learns of it, and that they asked is kept."""

from dataclasses import replace

import pytest

from console.domain.opening_reasons import TAKING_IN
from console.domain.refusals import Refused
from console.services import accounts
from db.models import PatientHub, Referral
from tests.services.team import new_referral
from tests.services.test_records import openings
from tests.support.secured import SecuredTeam


@pytest.fixture
def team(secured_team: SecuredTeam) -> SecuredTeam:
    """The team, in which Jo works for Folkestone alone, and Mo for both hubs."""
    database = secured_team.database_of("al")
    accounts.set_hubs(database, accounts.administrator(database), secured_team.clock(), "jo", ("FOL",))
    return secured_team


def at_dover(team: SecuredTeam) -> Referral:
    form = new_referral(hub_id=team.ids["dover"], practice_id=team.ids["practice"])
    return team.stored(Referral, team.mo.referrals.receive(form))


def test_that_a_patient_of_the_other_hub_is_found_named_and_written_down(team: SecuredTeam) -> None:
    known, form = at_dover(team), new_referral()
    assert team.jo.referrals.find_patients("Marsh") == ()
    found = team.jo.referrals.possible_duplicates(
        form.nhs_number, form.family_name, form.given_name, form.birth_date
    )
    assert [(one.patient_id, one.open_referral_id) for one in found] == [(known.patient_id, None)]
    assert found[0].because == "Same NHS number, known to Dover"
    with team.database.read() as session:
        lines = session.connection().exec_driver_sql(
            "SELECT login, new -> 'found' FROM audit_log WHERE tbl = 'patient_search'"
        )
        assert [tuple(line) for line in lines] == [("jo", [known.patient_id])]


def test_that_what_only_another_hub_recorded_is_refused_and_the_question_kept(team: SecuredTeam) -> None:
    known, form = at_dover(team), new_referral()
    found = team.jo.referrals.possible_duplicates(form.nhs_number, form.family_name)
    assert [one.is_elsewhere for one in found] == [True]
    with pytest.raises(Refused, match="Only other hubs know this patient"):
        team.jo.records.open_known(known.patient_id)
    assert openings(team) == [("Jo Bates", TAKING_IN, False)]
    team.jo.referrals.receive(replace(form, hub_id=team.ids["folkestone"], patient_id=known.patient_id))
    assert team.jo.records.open_known(known.patient_id).home_address == "4 Sea Road, Hythe"


def test_that_nobody_moves_a_referral_to_a_hub_that_they_do_not_see(team: SecuredTeam) -> None:
    key, dover = team.triaged(), team.ids["dover"]
    for move in (
        lambda: team.jo.referrals.move_hub(key, team.version(key), dover, "Nearer"),
        lambda: team.jo.hub_queue.arrive(key, dover),
    ):
        with pytest.raises(Refused, match="You do not see Dover: ask somebody who works for both hubs"):
            move()
    team.mo.referrals.move_hub(key, team.version(key), dover, "Nearer")


def test_that_a_referral_for_another_hub_is_not_taken_back_from_afar(team: SecuredTeam) -> None:
    team.jo.referrals.receive(new_referral(hub_id=team.ids["dover"], practice_id=team.ids["practice"]))
    step = team.jo.last_undoable()
    assert step is not None
    with pytest.raises(Refused, match="It went to a hub that you do not see: ask there"):
        team.jo.undo(step.id)


def test_that_a_like_name_on_the_same_day_is_found_and_a_stranger_is_not(team: SecuredTeam) -> None:
    known, born = at_dover(team), new_referral().birth_date
    look = team.jo.referrals.possible_duplicates
    found = look(None, "Marshe", "Ivy", born)
    assert [(one.patient_id, one.nhs_number) for one in found] == [(known.patient_id, None)]
    assert look(None, "Winter", "Ann", born) == ()
    assert look(None, "M", "I", born) == ()


def test_that_who_was_found_is_taken_on_and_their_hub_knows_them_from_then(team: SecuredTeam) -> None:
    known = at_dover(team)
    form = new_referral(hub_id=team.ids["folkestone"])
    with pytest.raises(Refused, match="look for them first"):
        team.jo.referrals.receive(replace(form, patient_id=known.patient_id))
    team.jo.referrals.possible_duplicates(form.nhs_number, form.family_name)
    key = team.jo.referrals.receive(replace(form, patient_id=known.patient_id))
    assert team.stored(Referral, key).patient_id == known.patient_id
    with team.database.read() as session:
        assert session.get(PatientHub, (known.patient_id, team.ids["folkestone"]))
    assert [one.patient_id for one in team.jo.referrals.find_patients("Marsh")] == [known.patient_id]


def test_that_a_referral_for_another_hub_is_taken_in_whole_and_seen_there(team: SecuredTeam) -> None:
    key = team.jo.referrals.receive(
        new_referral(hub_id=team.ids["dover"], family_name="Winter", nhs_number=None)
    )
    assert team.stored(Referral, key).hub_id == team.ids["dover"]
    assert len(team.tasks(key)) == 1
    with team.database_of("jo").read() as session:
        assert session.get(Referral, key) is None


def test_that_a_service_manager_moves_what_is_late_without_seeing_it(team: SecuredTeam) -> None:
    from console.services import settings_changes

    at_dover(team)
    said = settings_changes.change(
        team.database_of("val"),
        team.actors["val"],
        team.clock(),
        name="clock.report_due",
        typed="200",
        reason="Agreed",
    )
    assert "by Val Moore" in said
