"""Who is offered for a visit, on both databases: the nearest first, and nobody by a position that is old."""

from console.domain.rows import CandidateRow
from db.models import Visit
from tests.services.team import Team, new_referral

HYTHE, FOLKESTONE, DOVER = (51.0720, 1.0830), (51.0790, 1.1650), (51.1290, 1.3090)


def in_hythe(team: Team) -> int:
    """A patient who waits at a place that is on the map."""
    where = {"visit_address": "4 Sea Road, Hythe", "visit_postcode": "CT21 5AB"}
    return team.triaged(form=new_referral(practice_id=team.ids["practice"], **where))


def offered(team: Team, referral_id: int) -> list[CandidateRow]:
    return list(team.jo.visits.candidates(referral_id))


def names(rows: list[CandidateRow]) -> list[str]:
    return [one.practitioner.name for one in rows]


def placed(team: Team, **places: tuple[float, float]) -> None:
    for name, (lat, lon) in places.items():
        team.jo.workforce.position(team.ids[name], lat, lon)


def test_that_the_nearest_of_those_who_may_go_comes_first(team: Team) -> None:
    key = in_hythe(team)
    placed(team, sam=DOVER, kit=FOLKESTONE, gil=HYTHE, pat=HYTHE)
    rows = offered(team, key)
    assert names(rows) == ["Gil Frost", "Kit Wood", "Sam Hill", "Pat Moss"]
    assert [one.near and one.near.rank for one in rows] == [1, 2, 3, None]
    near = rows[1].near
    assert near is not None
    assert near.words[1] == "there by 14:15, due 15:00"
    assert not rows[3].is_allowed


def test_that_a_position_that_has_grown_old_ranks_nobody(team: Team) -> None:
    key = in_hythe(team)
    placed(team, gil=HYTHE)
    team.clock.pass_minutes(6)
    placed(team, sam=DOVER)
    rows = offered(team, key)
    assert names(rows)[0] == "Sam Hill"
    gil = next(one for one in rows if one.practitioner.name == "Gil Frost").near
    assert gil is not None
    assert gil.words == ("position too old: not ranked",)


def test_that_whoever_is_with_a_patient_is_counted_from_there(team: Team) -> None:
    first = in_hythe(team)
    visit = team.jo.visits.allocate(first, team.ids["sam"], team.version(first))
    for step in (team.jo.visits.acknowledge, team.jo.visits.en_route, team.jo.visits.on_scene):
        step(visit, team.visit_version(first))
    key = in_hythe(team)
    placed(team, sam=DOVER)
    (sam,) = (one for one in offered(team, key) if one.practitioner.name == "Sam Hill")
    assert sam.near is not None
    # Expected clear 45 minutes after on scene; from one address to the same one.
    assert sam.near.words[:2] == ("clear about 14:45", "then under 1 km, about 5 min")


def test_that_a_visit_which_would_outlast_the_shift_is_told(team: Team) -> None:
    key = in_hythe(team)
    team.clock.pass_minutes(7 * 60 + 20)
    placed(team, sam=HYTHE)
    (sam,) = (one for one in offered(team, key) if one.practitioner.name == "Sam Hill")
    assert any("may end after the shift of Sam Hill" in note for note in sam.notes)


def test_that_nobody_is_ranked_for_what_was_decided_on_paper(team: Team) -> None:
    key = in_hythe(team)
    placed(team, sam=HYTHE)
    rows = team.jo.visits.candidates(key, at=team.clock())
    assert [one.near for one in rows] == [None] * 4


def test_that_the_reason_for_another_one_is_kept(team: Team) -> None:
    key = in_hythe(team)
    placed(team, sam=HYTHE, kit=DOVER)
    visit = team.jo.visits.allocate(key, team.ids["kit"], team.version(key), "Knows the patient")
    assert team.stored(Visit, visit).chosen_because == "Knows the patient"
