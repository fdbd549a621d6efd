"""Two real consoles at one database: each sees what the other has open, and neither loses what it typed."""

import datetime as dt
from contextlib import closing
from threading import Event
from time import monotonic

import pytest
from sqlalchemy import select, text

from console.domain.words import PracticeLink, Source
from console.services import people, setup
from console.services.desk import Desk
from console.services.forms import NewReferral
from db.engine import open_database
from db.models import Presence, Referral, Staff
from tests.support.kills import PATIENCE_S, Console, console

# Long enough ago for a console that was heard last then to be silent, and not to be forgotten.
SILENT = dt.timedelta(seconds=30)
MODULE = "tests.support.asked_console"


@pytest.fixture
def referral(database_url: str) -> int:
    """A patient who was triaged, at a service with invented people; gives the referral."""
    now = dt.datetime.now(dt.UTC)
    with closing(open_database(database_url)) as database:
        setup.apply(database, now, with_demo=True)
        desks = {one.login: one for one in people.people(database)}
        form = NewReferral(
            source=Source.GP_PRACTICE,
            family_name="Osman",
            problem="Fall, cannot get up alone",
            home_address="1 Sea Road, Hythe",
            home_postcode="CT21 5AA",
            practice_link=PracticeLink.UNKNOWN,
        )
        jo = desks["jo.bates"]
        key = Desk(database, people.actor(jo, jo.roles[0]), lambda: now).referrals.receive(form)
        helen = desks["helen.osei"]
        clinician = Desk(database, people.actor(helen, helen.roles[0]), lambda: now)
        clinician.triage.triage(key, 1, 3)
    return key


def ask(one: Console, words: str) -> None:
    """Ask a console for something."""
    assert one.process.stdin is not None
    one.process.stdin.write(f"{words}\n")
    one.process.stdin.flush()


def let_it_be_silent(url: str) -> None:
    """Let the leases be older than they are, instead of waiting until they are."""
    with closing(open_database(url)) as database:
        actor = people.system(database)
        with database.work(actor, dt.datetime.now(dt.UTC)) as work:
            at = dt.datetime.now(dt.UTC) - SILENT
            shared = database.capabilities.is_shared
            values = {"at": at if shared else f"{at:%Y-%m-%d %H:%M:%S.%f}"}
            work.session.execute(text("UPDATE presence SET renewed_at = :at"), values)


def test_that_two_consoles_see_each_other_and_lose_nothing(database_url: str, referral: int) -> None:
    with (
        console("jo.bates", database_url, str(referral), MODULE) as jo,
        console("claire.whitmore", database_url, str(referral), MODULE) as claire,
    ):
        jo.wait_for("live")
        claire.wait_for("live")
        ask(jo, "open")
        assert "Jo Bates (hub coordinator) has this open since" in claire.wait_for("here Jo")

        ask(jo, "type 2")
        assert "has this in a form" in claire.wait_for("here Jo", 2)
        ask(claire, "type 1")
        claire.wait_for("typed")
        ask(claire, "submit")
        claire.wait_for("saved")
        ask(jo, "submit")
        asked = jo.wait_for("asks")
        assert asked.startswith("asks Mine: P2 acute | Claire Whitmore, ")
        assert asked.endswith(": P1 emergency")
        ask(jo, "choose theirs")
        assert jo.wait_for("stays") == "stays It stays as Claire Whitmore saved it."

        jo.kill()
        let_it_be_silent(database_url)
        told = claire.wait_for("here Jo Bates (hub coordinator) had")
        assert "that window has not been heard since" in told

        ask(claire, "open")
        wait_until_open_there(database_url, ["jo.bates", "claire.whitmore"])
        ask(claire, "leave")
        claire.wait_for("left")
        wait_until_open_there(database_url, ["jo.bates"])
    with closing(open_database(database_url)) as database, database.read() as session:
        assert session.get_one(Referral, referral).priority == 1


def wait_until_open_there(url: str, logins: list[str]) -> None:
    """Wait until just these people have something open."""
    until = monotonic() + PATIENCE_S
    found: list[str] = []
    while sorted(found) != sorted(logins):
        assert monotonic() < until, f"{found} have something open"
        Event().wait(0.05)
        with closing(open_database(url)) as database, database.read() as session:
            opened = select(Staff.login).join(Presence, Presence.staff_id == Staff.id)
            found = list(session.scalars(opened))
