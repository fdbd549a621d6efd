"""What was chased, as the Reports workspace shows it: each step with what became of it, and the figure."""

import datetime as dt

import pytest

from console.domain.chase_words import ChaseState, Subject, Way
from console.domain.words import Channel, Role, TaskKind
from console.services import tasks
from db.models import Chase, Report
from tests.services.hubs_at_work import open_from_8_to_8, open_tasks, report_version, seen, signed
from tests.services.team import Team


@pytest.fixture(autouse=True)
def _hours(team: Team) -> None:
    open_from_8_to_8(team)


def chase(
    team: Team,
    report: int,
    recipient: str = "coordinator",
    state: ChaseState = ChaseState.SENT,
    way: Way = Way.TASK,
) -> int:
    """Let a step come due as the timetable does; gives the chase."""
    now = team.clock()
    with team.database.work(team.actors["jo"], now) as work:
        task = None
        if way is Way.TASK:
            task = tasks.ask(
                work, TaskKind.REPORT_LATE, Role.COORDINATOR, hub_id=team.ids["folkestone"],
                subject=f"report:{report}", words="Chase it", due_at=now, report_id=report,
            )  # fmt: skip
        row = work.add(
            Chase(
                subject_kind=Subject.REPORT, subject_id=report, ladder="report_not_sent", step="coordinator",
                recipient=recipient, round=now.minute, hub_id=team.ids["folkestone"], way=way,
                state=state, due_at=now, not_before=now, planned_at=now, ended_at=now,
                task_id=task.id if task else None,
            )
        )  # fmt: skip
    return row.id


def test_that_a_step_says_to_whom_it_went_who_accepted_it_and_what_came_of_it(team: Team) -> None:
    _, report = seen(team)
    chase(team, report)
    chase(team, report, f"staff:{team.actors['sam_self'].staff_id}", way=Way.MAIL, state=ChaseState.QUEUED)
    (task,) = _tasks(team, report)
    team.jo.tasks.accept(task[0], task[1])
    first, second = team.jo.chases.of_report(report).past
    assert (first.recipient, first.person, first.accepted_by) == ("coordinator", None, "Jo Bates")
    assert (second.person, second.way, second.state) == ("Sam Hill", Way.MAIL, ChaseState.QUEUED)
    (task,) = _tasks(team, report)
    team.jo.tasks.done(task[0], task[1], "Sam sends it at four")
    first, _ = team.jo.chases.of_report(report).past
    assert (first.done_by, first.task_result) == ("Jo Bates", "Sam sends it at four")


def _tasks(team: Team, report: int) -> list[tuple[int, int]]:
    return [(one.id, one.version) for one in open_tasks(team, "report_late") if one.report_id == report]


def test_that_the_figure_counts_who_was_chased_and_sent_within_two_hours(team: Team) -> None:
    report = signed(team)
    hubs = [team.ids["folkestone"], team.ids["dover"]]
    chase(team, report)
    chase(team, report, "supervisor", way=Way.RECORD)
    chase(team, report, "clinician", state=ChaseState.PASSED_OVER, way=Way.MAIL)
    figure = team.jo.chases.figure(hubs)
    assert (figure.followed, figure.counted, figure.open) == (0, 0, 1)
    team.clock.pass_minutes(90)
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    figure = team.jo.chases.figure(hubs)
    assert (figure.followed, figure.counted, figure.open) == (1, 1, 0)
    assert team.jo.chases.figure([team.ids["dover"]]).counted == 0
    team.clock.pass_minutes(60 * 24 * 7)
    assert team.jo.chases.figure(hubs).counted == 0


def test_that_a_report_that_is_written_anew_after_it_was_sent_still_counts(team: Team) -> None:
    report = signed(team)
    chase(team, report)
    team.clock.pass_minutes(60)
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.clock.pass_minutes(120)
    sam = team.desk("sam_self").reports
    sam.draft(report, report_version(team, report), sam.content(report))
    assert team.stored(Report, report).sent_at is None
    figure = team.jo.chases.figure([team.ids["folkestone"]])
    assert (figure.followed, figure.counted) == (1, 1)


