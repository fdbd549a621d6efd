"""Whoever works alone is rung, and whoever calls for help gets it: duress, welfare call, safe home."""

import datetime as dt

import pytest

from console.domain.acting import Happened
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.words import Channel, Role, TaskKind
from db.models import Shift, Task, Visit
from db.queries import care
from db.queries.record import read_record
from tests.services.hubs_at_work import open_tasks
from tests.services.team import Team


def timeline(team: Team, referral: int) -> list[str]:
    with team.database.read() as session:
        return [one.words for one in read_record(session, referral, team.clock(), 0).timeline]


def ask(team: Team, kind: TaskKind, subject: str, role: Role) -> Task:
    """Ask as a ladder does."""
    with team.database.work(team.actors["jo"], team.clock()) as work:
        return work.add(
            Task(
                kind=kind,
                role=role,
                hub_id=team.ids["folkestone"],
                subject=subject,
                words="Ring",
                due_at=work.now,
                created_at=work.now,
            )
        )


def test_that_duress_asks_three_roles_at_once_and_stands_on_the_visit(team: Team) -> None:
    key, _ = team.on_scene()
    team.desk("sam_self").welfare.duress(team.ids["sam"], "4 Sea Road, kitchen", "Son has a knife")
    asked = open_tasks(team, "duress")
    assert {one.role for one in asked} == {Role.SUPERVISOR, Role.COORDINATOR, Role.CLINICIAN}
    assert {one.hub_id for one in asked} == {team.ids["folkestone"]}
    assert all("4 Sea Road, kitchen" in one.words and "Sam Hill" in one.words for one in asked)
    assert all(one.referral_id == key for one in asked)
    assert any(words.startswith("Duress: Sam Hill") for words in timeline(team, key))


def test_that_a_second_call_for_help_adds_what_is_new_and_asks_nobody_twice(team: Team) -> None:
    team.on_scene()
    team.jo.welfare.duress(team.ids["sam"], "", "Heard shouting on the phone")
    team.mo.welfare.duress(team.ids["sam"], "Outside, in the car")
    asked = open_tasks(team, "duress")
    assert len(asked) == 3
    for task in asked:
        assert "Outside, in the car" in task.words
        assert "Heard shouting" in task.words


def test_that_a_second_call_for_help_is_heard_though_the_first_was_accepted(team: Team) -> None:
    team.on_scene()
    team.jo.welfare.duress(team.ids["sam"], "", "Heard shouting on the phone")
    (mine,) = (one for one in open_tasks(team, "duress") if one.role is Role.SUPERVISOR)
    team.mo.tasks.accept(mine.id, mine.version)
    team.jo.welfare.duress(team.ids["sam"], "", "A second man")
    assert [one.accepted_by_id for one in open_tasks(team, "duress")] == [None] * 3


def test_that_duress_is_heard_without_a_visit_or_a_shift(team: Team, now: dt.datetime) -> None:
    with team.database.work(team.actors["jo"], now) as work:
        shift = care.shift_on_duty(work.session, team.ids["kit"])
        assert shift is not None
        work.lock(Shift, shift.id).off_at = now
    team.jo.welfare.duress(team.ids["kit"], "")
    asked = open_tasks(team, "duress")
    assert len(asked) == 3
    assert all("Where is not known" in one.words and one.referral_id is None for one in asked)


def test_that_help_that_has_come_is_told_to_all_three(team: Team) -> None:
    team.on_scene()
    team.jo.welfare.duress(team.ids["sam"], "4 Sea Road")
    (task,) = (one for one in open_tasks(team, "duress") if one.role is Role.SUPERVISOR)
    team.mo.tasks.done(task.id, task.version, "Police on scene, Sam is out and well")
    assert open_tasks(team, "duress") == []


def test_that_who_is_well_starts_the_welfare_clock_anew(team: Team) -> None:
    key, visit = team.on_scene()
    team.clock.pass_minutes(61)
    for role in (Role.COORDINATOR, Role.SUPERVISOR):
        ask(team, TaskKind.WELFARE, f"visit:{visit}", role)
    clear_at = team.clock() + dt.timedelta(minutes=40)
    team.jo.welfare.well(visit, team.visit_version(key), "Waiting for the daughter, all well", clear_at)
    assert team.stored(Visit, visit).expected_clear_at == clear_at
    assert open_tasks(team, "welfare") == []
    assert "Welfare call: Sam Hill is well" in timeline(team, key)
    with team.database.read() as session:
        (talk,) = read_record(session, key, team.clock(), 0).contacts
    assert (talk.contact_with, talk.said) == ("Practitioner", "Waiting for the daughter, all well")


