"""Nobody tells a corrected address: the supervisor is asked too, and whatever answers it answers both."""

import datetime as dt

import pytest

from console.domain.acting import Happened
from console.domain.refusals import Refused
from console.domain.visit_address import title_of
from console.domain.words import Role, TaskKind
from db.models import Chase, Task
from tests.services.team import Team
from tests.services.test_visit_address import NEW, corrected, know, on_the_way, untold

DESK, BOTH = [Role.COORDINATOR], [Role.COORDINATOR, Role.SUPERVISOR]


def later(team: Team, minutes: float) -> None:
    """Let time pass and the timetable look."""
    team.clock.pass_minutes(minutes)
    team.look()


def asked(team: Team, key: int) -> list[Role]:
    """Who is asked to tell them."""
    return sorted(one.role for one in untold(team, key))


def of(team: Team, key: int, role: Role) -> Task:
    """What this role is asked."""
    (task,) = (one for one in untold(team, key) if one.role is role)
    return task


def driving(team: Team) -> tuple[int, int]:
    """Sam is on the way, the address was corrected five minutes ago, and nobody has told them."""
    key, visit, _ = on_the_way(team)
    later(team, 5)
    assert asked(team, key) == BOTH
    return key, visit


def test_that_the_supervisor_is_asked_too_when_nobody_tells_them(team: Team) -> None:
    key, _, _ = on_the_way(team)
    later(team, 4.9)
    assert asked(team, key) == DESK
    later(team, 0.1)
    assert asked(team, key) == BOTH
    theirs = of(team, key, Role.SUPERVISOR)
    assert theirs.words == of(team, key, Role.COORDINATOR).words
    assert "14 Castle Street" in theirs.words
    assert (theirs.kind, title_of(theirs.kind, theirs.subject)) == (
        TaskKind.VISIT_UNACKNOWLEDGED,
        "Corrected address: tell",
    )
    with team.database.read() as session:
        assert [one.recipient for one in session.query(Chase).filter_by(ladder="address_untold")] == [
            "supervisor"
        ]
    later(team, 60)
    assert asked(team, key) == BOTH


def test_that_an_address_that_was_told_in_time_goes_no_further(team: Team) -> None:
    key, _, _ = on_the_way(team)
    later(team, 4)
    know(team, key)
    later(team, 60)
    assert asked(team, key) == []


@pytest.mark.parametrize(("who", "role"), [("jo", Role.COORDINATOR), ("mo", Role.SUPERVISOR)])
def test_that_whoever_tells_them_answers_for_both(team: Team, who: str, role: Role) -> None:
    key, visit = driving(team)
    task = of(team, key, role)
    team.desk(who).tasks.done(task.id, task.version, "Rang Sam, who read it back")
    assert asked(team, key) == []
    team.jo.visits.on_scene(visit, team.visit_version(key))
    later(team, 60)
    assert asked(team, key) == []


def test_that_it_is_asked_on_until_both_are_answered_whoever_accepted_it(team: Team) -> None:
    key, visit, _ = on_the_way(team)
    task = of(team, key, Role.COORDINATOR)
    team.jo.tasks.accept(task.id, task.version)
    later(team, 5)
    assert asked(team, key) == BOTH
    with pytest.raises(Refused, match="Sam Hill does not know the corrected address"):
        team.jo.visits.on_scene(visit, team.visit_version(key))


def _hand_back(team: Team, key: int, visit: int) -> None:
    team.jo.visits.hand_back(visit, team.visit_version(key), "Car")


def _withdraw(team: Team, key: int, visit: int) -> None:
    team.mo.visits.withdraw(visit, team.visit_version(key), "Needed elsewhere")


def _reassign(team: Team, key: int, visit: int) -> None:
    team.mo.visits.reassign(visit, team.visit_version(key), team.ids["kit"], "Nearer")


def _divert(team: Team, _key: int, _visit: int) -> None:
    team.mo.visits.divert(team.ids["sam"], "Cardiac arrest")


def _cancel(team: Team, key: int, visit: int) -> None:
    _hand_back(team, key, visit)
    team.jo.referrals.cancel(key, team.version(key), "The practice")


def _arrive(team: Team, key: int, visit: int) -> None:
    team.desk("sam_self").visits.on_scene(visit, team.visit_version(key))


def _arrived_on_paper(team: Team, key: int, visit: int) -> None:
    """Before the supervisor was asked, and after the correction."""
    then = team.clock() - dt.timedelta(minutes=2)
    team.jo.visits.on_scene(visit, team.visit_version(key), None, Happened(then, from_paper=True))


def _closed_door(team: Team, key: int, visit: int) -> None:
    then = Happened(team.clock() - dt.timedelta(minutes=2), from_paper=True)
    team.jo.visits.no_access(visit, team.visit_version(key), False, "Needs nobody", then)


def _told_with_another(team: Team, key: int, _: int) -> None:
    told = Happened(on_behalf_of_id=team.ids["sam"], from_paper=True)
    corrected(team, key, ("16 Castle Street, Dover", NEW[1]), told)


