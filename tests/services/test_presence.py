"""Who has which referral open, in the database: leases that end by themselves and load nobody."""

import datetime as dt
import threading

import pytest
from sqlalchemy import text

from console.domain import presence as rules
from console.domain.presence import FORGOTTEN_AFTER, STALE_AFTER, TAKEN_FORGOTTEN_AFTER, Opened
from console.domain.refusals import Refused
from console.services.presence import HasOpen, Lease
from db.connect import server_time
from db.models import Presence
from tests.services.team import Team

JO, MO = "console of jo", "console of mo"


def hubs(team: Team) -> tuple[int, ...]:
    """Every hub of the small service."""
    return (team.ids["folkestone"], team.ids["dover"])


def lease(team: Team, name: str, console: str = "") -> Lease:
    """The lease of one person's sitting."""
    return Lease(team.desk(name).presence, console or f"console of {name}", hubs(team))


def seen(team: Team) -> tuple[Opened, ...]:
    """What a board that looks now is told."""
    with team.database.read() as session:
        now = server_time(session.connection())
    return rules.shown(team.mo.presence.look(hubs(team)), now)


def be_silent(team: Team, console: str, for_: dt.timedelta) -> None:
    """As if a console had not been heard for so long: killed, asleep, or cut off."""
    with team.database.work(team.actors["jo"], team.clock()) as work:
        row = work.session.get_one(Presence, console)
        row.renewed_at -= for_
        row.since -= for_


def test_that_others_see_who_has_a_referral_open_and_since_when(team: Team) -> None:
    key = team.received()
    first = lease(team, "jo").beat(HasOpen(key))
    (told,) = lease(team, "mo").beat(None)
    assert (told.name, told.role, told.referral_id) == ("Jo Bates", team.actors["jo"].role, key)
    assert not told.is_editing
    assert told.since == told.renewed_at == first[0].since


def test_that_renewing_keeps_since_when_and_another_referral_begins_anew(team: Team) -> None:
    key, other = team.received(), team.triaged()
    jo = lease(team, "jo")
    (first,) = jo.beat(HasOpen(key))
    (again,) = jo.beat(HasOpen(key, is_editing=True))
    assert again.since == first.since
    assert again.renewed_at > first.renewed_at
    assert again.is_editing
    (elsewhere,) = jo.beat(HasOpen(other))
    assert (elsewhere.referral_id, elsewhere.since) == (other, elsewhere.renewed_at)


def test_that_closing_and_leaving_give_the_referral_back(team: Team) -> None:
    key, jo = team.received(), lease(team, "jo")
    jo.beat(HasOpen(key))
    assert jo.beat(None) == ()
    jo.beat(HasOpen(key))
    jo.end()
    assert seen(team) == ()


def test_that_a_renewal_on_its_way_while_somebody_leaves_brings_nothing_back(team: Team) -> None:
    key, jo = team.received(), lease(team, "jo")
    jo.beat(HasOpen(key))
    jo.end()
    assert jo.beat(HasOpen(key)) == ()
    assert seen(team) == ()


def test_that_another_role_is_another_sitting(team: Team) -> None:
    key, jo = team.received(), lease(team, "jo")
    jo.beat(HasOpen(key))
    jo.end()
    as_other = Lease(team.desk("ann").presence, "the next sitting", hubs(team))
    as_other.beat(HasOpen(key))
    assert [one.role for one in seen(team)] == [team.actors["ann"].role]


def test_that_a_console_that_is_heard_no_more_fades_then_goes_from_the_database(team: Team) -> None:
    key = team.received()
    lease(team, "jo").beat(HasOpen(key))
    be_silent(team, JO, STALE_AFTER + dt.timedelta(seconds=1))
    (told,) = seen(team)
    with team.database.read() as session:
        assert rules.is_stale(told, server_time(session.connection()))
    be_silent(team, JO, FORGOTTEN_AFTER)
    assert seen(team) == ()
    lease(team, "mo").beat(HasOpen(key))
    with team.database.read() as session:
        assert session.get(Presence, JO) is None