def test_that_silence_is_never_taken_for_well(team: Team) -> None:
    key, visit = team.on_scene()
    version, now = team.visit_version(key), team.clock()
    for said, clear_at, why in (
        (" ", now + dt.timedelta(minutes=30), "never take silence"),
        ("Well", now, "still to come"),
        ("Well", now + dt.timedelta(hours=5), "more than 4 hours"),
    ):
        with pytest.raises(Refused, match=why):
            team.jo.welfare.well(visit, version, said, clear_at)


def test_that_nobody_answering_brings_the_supervisor_now_and_leaves_the_call_open(team: Team) -> None:
    key, visit = team.on_scene()
    team.clock.pass_minutes(61)
    ask(team, TaskKind.WELFARE, f"visit:{visit}", Role.COORDINATOR)
    team.jo.welfare.no_reply(visit, team.visit_version(key), "07700 900123")
    asked = open_tasks(team, "welfare")
    assert {one.role for one in asked} == {Role.COORDINATOR, Role.SUPERVISOR}
    (told,) = (one for one in asked if one.role is Role.SUPERVISOR)
    assert "did not answer" in told.words
    team.jo.welfare.no_reply(visit, team.visit_version(key), None)
    assert len(open_tasks(team, "welfare")) == 2


def test_that_a_supervisor_who_was_asked_by_the_clock_hears_that_nobody_answered(team: Team) -> None:
    key, visit = team.on_scene()
    ask(team, TaskKind.WELFARE, f"visit:{visit}", Role.SUPERVISOR)
    (asked,) = open_tasks(team, "welfare")
    team.mo.tasks.accept(asked.id, asked.version)
    team.jo.welfare.no_reply(visit, team.visit_version(key), None)
    (told,) = (one for one in open_tasks(team, "welfare") if one.role is Role.SUPERVISOR)
    assert "Sam Hill did not answer" in told.words
    assert told.words.endswith("Before: Ring")
    assert told.accepted_by_id is None
    team.mo.tasks.accept(told.id, told.version)
    team.mo.welfare.no_reply(visit, team.visit_version(key), None)
    (told,) = (one for one in open_tasks(team, "welfare") if one.role is Role.SUPERVISOR)
    assert told.accepted_by_id == team.actors["mo"].staff_id  # who says so need not be asked


def test_that_what_the_supervisor_was_told_outlives_every_look_until_somebody_is_reached(team: Team) -> None:
    key, visit = team.on_scene()
    team.clock.pass_minutes(61)
    team.look()
    team.jo.welfare.no_reply(visit, team.visit_version(key), None)
    asked: dict[Role, str] = {}
    for minutes in (0, 1, 20):
        team.clock.pass_minutes(minutes)
        team.doorstep.chasing.look_at_everything()
        team.look()
        asked = {one.role: one.words for one in open_tasks(team, "welfare")}
        assert set(asked) == {Role.COORDINATOR, Role.SUPERVISOR}
        assert "did not answer the welfare call" in asked[Role.SUPERVISOR]
    assert "should be clear" in asked[Role.COORDINATOR]
    clear_at = team.clock() + dt.timedelta(minutes=30)
    team.mo.welfare.well(visit, team.visit_version(key), "Phone was in the car", clear_at)
    team.look()
    assert not open_tasks(team, "welfare")


def test_that_somebody_who_has_not_set_off_is_looked_for_as_well(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    team.jo.welfare.no_reply(visit, team.visit_version(key), None)
    team.doorstep.chasing.look_at_everything()
    team.look()
    assert {one.role for one in open_tasks(team, "welfare")} == {Role.SUPERVISOR, Role.COORDINATOR}


def test_that_a_visit_that_has_ended_is_not_rung_about(team: Team) -> None:
    key, visit = team.on_scene()
    version = team.visit_version(key)
    team.jo.visits.clear(visit, version)
    with pytest.raises(ChangedElsewhere):
        team.jo.welfare.well(visit, version, "Well", team.clock() + dt.timedelta(minutes=30))
    with pytest.raises(Refused, match="has ended"):
        team.jo.welfare.no_reply(visit, team.stored(Visit, visit).version, None)


def test_that_going_off_duty_is_safe_home(team: Team) -> None:
    with team.database.read() as session:
        shift = care.shift_on_duty(session, team.ids["sam"])
    assert shift is not None
    for role in (Role.COORDINATOR, Role.SUPERVISOR):
        ask(team, TaskKind.SAFE_HOME, f"shift:{shift.id}", role)
    team.jo.workforce.shift_off(
        shift.id, shift.version, Happened(channel=Channel.TELEPHONE, said="Home, door shut")
    )
    assert open_tasks(team, "safe_home") == []


def test_that_a_welfare_call_is_the_desk_s(team: Team) -> None:
    key, visit = team.on_scene()
    with pytest.raises(Refused, match="may not record a welfare call"):
        team.desk("sam_self").welfare.no_reply(visit, team.visit_version(key), None)
