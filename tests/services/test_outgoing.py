"""Reminders by mail: one to one person, once, whoever is killed when; a failure is never silence."""

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import undefer

from console.domain.chase_words import ChaseState, MessageStatus, Subject
from console.domain.refusals import Refused, Unreachable
from console.domain.words import Role, TaskKind
from console.exchange import mail
from console.services import setup
from console.services.outgoing import Outgoing
from db.engine import open_database
from db.models import Patient, Referral, Report, Staff, Task, Training
from tests.domain.england import london
from tests.services import reminding
from tests.services.reminding import JO, MO, messages, owed, sender, step, steps, tasks
from tests.services.team import Team, build
from tests.support.line import line_to
from tests.support.mail_server import MailServer, mail_server
from tests.support.postgresql import Server

GATHERED = 11 / 60
"""Minutes after which a new message goes."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path) as running:
        yield running


@pytest.fixture
def outgoing(team: Team, server: MailServer) -> Outgoing:
    """A worker that sends through the server, to people whose addresses are known."""
    reminding.reachable(team)
    return sender(team, server.seen_by)


def bundled(team: Team, outgoing: Outgoing, count: int = 1) -> list[int]:
    """Let so many reports be late, their steps be in one message, and the message may go."""
    reports = [owed(team) for _ in range(count)]
    for report in reports:
        step(team, report)
    outgoing.bundle()
    team.clock.pass_minutes(GATHERED)
    return reports


def test_that_one_person_gets_one_message_about_everything(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    for _ in range(3):
        step(team, owed(team))
    step(team, owed(team), Role.SUPERVISOR.value)
    assert outgoing.look() == 0, "what comes due in the same seconds goes with it"
    step(team, owed(team, "dover"))
    assert outgoing.look() == 0
    team.clock.pass_minutes(GATHERED)
    assert outgoing.look() == 2
    assert outgoing.look() == 0
    by_address = {str(one["To"]): one for one in server.messages}
    assert by_address.keys() == {JO, MO}
    assert by_address[JO]["Subject"] == "Doorstep: 4 reports are not sent"
    assert by_address[MO]["Subject"] == "Doorstep: 1 report is not sent"
    said = by_address[JO].get_content()
    assert "4 reports are not sent. The first was due at 13:58 (contact ended 10:58)." in said
    assert {one.state for one in steps(team)} == {ChaseState.SENT}
    assert {one.ended_at for one in steps(team)} == {team.clock()}
    assert [one.hub_id for one in messages(team)] == [None, team.ids["folkestone"]]


def test_that_a_reminder_names_no_patient(team: Team, outgoing: Outgoing, server: MailServer) -> None:
    (report,) = bundled(team, outgoing)
    outgoing.look()
    (came,) = server.taken
    with team.database.read() as session:
        referral = session.get_one(Referral, session.get_one(Report, report).referral_id)
        patient = session.get_one(Patient, referral.patient_id, options=[undefer("*")])
    known = (patient.family_name, patient.given_name, patient.home_address, patient.home_postcode)
    for value in (*known, patient.phone, referral.number, referral.problem, referral.visit_address):
        assert value is not None
        assert value.encode() not in came


def test_that_a_step_waits_for_the_end_of_its_quiet_hours(team: Team, outgoing: Outgoing) -> None:
    step(team, owed(team), not_before=team.clock().replace(hour=20))
    outgoing.look()
    assert messages(team) == []


def test_that_a_report_that_was_sent_meanwhile_is_left_out(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    first, _ = bundled(team, outgoing, 2)
    reminding.sent_meanwhile(team, first)
    assert outgoing.look() == 1
    assert server.messages[0]["Subject"] == "Doorstep: 1 report is not sent"
    assert [one.state for one in steps(team)] == [ChaseState.CANCELLED, ChaseState.SENT]


def test_that_of_what_was_released_meanwhile_its_clinician_is_not_reminded(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    report = owed(team)
    step(team, report)
    step(team, report, Role.SUPERVISOR.value)
    outgoing.bundle()
    team.clock.pass_minutes(GATHERED)
    reminding.released_meanwhile(team, report)
    assert outgoing.look() == 1
    assert [one["To"] for one in server.messages] == [MO]
    assert [one.state for one in steps(team)] == [ChaseState.CANCELLED, ChaseState.SENT]


def test_that_a_message_of_which_nothing_is_wanted_is_not_sent(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    (report,) = bundled(team, outgoing)
    reminding.sent_meanwhile(team, report)
    assert outgoing.look() == 0
    assert server.taken == []
    assert messages(team)[0].state is MessageStatus.CANCELLED
    assert steps(team)[0].state is ChaseState.CANCELLED


def test_that_several_workers_send_each_message_once(team: Team, server: MailServer) -> None:
    reminding.reachable(team)
    for number in range(12):
        step(team, owed(team), f"staff:{_person(team, number)}")
    workers = [sender(team, server.seen_by, f"worker {number}") for number in range(3)]
    faults: list[BaseException] = []

    def work(one: Outgoing) -> None:
        try:
            one.look()
        except Refused:
            pass  # the file is busy with another worker's step: the next look does it
        except Exception as fault:  # noqa: BLE001 - told by the test
            faults.append(fault)

    def all_at_once() -> None:
        threads = [threading.Thread(target=work, args=(one,)) for one in workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    all_at_once()
    assert len(messages(team)) == 12
    team.clock.pass_minutes(GATHERED)
    all_at_once()
    all_at_once()
    assert faults == []
    assert len(server.keys) == len(set(server.keys)) == 12
    assert {one.state for one in steps(team)} == {ChaseState.SENT}


def test_that_a_message_whose_worker_was_killed_is_left_to_a_person(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    bundled(team, outgoing)
    assert outgoing.claim() is not None
    assert sender(team, server.seen_by, "worker 2").look() == 0, "it is the first worker's for now"
    reminding.let_lease_run_out(team)
    assert sender(team, server.seen_by, "worker 2").look() == 0
    assert (messages(team)[0].state, steps(team)[0].state) == (MessageStatus.UNCERTAIN, ChaseState.UNCERTAIN)
    (asked,) = tasks(team)
    assert (asked.kind, asked.role) == (TaskKind.REMINDER_UNCERTAIN, Role.COORDINATOR)
    assert asked.words == f"Ask {JO} whether this came: 1 report is not sent."
    assert asked.hub_id == team.ids["folkestone"]
    assert server.taken == []


def test_that_a_person_says_that_it_came(team: Team, outgoing: Outgoing, server: MailServer) -> None:
    asked = uncertain(team, outgoing)
    with pytest.raises(Refused, match="Say whether the reminder came"):
        team.jo.tasks.done(asked.id, asked.version, "Jo has it.")
    team.jo.reminders.came(asked.id, asked.version)
    assert (messages(team)[0].state, steps(team)[0].state) == (MessageStatus.SENT, ChaseState.SENT)
    assert tasks(team)[0].done_at == team.clock()
    assert outgoing.look() == 0
    assert server.taken == []
    with pytest.raises(Refused):
        team.jo.reminders.send_again(asked.id, tasks(team)[0].version)


def test_that_a_person_lets_the_same_bytes_go_again(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    asked = uncertain(team, outgoing)
    first = messages(team)[0].body
    team.clock.pass_minutes(90)
    team.jo.reminders.send_again(asked.id, asked.version)
    assert tasks(team)[0].done_at == team.clock()
    assert outgoing.look() == 1
    assert server.taken == [(first or "").encode("ascii")]
    assert (messages(team)[0].state, steps(team)[0].state) == (MessageStatus.SENT, ChaseState.SENT)


def test_that_only_the_desk_decides_and_only_doorstep_sends(team: Team, outgoing: Outgoing) -> None:
    asked = uncertain(team, outgoing)
    with pytest.raises(Refused, match="may not decide whether a reminder was sent"):
        team.desk("sam_self").reminders.came(asked.id, asked.version)
    with pytest.raises(Refused, match="may not send reminders by the timetable"):
        team.jo.outgoing.look()


def test_that_where_the_channel_drops_repeats_the_same_bytes_go_again(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    reminding.deduplicating(team)
    bundled(team, outgoing)
    killed = outgoing.claim()
    assert killed is not None
    mail.send(server.seen_by(), killed.message, lambda: True)  # and then it was killed
    reminding.let_lease_run_out(team)
    assert sender(team, server.seen_by, "worker 2").look() == 1
    first, second = server.taken
    assert first == second
    assert messages(team)[0].state is MessageStatus.SENT
    assert tasks(team) == []
    assert outgoing.done(killed, mail.NotSent("late", is_final=True)) is False, "the claim had passed on"
    assert messages(team)[0].state is MessageStatus.SENT


def test_that_a_slow_worker_that_did_send_settles_what_a_person_was_asked(
    team: Team, outgoing: Outgoing
) -> None:
    bundled(team, outgoing)
    slow = outgoing.claim()
    assert slow is not None
    reminding.let_lease_run_out(team)
    outgoing.look()
    assert outgoing.done(slow, None)
    assert (messages(team)[0].state, steps(team)[0].state) == (MessageStatus.SENT, ChaseState.SENT)
    assert tasks(team)[0].done_at is not None


def test_that_a_busy_server_is_tried_again_later_and_later_and_then_given_up(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    server.to_answer = "450 busy"
    bundled(team, outgoing)
    pauses = []
    while messages(team)[0].state is MessageStatus.QUEUED:
        assert outgoing.look() == 0
        pause = messages(team)[0].not_before - team.clock()
        pauses.append(pause.total_seconds())
        assert outgoing.look() == 0, "not before its time"
        team.clock.at = messages(team)[0].not_before
    assert pauses[:5] == [5, 10, 20, 40, 80]
    message = messages(team)[0]
    assert (message.state, message.attempt) == (MessageStatus.FAILED, len(pauses))
    assert message.ended_at is not None
    assert message.ended_at - message.created_at >= dt.timedelta(hours=1)
    assert steps(team)[0].state is ChaseState.FAILED
    assert "450" in (steps(team)[0].result or "")


def test_that_a_server_that_comes_back_gets_it_once(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    server.data_answer = "452 full"
    bundled(team, outgoing)
    outgoing.look()
    server.data_answer = "250 OK"
    team.clock.pass_minutes(1)
    assert outgoing.look() == 1
    assert len(server.taken) == 1
    assert messages(team)[0].attempt == 2


def test_that_what_fails_for_good_is_looked_at_now_so_that_the_next_step_goes(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    server.to_answer = "550 no such box"
    (report,) = bundled(team, outgoing)
    assert not reminding.looked_at_now(team, report)
    outgoing.look()
    assert (messages(team)[0].state, steps(team)[0].state) == (MessageStatus.FAILED, ChaseState.FAILED)
    assert steps(team)[0].result == "The mail server does not take mail to this address (550)."
    assert reminding.looked_at_now(team, report)


def test_that_an_answer_that_never_came_is_left_to_a_person(
    team: Team, outgoing: Outgoing, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "TAKEN_WITHIN_S", 0.3)
    server.hangs_at = "DATA"
    bundled(team, outgoing)
    outgoing.look()
    server.let_go()
    assert messages(team)[0].state is MessageStatus.UNCERTAIN
    assert len(tasks(team)) == 1


def test_that_without_a_mail_server_each_step_says_so_once(team: Team) -> None:
    reminding.reachable(team)
    report = owed(team)
    step(team, report)
    outgoing = sender(team, lambda: None)
    outgoing.look()
    (chase,) = steps(team)
    assert (chase.state, chase.result) == (ChaseState.FAILED, "No mail server is set up.")
    assert reminding.looked_at_now(team, report)
    version = chase.version
    team.clock.pass_minutes(5)
    outgoing.look()
    assert steps(team)[0].version == version
    assert messages(team) == []


def test_that_settings_that_cannot_be_right_are_the_reason(team: Team) -> None:
    def wrong() -> mail.Server | None:
        raise ValueError("mail.security is none: it must be starttls or tls.")

    reminding.reachable(team)
    step(team, owed(team))
    sender(team, wrong).look()
    assert steps(team)[0].result == "mail.security is none: it must be starttls or tls."


def test_that_a_setting_that_is_no_address_is_the_reason(team: Team, outgoing: Outgoing) -> None:
    with team.database.work(reminding.system(team).actor, team.clock()) as work:
        setup.put_setting(work, "mail.supervisor", "control room", "Typed", team.actors["jo"].staff_id)
    step(team, owed(team), "supervisor")
    bundled(team, outgoing)
    assert steps(team)[0].result == "The setting mail.supervisor holds no mail address."


@pytest.mark.parametrize(
    ("recipient", "told"),
    [
        ("ann", "Ann Lee has no mail address."),
        ("coordinator", "Nobody has said where mail for the coordinator goes."),
        ("clinician", "Nobody has said where mail for the clinician goes."),
        ("staff:999999", "Whom this was for does not work here any more."),
    ],
)
def test_that_who_has_no_address_is_told_and_holds_nobody_else_up(
    team: Team, outgoing: Outgoing, server: MailServer, recipient: str, told: str
) -> None:
    named = f"staff:{team.actors['ann'].staff_id}" if recipient == "ann" else recipient
    report = owed(team)
    step(team, report, named)
    bundled(team, outgoing)
    assert outgoing.look() == 1
    failed, sent = steps(team)
    assert (failed.state, failed.result) == (ChaseState.FAILED, told)
    assert sent.state is ChaseState.SENT


def test_that_a_training_database_sends_nothing(team: Team, outgoing: Outgoing, server: MailServer) -> None:
    with team.database.work(reminding.system(team).actor, team.clock()) as work:
        work.add(Training(id=1, epoch=team.clock(), started_at=team.clock(), speed=1.0, seed=7))
    step(team, owed(team), f"staff:{team.actors['ann'].staff_id}")
    bundled(team, outgoing)
    assert outgoing.look() == 0
    assert server.taken == []
    assert {(one.state, one.result) for one in messages(team)} == {
        (MessageStatus.CANCELLED, "Training: nothing is sent.")
    }
    assert {one.state for one in steps(team)} == {ChaseState.CANCELLED}


def test_that_a_database_that_becomes_a_training_one_sends_nothing_of_before(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    bundled(team, outgoing)
    claimed = outgoing.claim()
    assert claimed is not None
    with team.database.work(reminding.system(team).actor, team.clock()) as work:
        work.add(Training(id=1, epoch=team.clock(), started_at=team.clock(), speed=1.0, seed=7))
    outgoing.hand_over(claimed)
    assert server.taken == []


def test_that_other_subjects_are_told_in_their_words(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    step(team, owed(team), subject_kind=Subject.SHIFT, step="shift_end_mail")
    outgoing.bundle()
    team.clock.pass_minutes(GATHERED)
    assert outgoing.look() == 1
    assert server.messages[0]["Subject"] == "Doorstep: 1 shift ended with reports that are not signed"


def test_that_what_was_sent_while_the_database_went_away_is_written_down_when_it_is_back(
    postgresql_server: Server, postgresql_url: str, tmp_path: Path, now: dt.datetime
) -> None:
    with line_to(postgresql_server.port) as line, mail_server(tmp_path) as server:
        database = open_database(postgresql_url.replace(f":{postgresql_server.port}/", f":{line.port}/"))
        team = build(database, now)
        reminding.reachable(team)
        outgoing = sender(team, server.seen_by)
        bundled(team, outgoing)
        server.before_answer = lambda _: line.cut()
        with pytest.raises(Unreachable):
            outgoing.look()
        line.mend()
        assert messages(team)[0].state is MessageStatus.SENDING
        reminding.let_lease_run_out(team)
        outgoing.look()
        assert messages(team)[0].state is MessageStatus.SENT
        assert len(server.taken) == 1
        assert tasks(team) == []
        database.close()


def uncertain(team: Team, outgoing: Outgoing) -> Task:
    """Let a worker be killed in mid-sending; gives the task that asks about it."""
    bundled(team, outgoing)
    assert outgoing.claim() is not None
    reminding.let_lease_run_out(team)
    assert outgoing.look() == 0
    return tasks(team)[-1]


def _person(team: Team, number: int) -> int:
    with team.database.work(reminding.system(team).actor, team.clock()) as work:
        mail_address = f"person{number}@example.nhs.uk"
        return work.add(Staff(login=f"person{number}", name=f"Person {number}", mail=mail_address)).id


def test_that_what_was_held_up_until_the_night_waits_for_the_morning(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    team.clock.at = london("2026-01-14 21:55")
    step(team, owed(team))
    outgoing.bundle()
    team.clock.at = london("2026-01-14 22:30")  # every worker was away meanwhile
    assert outgoing.look() == 0
    (message,) = messages(team)
    assert (message.state, message.attempt) == (MessageStatus.QUEUED, 0)
    assert message.not_before == london("2026-01-15 07:00")
    team.clock.at = london("2026-01-15 07:00")
    assert outgoing.look() == 1