def test_that_a_console_that_slept_is_there_again_with_the_next_renewal(team: Team) -> None:
    key, jo = team.received(), lease(team, "jo")
    jo.beat(HasOpen(key))
    be_silent(team, JO, dt.timedelta(hours=2))
    assert seen(team) == ()
    jo.beat(HasOpen(key))
    (told,) = seen(team)
    assert told.renewed_at - told.since > dt.timedelta(hours=1)


def test_that_a_stale_one_is_taken_over_and_its_console_learns_who_did(team: Team) -> None:
    key, jo = team.received(), lease(team, "jo")
    jo.beat(HasOpen(key))
    be_silent(team, JO, STALE_AFTER + dt.timedelta(seconds=1))
    team.mo.presence.take_over(JO)
    assert seen(team) == ()
    (told,) = jo.beat(HasOpen(key))
    assert told.taken_by == team.actors["mo"].name
    assert told.taken_at is not None
    other = team.triaged()
    (elsewhere,) = jo.beat(HasOpen(other))
    assert elsewhere.taken_by is None


def test_that_who_slept_long_learns_who_took_over_and_after_a_day_it_is_forgotten(team: Team) -> None:
    key, jo, mo = team.received(), lease(team, "jo"), lease(team, "mo")
    jo.beat(HasOpen(key))
    be_silent(team, JO, STALE_AFTER + dt.timedelta(seconds=1))
    team.mo.presence.take_over(JO)
    be_silent(team, JO, FORGOTTEN_AFTER)
    mo.beat(HasOpen(key))
    assert [one.console for one in seen(team)] == [MO]
    told = next(one for one in jo.beat(HasOpen(key)) if one.console == JO)
    assert told.taken_by == team.actors["mo"].name
    be_silent(team, JO, TAKEN_FORGOTTEN_AFTER)
    mo.beat(HasOpen(key))
    with team.database.read() as session:
        assert session.get(Presence, JO) is None


def test_that_nobody_who_is_there_is_taken_over_from(team: Team) -> None:
    key = team.received()
    lease(team, "jo").beat(HasOpen(key))
    with pytest.raises(Refused, match="Jo Bates is there now"):
        team.mo.presence.take_over(JO)
    team.mo.presence.take_over("a console that has closed")


def test_that_a_board_is_told_of_its_own_hubs_only(team: Team) -> None:
    key = team.received()
    lease(team, "jo").beat(HasOpen(key))
    hub_id = team.row(key).hub_id
    elsewhere = [one for one in hubs(team) if one != hub_id]
    assert team.mo.presence.look(elsewhere) == ()


def test_that_presence_is_no_change_rings_no_bell_and_is_not_audited(team: Team) -> None:
    key, jo = team.received(), lease(team, "jo")
    before = counts(team)
    jo.beat(HasOpen(key))
    jo.beat(HasOpen(key, is_editing=True))
    be_silent(team, JO, dt.timedelta(minutes=1))
    team.mo.presence.take_over(JO)
    jo.end()
    assert counts(team) == before


def counts(team: Team) -> tuple[int, ...]:
    """How much the feed and the audit have to tell, and the version of what is looked at."""
    with team.database.read() as session:
        lines = [session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in LOGS]  # noqa: S608 - our own names
        return (*lines, session.execute(text("SELECT sum(version) FROM referral")).scalar_one())


LOGS = ("change_log", "audit_log", "step")


def test_that_consoles_that_renew_at_once_all_are_seen(team: Team) -> None:
    key = team.received()
    leases = [lease(team, "jo", f"console {n}") for n in range(4)]
    threads = [threading.Thread(target=one.beat, args=(HasOpen(key),)) for one in leases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.console for one in seen(team)} == {f"console {n}" for n in range(4)}
