"""What is late a second time is chased a second time: nothing that happened once is silent for ever."""

import datetime as dt
from dataclasses import replace

from sqlalchemy import event, func, select

from console.domain.chase_words import Subject
from console.domain.words import (
    Channel,
    ContactResult,
    ContactWith,
    ReportStatus,
    Role,
    TaskKind,
)
from console.services.settings_changes import change
from db.models import Report, Shift, Snooze, Step, Task, Visit, Watch
from tests.services.team import Team, new_referral
from tests.services.test_chasing import later, open_tasks, owed, sent, signed, task

DAY = 24 * 60


def rest(team: Team, report: int, minutes: int) -> None:
    """Let Jo snooze a report."""
    with team.database.work(team.actors["jo"], team.clock()) as work:
        work.add(
            Snooze(
                subject_kind=Subject.REPORT,
                subject_id=report,
                hub_id=team.ids["folkestone"],
                until_at=team.clock() + dt.timedelta(minutes=minutes),
                reason="The practice rings back",
                by_id=team.actors["jo"].staff_id,
                at=team.clock(),
            )
        )
    team.look()


def done(team: Team, kind: TaskKind, words: str) -> None:
    """Let whoever is asked answer every open task of a kind."""
    with team.database.read() as session:
        rows = session.scalars(select(Task).where(Task.kind == kind, Task.done_at.is_(None))).all()
    for row in rows:
        desk = {Role.SUPERVISOR: team.mo, Role.CLINICIAN: team.ann}.get(row.role, team.jo)
        desk.tasks.done(row.id, row.version, words)
    team.look()


def test_that_a_practice_is_called_about_the_next_report_too(team: Team) -> None:
    with team.database.work(team.actors["jo"], team.clock()) as work:
        for shift in work.session.scalars(select(Shift)):
            shift.ends_at += dt.timedelta(days=9)
    first = owed(team)
    sent(team, first)
    later(team, 2 * DAY)
    assert open_tasks(team, TaskKind.REPORT_UNANSWERED) != []
    team.jo.reports.accepted(first, team.stored(Report, first).version, "Dr Frost")
    later(team, DAY)
    assert open_tasks(team, TaskKind.REPORT_UNANSWERED) == []
    sent(team, owed(team))
    later(team, 2 * DAY)
    assert open_tasks(team, TaskKind.REPORT_UNANSWERED) == [(TaskKind.REPORT_UNANSWERED, Role.COORDINATOR)]


def test_that_a_shift_is_asked_about_its_own_reports_only(team: Team) -> None:
    with team.database.work(team.actors["jo"], team.clock()) as work:
        today = work.session.scalars(select(Shift).where(Shift.practitioner_id == team.ids["sam"])).one()
        yesterday = today.starts_at - dt.timedelta(hours=20)
        work.add(
            Shift(
                practitioner_id=team.ids["sam"],
                hub_id=today.hub_id,
                placement=today.placement,
                starts_at=yesterday,
                ends_at=yesterday + dt.timedelta(hours=8),
                on_at=yesterday,
                off_at=yesterday + dt.timedelta(hours=8),
            )
        )
    owed(team)
    assert open_tasks(team, TaskKind.REPORTS_UNSIGNED) == []


def test_that_a_report_that_goes_again_is_owed_from_then_and_chased_anew(team: Team) -> None:
    report = owed(team)
    later(team, 190)
    sent(team, report)
    later(team, 4 * DAY)
    content = team.jo.reports.content(report)
    team.jo.reports.draft(report, team.stored(Report, report).version, content)
    team.look()
    again = team.stored(Report, report)
    assert again.due_at == team.clock() + dt.timedelta(hours=3)
    assert open_tasks(team, TaskKind.REPORT_LATE) == []
    later(team, 180)
    assert open_tasks(team, TaskKind.REPORT_LATE) == [(TaskKind.REPORT_LATE, Role.PRACTITIONER)]
    with team.database.read() as session:
        assert session.scalar(select(func.count()).where(Step.kind == "chase.breach")) == 0


def test_that_a_visit_that_had_to_wait_again_is_asked_about_again(team: Team) -> None:
    first, one = team.allocated()
    later(team, 25)
    assert len(open_tasks(team, TaskKind.VISIT_UNACKNOWLEDGED)) == 2
    second, two = team.allocated()
    for step in ("acknowledge", "en_route", "on_scene"):
        getattr(team.jo.visits, step)(two, team.visit_version(second))
    team.look()
    later(team, 5)  # a line for the visit behind is left when this one changes
    team.doorstep.chasing.look_at_everything()
    team.look()
    assert open_tasks(team, TaskKind.VISIT_UNACKNOWLEDGED) == []
    team.jo.visits.clear(two, team.visit_version(second))
    later(team, 25)
    assert task_subjects(team, TaskKind.VISIT_UNACKNOWLEDGED) == {f"visit:{one}"}
    assert first != second


