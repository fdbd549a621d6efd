"""The audit's newest hash leaves the database once a day, to whom the service named; nothing else does."""

import datetime as dt
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.calendar import local
from console.domain.chase_words import MessageStatus
from console.services import condition, setup
from console.services.outgoing import Outgoing
from db.models import OutgoingMessage, Patient, Training
from db.queries import outgoing as queries
from db.queries.training import ONLY
from tests.services import reminding
from tests.services.reminding import MO, messages, owed, sender, step, tasks
from tests.services.sealed import head, ids, seal, wrong
from tests.services.team import Team
from tests.support.mail_server import MailServer, mail_server
from tests.support.secured import SecuredTeam

KEPT = "governance@example.nhs.uk"


def said(team: Team) -> str:
    return "\n".join(condition.describe(team.database))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path) as running:
        yield running


@pytest.fixture
def outgoing(team: Team, server: MailServer) -> Outgoing:
    """A worker that sends through the server; the supervisor keeps the hash as well."""
    reminding.reachable(team)
    with team.database.work(reminding.system(team).actor, team.clock()) as work:
        setup.put_setting(work, "mail.audit", f"{MO}, {KEPT}", "For the tests.", team.actors["jo"].staff_id)
    return sender(team, server.seen_by)


def test_that_the_newest_hash_is_mailed_and_logged_once_a_day(
    team: Team, outgoing: Outgoing, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    team.received()
    seal(team)
    first, second = team.doorstep.sealing, reminding.system(team, "worker 2").sealing
    for _ in range(2):
        first.report()
        second.report()
    assert outgoing.look() == 2
    last = head(team.database)
    assert {str(one["To"]) for one in server.messages} == {MO, KEPT}
    for one in server.messages:
        assert f"block {last.number}, lines to {last.last_id}, " in one.get_content()
        assert f"main.py audit verify --head {last.hash}" in one.get_content()
    assert [last.hash in one.message for one in caplog.records].count(True) == 2, "one line of each worker"
    assert wrong(team.database, last.hash) == []
    team.clock.pass_minutes(24 * 60)
    first.report()
    assert outgoing.look() == 2, "and anew on the next day"


def test_that_a_head_that_cannot_be_sent_is_no_reminder_and_doctor_says_when_one_went(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    team.received()
    seal(team)
    assert "has never gone by mail: name somebody in the setting mail.audit" in said(team)
    team.doorstep.sealing.report()
    assert "Its newest hash has not gone by mail yet." in said(team)
    assert "Reminders on their way" not in said(team)
    assert outgoing.look() == 2
    assert f"Its newest hash last went by mail on {local(team.clock()):%d %b, %H:%M}." in said(team)
    team.clock.pass_minutes(24 * 60)
    team.doorstep.sealing.report()
    sender(team, lambda: None).look()
    assert "Reminders that could not be sent" not in said(team)
    assert f"to {KEPT} could not be sent: " in said(team)
    assert "last went by mail" in said(team)


def test_that_the_hash_is_mailed_at_the_next_turn_when_reminders_are_bundled_just_then(
    secured_team: SecuredTeam,
) -> None:
    team = secured_team
    reminding.reachable(team)
    with team.database.work(reminding.system(team).actor, team.clock()) as work:
        setup.put_setting(work, "mail.audit", KEPT, "For the tests.", team.actors["jo"].staff_id)
    seal(team)
    sealing = team.doorstep.sealing
    with team.database.work(reminding.system(team).actor, team.clock()) as work:
        assert queries.bundles_alone(work.session)
        assert sealing.report() is None
    assert sealing.report() == head(team.database)
    assert [one.address for one in messages(team)] == [KEPT]


def test_that_nobody_at_a_desk_is_asked_about_a_hash_that_may_have_been_sent(
    team: Team, outgoing: Outgoing
) -> None:
    seal(team)
    team.doorstep.sealing.report()
    with team.database.work(reminding.system(team).actor, team.clock()) as work:
        for message in work.session.query(OutgoingMessage):
            message.state, message.attempt = MessageStatus.SENDING, 1
            message.lease_until = team.database.server_now() - dt.timedelta(minutes=5)
    team.clock.pass_minutes(3 * 24 * 60)
    assert outgoing.look() == 0
    assert {one.state for one in messages(team)} == {MessageStatus.FAILED}
    assert tasks(team) == []


def test_that_the_message_names_no_patient(team: Team, outgoing: Outgoing, server: MailServer) -> None:
    team.received()
    seal(team)
    team.doorstep.sealing.report()
    outgoing.look()
    with team.database.read() as session:
        names = [one.family_name for one in session.query(Patient)]
    assert names
    assert not [name for name in names for came in server.taken if (name or "?").encode() in came]


def test_that_a_reminder_to_the_same_person_goes_in_a_message_of_its_own(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    seal(team)
    team.doorstep.sealing.report()
    step(team, owed(team), "supervisor")
    outgoing.look()
    team.clock.pass_minutes(1)
    outgoing.look()
    subjects = sorted(str(one["Subject"]) for one in server.messages if str(one["To"]) == MO)
    assert subjects == ["Doorstep: 1 report is not sent", "Doorstep: the audit's newest hash"]


def test_that_a_message_that_may_have_been_sent_goes_again_and_asks_nobody(
    team: Team, outgoing: Outgoing, server: MailServer
) -> None:
    seal(team)
    team.doorstep.sealing.report()
    assert outgoing.claim() is not None, "and here its worker is killed"
    reminding.let_lease_run_out(team)
    assert outgoing.look() == 2
    assert {one.state for one in messages(team)} == {MessageStatus.SENT}
    assert [one for one in tasks(team) if one.kind.value == "reminder_uncertain"] == []


def test_that_a_training_database_sends_no_hash(team: Team, outgoing: Outgoing) -> None:
    with team.database.work(reminding.system(team).actor, team.clock()) as work:
        work.add(Training(id=ONLY, epoch=team.clock(), started_at=team.clock(), speed=10, seed=7))
    seal(team)
    team.doorstep.sealing.report()
    assert messages(team) == []
    assert ids(team.database)
