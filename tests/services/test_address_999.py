"""An ambulance may be on the way to an address that was corrected: somebody tells ambulance control."""

import datetime as dt

import pytest

from console.domain.acting import Happened
from console.domain.alarms import Sound, is_for, roles_of, sound_of
from console.domain.calendar import local
from console.domain.refusals import Refused
from console.domain.rows import TaskRow
from console.domain.words import Role, TaskKind
from db.queries.record import read_record
from tests.services.team import Team
from tests.services.test_visit_address import NEW, corrected, dog_at

DESK, BOTH = [Role.COORDINATOR], [Role.COORDINATOR, Role.SUPERVISOR]
FURTHER = ("16 Castle Street, Dover", NEW[1])
TAKE_OVER = "Confirm the crew's take-over"
TELL = "Corrected address: tell 999"


def open_tasks(team: Team, key: int) -> list[TaskRow]:
    """What is asked about this referral."""
    with team.database.read() as session:
        return list(read_record(session, key, team.clock(), 0).tasks)


def to_tell(team: Team, key: int) -> list[TaskRow]:
    """What asks to tell ambulance control."""
    found = [one for one in open_tasks(team, key) if one.title == TELL]
    return sorted(found, key=lambda one: one.role)


def asked(team: Team, key: int) -> list[Role]:
    return [one.role for one in to_tell(team, key)]


def later(team: Team, minutes: float) -> None:
    """Let time pass and the timetable look."""
    team.clock.pass_minutes(minutes)
    team.look()


def coming(team: Team) -> int:
    """999 is asked for, an ambulance has the old address, and the right one is known now."""
    key = team.triaged()
    team.jo.ambulance.upgrade(key, team.version(key), "Chest pain")
    team.jo.ambulance.reference(key, team.version(key), "A123", "Control")
    team.clock.pass_minutes(1)
    corrected(team, key)
    return key


def on_the_wrong_way(team: Team) -> int:
    """Nobody has told ambulance control for five minutes."""
    key = coming(team)
    later(team, 5)
    assert asked(team, key) == BOTH
    return key


def test_that_somebody_is_asked_to_tell_ambulance_control(team: Team) -> None:
    dog_at(team, NEW)
    key = coming(team)
    (task,) = to_tell(team, key)
    assert task.words == (
        f"{team.row(key).number}: tell ambulance control that the patient is at 14 Castle Street, Dover,"
        " CT16 1PD, no longer 4 Sea Road, Hythe, CT21 5AA. Markers there: Animal. Have it read back, then say"
        " here that they know."
    )
    assert (sound_of(task.kind, task.subject), roles_of(task)) == (
        Sound.URGENT,
        (Role.COORDINATOR, Role.CLINICIAN),
    )
    assert [is_for(task, team.actors[who], None) for who in ("jo", "ann", "mo")] == [True, True, False]
    # It is the take-over that ends the other one, and no telling.
    assert TAKE_OVER in {one.title for one in open_tasks(team, key)}


def test_that_nobody_is_asked_where_999_is_not_asked_for(team: Team) -> None:
    key = team.triaged()
    corrected(team, key)
    later(team, 30)
    assert asked(team, key) == []


@pytest.mark.parametrize("who", ["jo", "ann", "mo"])
def test_that_the_supervisor_is_asked_too_and_whoever_tells_answers_for_both(team: Team, who: str) -> None:
    key = coming(team)
    later(team, 4.9)
    assert asked(team, key) == DESK
    later(team, 0.1)
    assert asked(team, key) == BOTH
    task = to_tell(team, key)[who == "mo"]
    team.desk(who).tasks.done(task.id, task.version, "Rang control, who read it back")
    assert asked(team, key) == []
    later(team, 60)
    assert asked(team, key) == []
    assert TAKE_OVER in {one.title for one in open_tasks(team, key)}


def test_that_what_is_told_in_time_goes_no_further_and_is_asked_again_when_it_is_taken_back(
    team: Team,
) -> None:
    key = coming(team)
    later(team, 4)
    (task,) = to_tell(team, key)
    team.jo.tasks.done(task.id, task.version, "Rang control")
    step = team.jo.last_undoable()
    later(team, 4)
    assert asked(team, key) == []
    assert step is not None
    team.jo.undo(step.id)
    team.look()
    assert asked(team, key) == BOTH


def test_that_control_was_not_told_an_address_before_it_was_corrected(team: Team) -> None:
    key = coming(team)
    at = team.clock()
    team.clock.pass_minutes(3)
    (task,) = to_tell(team, key)
    with pytest.raises(Refused, match=rf"corrected at {local(at):%H:%M}: what they were told before that"):
        team.jo.tasks.done(task.id, task.version, "Rang", Happened(at - dt.timedelta(minutes=1)))
    team.jo.tasks.done(task.id, task.version, "Rang", Happened(at))
    assert asked(team, key) == []


def test_that_a_second_correction_is_told_and_does_not_begin_to_wait_anew(team: Team) -> None:
    key = coming(team)
    later(team, 4)
    corrected(team, key, FURTHER)
    assert asked(team, key) == DESK
    later(team, 1)
    assert asked(team, key) == BOTH
    assert all("16 Castle Street" in one.words for one in to_tell(team, key))
    corrected(team, key, ("18 Castle Street, Dover", NEW[1]))
    team.look()
    assert asked(team, key) == BOTH
    assert all("18 Castle Street" in one.words for one in to_tell(team, key))


def test_that_an_acceptance_that_led_to_nothing_runs_out_as_no_take_over_s_does(team: Team) -> None:
    key = coming(team)
    for one in open_tasks(team, key):
        if one.kind is TaskKind.AMBULANCE_TAKE_OVER:
            team.jo.tasks.accept(one.id, one.version)
    later(team, 5)
    assert asked(team, key) == BOTH
    later(team, 60)
    accepted = {one.title: one.accepted_by for one in open_tasks(team, key) if one.role is Role.COORDINATOR}
    assert (accepted[TELL], accepted[TAKE_OVER]) == (None, "Jo Bates")


def _take_over(team: Team, key: int) -> None:
    team.jo.ambulance.take_over(key, team.version(key))


def _stand_down(team: Team, key: int) -> None:
    team.ann.ambulance.stand_down(key, team.version(key), "Spoke to the patient")


@pytest.mark.parametrize("end", [_take_over, _stand_down])
def test_that_nobody_tells_control_when_no_ambulance_comes_any_more(team: Team, end: object) -> None:
    assert callable(end)
    key = on_the_wrong_way(team)
    end(team, key)
    assert asked(team, key) == []
    later(team, 60)
    assert asked(team, key) == []


def test_that_a_stand_down_that_is_taken_back_asks_both_again(team: Team) -> None:
    key = on_the_wrong_way(team)
    _stand_down(team, key)
    later(team, 1)
    step = team.ann.last_undoable()
    assert step is not None
    team.ann.undo(step.id)
    team.look()
    assert asked(team, key) == BOTH


def test_that_who_is_sent_and_ambulance_control_are_told_apart(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    team.jo.ambulance.upgrade(key, team.version(key), "Chest pain")
    corrected(team, key)
    later(team, 5)
    tells = [(one.title, one.role) for one in open_tasks(team, key) if one.title.startswith("Corrected")]
    assert len(tells) == 4
    team.jo.visits.hand_back(visit, team.visit_version(key), "Car")
    team.look()
    assert asked(team, key) == BOTH  # the ambulance drives on
    assert {one.title for one in open_tasks(team, key) if one.title.startswith("Corrected")} == {TELL}