def task_subjects(team: Team, kind: TaskKind) -> set[str]:
    """Give what the open tasks of a kind are about."""
    with team.database.read() as session:
        return set(session.scalars(select(Task.subject).where(Task.kind == kind, Task.done_at.is_(None))))


def test_that_an_undone_triage_brings_the_supervisors_task_back(team: Team) -> None:
    key = team.received()
    later(team, 35)
    assert open_tasks(team, TaskKind.TRIAGE_LATE) != []
    team.ann.triage.triage(key, team.version(key), 3)
    team.look()
    assert open_tasks(team, TaskKind.TRIAGE_LATE) == []
    step = team.ann.last_undoable()
    assert step is not None
    team.ann.undo(step.id)
    team.look()
    assert open_tasks(team, TaskKind.TRIAGE_LATE) == [(TaskKind.TRIAGE_LATE, Role.SUPERVISOR)]


def test_that_nobody_is_to_be_rung_about_a_referral_that_was_taken_back(team: Team) -> None:
    early = team.clock() - dt.timedelta(minutes=50)
    key = team.received(new_referral(stated_priority=1, stated_by_clinician=True, received_at=early))
    team.look()
    assert TaskKind.WAITING_CALL in team.tasks(key)
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert team.tasks(key) == []
    team.look()
    assert team.tasks(key) == []


def test_that_a_patient_who_cannot_be_reached_again_is_put_to_a_clinician_again(team: Team) -> None:
    key = team.triaged(4)

    def call(result: ContactResult) -> None:
        said = "Will be in at six" if result is ContactResult.SPOKEN else ""
        team.jo.contacts.record(
            key, ContactWith.PATIENT, Channel.TELEPHONE, "01303 123456", result, said=said
        )
        team.look()

    for _ in range(2):
        call(ContactResult.NO_REPLY)
        later(team, 30)
        assert open_tasks(team, TaskKind.FAILED_CONTACT) != []
        team.ann.contacts.decide_failed_contact(key, team.version(key), "Try again in an hour")
        later(team, 5)
        assert open_tasks(team, TaskKind.FAILED_CONTACT) == []
        call(ContactResult.SPOKEN)
        later(team, 5)


def test_that_a_look_at_more_patients_asks_the_database_no_more_often(team: Team) -> None:
    asks: list[str] = []

    def note(*told: object) -> None:
        if str(told[2]).startswith("SELECT"):
            asks.append(str(told[2]))

    event.listen(team.database.engine, "before_cursor_execute", note)

    def asked(more: int) -> int:
        for _ in range(more):
            key, result = team.triaged(4), ContactResult.NO_REPLY
            team.jo.contacts.record(key, ContactWith.PATIENT, Channel.TELEPHONE, "01303 123456", result)
        team.look()
        team.doorstep.chasing.look_at_everything()
        before = len(asks)
        team.look()
        return len(asks) - before

    assert asked(1) == asked(2)