@pytest.mark.parametrize(
    "end",
    [
        _hand_back,
        _withdraw,
        _reassign,
        _divert,
        _cancel,
        _arrive,
        _arrived_on_paper,
        _closed_door,
        _told_with_another,
    ],
)
def test_that_nobody_is_asked_to_tell_who_has_arrived_or_goes_no_more(team: Team, end: object) -> None:
    assert callable(end)
    key, visit = driving(team)
    end(team, key, visit)
    assert asked(team, key) == []
    later(team, 60)
    assert asked(team, key) == []


def test_that_a_crew_that_takes_over_ends_it(team: Team) -> None:
    key, _ = driving(team)
    team.jo.ambulance.upgrade(key, team.version(key), "Chest pain")
    team.jo.ambulance.reference(key, team.version(key), "A123", "Control")
    team.jo.ambulance.take_over(key, team.version(key))
    assert asked(team, key) == []


def test_that_who_acknowledges_after_the_correction_is_not_asked_about(team: Team) -> None:
    key, visit = team.allocated()
    team.clock.pass_minutes(1)
    corrected(team, key)
    then = team.clock.pass_minutes(3)
    later(team, 2)
    assert asked(team, key) == BOTH
    team.jo.visits.acknowledge(visit, team.visit_version(key), Happened(then))
    assert asked(team, key) == []


def test_that_who_acknowledged_before_it_is_asked_about_on_both_sides(team: Team) -> None:
    key, visit = team.allocated()
    then = team.clock.pass_minutes(1)
    team.clock.pass_minutes(1)
    corrected(team, key)
    later(team, 5)
    team.jo.visits.acknowledge(visit, team.visit_version(key), Happened(then))
    assert asked(team, key) == BOTH


def test_that_a_second_correction_does_not_begin_to_wait_anew(team: Team) -> None:
    key, _, _ = on_the_way(team)
    later(team, 4)
    corrected(team, key, ("16 Castle Street, Dover", NEW[1]))
    later(team, 1)
    assert asked(team, key) == BOTH
    corrected(team, key, ("18 Castle Street, Dover", NEW[1]))
    team.look()
    assert asked(team, key) == BOTH
    assert all("18 Castle Street" in one.words for one in untold(team, key))


def test_that_who_was_not_told_after_all_is_asked_about_again(team: Team) -> None:
    key, _, _ = on_the_way(team)
    later(team, 4)
    know(team, key)
    step = team.jo.last_undoable()
    later(team, 4)
    assert step is not None
    team.jo.undo(step.id)
    team.look()
    assert asked(team, key) == BOTH


def test_that_a_hand_back_that_is_taken_back_asks_both_again(team: Team) -> None:
    key, visit = driving(team)
    _hand_back(team, key, visit)
    team.look()
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    team.look()
    assert asked(team, key) == BOTH


def test_that_a_visit_behind_another_is_no_way_to_the_wrong_door_yet(team: Team) -> None:
    first, visit = team.on_scene()
    key, _ = team.allocated()
    corrected(team, key)
    later(team, 30)
    assert asked(team, key) == DESK
    team.jo.visits.clear(visit, team.visit_version(first))
    team.look()
    later(team, 4.9)
    assert asked(team, key) == DESK
    later(team, 0.1)
    assert asked(team, key) == BOTH


def test_that_another_visit_acknowledged_by_mistake_keeps_nobody_from_being_asked(team: Team) -> None:
    key, _ = team.allocated()
    other, visit = team.allocated()
    corrected(team, key)
    team.jo.visits.acknowledge(visit, team.visit_version(other))
    later(team, 6)
    assert asked(team, key) == DESK
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    later(team, 1)
    assert asked(team, key) == BOTH


def test_that_another_visit_that_they_never_took_on_gives_nobody_more_time(team: Team) -> None:
    key, _ = team.allocated()
    other, visit = team.allocated()
    corrected(team, key)
    later(team, 5)
    assert asked(team, key) == BOTH
    team.mo.visits.withdraw(visit, team.visit_version(other), "Nearer to Kit")
    later(team, 1)
    assert asked(team, key) == BOTH


def test_that_what_a_program_of_before_finished_for_one_is_finished_for_both(team: Team) -> None:
    key, _ = driving(team)
    task = of(team, key, Role.COORDINATOR)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        row = work.get(Task, task.id)
        row.done_at, row.done_by_id, row.result = team.clock(), work.actor.staff_id, "Told"
    team.look()
    assert asked(team, key) == []


def test_that_what_a_program_of_before_finished_for_the_supervisor_is_asked_on(team: Team) -> None:
    key, _ = driving(team)
    task = of(team, key, Role.SUPERVISOR)
    with team.database.work(team.actors["mo"], team.clock()) as work:
        row = work.get(Task, task.id)
        row.done_at, row.done_by_id, row.result = team.clock(), work.actor.staff_id, "Told"
    team.look()
    assert asked(team, key) == DESK
    later(team, 60)
    assert asked(team, key) == BOTH
