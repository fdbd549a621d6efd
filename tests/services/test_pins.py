"""The place of a patient on the map is put right, with a reason, and can be taken back."""

from dataclasses import replace

import pytest

from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.words import Role
from db.models import Referral, Step
from tests.services.team import Team, new_referral

FARM = (51.0912, 1.1204)
HYTHE = "CT21 5AB"


def received(team: Team) -> int:
    """A referral whose postcode stands on the map."""
    return team.received(new_referral(home_postcode=HYTHE))


def test_that_a_moved_pin_is_the_boards_new_place_with_its_reason(team: Team) -> None:
    key = received(team)
    before = team.row(key)
    team.jo.referrals.move_pin(key, before.version, *FARM, "The farm is at the end of the lane")
    row = team.row(key)
    assert (row.lat, row.lon) == FARM
    assert (row.address, row.postcode, row.area) == (before.address, before.postcode, before.area)
    assert row.version > before.version
    with team.database.read() as session:
        step = session.query(Step).filter_by(kind="referral.pin").one()
        assert step.words.startswith("Moved on the map by ")
        assert step.words.endswith(": The farm is at the end of the lane")


def test_that_a_patient_without_a_known_postcode_is_put_on_the_map(team: Team) -> None:
    key = team.received(new_referral(home_postcode="CT99 9ZZ"))
    assert team.row(key).lat is None
    team.jo.referrals.move_pin(key, team.version(key), *FARM, "New houses")
    assert (team.row(key).lat, team.row(key).lon) == FARM


def test_that_a_moved_pin_is_taken_back(team: Team) -> None:
    key = received(team)
    before = team.row(key)
    team.jo.referrals.move_pin(key, before.version, *FARM, "The wrong lane")
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert (team.row(key).lat, team.row(key).lon) == (before.lat, before.lon)


def test_that_who_moves_a_pin_sees_who_was_first(team: Team) -> None:
    key = received(team)
    seen = team.version(key)
    team.jo.referrals.move_pin(key, seen, *FARM, "The farm")
    with pytest.raises(ChangedElsewhere):
        team.ann.referrals.move_pin(key, seen, 51.1, 1.2, "Elsewhere")


@pytest.mark.parametrize(
    ("place", "reason", "said"),
    [
        (FARM, " ", "Say why"),
        ((91.0, 1.1), "A slip", "no place on earth"),
        ((51.1, 181.0), "A slip", "no place on earth"),
        ((51.1, 11.1), "A slip of the hand", "more than 150 km"),
    ],
)
def test_that_a_pin_is_not_moved_without_reason_or_sense(
    team: Team, place: tuple[float, float], reason: str, said: str
) -> None:
    key = received(team)
    with pytest.raises(Refused, match=said):
        team.jo.referrals.move_pin(key, team.version(key), *place, reason)


def test_that_a_pin_stays_when_it_is_there_already_or_the_referral_has_ended(team: Team) -> None:
    key = received(team)
    team.jo.referrals.move_pin(key, team.version(key), *FARM, "The farm")
    with pytest.raises(Refused, match="at this place already"):
        team.jo.referrals.move_pin(key, team.version(key), *FARM, "Again")
    team.jo.referrals.cancel(key, team.version(key), "The practice", "Not needed any more")
    with pytest.raises(Refused, match="has ended"):
        team.jo.referrals.move_pin(key, team.version(key), 51.1, 1.2, "Late")


def test_that_practitioners_and_auditors_move_no_pins(team: Team) -> None:
    key = received(team)
    team.actors["pat"] = replace(team.actors["jo"], role=Role.PRACTITIONER)
    with pytest.raises(Refused, match="may not move a patient on the map"):
        team.desk("pat").referrals.move_pin(key, team.version(key), *FARM, "The farm")
    with team.database.read() as session:
        assert session.get_one(Referral, key).visit_lat != FARM[0]
