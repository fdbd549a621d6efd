"""The service that is attacked: two hubs, a patient in each, and everybody with a login of their own."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg

from console.domain.words import MarkerKind
from db.engine import open_database
from db.models import QueueEntry
from tests.services.team import Clock, Team, new_referral
from tests.support.postgresql import Server
from tests.support.secured import NOW, SecuredTeam, secured_copy

# Jo, Ann, Sam and the auditor Rae work for Folkestone; Dee and Kit for Dover; Mo and the office for both.
HUBS = {
    "jo": "folkestone",
    "ann": "folkestone",
    "sam_self": "folkestone",
    "kit_self": "dover",
    "dee": "dover",
    "rae": "folkestone",
}


@dataclass
class World:
    """A secured database, what its rows are called, and a connection for each login."""

    url: str
    ids: dict[str, int]
    connections: dict[str, psycopg.Connection] = field(default_factory=dict)

    def of(self, login: str) -> psycopg.Connection:
        """Give the one connection of a login; whoever uses it rolls back."""
        if login not in self.connections:
            url = self.url.replace("+psycopg", "").replace("//doorstep@", f"//{login}@")
            self.connections[login] = psycopg.connect(url)
        return self.connections[login]

    @property
    def owner(self) -> psycopg.Connection:
        """Give the connection of the superuser, who is bound by nothing."""
        return self.of("doorstep")


@contextmanager
def attacked(server: Server, template: Team) -> Iterator[World]:
    """Fill a copy of the template, then give everybody their own hubs only."""
    with secured_copy(server) as name, ExitStack() as closing:
        url = server.url(name)
        database = open_database(url)
        closing.callback(database.close)
        team = SecuredTeam(database, Clock(NOW), dict(template.ids), dict(template.actors), closing=closing)
        with server.connect(name) as connection:
            _add_more(connection)
            world = World(url, _fill(team))
            _tidy(connection, world, team)
        yield world
        for one in world.connections.values():
            one.close()


def _add_more(connection: psycopg.Connection) -> None:
    connection.execute("SELECT staff_put('dee', 'Dee Price', NULL, NULL)")
    connection.execute("SELECT staff_roles('dee', '{coordinator}')")
    connection.execute("SELECT staff_login('dee', NULL)")
    connection.execute("SELECT staff_put('rae', 'Rae Stone', NULL, NULL)")
    connection.execute("SELECT staff_roles('rae', '{auditor}')")
    connection.execute("SELECT staff_login('rae', NULL)")


def _fill(team: SecuredTeam) -> dict[str, int]:
    """Let each hub live through a referral and a walk-in; gives ids by hub and kind of row."""
    ids = {f"{name}_staff": actor.staff_id for name, actor in team.actors.items()} | team.ids
    for hub, practitioner, desk, number in (
        ("folkestone", "sam", team.jo, "943 476 5919"),
        ("dover", "kit", team.mo, None),
    ):
        form = new_referral(hub_id=team.ids[hub], practice_id=team.ids["practice"], nhs_number=number)
        key = desk.referrals.receive(replace(form, family_name="Marsh" if number else "Winter"))
        team.ann.triage.triage(key, team.version(key), 2)
        patient = team.row(key).patient_id
        review_on = (NOW + dt.timedelta(days=9)).date()
        marker = desk.markers.add(patient, None, None, MarkerKind.ANIMAL, "Large dog", review_on, key)
        desk.markers.acknowledge(key, [marker])
        desk.records.open(key)
        desk.key_safes.keep(key, "ZK47x11", "left of the door")
        visit = desk.visits.allocate(key, team.ids[practitioner], team.version(key))
        for step in (desk.visits.acknowledge, desk.visits.en_route, desk.visits.on_scene):
            step(visit, team.visit_version(key))
        walk_in = desk.hub_queue.arrive(replace(form, family_name="Brook", nhs_number=None))
        rows = {"referral": key, "patient": patient, "marker": marker, "visit": visit, "queue": walk_in}
        rows["opening"] = team.newest_opening(key)
        rows["walk_in"] = team.stored(QueueEntry, walk_in).referral_id
        ids |= {hub[:3]: team.ids[hub]} | {f"{hub[:3]}_{kind}": row for kind, row in rows.items()}
    return ids


def _tidy(connection: psycopg.Connection, world: World, team: SecuredTeam) -> None:
    """Write the rest directly, move Kit to Dover, and give everybody their hubs."""
    ids = world.ids
    for short in ("fol", "dov"):
        ids |= _rest(connection, ids, short)
    connection.execute("UPDATE shift SET hub_id = %s WHERE practitioner_id = %s", (ids["dov"], ids["kit"]))
    for login, hub in HUBS.items():
        connection.execute("SELECT staff_hubs(%s, ARRAY[%s::bigint])", (login, team.ids[hub]))
    connection.execute(
        "INSERT INTO setting (name, staff_id, value, effective_from, author_id, reason)"
        " VALUES ('x', %s, '1', now(), %s, 'x')",
        (ids["ann_staff"], ids["ann_staff"]),
    )
    connection.execute(
        "INSERT INTO outgoing_message"
        " (key, way, address, subject_line, state, attempt, not_before, created_at)"
        " VALUES ('audit-head-x', 'mail', 'x', 'x', 'queued', 0, now(), now())"
    )
    connection.execute("ANALYZE patient")


_REST: dict[str, str] = tomllib.loads((Path(__file__).parent / "rows.toml").read_text(encoding="utf-8"))


def _rest(connection: psycopg.Connection, ids: dict[str, int], short: str) -> dict[str, int]:
    values = {
        "hub": ids[short],
        "jo": ids["jo_staff"],
        "practitioner": ids["sam" if short == "fol" else "kit"],
    }
    values |= {kind: ids[f"{short}_{kind}"] for kind in ("referral", "visit")}
    for kind, statement in _REST.items():
        row = connection.execute(statement, values).fetchone()
        assert row is not None
        values[kind] = row[0]
    connection.execute(
        "INSERT INTO presence (console, staff_id, role, device, referral_id, is_editing, since, renewed_at)"
        " VALUES (%s, %s, 'coordinator', 'x', %s, true, now(), now())",
        (short, ids["mo_staff"], ids[f"{short}_referral"]),
    )
    return {f"{short}_{kind}": values[kind] for kind in _REST}
