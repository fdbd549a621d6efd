"""People and their logins: added, changed and disabled by an administrator."""

import io
from typing import Any

import psycopg
import pytest

from console import commands, staff_commands
from console.domain.refusals import Refused
from console.domain.words import Role
from console.services import accounts, people
from db.engine import open_database
from db.models import Staff
from tests.services.team import Team
from tests.support.secured import SecuredTeam

PASSWORD = "three words nobody joins"


def test_that_roles_and_hubs_are_replaced_and_a_disabled_person_is_gone(team: Team) -> None:
    now, by = team.clock(), team.actors["jo"]
    set_roles, set_hubs = accounts.set_roles, accounts.set_hubs
    assert "supervisor" in set_roles(team.database, by, now, "jo", (Role.SUPERVISOR,))
    assert set_hubs(team.database, by, now, "jo", ("DOV",)) == "Jo Bates sees Dover from now on."
    jo = next(one for one in people.people(team.database) if one.login == "jo")
    assert (jo.roles, jo.hub_ids) == ((Role.SUPERVISOR,), (team.ids["dover"],))
    set_roles(team.database, by, now, "jo", (Role.COORDINATOR, Role.SUPERVISOR))
    set_hubs(team.database, by, now, "jo", ())
    jo = next(one for one in people.people(team.database) if one.login == "jo")
    assert (set(jo.roles), len(jo.hub_ids)) == ({Role.COORDINATOR, Role.SUPERVISOR}, 2)
    accounts.disable(team.database, by, now, "jo")
    assert "jo" not in [one.login for one in people.people(team.database)]


def test_that_what_cannot_be_is_said(team: Team) -> None:
    now, by = team.clock(), team.actors["jo"]
    with pytest.raises(Refused, match="nobody with the login nora"):
        accounts.disable(team.database, by, now, "nora")
    with pytest.raises(Refused, match="no hub with the code XXX"):
        accounts.set_hubs(team.database, by, now, "jo", ("XXX",))
    with pytest.raises(Refused, match="needs a registration"):
        accounts.set_roles(team.database, by, now, "jo", (Role.CLINICIAN,))
    with pytest.raises(Refused, match="roles of persons"):
        accounts.set_roles(team.database, by, now, "jo", (Role.SYSTEM,))
    with pytest.raises(Refused, match="gives people logins"):
        accounts.let_in(team.database, by, now, "jo", None)


def test_that_an_administrator_gives_logins_and_takes_them(secured_team: SecuredTeam) -> None:
    database, now = secured_team.database_of("al"), secured_team.clock()
    by = accounts.administrator(database)
    assert (by.name, by.role) == ("Al Reed", Role.ADMINISTRATOR)
    people.add(database, now, login="nora.fox", name="Nora Fox", roles=(Role.COORDINATOR,), by=by)
    with pytest.raises(Refused, match="at least 12"):
        accounts.let_in(database, by, now, "nora.fox", "short")
    assert "nora.fox" in accounts.let_in(database, by, now, "nora.fox", PASSWORD)
    with secured_team.database.read() as session:
        kept = session.connection().exec_driver_sql(
            "SELECT rolpassword FROM pg_authid WHERE rolname = 'nora.fox'"
        )
        assert str(kept.scalar_one()).startswith("SCRAM-SHA-256$")
    url = secured_team.database.url.replace("//doorstep@", "//nora.fox@")
    nora = open_database(url)
    assert accounts.administrator(secured_team.database).role is Role.SYSTEM
    with pytest.raises(Refused, match="may not change people"):
        accounts.administrator(nora)
    with psycopg.connect(url.replace("+psycopg", "")) as console:
        assert "Connections ended: " in accounts.disable(database, by, now, "nora.fox")
        with pytest.raises(psycopg.OperationalError):
            console.execute("SELECT 1")
    nora.close()
    with pytest.raises(Refused, match=r"The login nora\.fox is disabled"):
        open_database(url)
    assert "Nora Fox may sign in" in accounts.let_in(database, by, now, "nora.fox", None)
    open_database(url).close()


def test_that_people_are_changed_in_the_name_of_the_administrator(secured_team: SecuredTeam) -> None:
    database, now = secured_team.database_of("al"), secured_team.clock()
    accounts.set_hubs(database, accounts.administrator(database), now, "jo", ("FOL",))
    with secured_team.database.read() as session:
        line = session.connection().exec_driver_sql(
            "SELECT login, actor_name, actor_role, op FROM audit_log"
            " WHERE tbl = 'staff_hub' ORDER BY id DESC LIMIT 1"
        )
        assert tuple(line.one()) == ("al", "Al Reed", "administrator", "D")
    with pytest.raises(Refused, match="Nobody changes their own"):
        accounts.set_roles(database, accounts.administrator(database), now, "al", (Role.SUPERVISOR,))


def test_that_nobody_is_added_with_a_password_that_will_not_do(
    secured_team: SecuredTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    url, voice = secured_team.database_of("al").url, commands.Voice(said.append, said.append)
    who: dict[str, Any] = {"login": "nora.fox", "name": "Nora Fox", "roles": ["coordinator"], "hubs": []}
    who |= {"external": False, "registration": None, "mail": None}
    for password in ("short", "nora.fox"):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        with pytest.raises(Refused, match=r"A password has at least|must not be the login"):
            staff_commands.add_staff(url, voice, **who)
    assert said == []
    with secured_team.database.read() as session:
        assert session.query(Staff).filter_by(login="nora.fox").count() == 0
