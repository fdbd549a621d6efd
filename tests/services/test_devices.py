"""Devices and what they tell, on both databases: kept of people on duty, once, and counted without names."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from console.domain.position import PositionAnswer
from console.domain.refusals import Refused
from console.domain.words import Placement
from console.exchange.positions import Fix
from console.services import condition, devices
from console.services.positions import Told, token_hash
from db.models import Device, Position, Shift, Step
from db.queries.board import read_board
from tests.services import reminding
from tests.services.team import Team
from tests.support.secured import WORKER, SecuredTeam

A = PositionAnswer


@pytest.fixture
def sams(team: Team) -> str:
    """The token of Sam's telephone."""
    reminding.let_doorstep_act(team)
    said, token = devices.add(team.database, team.clock(), practitioner="sam hill", label="telephone")
    assert "telephone, may tell the position of Sam Hill." in said
    return token


def told(team: Team, token: str, minutes: float = 0, lat: float = 51.08, lon: float = 1.17) -> Told:
    at = team.clock() + dt.timedelta(minutes=minutes)
    return Told(Fix(lat, lon, at, 10.0, None, "OwnTracks"), token_hash(token))


def kept(team: Team) -> list[tuple[float, dt.datetime]]:
    with team.database.read() as session:
        return [(one.lat, one.at) for one in session.query(Position).order_by(Position.id)]


def off_duty(team: Team, name: str) -> None:
    with team.database.read() as session:
        shift = session.query(Shift).filter(Shift.practitioner_id == team.ids[name]).one()
    team.jo.workforce.shift_off(shift.id, shift.version)


def test_that_only_the_hash_of_a_token_is_stored(team: Team, sams: str) -> None:
    with team.database.read() as session:
        (device,) = session.query(Device)
    assert device.token_hash == token_hash(sams)
    assert sams not in device.token_hash
    assert len(sams) >= 43


def test_that_a_batch_is_kept_in_its_order_and_each_time_once(team: Team, sams: str) -> None:
    take = team.doorstep.positions.take
    batch = [told(team, sams, at) for at in (-3, -2, -2, -2.5, -1)]
    assert take(batch) == (A.KEPT, A.KEPT, A.REPLAYED, A.REPLAYED, A.KEPT)
    assert take(batch[-1:]) == (A.REPLAYED,)
    assert len(kept(team)) == 3


def test_that_each_wrong_position_is_refused_and_none_of_them_kept(team: Team, sams: str) -> None:
    answers = team.doorstep.positions.take(
        [
            told(team, "nobody's"),
            told(team, sams, 10),
            told(team, sams, -61),
            told(team, sams, 0, lat=1.17, lon=51.08),
        ]
    )
    assert answers == (A.FOREIGN, A.FUTURE, A.TOO_OLD, A.SWAPPED)
    assert kept(team) == []


def test_that_nothing_is_kept_off_duty_nor_what_was_told_before_duty(team: Team, sams: str) -> None:
    off_duty(team, "sam")
    assert team.doorstep.positions.take([told(team, sams)]) == (A.OFF_DUTY,)
    team.clock.pass_minutes(10)
    ends_at = team.clock() + dt.timedelta(hours=4)
    team.jo.workforce.shift_on(
        team.ids["sam"], team.ids["folkestone"], Placement.HOME_VISITING, None, ends_at
    )
    assert team.doorstep.positions.take([told(team, sams, -5)]) == (A.OFF_DUTY,)
    assert kept(team) == []
    team.clock.pass_minutes(1)
    assert team.doorstep.positions.take([told(team, sams)]) == (A.KEPT,)


def test_that_a_clock_ahead_makes_nobody_younger_than_now(team: Team, sams: str) -> None:
    assert team.doorstep.positions.take([told(team, sams, 1)]) == (A.KEPT,)
    assert kept(team) == [(51.08, team.clock())]


def test_that_a_disabled_device_is_refused_and_says_so_in_the_list(team: Team, sams: str) -> None:
    with team.database.read() as session:
        (device,) = session.query(Device)
    devices.disable(team.database, team.clock(), device.id)
    assert team.doorstep.positions.take([told(team, sams)]) == (A.DISABLED,)
    (line,) = devices.lines(team.database)
    assert "Sam Hill\ttelephone\tdisabled\theard 2026-01-14 14:00:00\tnewest kept never" in line
    with pytest.raises(Refused, match="disabled already"):
        devices.disable(team.database, team.clock(), device.id)


def test_that_doctor_counts_what_became_of_positions_without_names(team: Team, sams: str) -> None:
    team.doorstep.positions.take([told(team, sams), told(team, "x")], {A.MALFORMED: 2})
    team.doorstep.positions.take([], {A.MALFORMED: 1})
    lines = devices.describe(team.database, team.clock())
    assert lines == [
        "Devices that may tell positions: 1.",
        "Positions told today: 1 kept; 1 with a token that is no device's; 3 not understood.",
    ]
    assert not any("Positions" in line for line in condition.describe(team.database) if "Sam" in line)


def test_that_a_device_is_for_somebody_who_is_there(team: Team, sams: str) -> None:
    with pytest.raises(Refused, match="No practitioner is called Nobody"):
        devices.add(team.database, team.clock(), practitioner="Nobody", label="telephone")
    with pytest.raises(Refused, match="There is no device 99"):
        devices.disable(team.database, team.clock(), 99)


def test_that_an_administrator_looks_after_devices_with_a_login_of_their_own(
    secured_team: SecuredTeam,
) -> None:
    database, now = secured_team.database_of("al"), secured_team.clock()
    said, _ = devices.add(database, now, practitioner="sam hill", label="telephone")
    assert "may tell the position of Sam Hill" in said
    (line,) = devices.lines(database)
    assert "is disabled" in devices.disable(database, now, int(line.partition("\t")[0]))
    with secured_team.database.read() as session:
        steps = session.query(Step).filter(Step.kind.startswith("device."))
        assert {step.by_id for step in steps} == {secured_team.actors["al"].staff_id}
    with pytest.raises(Refused, match="may not change people"):
        devices.add(secured_team.database_of("jo"), now, practitioner="sam hill", label="telephone")
    assert condition.describe(database)[-1].startswith("What it holds, whether anybody chases, and how far")
    assert "Referrals: 0" in condition.describe(secured_team.database_of(WORKER))


def test_that_many_positions_are_one_on_the_board(team: Team, sams: str) -> None:
    team.doorstep.positions.take([told(team, sams, -n / 100) for n in range(300, 0, -1)])
    with team.database.read() as session:
        board = read_board(session, [team.ids["folkestone"]], team.clock())
    row = next(one for one in board.practitioners if one.name == "Sam Hill")
    assert row.position_at == team.clock() - dt.timedelta(minutes=0.01)
    assert row.position_source == "OwnTracks"


def test_that_several_workers_keep_each_position_once(team: Team, sams: str) -> None:
    batch = [told(team, sams, -n / 10) for n in range(20, 0, -1)]
    workers = [team.doorstep.positions.take for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = [future.result() for future in [pool.submit(take, batch) for take in workers]]
    for place in range(len(batch)):
        said = sorted(answer[place].value for answer in answers)
        assert said == ["kept", "replayed", "replayed", "replayed"]
    assert len(kept(team)) == len(batch)