def test_that_who_took_a_visit_on_and_never_set_off_is_still_missed_at_home(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    later(team, 8 * 60 + 30)
    with team.database.read() as session:
        mine = select(Task).where(Task.kind == TaskKind.SAFE_HOME, Task.practitioner_id == team.ids["sam"])
        assert {row.role for row in session.scalars(mine)} == {Role.COORDINATOR, Role.SUPERVISOR}


def test_that_a_held_report_is_asked_about_again_after_a_snooze(team: Team) -> None:
    report = owed(team)
    signed(team, report)
    team.jo.reports.hold(report, team.stored(Report, report).version, "Restricted record")
    later(team, 2 * DAY)
    assert team.stored(Report, report).status is ReportStatus.HELD
    assert open_tasks(team, TaskKind.REPORT_LATE) != []
    rest(team, report, 60)
    assert open_tasks(team, TaskKind.REPORT_LATE) == []
    later(team, 60)
    assert open_tasks(team, TaskKind.REPORT_LATE) == [(TaskKind.REPORT_LATE, Role.COORDINATOR)]


def test_that_the_clinician_too_is_asked_again_after_a_snooze(team: Team) -> None:
    report = owed(team)
    later(team, 185)
    rest(team, report, 30)
    assert open_tasks(team, TaskKind.REPORT_LATE) == []
    later(team, 30)
    assert open_tasks(team, TaskKind.REPORT_LATE) == [(TaskKind.REPORT_LATE, Role.PRACTITIONER)]


def test_that_an_answer_that_changed_nothing_is_asked_about_again(team: Team) -> None:
    team.allocated()
    later(team, 25)
    done(team, TaskKind.VISIT_UNACKNOWLEDGED, "Rang: takes it on")
    later(team, 14)
    assert open_tasks(team, TaskKind.VISIT_UNACKNOWLEDGED) == []
    later(team, 1)
    assert len(open_tasks(team, TaskKind.VISIT_UNACKNOWLEDGED)) == 2


def test_that_a_task_whose_reason_is_gone_does_not_stay(team: Team) -> None:
    key, visit = team.allocated()
    for step in ("acknowledge", "en_route"):
        getattr(team.jo.visits, step)(visit, team.visit_version(key))
    later(team, 80)
    assert len(open_tasks(team, TaskKind.WELFARE)) == 2
    team.jo.visits.on_scene(visit, team.visit_version(key))
    team.look()
    assert open_tasks(team, TaskKind.WELFARE) == []
    later(team, 8 * 60)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        shift = work.session.scalars(select(Shift).where(Shift.practitioner_id == team.ids["kit"])).one()
        assert f"shift:{shift.id}" in task_subjects(team, TaskKind.SAFE_HOME)
        shift.ends_at = team.clock() + dt.timedelta(hours=2)
    team.look()
    assert f"shift:{shift.id}" not in task_subjects(team, TaskKind.SAFE_HOME)


def test_that_an_open_task_says_what_is_true_by_now(team: Team) -> None:
    first, second = owed(team), owed(team)
    later(team, 4 * 60)
    said = [one.words for one in all_open(team, TaskKind.REPORT_LATE) if f"report:{first}" == one.subject]
    assert said
    assert all("is not written" in words for words in said)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        work.lock(Report, first).status = ReportStatus.DRAFTED
    team.look()
    said = [one.words for one in all_open(team, TaskKind.REPORT_LATE) if f"report:{first}" == one.subject]
    assert said
    assert all("is not signed" in words for words in said)
    for report in (first, second):
        sent(team, report)
    later(team, 2 * DAY)
    assert "2 reports not accepted" in task(team, TaskKind.REPORT_UNANSWERED).words
    team.jo.reports.accepted(first, team.stored(Report, first).version, "Dr Frost")
    team.look()
    assert "1 report not accepted" in task(team, TaskKind.REPORT_UNANSWERED).words


def test_that_what_somebody_told_since_stays_in_the_words_of_a_task(team: Team) -> None:
    key, visit = team.on_scene()
    later(team, 3 * 60)
    team.jo.welfare.no_reply(visit, team.visit_version(key), "07700 900123")
    (told,) = [one.words for one in all_open(team, TaskKind.WELFARE) if one.role is Role.SUPERVISOR]
    assert " Before: " in told
    team.look()
    (still,) = [one.words for one in all_open(team, TaskKind.WELFARE) if one.role is Role.SUPERVISOR]
    assert still == told


def all_open(team: Team, kind: TaskKind) -> list[Task]:
    with team.database.read() as session:
        return list(session.scalars(select(Task).where(Task.kind == kind, Task.done_at.is_(None))))


def test_that_lines_of_one_subject_do_not_pile_up(team: Team) -> None:
    owed(team)
    for _ in range(10):
        team.doorstep.chasing.look_at_everything()
        later(team, 7)
    with team.database.read() as session:
        found = session.execute(
            select(Watch.subject_kind, Watch.subject_id, func.count()).group_by(
                Watch.subject_kind, Watch.subject_id
            )
        ).all()
    assert max(number for *_, number in found) <= 4  # one for each of its ladders


def test_that_a_visit_given_to_somebody_else_begins_its_ladder_anew(team: Team) -> None:
    key, visit = team.allocated()
    later(team, 12)
    assert task_subjects(team, TaskKind.VISIT_UNACKNOWLEDGED) == {f"visit:{visit}"}
    team.jo.visits.reassign(visit, team.visit_version(key), team.ids["kit"], "Nearer")
    team.look()
    assert task_subjects(team, TaskKind.VISIT_UNACKNOWLEDGED) == set()
    later(team, 10)
    with team.database.read() as session:
        other = session.scalars(select(Visit.id).where(Visit.referral_id == key, Visit.id != visit)).one()
    assert task_subjects(team, TaskKind.VISIT_UNACKNOWLEDGED) == {f"visit:{other}"}
    assert task(team, TaskKind.VISIT_UNACKNOWLEDGED).role is Role.COORDINATOR


def test_that_new_figures_hold_for_what_is_late_already(team: Team) -> None:
    team.allocated()
    later(team, 6)
    assert open_tasks(team, TaskKind.VISIT_UNACKNOWLEDGED) == []
    boss = replace(team.actors["mo"], role=Role.ADMINISTRATOR)
    change(team.database, boss, team.clock(), name="ladder.unacknowledged", typed="5", reason="Agreed")
    team.look()
    assert open_tasks(team, TaskKind.VISIT_UNACKNOWLEDGED) == [
        (TaskKind.VISIT_UNACKNOWLEDGED, Role.COORDINATOR)
    ]
