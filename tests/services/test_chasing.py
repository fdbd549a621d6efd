"""Chasing: what is late is asked once, of the right person, and stops when it is answered."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select

from console.domain.acting import Actor, Happened
from console.domain.calendar import local
from console.domain.chase_words import ChaseState, Subject
from console.domain.words import (
    Channel,
    ContactResult,
    ContactWith,
    Placement,
    ReportStatus,
    Role,
    TaskKind,
)
from console.services.desk import Desk
from db.models import (
    Chase,
    Device,
    HubHours,
    Position,
    Report,
    Setting,
    Shift,
    Snooze,
    Staff,
    Step,
    Task,
    Visit,
    Watch,
)
from tests.domain.england import ENGLAND, london
from tests.services.team import PLACES, Team


def chases(team: Team, kind: Subject) -> list[tuple[str, str, ChaseState]]:
    """Give what was chased, in the order in which it happened."""
    with team.database.read() as session:
        rows = session.scalars(select(Chase).where(Chase.subject_kind == kind).order_by(Chase.id))
        return [(row.step, row.recipient, row.state) for row in rows]


def open_tasks(team: Team, *kinds: TaskKind) -> list[tuple[TaskKind, Role]]:
    """Give what is asked of whom and not done."""
    with team.database.read() as session:
        rows = session.scalars(select(Task).where(Task.done_at.is_(None)).order_by(Task.id))
        return [(row.kind, row.role) for row in rows if not kinds or row.kind in kinds]


def task(team: Team, kind: TaskKind) -> Task:
    """Give the open task of a kind."""
    with team.database.read() as session:
        return session.scalars(select(Task).where(Task.kind == kind, Task.done_at.is_(None))).one()


def later(team: Team, minutes: float) -> None:
    """Let time pass and the timetable look."""
    team.clock.pass_minutes(minutes)
    team.look()


def owed(team: Team) -> int:
    """Let a visit end, so that its report is owed; give the report."""
    key, visit = team.on_scene()
    report = team.jo.visits.clear(visit, team.visit_version(key))
    team.look()
    return report


def with_mail(team: Team, login: str = "sam_self") -> None:
    """Let somebody have an address for reminders."""
    with team.database.work(team.actors["jo"], team.clock()) as work:
        work.get(Staff, team.actors[login].staff_id).mail = f"{login}@example.org"


def signed(team: Team, report_id: int) -> None:
    """Put a report past writing and signing, as the database keeps it."""
    with team.database.work(team.actors["jo"], team.clock()) as work:
        report = work.get(Report, report_id)
        report.status, report.signed_at = ReportStatus.SIGNED, team.clock()
        report.content_version = 1


def sent(team: Team, report_id: int) -> None:
    """Let Jo record that the report was sent."""
    signed(team, report_id)
    version = team.stored(Report, report_id).version
    team.jo.reports.sent(report_id, version, Channel.MAIL, "Sea Road Surgery")


def test_that_a_report_that_is_not_sent_climbs_its_ladder_once(team: Team) -> None:
    owed(team)
    later(team, 179)
    assert chases(team, Subject.REPORT) == []
    later(team, 1)
    for _ in range(3):
        later(team, 5)
    assert chases(team, Subject.REPORT) == [
        ("due", f"staff:{team.actors['sam_self'].staff_id}", ChaseState.SENT)
    ]
    assert open_tasks(team, TaskKind.REPORT_LATE) == [(TaskKind.REPORT_LATE, Role.PRACTITIONER)]
    later(team, 120)
    assert open_tasks(team, TaskKind.REPORT_LATE)[-1] == (TaskKind.REPORT_LATE, Role.COORDINATOR)


def test_that_a_mail_step_waits_to_go_and_stops_when_the_report_is_sent(team: Team) -> None:
    with_mail(team)
    report = owed(team)
    later(team, 180)
    me = f"staff:{team.actors['sam_self'].staff_id}"
    assert ("due_mail", me, ChaseState.QUEUED) in chases(team, Subject.REPORT)
    sent(team, report)
    assert ("due_mail", me, ChaseState.CANCELLED) in chases(team, Subject.REPORT)
    assert open_tasks(team, TaskKind.REPORT_LATE) == []
    for _ in range(8):
        later(team, 180)
    assert len(chases(team, Subject.REPORT)) == 2


def test_that_a_breach_is_recorded_on_the_timeline(team: Team) -> None:
    owed(team)
    later(team, 3 * 24 * 60)
    with team.database.read() as session:
        words = session.scalars(select(Step.words).where(Step.kind == "chase.breach")).all()
    assert len(words) == 1
    assert "was not sent by the latest time" in words[0]


def test_that_after_an_outage_each_person_hears_of_the_newest_step_only(team: Team) -> None:
    owed(team)
    later(team, 4 * 24 * 60)
    states = Counter((recipient, state) for _, recipient, state in chases(team, Subject.REPORT))
    assert states["supervisor", ChaseState.SENT] == 1
    assert states["supervisor", ChaseState.PASSED_OVER] >= 3
    roles = Counter(role for _, role in open_tasks(team, TaskKind.REPORT_LATE))
    assert set(roles.values()) == {1}


def test_that_nothing_is_chased_when_nobody_is_late(team: Team) -> None:
    report = owed(team)
    sent(team, report)
    later(team, 200)
    assert chases(team, Subject.REPORT) == []


def test_that_a_visit_nobody_acknowledges_is_asked_about_and_stops_when_it_is(team: Team) -> None:
    key, visit = team.allocated()
    later(team, 10)
    assert open_tasks(team) == [(TaskKind.VISIT_UNACKNOWLEDGED, Role.COORDINATOR)]
    later(team, 10)
    assert len(open_tasks(team, TaskKind.VISIT_UNACKNOWLEDGED)) == 2
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    team.look()
    assert open_tasks(team, TaskKind.VISIT_UNACKNOWLEDGED) == []


def test_that_a_practitioner_who_should_be_clear_is_called_again_until_they_are(team: Team) -> None:
    key, visit = team.on_scene()
    team.look()
    later(team, 60)  # 45 minutes on scene, and 15
    call = task(team, TaskKind.WELFARE)
    assert call.role is Role.COORDINATOR
    team.jo.tasks.done(call.id, call.version, "Spoke to Sam, all well")
    later(team, 14)
    assert open_tasks(team, TaskKind.WELFARE) == []
    later(team, 1)
    assert open_tasks(team, TaskKind.WELFARE) == [(TaskKind.WELFARE, Role.COORDINATOR)]
    later(team, 15)
    assert open_tasks(team, TaskKind.WELFARE)[-1] == (TaskKind.WELFARE, Role.SUPERVISOR)
    team.jo.visits.clear(visit, team.visit_version(key))
    team.look()
    assert open_tasks(team, TaskKind.WELFARE) == []


def test_that_a_visit_that_waited_behind_another_is_late_only_after_it(team: Team) -> None:
    first, one = team.on_scene()
    second, two = team.allocated()
    later(team, 40)
    assert open_tasks(team, TaskKind.VISIT_UNACKNOWLEDGED) == []
    team.jo.visits.clear(one, team.visit_version(first))
    team.look()
    later(team, 10)
    assert task(team, TaskKind.VISIT_UNACKNOWLEDGED).subject == f"visit:{two}"
    assert first != second


def test_that_somebody_whose_shift_ended_is_asked_whether_they_are_home(team: Team) -> None:
    later(team, 8 * 60 + 15)
    kinds = Counter(open_tasks(team, TaskKind.SAFE_HOME))
    assert kinds == {(TaskKind.SAFE_HOME, Role.COORDINATOR): 4}  # everybody on duty
    with team.database.read() as session:
        shift = session.scalars(select(Shift).where(Shift.practitioner_id == team.ids["sam"])).one()
    team.jo.workforce.shift_off(shift.id, shift.version)
    team.look()
    assert len(open_tasks(team, TaskKind.SAFE_HOME)) == 3
    later(team, 15)
    assert (TaskKind.SAFE_HOME, Role.SUPERVISOR) in open_tasks(team, TaskKind.SAFE_HOME)


def test_that_unsigned_reports_are_listed_at_shift_end_and_settled_by_signing(team: Team) -> None:
    with team.database.work(team.actors["jo"], team.clock()) as work:
        shift = work.session.scalars(select(Shift).where(Shift.practitioner_id == team.ids["sam"])).one()
        shift.ends_at = team.clock() + dt.timedelta(minutes=90)
    report = owed(team)
    later(team, 89)
    assert open_tasks(team, TaskKind.REPORTS_UNSIGNED) == []
    later(team, 1)
    assert open_tasks(team, TaskKind.REPORTS_UNSIGNED) == [(TaskKind.REPORTS_UNSIGNED, Role.PRACTITIONER)]
    signed(team, report)
    team.look()
    assert open_tasks(team, TaskKind.REPORTS_UNSIGNED) == []


def test_that_an_untriaged_referral_reaches_the_supervisor(team: Team) -> None:
    team.received()
    later(team, 29)
    assert open_tasks(team, TaskKind.TRIAGE_LATE) == []
    later(team, 1)
    assert open_tasks(team, TaskKind.TRIAGE_LATE) == [(TaskKind.TRIAGE_LATE, Role.SUPERVISOR)]


def test_that_a_breach_of_the_response_reaches_the_supervisor_and_ends_when_seen(team: Team) -> None:
    key = team.triaged(2)
    later(team, 75)
    assert open_tasks(team, TaskKind.RESPONSE_LATE) == [(TaskKind.RESPONSE_LATE, Role.SUPERVISOR)]
    visit = team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    for step in ("acknowledge", "en_route", "on_scene"):
        getattr(team.jo.visits, step)(visit, team.visit_version(key))
    team.look()
    assert open_tasks(team, TaskKind.RESPONSE_LATE, TaskKind.WAITING_CALL) == []


def test_that_a_practice_that_does_not_answer_is_called_once_about_all_its_reports(team: Team) -> None:
    sent(team, owed(team))
    sent(team, owed(team))
    later(team, 2 * 24 * 60)
    call = task(team, TaskKind.REPORT_UNANSWERED)
    assert (call.subject, call.role) == (f"practice:{team.ids['practice']}", Role.COORDINATOR)
    assert call.words == "Sea Road Surgery: 2 reports not accepted. One call settles them."
    for _ in range(2):
        key = team.stored(Report, 1).referral_id
        team.jo.contacts.record(
            key, ContactWith.PRACTICE, Channel.TELEPHONE, "01303 555555", ContactResult.NO_REPLY, report_id=1
        )
        later(team, 5)
    assert (TaskKind.REPORT_UNANSWERED, Role.SUPERVISOR) in open_tasks(team)
    for report in (1, 2):
        team.jo.reports.accepted(report, team.stored(Report, report).version, "Dr Frost")
    team.look()
    assert open_tasks(team, TaskKind.REPORT_UNANSWERED) == []


def test_that_a_hub_that_closes_with_patients_is_asked_about(team: Team) -> None:
    hub = team.ids["folkestone"]
    now = team.clock()
    with team.database.work(team.actors["jo"], now) as work:
        for weekday in range(7):
            work.add(HubHours(hub_id=hub, weekday=weekday, opens=dt.time(8), closes=dt.time(20)))
    key = team.triaged(3)
    team.jo.hub_queue.arrive(key)
    team.clock.at = london(f"{local(now):%Y-%m-%d} 18:30")
    team.doorstep.chasing.look_at_everything()
    team.look()
    assert (TaskKind.HUB_CLOSING, Role.COORDINATOR) in open_tasks(team)  # nobody has a seat there
    team.clock.at = london(f"{local(now):%Y-%m-%d} 20:00")
    team.look()
    assert (TaskKind.HUB_CLOSING, Role.SUPERVISOR) in open_tasks(team)


def test_that_a_hub_is_asked_about_whom_nobody_there_may_or_can_see(team: Team) -> None:
    now = team.clock()
    with team.database.work(team.actors["jo"], now) as work:
        for hub in ("folkestone", "dover"):
            for weekday in range(7):
                hours = dt.time(8), dt.time(20)
                work.add(HubHours(hub_id=team.ids[hub], weekday=weekday, opens=hours[0], closes=hours[1]))
        for who, hub in (("sam", "folkestone"), ("kit", "dover")):
            shift = work.session.scalars(select(Shift).where(Shift.practitioner_id == team.ids[who])).one()
            shift.placement, shift.hub_id, shift.is_remote = Placement.HUB, team.ids[hub], hub == "dover"
            shift.ends_at = now + dt.timedelta(hours=12)
    needs_gp, at_dover = team.received(), team.triaged(3)
    team.ann.triage.triage(needs_gp, team.version(needs_gp), 3, gp_needed=True)
    team.jo.hub_queue.arrive(needs_gp)  # only a paramedic practitioner is there
    team.jo.hub_queue.arrive(at_dover, team.ids["dover"])  # and there only somebody who works remotely
    team.clock.at = london(f"{local(now):%Y-%m-%d} 18:30")
    team.doorstep.chasing.look_at_everything()
    team.look()
    asked = sorted(words for kind, words in _asked(team) if kind is TaskKind.HUB_CLOSING)
    assert asked == [
        "Dover: 1 cannot be seen before closing. Decide for each.",
        "Folkestone: 1 cannot be seen before closing. Decide for each.",
    ]


def _asked(team: Team) -> list[tuple[TaskKind, str]]:
    with team.database.read() as session:
        return [(one.kind, one.words) for one in session.scalars(select(Task).where(Task.done_at.is_(None)))]


def test_that_a_device_that_falls_silent_is_asked_about(team: Team) -> None:
    with team.database.work(team.actors["jo"], team.clock()) as work:
        work.add(Device(practitioner_id=team.ids["sam"], label="Phone", token_hash="x", is_active=True))
        work.add(
            Position(
                practitioner_id=team.ids["sam"],
                lat=51.1,
                lon=1.2,
                source="device",
                at=team.clock(),
                entered_at=team.clock(),
            )
        )
    team.doorstep.chasing.look_at_everything()
    team.look()
    later(team, 5)
    assert open_tasks(team, TaskKind.POSITION_STALE) == [(TaskKind.POSITION_STALE, Role.COORDINATOR)]


def test_that_an_acceptance_that_leads_to_nothing_runs_out(team: Team) -> None:
    team.allocated()
    later(team, 10)
    asked = task(team, TaskKind.VISIT_UNACKNOWLEDGED)
    team.jo.tasks.accept(asked.id, asked.version)
    later(team, 9)
    assert team.stored(Task, asked.id).accepted_by_id is not None
    later(team, 1)
    returned = team.stored(Task, asked.id)
    assert (returned.accepted_by_id, returned.accepted_at, returned.done_at) == (None, None, None)
    with team.database.read() as session:
        words = session.scalars(select(Step.words).where(Step.kind == "task.returned")).one()
    assert "Jo Bates" in words


def test_that_what_was_accepted_for_good_never_runs_out(team: Team) -> None:
    key = team.triaged()
    team.jo.hubs.hand_overnight(key, team.version(key))
    asked = task(team, TaskKind.OVERNIGHT)
    team.mo.tasks.accept(asked.id, asked.version)
    later(team, 12 * 60)
    assert team.stored(Task, asked.id).accepted_by_id is not None


def test_that_a_snooze_lets_a_report_rest_until_its_end(team: Team) -> None:
    report = owed(team)
    later(team, 305)
    assert (TaskKind.REPORT_LATE, Role.COORDINATOR) in open_tasks(team)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        work.add(
            Snooze(
                subject_kind=Subject.REPORT,
                subject_id=report,
                hub_id=team.ids["folkestone"],
                until_at=team.clock() + dt.timedelta(minutes=20),
                reason="The practice rings back",
                by_id=team.actors["jo"].staff_id,
                at=team.clock(),
            )
        )
    team.look()
    assert open_tasks(team, TaskKind.REPORT_LATE) == []
    later(team, 19)
    assert open_tasks(team, TaskKind.REPORT_LATE) == []
    later(team, 1)
    assert (TaskKind.REPORT_LATE, Role.COORDINATOR) in open_tasks(team)


def test_that_many_workers_ask_once(team: Team) -> None:
    for _ in range(6):
        owed(team)
    team.clock.pass_minutes(5 * 60)
    faults: list[BaseException] = []

    def work() -> None:
        actor = Actor(team.actors["jo"].staff_id, "Doorstep", Role.SYSTEM)
        desk = Desk(team.database, actor, team.clock, ENGLAND, PLACES)
        try:
            for _ in range(12):
                desk.chasing.look()
        except BaseException as fault:  # noqa: BLE001 - told by the assertion below
            faults.append(fault)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []
    team.look()
    with team.database.read() as session:
        keys: Sequence[tuple[int, str, str]] = [
            (row.subject_id, row.step, row.recipient)
            for row in session.scalars(select(Chase).where(Chase.subject_kind == Subject.REPORT))
        ]
    assert len(keys) == len(set(keys)) == 12
    assert Counter(role for _, role in open_tasks(team, TaskKind.REPORT_LATE)) == {
        Role.PRACTITIONER: 6,
        Role.COORDINATOR: 6,
    }


def test_that_a_subject_somebody_is_at_work_on_is_looked_at_later(team: Team) -> None:
    if team.database.dialect == "sqlite":
        pytest.skip("SQLite has one writer: nobody else looks meanwhile")
    key, visit = team.allocated()
    team.look()
    team.clock.pass_minutes(10)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        work.lock(Visit, visit)
        team.doorstep.chasing.look()
        assert open_tasks(team, TaskKind.VISIT_UNACKNOWLEDGED) == []
    team.look()
    assert task(team, TaskKind.VISIT_UNACKNOWLEDGED).referral_id == key


def test_that_one_bad_subject_keeps_no_other_waiting(team: Team, caplog: pytest.LogCaptureFixture) -> None:
    owed(team)
    with team.database.read() as session:
        shift = session.scalars(select(Shift).where(Shift.practitioner_id == team.ids["kit"])).one()
    with team.database.work(team.actors["jo"], team.clock()) as work:
        # No time comes after it: every clock that starts there fails.
        work.get(Shift, shift.id).ends_at = dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.UTC)
    later(team, 200)
    assert (TaskKind.REPORT_LATE, Role.PRACTITIONER) in open_tasks(team)
    assert "a look failed and is tried again: OverflowError" in caplog.text
    assert "Marsh" not in caplog.text
    with team.database.read() as session:
        put_off = select(Watch.next_at).where(
            Watch.subject_kind == Subject.SHIFT, Watch.subject_id == shift.id
        )
        assert min(session.scalars(put_off)) == team.clock() + dt.timedelta(minutes=1)


def test_that_figures_that_cannot_be_read_stop_the_look_loudly(team: Team) -> None:
    team.received()
    with team.database.work(team.actors["jo"], team.clock()) as work:
        long_ago = team.clock() - dt.timedelta(days=1)
        work.add(Setting(name="ladder.en_route", value="soon", effective_from=long_ago, reason="By hand"))
    with pytest.raises(ValueError, match=r"ladder\.en_route must be a whole number"):
        team.look()


def test_that_everything_can_be_looked_at_anew(team: Team) -> None:
    owed(team)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        work.session.execute(delete(Watch))
    later(team, 600)
    assert chases(team, Subject.REPORT) == []  # nothing is watched: what a restored copy could look like
    team.doorstep.chasing.look_at_everything()
    team.look()
    assert chases(team, Subject.REPORT) != []


def test_that_watches_do_not_pile_up(team: Team) -> None:
    owed(team)
    for _ in range(40):
        later(team, 30)
    with team.database.read() as session:
        found = session.execute(
            select(Watch.subject_kind, Watch.subject_id, func.count()).group_by(
                Watch.subject_kind, Watch.subject_id
            )
        ).all()
    assert max(number for *_, number in found) <= 8


def test_that_a_late_entry_of_what_happened_stops_the_chase(team: Team) -> None:
    key, visit = team.allocated()
    later(team, 12)
    said = Happened(
        at=team.clock() - dt.timedelta(minutes=8),
        on_behalf_of_id=team.ids["sam"],
        channel=Channel.RADIO,
        said="On my way",
    )
    team.jo.visits.acknowledge(visit, team.visit_version(key), replace(said))
    team.look()
    assert open_tasks(team, TaskKind.VISIT_UNACKNOWLEDGED) == []