def test_that_what_is_to_come_stands_with_its_times_and_whom(team: Team) -> None:
    _, report = seen(team)
    row = team.stored(Report, report)
    steps = {one.step: one for one in team.jo.chases.of_report(report).to_come}
    assert steps["due"].person == "Sam Hill"
    assert steps["due"].not_before == row.due_at
    assert steps["coordinator"].not_before == row.due_at + dt.timedelta(hours=2)
    assert steps["breach"].not_before == row.latest_at
    until = row.due_at + dt.timedelta(hours=3)
    team.jo.snoozes.report(report, row.version, until, "Sam writes it at home")
    steps = {one.step: one for one in team.jo.chases.of_report(report).to_come}
    assert steps["coordinator"].not_before >= until


def test_that_the_ladder_is_told_as_it_went_when_the_timetable_has_looked(team: Team) -> None:
    _, report = seen(team)
    team.clock.pass_minutes(181)
    team.look()
    past = team.jo.chases.of_report(report).past
    assert [(one.step, one.person, one.state) for one in past] == [("due", "Sam Hill", ChaseState.SENT)]
    assert "due" not in {one.step for one in team.jo.chases.of_report(report).to_come}


def test_that_a_report_on_its_way_says_when_its_practice_will_be_called(team: Team) -> None:
    report = signed(team)
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    sent_at = team.clock()
    (call,) = team.jo.chases.of_report(report).to_come
    assert (call.step, call.recipient, call.due_at) == ("call", "coordinator", sent_at + dt.timedelta(days=1))
    team.jo.snoozes.practice(team.ids["practice"], sent_at + dt.timedelta(hours=70), "Closed for training")
    (call,) = team.jo.chases.of_report(report).to_come
    # The snooze ends on a Saturday: the practice is called when it is open again.
    assert call.not_before == dt.datetime(2026, 1, 19, 8, tzinfo=dt.UTC)
    team.clock.pass_minutes(60 * 24 + 1)
    assert team.jo.chases.of_report(report).to_come == (call,)  # due, and the list rests until then
    team.clock.at = call.not_before
    assert team.jo.chases.of_report(report).to_come == ()


def test_that_what_came_due_in_the_evening_is_still_to_come_in_the_night(team: Team) -> None:
    report = signed(team)
    team.clock.pass_minutes((20 - team.clock().hour) * 60)  # the practice has closed
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.jo.reports.rejected(report, report_version(team, report), "Not ours")
    opens = dt.datetime.combine(team.clock().date() + dt.timedelta(days=1), dt.time(8), dt.UTC)
    team.clock.pass_minutes(60)
    team.look()
    (call,) = team.jo.chases.of_report(report).to_come
    assert (call.step, call.not_before) == ("call", opens)
    team.clock.at = opens
    team.look()
    ladder = team.jo.chases.of_report(report)
    assert ladder.to_come == ()
    assert [one.step for one in ladder.past][-1:] == ["call"]


def test_that_a_list_that_is_snoozed_in_the_night_is_called_when_the_snooze_ends(team: Team) -> None:
    report = signed(team)
    team.clock.pass_minutes((20 - team.clock().hour) * 60)
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.jo.reports.rejected(report, report_version(team, report), "Not ours")
    team.clock.pass_minutes(60)
    noon = dt.datetime.combine(team.clock().date() + dt.timedelta(days=1), dt.time(12), dt.UTC)
    team.jo.snoozes.practice(team.ids["practice"], noon, "Closed for training")
    for hour in (0, 9):  # in the night, and when it would have opened
        team.clock.at += dt.timedelta(hours=hour)
        team.look()
        (call,) = team.jo.chases.of_report(report).to_come
        assert call.not_before == noon
    team.clock.at = noon
    team.look()
    assert [one.step for one in team.jo.chases.of_report(report).past][-1:] == ["call"]
