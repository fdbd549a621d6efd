"""What `doctor` says about chasing and reminders."""

import datetime as dt
from pathlib import Path

import pytest

from console import settings
from console.services import condition
from db.models import Watch, WorkerHeartbeat
from db.queries import watching
from tests.services import reminding
from tests.services.team import Team
from tests.support.mail_server import mail_server


def beat(team: Team, name: str, silent_s: float, looked_s: float | None) -> None:
    """Let a worker have told so many seconds ago that it lives, and that it looked."""
    now = team.database.server_now()
    looked = None if looked_s is None else now - dt.timedelta(seconds=looked_s)
    with team.database.work(reminding.system(team).actor, team.clock()) as work:
        work.session.add(
            WorkerHeartbeat(
                worker=name,
                beat_at=now - dt.timedelta(seconds=silent_s),
                looked_at=looked,
                program_version="0.1.0",
            )
        )


def said(team: Team) -> str:
    return "\n".join(condition.describe(team.database))


def test_that_it_is_said_when_nobody_chases(team: Team) -> None:
    wanted = "start main.py worker" if team.database.capabilities.is_shared else "while it is open"
    assert wanted in said(team)
    beat(team, "one", 1, 200)
    assert wanted in said(team)
    assert "The worker one (version 0.1.0) lives and has not looked at what is due for 3 min" in said(team)
    beat(team, "two", 7300, 7300)
    assert "The worker two (version 0.1.0) has been silent for 2 h." in said(team)
    beat(team, "three", 0, None)
    assert "The worker three (version 0.1.0) lives and has never looked" in said(team)
    assert wanted in said(team)
    beat(team, "four", 1, 3)
    assert "Nobody chases" not in said(team)
    assert "The worker four (version 0.1.0) looked at what is due" in said(team)


def test_that_it_is_said_for_how_long_a_change_has_waited_for_a_look(team: Team) -> None:
    team.look()
    assert "a change for" not in said(team)
    team.received()
    with team.database.work(reminding.system(team).actor, team.clock()) as work:
        for look in work.session.query(Watch).filter_by(next_at=watching.LONG_AGO):
            assert look.asked_at is not None
            assert abs(team.database.server_now() - look.asked_at) < dt.timedelta(minutes=1)
            look.asked_at -= dt.timedelta(minutes=7)
    assert ", a change for 7 min." in said(team)


def test_that_mail_is_said_to_be_set_up_or_why_not(team: Team, tmp_path: Path) -> None:
    assert "No mail server is set up on this computer" in said(team)
    assert "mail.supervisor is empty" in said(team)
    with mail_server(tmp_path) as server:
        server.write_settings(settings.settings_file().parent)
        reminding.reachable(team)
        assert f"Mail goes through localhost:{server.port} from doorstep@example.nhs.uk." in said(team)
        assert "mail.supervisor" not in said(team)
    settings.settings_file().write_text('[mail]\nhost = "x.example"\nfrom = "x"\n', encoding="utf-8")
    assert "No reminder can go from this computer: mail.from is no mail address" in said(team)


def test_that_reminders_that_need_somebody_are_counted(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminding.reachable(team)
    with mail_server(tmp_path) as server:
        outgoing = reminding.sender(team, server.seen_by)
        reminding.step(team, reminding.owed(team))
        outgoing.bundle()
        assert "Reminders on their way: 1, the oldest since 14 Jan 14:00." in said(team)
        team.clock.pass_minutes(1)
        outgoing.claim()
        reminding.let_lease_run_out(team)
        outgoing.look()
        assert "nobody knows whether they were sent: 1. A coordinator has to decide." in said(team)
        server.to_answer = "550 no"
        reminding.step(team, reminding.owed(team))
        outgoing.bundle()
        team.clock.pass_minutes(1)
        outgoing.look()
        assert "Reminders that could not be sent: 1." in said(team)
