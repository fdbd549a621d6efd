"""Whoever does not answer the welfare call is looked for until somebody says that they were found."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from console.domain.acting import Happened
from console.domain.refusals import Refused
from console.domain.words import Channel, Placement, Role, TaskKind
from console.services import board_json
from db.models import Contact, Shift, Task
from db.queries import care
from tests.services.hubs_at_work import open_tasks
from tests.services.team import Team
from tests.services.test_hazards import accepted_call, practitioner

BOTH = {Role.SUPERVISOR, Role.COORDINATOR}


def looked_for(team: Team) -> set[Role]:
    """Who is asked to find Sam, after every look."""
    team.clock.pass_minutes(1)
    team.doorstep.chasing.look_at_everything()
    team.look()
    return {
        one.role for one in open_tasks(team, "welfare") if one.subject == f"practitioner:{team.ids['sam']}"
    }


def not_answering(team: Team, steps: int = 3) -> tuple[int, int]:
    """Sam is sent, goes on so many steps, and does not answer; gives referral and visit."""
    key, visit = team.allocated()
    visits = team.jo.visits
    for step in (visits.acknowledge, visits.en_route, visits.on_scene)[:steps]:
        step(visit, team.visit_version(key))
    team.jo.welfare.no_reply(visit, team.visit_version(key), "07700 900123")
    return key, visit


def told(
    team: Team, channel: Channel = Channel.TELEPHONE, who: str = "sam", at: dt.datetime | None = None
) -> Happened:
    return Happened(at, team.ids[who], channel, "Phone was in the car")


def is_withdrawn(team: Team, key: int, visit: int) -> None:
    team.jo.visits.withdraw(visit, team.visit_version(key), "Does not answer")


def is_reassigned(team: Team, key: int, visit: int) -> None:
    team.jo.visits.reassign(visit, team.visit_version(key), team.ids["kit"], "Does not answer")


def is_handed_back(team: Team, key: int, visit: int) -> None:
    team.jo.visits.hand_back(visit, team.visit_version(key), "Does not answer")


def is_diverted(team: Team, _: int, __: int) -> None:
    team.mo.visits.divert(team.ids["sam"], "Control looks for them")


def is_clear(team: Team, key: int, visit: int) -> None:
    for step in (team.jo.visits.on_scene, team.jo.visits.clear):
        step(visit, team.visit_version(key))


def is_no_access(team: Team, key: int, visit: int) -> None:
    team.jo.visits.no_access(visit, team.visit_version(key), True, "The neighbour rings: nobody opens")


def is_taken_over(team: Team, key: int, _: int) -> None:
    team.jo.ambulance.upgrade(key, team.version(key), "The daughter rang 999")
    accepted_call(team, key)
    team.jo.ambulance.take_over(key, team.version(key))


@pytest.mark.parametrize(
    "ends",
    [is_withdrawn, is_reassigned, is_handed_back, is_diverted, is_clear, is_no_access, is_taken_over],
)
def test_that_the_search_goes_on_whatever_becomes_of_the_visit(
    team: Team, ends: Callable[[Team, int, int], None]
) -> None:
    key, visit = not_answering(team, 2)
    ends(team, key, visit)
    assert looked_for(team) == BOTH
    assert practitioner(team).unanswered_since is not None
    team.clock.pass_minutes(24 * 60)
    assert looked_for(team) == BOTH


def test_that_the_search_outlives_the_visit_that_was_allocated_by_mistake(team: Team) -> None:
    key, visit = team.allocated()
    step = team.jo.last_undoable()
    assert step is not None
    team.mo.welfare.no_reply(visit, team.visit_version(key))
    team.jo.undo(step.id)
    assert team.row(key).visit_status is None
    assert looked_for(team) == BOTH


def test_that_who_is_found_is_found_for_everybody_who_was_asked(team: Team) -> None:
    key, visit = not_answering(team, 2)
    is_withdrawn(team, key, visit)
    looked_for(team)
    (mine,) = (one for one in open_tasks(team, "welfare") if one.role is Role.SUPERVISOR)
    team.mo.tasks.accept(mine.id, mine.version)
    mine = team.stored(Task, mine.id)
    team.mo.tasks.done(mine.id, mine.version, "Found: well, the battery was flat")
    assert looked_for(team) == set()
    assert practitioner(team).unanswered_since is None
    step = team.mo.last_undoable()
    assert step is not None
    team.mo.undo(step.id)
    assert looked_for(team) == BOTH


def test_that_the_coordinator_whom_they_ring_says_so_too(team: Team) -> None:
    key, visit = not_answering(team, 2)
    is_withdrawn(team, key, visit)
    (mine,) = (one for one in open_tasks(team, "welfare") if one.role is Role.COORDINATOR)
    assert "Ring again until they do" in mine.words
    team.jo.tasks.done(mine.id, mine.version, "Spoke: well")
    assert looked_for(team) == set()


def test_that_well_on_another_visit_ends_the_search(team: Team) -> None:
    key, visit = not_answering(team, 2)
    second = team.triaged()
    with pytest.raises(Refused, match=r"Sam Hill has not answered since \d\d:\d\d: say first that they were"):
        team.jo.visits.allocate(second, team.ids["sam"], team.version(second))
    clear_at = team.clock() + dt.timedelta(minutes=40)
    team.jo.welfare.well(visit, team.visit_version(key), "Was in the cellar", clear_at)
    assert looked_for(team) == set()
    team.jo.visits.allocate(second, team.ids["sam"], team.version(second))


def test_that_nobody_is_sent_who_does_not_answer(team: Team) -> None:
    key, visit = not_answering(team, 2)
    is_withdrawn(team, key, visit)
    (sam,) = (one for one in team.jo.visits.candidates(key) if one.practitioner.id == team.ids["sam"])
    assert any("has not answered since" in reason for reason in sam.reasons)
    other, theirs = team.allocated("kit")
    with pytest.raises(Refused, match="has not answered since"):
        team.jo.visits.reassign(theirs, team.visit_version(other), team.ids["sam"], "Nearer")


def test_that_it_says_since_which_day_nobody_has_reached_them(team: Team) -> None:
    key, visit = not_answering(team, 2)
    is_withdrawn(team, key, visit)
    team.clock.pass_minutes(20 * 60)
    (sam,) = (one for one in team.jo.visits.candidates(key) if one.practitioner.id == team.ids["sam"])
    since = "Sam Hill has not answered since Wednesday 14 January at 14:00: say first that they were found."
    assert since in sam.reasons


def test_that_two_calls_missed_at_once_on_two_visits_are_one_search(team: Team) -> None:
    sent = [team.allocated() for _ in range(2)]
    start = Barrier(len(sent))

    def misses(key: int, visit: int, version: int) -> None:
        start.wait()
        team.jo.welfare.no_reply(visit, version)

    with ThreadPoolExecutor(len(sent)) as people:
        missed = [people.submit(misses, key, visit, team.visit_version(key)) for key, visit in sent]
        for one in missed:
            one.result()
    assert len(open_tasks(team, "welfare")) == len(BOTH)
    for key, _ in sent:
        with team.database.read() as session:
            assert session.query(Contact).filter_by(referral_id=key).count() == 1


def test_that_a_visit_of_before_is_entered_from_paper_all_the_same(team: Team) -> None:
    other = team.triaged()
    there_at = team.clock.pass_minutes(10)
    clear_at = team.clock.pass_minutes(20)
    team.clock.pass_minutes(5)
    key, visit = not_answering(team, 2)
    is_withdrawn(team, key, visit)
    paper = Happened(None, team.ids["sam"], said="Seen", from_paper=True)
    team.jo.visits.visited(other, team.ids["sam"], team.version(other), there_at, clear_at, told=paper)
    assert looked_for(team) == BOTH


@pytest.mark.parametrize(
    ("channel", "is_heard"),
    [(Channel.TELEPHONE, True), (Channel.RADIO, True), (Channel.IN_PERSON, True), (Channel.MESSAGE, False)],
)
def test_that_who_tells_a_step_by_voice_has_answered(team: Team, channel: Channel, is_heard: bool) -> None:
    key, visit = not_answering(team, 2)
    team.clock.pass_minutes(5)
    team.jo.visits.on_scene(visit, team.visit_version(key), None, told(team, channel))
    assert looked_for(team) == (set() if is_heard else BOTH)


def test_that_who_takes_a_step_at_a_console_has_answered(team: Team) -> None:
    key, visit = not_answering(team, 2)
    team.desk("sam_self").visits.on_scene(visit, team.visit_version(key))
    assert looked_for(team) == set()
    step = team.desk("sam_self").last_undoable()
    assert step is not None
    team.desk("sam_self").undo(step.id)
    assert looked_for(team) == BOTH


def test_that_what_happened_before_or_stands_on_paper_is_no_answer(team: Team) -> None:
    key, visit = team.allocated()
    for step in (team.jo.visits.acknowledge, team.jo.visits.en_route):
        step(visit, team.visit_version(key))
    there_at = team.clock.pass_minutes(10)
    team.clock.pass_minutes(10)
    team.jo.welfare.no_reply(visit, team.visit_version(key))
    early = Happened(there_at, team.ids["sam"], Channel.TELEPHONE, "At the door")
    team.jo.visits.on_scene(visit, team.visit_version(key), None, early)
    assert looked_for(team) == BOTH
    paper = Happened(None, team.ids["sam"], said="Clear", from_paper=True)
    team.jo.visits.clear(visit, team.visit_version(key), happened=paper)
    assert looked_for(team) == BOTH


def test_that_what_another_one_tells_is_no_answer_of_theirs(team: Team) -> None:
    key, _ = not_answering(team, 2)
    team.clock.pass_minutes(5)
    team.jo.ambulance.upgrade(key, team.version(key), "Kit saw her fall", told(team, who="kit"))
    assert looked_for(team) == BOTH


def test_that_who_rang_back_before_the_missed_call_was_entered_has_answered(team: Team) -> None:
    key, visit = team.allocated()
    missed_at = team.clock.pass_minutes(10)
    spoke_at = team.clock.pass_minutes(4)
    team.clock.pass_minutes(2)
    team.jo.welfare.no_reply(visit, team.visit_version(key), None, Happened(missed_at))
    clear_at = team.clock.pass_minutes(1) + dt.timedelta(minutes=40)
    team.mo.welfare.well(visit, team.visit_version(key), "Was in the cellar", clear_at, Happened(spoke_at))
    assert looked_for(team) == set()


def test_that_who_was_missed_again_has_not_answered_by_what_they_told_before(team: Team) -> None:
    key, visit = not_answering(team, 2)
    told_at = team.clock.pass_minutes(5)
    team.clock.pass_minutes(5)
    team.mo.welfare.no_reply(visit, team.visit_version(key))
    team.clock.pass_minutes(1)
    team.jo.visits.on_scene(visit, team.visit_version(key), None, told(team, at=told_at))
    assert looked_for(team) == BOTH


def test_that_who_answers_in_the_minute_of_the_missed_call_has_answered(team: Team) -> None:
    key, visit = team.allocated()
    typed = team.clock.pass_minutes(5)  # nobody types seconds
    team.clock.at += dt.timedelta(seconds=20)
    team.jo.welfare.no_reply(visit, team.visit_version(key))
    team.clock.at += dt.timedelta(seconds=30)
    clear_at = team.clock.at + dt.timedelta(minutes=40)
    team.jo.welfare.well(visit, team.visit_version(key), "In the cellar", clear_at, Happened(typed))
    assert looked_for(team) == set()


def test_that_nobody_goes_off_duty_who_does_not_answer(team: Team) -> None:
    key, visit = not_answering(team, 2)
    is_withdrawn(team, key, visit)
    with team.database.read() as session:
        shift = care.shift_on_duty(session, team.ids["sam"])
    assert shift is not None
    with pytest.raises(Refused, match="has not answered since"):
        team.jo.workforce.shift_off(shift.id, shift.version)
    team.clock.pass_minutes(9 * 60)
    assert looked_for(team) == BOTH
    (mine,) = (one for one in open_tasks(team, "welfare") if one.role is Role.SUPERVISOR)
    team.mo.tasks.done(mine.id, mine.version, "Found: well")
    team.jo.workforce.shift_off(shift.id, team.stored(Shift, shift.id).version)


def test_that_control_takes_whom_nobody_reaches_and_they_are_looked_for_on_that_shift_too(team: Team) -> None:
    not_answering(team, 2)
    is_diverted(team, 0, 0)
    row = practitioner(team)
    assert (row.placement, row.unanswered_since is None) == (Placement.FRONT_LINE, False)


def test_that_who_does_not_answer_stays_on_the_board_when_control_takes_them_after_their_shift(
    team: Team,
) -> None:
    not_answering(team, 2)
    team.clock.pass_minutes(9 * 60)
    is_diverted(team, 0, 0)
    assert practitioner(team).unanswered_since is not None
    team.clock.pass_minutes(24 * 60)
    assert practitioner(team).unanswered_since is not None


def test_that_nothing_else_is_asked_of_the_desk_by_the_clock_while_it_looks_for_them(team: Team) -> None:
    key, visit = team.on_scene()
    team.clock.pass_minutes(61)
    team.look()
    assert {one.role for one in open_tasks(team, "welfare")} == {Role.COORDINATOR}
    team.jo.welfare.no_reply(visit, team.visit_version(key))
    team.clock.pass_minutes(30)
    team.look()
    asked = {one.role: one.words for one in open_tasks(team, "welfare")}
    assert set(asked) == BOTH
    assert len(open_tasks(team, "welfare")) == 2
    assert "did not answer" in asked[Role.SUPERVISOR]
    assert "should be clear" in asked[Role.COORDINATOR]  # what was asked before, behind what is new


def test_that_who_was_found_is_rung_about_the_visit_again_after_the_usual_time(team: Team) -> None:
    not_answering(team)
    team.clock.pass_minutes(90)
    (mine,) = (one for one in open_tasks(team, "welfare") if one.role is Role.SUPERVISOR)
    team.mo.tasks.done(mine.id, mine.version, "Found: well")
    team.look()
    assert open_tasks(team, "welfare") == []
    team.clock.pass_minutes(15)
    team.look()
    assert [(one.role, one.subject[:5]) for one in open_tasks(team, "welfare")] == [
        (Role.COORDINATOR, "visit")
    ]
    team.clock.pass_minutes(15)
    team.look()
    assert len(open_tasks(team, "welfare")) == 2


def test_that_a_referral_that_moves_leaves_the_search_where_they_work(team: Team) -> None:
    key, visit = not_answering(team, 2)
    is_withdrawn(team, key, visit)
    team.jo.hub_queue.arrive(key, team.ids["dover"])
    assert team.row(key).hub_id == team.ids["dover"]
    assert {one.hub_id for one in open_tasks(team, TaskKind.WELFARE)} == {team.ids["folkestone"]}


def test_that_the_board_as_json_says_since_when_somebody_does_not_answer(team: Team) -> None:
    not_answering(team)
    people = board_json.read(team.database, team.clock())["practitioners"]
    unanswered = {one["name"]: one["unanswered_since"] for one in people if one["unanswered_since"]}
    assert list(unanswered) == ["Sam Hill"]
