"""Secured databases for tests: everybody comes in with a login of their own, on a real server."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import func, select

from console.domain.acting import Actor
from console.domain.words import Role
from console.services.desk import Desk
from db.engine import Database, open_database
from db.install import install, secure
from db.models import RecordOpening
from db.secured import OWNER
from tests.domain.england import ENGLAND
from tests.services.team import PLACES, Clock, Team, build
from tests.support.database_pool import DatabasePool
from tests.support.postgresql import Server

NOW = dt.datetime(2026, 1, 14, 14, 0, tzinfo=dt.UTC)
WORKER = "worker.one"
OFFICE = (
    ("al", "Al Reed", Role.ADMINISTRATOR),
    ("val", "Val Moore", Role.SERVICE_MANAGER),
    ("ray", "Ray Cole", Role.AUDITOR),
)


@dataclass
class SecuredTeam(Team):
    """Everybody at their own desk with their own login; `database` is the superuser's."""

    opened: dict[str, Database] = field(default_factory=dict)
    closing: ExitStack = field(default_factory=ExitStack)

    def database_of(self, login: str) -> Database:
        """Open the database as somebody, once."""
        if login not in self.opened:
            opened = open_database(self.database.url.replace("//doorstep@", f"//{login}@"))
            self.opened[login] = opened
            self.closing.callback(opened.close)
        return self.opened[login]

    def desk(self, name: str) -> Desk:
        """Give a person's desk, over a connection with their own login."""
        return Desk(self.database_of(name), self.actors[name], self.clock, ENGLAND, PLACES)

    def newest_opening(self, referral_id: int) -> int:
        """Give the number of the newest opening of a referral's record."""
        found = select(func.max(RecordOpening.id)).where(RecordOpening.referral_id == referral_id)
        with self.database.read() as session:
            return session.execute(found).scalar_one()

    def let_openings_age(self, minutes: int) -> None:
        """Let what was opened until now be so much older, as only who owns the audit can."""
        with self.database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE audit_log DISABLE TRIGGER append_only")
            connection.exec_driver_sql(
                "UPDATE audit_log SET at = at - make_interval(mins => %s) WHERE tbl = 'record_opening'",
                (minutes,),
            )
            connection.exec_driver_sql("ALTER TABLE audit_log ENABLE TRIGGER append_only")

    @property
    def doorstep(self) -> Desk:
        """The desk of a worker, which has a login of its own."""
        return Desk(self.database_of(WORKER), self.actors["doorstep"], self.clock, ENGLAND, PLACES)


TEMPLATE = "secured_template"


@contextmanager
def secured_template(server: Server) -> Iterator[Team]:
    """Install a database in which the small team works, each with a login and every hub."""
    install(server.url(TEMPLATE))
    with server.connect("postgres") as connection:
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN IN ROLE doorstep_worker").format(sql.Identifier(WORKER))
        )
    database = open_database(server.url(TEMPLATE))
    team = build(database, NOW)
    database.close()
    with server.connect(TEMPLATE) as connection:
        _let_in(connection, team)
    yield team
    with server.connect("postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(TEMPLATE)))


def _let_in(connection: psycopg.Connection, team: Team) -> None:
    made = connection.execute(
        "INSERT INTO staff (login, name, is_active) VALUES ('doorstep', 'Doorstep', true) RETURNING id"
    )
    row = made.fetchone()
    assert row is not None
    for login, name, role in OFFICE:
        who = connection.execute("SELECT staff_put(%s, %s, NULL, NULL)", (login, name)).fetchone()
        connection.execute("SELECT staff_roles(%s, %s)", (login, [role.value]))
        assert who is not None
        team.actors[login] = Actor(who[0], name, role, "Office 1")
    for login in team.actors:
        connection.execute("SELECT staff_hubs(%s, (SELECT array_agg(id) FROM hub))", (login,))
        connection.execute("SELECT staff_login(%s, NULL)", (login,))
    team.actors["doorstep"] = Actor(row[0], "Doorstep", Role.SYSTEM)


@contextmanager
def secured_copy(server: Server) -> Iterator[str]:
    """Copy the template, with what belongs to a database itself and is not copied; yield its name."""
    with server.database(TEMPLATE, owner=OWNER) as name:
        secure(server.url(name))
        yield name


@pytest.fixture(scope="session")
def _secured(postgresql_server: Server) -> Iterator[Team]:
    with secured_template(postgresql_server) as team:
        yield team


@pytest.fixture(scope="session")
def _secured_pool(postgresql_server: Server, _secured: Team) -> Iterator[DatabasePool]:
    with closing(DatabasePool(postgresql_server, TEMPLATE, OWNER, secure)) as pool:
        yield pool


@pytest.fixture
def secured_team(
    postgresql_server: Server, _secured_pool: DatabasePool, _secured: Team
) -> Iterator[SecuredTeam]:
    """The small team in a secured database of its own, at desks with logins of their own."""
    with ExitStack() as stack:
        name = stack.enter_context(_secured_pool.database())
        database = open_database(postgresql_server.url(name))
        stack.callback(database.close)
        yield SecuredTeam(database, Clock(NOW), dict(_secured.ids), dict(_secured.actors), closing=stack)
