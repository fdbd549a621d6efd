"""A part of a name finds what has left the board, for those who may see it."""

import datetime as dt

import pytest

from console.domain.acting import Actor
from console.domain.found_rows import Found
from console.domain.words import OutcomeDisposition, OutcomeKind, ReferralStatus, ReportStatus, Role
from console.services.desk import Desk
from db.models import Outcome, Report, StaffHub
from tests.domain.england import ENGLAND
from tests.services.team import PLACES, Team, new_referral


@pytest.fixture
def hubs_known(team: Team) -> Team:
    """Jo works in both hubs, Ann at Dover only."""
    with team.database.work(team.actors["jo"], team.clock()) as work:
        for who, hub in (("jo", "folkestone"), ("jo", "dover"), ("ann", "dover")):
            work.add(StaffHub(staff_id=team.actors[who].staff_id, hub_id=team.ids[hub]))
    return team


def names(found: Found) -> list[str]:
    return [one.family_name for one in found.patients]


def test_that_a_patient_is_found_by_any_part_of_what_is_known(hubs_known: Team) -> None:
    team = hubs_known
    key = team.received()
    for said in (
        "mars",
        "ARS",
        "ivy marsh",
        "Marsh, Ivy",
        "943 476 5919",
        "943476",
        "2/3/1941",
        "ivy 2/3/1941",
    ):
        (one,) = team.jo.finding.everything(said).patients
        assert (one.referral_id, one.family_name, one.status) == (key, "Marsh", ReferralStatus.RECEIVED)
    for said in ("marsha", "ivy 3/3/1941", "31/2/1941", "%", "m", "", "  ", "_v"):
        assert not team.jo.finding.everything(said).patients


def test_that_a_patient_is_found_once_with_the_newest_referral(hubs_known: Team) -> None:
    team = hubs_known
    key = team.received()
    team.jo.referrals.cancel(key, team.version(key), "Rung off")
    patient_id = team.row(key).patient_id
    later = team.received(new_referral(patient_id=patient_id))
    (one,) = team.jo.finding.everything("marsh").patients
    assert one.referral_id == later


def test_that_those_who_were_taken_back_hide_nobody(hubs_known: Team) -> None:
    team = hubs_known
    for number in range(21):
        team.received(new_referral(given_name=f"Ada{number}", nhs_number=None))
        step = team.jo.last_undoable()
        assert step is not None
        team.jo.undo(step.id)
    team.received(new_referral(given_name="Zoe", nhs_number=None))
    assert [one.given_name for one in team.jo.finding.everything("marsh").patients] == ["Zoe"]


def test_that_a_referral_that_was_taken_back_is_not_found(hubs_known: Team) -> None:
    team = hubs_known
    team.received()
    undo_newest(team)
    assert not team.jo.finding.everything("marsh").patients
    key = team.received(new_referral(family_name="Reed", nhs_number=None))
    team.jo.referrals.cancel(key, team.version(key), "Rung off")
    team.received(new_referral(patient_id=team.row(key).patient_id))
    undo_newest(team)
    (one,) = team.jo.finding.everything("reed").patients
    assert one.referral_id == key


def undo_newest(team: Team) -> None:
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)


def test_that_patients_of_other_hubs_are_not_found(hubs_known: Team) -> None:
    team = hubs_known
    key = team.received()
    hub_id = team.row(key).hub_id
    assert hub_id == team.ids["folkestone"]
    assert names(team.jo.finding.everything("marsh")) == ["Marsh"]
    assert names(team.ann.finding.everything("marsh")) == []


def test_that_a_role_that_may_not_look_for_patients_finds_none(hubs_known: Team) -> None:
    team = hubs_known
    team.received()
    manager = Actor(team.actors["jo"].staff_id, "Jo Bates", Role.SERVICE_MANAGER, "Folkestone 1")
    desk = Desk(team.database, manager, team.clock, ENGLAND, PLACES)
    found = desk.finding.everything("mar")
    assert not found.patients
    assert not found.reports
    assert [one.name for one in desk.finding.everything("sea road").places] == ["Sea Road Surgery"]


def test_that_an_accepted_report_is_found_by_patient_practice_and_number(hubs_known: Team) -> None:
    team = hubs_known
    key = team.received()
    number = team.row(key).number
    team.jo.referrals.cancel(key, team.version(key), "Rung off")
    with team.database.work(team.actors["jo"], team.clock()) as work:
        outcome = work.add(
            Outcome(
                referral_id=key,
                hub_id=team.ids["folkestone"],
                kind=OutcomeKind.PHONE_ADVICE,
                disposition=OutcomeDisposition.ADVICE,
                ended_at=team.clock(),
            )
        )
        at = team.clock() + dt.timedelta(hours=3)
        work.add(
            Report(
                referral_id=key, hub_id=team.ids["folkestone"], outcome_id=outcome.id,
                practice_id=team.ids["practice"], status=ReportStatus.ACCEPTED, owed_at=team.clock(),
                due_at=at, latest_at=at, accepted_at=at,
            )
        )  # fmt: skip
    for said in ("marsh", "sea road", number.lower(), "ivy g82696"):
        (one,) = team.jo.finding.everything(said).reports
        assert (one.referral_id, one.practice) == (key, "Sea Road Surgery")
    assert not team.ann.finding.everything("marsh").reports


def test_that_people_practices_towns_and_postcodes_are_found(hubs_known: Team) -> None:
    finding = hubs_known.jo.finding
    assert [one.name for one in finding.everything("wood").practitioners] == ["Kit Wood"]
    (practice,) = finding.everything("g826").places
    assert (practice.kind, practice.name, practice.below) == (
        "practice", "Sea Road Surgery", "G82696 · 01303 555555",
    )  # fmt: skip
    town = next(one for one in finding.towns() if one.name == "Folkestone")
    assert town.at == pytest.approx((51.08, 1.17), abs=0.03)
    (code,) = finding.everything("ct20 1ju").places
    assert (code.kind, code.name) == ("postcode", "CT20 1JU")
    assert code.at == pytest.approx((51.08, 1.17), abs=0.03)


def test_that_more_than_can_be_shown_is_said(hubs_known: Team) -> None:
    team = hubs_known
    for number in range(21):
        team.received(new_referral(family_name=f"Reed{number:02}", nhs_number=None))
    found = team.jo.finding.everything("reed")
    assert len(found.patients) == 20
    assert found.cut
    assert not team.jo.finding.everything("reed07").cut
