"""What an administrator does about people at the window is what the command does, in their own name."""

from collections.abc import Callable
from dataclasses import replace

import psycopg
import pytest

from console.domain.acting import Actor
from console.domain.refusals import Refused
from console.domain.staff import Account, NewPerson, Staffing, matches
from console.domain.words import Role
from console.services.administration import Administration
from console.services.desk import Desk
from tests.domain.england import ENGLAND
from tests.services.team import PLACES, Team
from tests.support.secured import SecuredTeam

PASSWORD = "three words nobody joins"
NORA = NewPerson("nora.fox", "Nora Fox", (Role.COORDINATOR,), ("FOL",), password=PASSWORD)


def of(staffing: Staffing, login: str) -> Account:
    return next(row.account for row in staffing.rows if row.login == login)


@pytest.fixture
def local(team: Team) -> Administration:
    """An administrator where nobody has a login."""
    jo = team.actors["jo"]
    actor = Actor(jo.staff_id, jo.name, Role.ADMINISTRATOR)
    return Desk(team.database, actor, team.clock, ENGLAND, PLACES).administration


def test_that_people_are_listed_changed_disabled_and_let_in_again(local: Administration) -> None:
    assert "Nora Fox may sign in as hub coordinator" in local.add(NORA)
    local.set_roles("nora.fox", (Role.SUPERVISOR, Role.COORDINATOR))
    local.set_hubs("nora.fox", ("DOV", "FOL"))
    staffing = local.staffing()
    row = next(row for row in staffing.rows if row.login == "nora.fox")
    assert (row.roles, row.hubs) == ((Role.COORDINATOR, Role.SUPERVISOR), ("DOV", "FOL"))
    assert (staffing.hub_names(row), row.account.label, row.is_me) == ("Every hub", "May sign in", False)
    assert staffing.hub_names(replace(row, hubs=())) == "No hub"
    assert "doorstep" not in [one.login for one in staffing.rows]
    assert matches(row, "fox super")
    assert not matches(row, "fox auditor")
    with pytest.raises(Refused, match="gives people logins"):
        local.let_in("nora.fox", None)
    local.disable("nora.fox")
    assert of(local.staffing(), "nora.fox") is Account.DISABLED
    assert local.let_in("nora.fox", None) == "Nora Fox may sign in again."
    assert of(local.staffing(), "nora.fox") is Account.ACTIVE


def test_that_what_cannot_be_is_refused_before_anything_is_written(local: Administration) -> None:
    for person, sentence in (
        (replace(NORA, roles=()), "at least one role"),
        (replace(NORA, hubs=()), "at least one hub"),
        (replace(NORA, login="jo"), "somebody with the login jo already"),
        (replace(NORA, password="short"), "at least 12 letters"),
        (replace(NORA, roles=(Role.CLINICIAN,)), "needs a registration"),
    ):
        with pytest.raises(Refused, match=sentence):
            local.add(person)
    with pytest.raises(Refused, match="at least one role"):
        local.set_roles("jo", ())
    with pytest.raises(Refused, match="at least one hub"):
        local.set_hubs("jo", ())
    assert "nora.fox" not in [row.login for row in local.staffing().rows]


def test_that_nobody_else_changes_people(team: Team) -> None:
    people = team.jo.administration
    steps: tuple[Callable[[], object], ...] = (
        people.staffing,
        lambda: people.add(NORA),
        lambda: people.set_roles("ann", (Role.SUPERVISOR,)),
        lambda: people.set_hubs("ann", ("FOL",)),
        lambda: people.let_in("ann", PASSWORD),
        lambda: people.disable("ann"),
    )
    for step in steps:
        with pytest.raises(Refused, match="may not change people and their roles"):
            step()


def test_that_logins_are_made_and_told_by_their_state(secured_team: SecuredTeam) -> None:
    people = secured_team.desk("al").administration
    told = people.add(NORA)
    assert told.startswith(
        "Nora Fox may sign in as hub coordinator. Nora Fox may sign in as nora.fox, with the"
    )
    staffing = people.staffing()
    assert of(staffing, "nora.fox") is Account.ACTIVE
    assert [row.login for row in staffing.rows if row.is_me] == ["al"]
    with secured_team.database.work(secured_team.actors["jo"], secured_team.clock()) as work:
        run = work.session.connection().exec_driver_sql
        run("ALTER ROLE \"nora.fox\" VALID UNTIL '2020-01-01'")
        run("INSERT INTO staff (login, name, is_active) VALUES ('new.one', 'New One', true)")
    staffing = people.staffing()
    assert of(staffing, "nora.fox") is Account.RUN_OUT
    assert of(staffing, "new.one") is Account.NO_LOGIN
    own: tuple[Callable[[], object], ...] = (
        lambda: people.set_roles("al", (Role.COORDINATOR,)),
        lambda: people.set_hubs("al", ("FOL",)),
        lambda: people.let_in("al", PASSWORD),
        lambda: people.disable("al"),
    )
    for step in own:
        with pytest.raises(Refused, match="Nobody changes their own roles, hubs or login"):
            step()
    for login in ("Nora Fox", "doorstep_owner", "pg_monitor", "x" * 64):
        with pytest.raises(Refused, match="begins with a small letter"):
            people.add(replace(NORA, login=login))
        assert login not in [row.login for row in people.staffing().rows]
    with secured_team.database.work(secured_team.actors["jo"], secured_team.clock()) as work:
        work.session.connection().exec_driver_sql("CREATE ROLE backup_tool")
    try:  # a person whose login cannot be made is not added either, and the form may be sent again
        with pytest.raises(Refused, match="was not made by Doorstep"):
            people.add(replace(NORA, login="backup_tool"))
        assert "backup_tool" not in [row.login for row in people.staffing().rows]
    finally:
        with secured_team.database.work(secured_team.actors["jo"], secured_team.clock()) as work:
            work.session.connection().exec_driver_sql("DROP ROLE backup_tool")
    url = secured_team.database.url.replace("+psycopg", "").replace("//doorstep@", "//nora.fox@")
    with psycopg.connect(url) as console:
        assert "Connections ended: 1" in people.disable("nora.fox")
        with pytest.raises(psycopg.OperationalError):
            console.execute("SELECT 1")
    assert of(people.staffing(), "nora.fox") is Account.DISABLED
    people.let_in("nora.fox", PASSWORD)
    with secured_team.database.read() as reading:
        run = reading.connection().exec_driver_sql
        assert run("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'nora.fox'").scalar_one()
