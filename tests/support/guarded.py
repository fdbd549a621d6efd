"""A secured service behind TLS and passwords, as another computer would reach it: by name, over loopback."""

import os
import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from console.domain.words import Role
from console.services.desk import Desk
from db.engine import open_database
from tests.services.team import Clock, Team, new_referral
from tests.support.certificates import Authority, authority
from tests.support.postgresql import Cluster, NoPostgreSQL, Server, find_programs
from tests.support.secured import NOW, TEMPLATE, secured_template

HOST = "db.example"
PASSWORD = "three words nobody joins"
# The first line that fits counts. Whoever looks after the server comes in as before.
RULES = """
host    all doorstep    127.0.0.1/32 trust
hostssl all in_clear    127.0.0.1/32 password
hostssl all by_trust    127.0.0.1/32 trust
hostssl all by_card     127.0.0.1/32 cert
hostssl all stranger    127.0.0.1/32 reject
hostssl all all         127.0.0.1/32 scram-sha-256
"""
FAMILY = "Quillfeather"  # a patient's name that stands nowhere else


@dataclass(frozen=True)
class Guarded:
    """The running service, and what one needs to reach it."""

    cluster: Cluster
    server: Server
    trusted: Authority
    team: Team

    def address(self, host: str = HOST, **words: str) -> str:
        """Give its address without who signs in; the name is another computer's, the number is this one's."""
        said = {"hostaddr": "127.0.0.1", "sslrootcert": str(self.trusted.file)} | words
        query = "&".join(f"{name}={value}" for name, value in said.items())
        return f"postgresql://{host}:{self.server.port}/{TEMPLATE}?{query}"

    def do(self, *statements: str) -> None:
        """Let whoever looks after the server do something."""
        with self.server.connect(TEMPLATE) as connection:
            for statement in statements:
                connection.execute(statement)

    @contextmanager
    def certified(self, name: str, *, days: int = 2) -> Iterator[None]:
        """Let the server show another certificate for the length of the block."""
        certify(self.cluster, *self.trusted.sign(name, days=days))
        self._reload()
        yield
        certify(self.cluster, *self.trusted.sign(HOST))
        self._reload()

    def _reload(self) -> None:
        before = self._shown()
        self.do("SELECT pg_reload_conf()")
        while self._shown() == before:
            pass  # the server reads it within milliseconds

    def _shown(self) -> str | None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(("127.0.0.1", self.server.port)) as way:
            way.sendall(struct.pack("!ii", 8, 80877103))
            way.recv(1)
            with context.wrap_socket(way) as safe:
                return ssl.DER_cert_to_PEM_cert(safe.getpeercert(binary_form=True) or b"")


def certify(cluster: Cluster, certificate: bytes, key: bytes) -> None:
    """Put a certificate and its key where the server looks for them."""
    for name, content in (("server.crt", certificate), ("server.key", key)):
        file = cluster.folder / "data" / name
        file.write_bytes(content)
        file.chmod(0o600)
        if cluster.account:
            os.chown(file, cluster.account.uid, cluster.account.gid)


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """The service for this run of the tests, with a patient on its board; each test leaves it as it was."""
    try:
        find_programs()
    except NoPostgreSQL as reason:
        pytest.skip(str(reason))
    trusted = authority(tmp_path_factory.mktemp("authority"), "trusted")
    with Cluster.new() as cluster:
        cluster.initialise()
        data = cluster.folder / "data"
        (data / "pg_hba.conf").write_text(RULES, encoding="utf-8")
        certify(cluster, *trusted.sign(HOST))
        (data / "server.ca").write_bytes(trusted.file.read_bytes())
        (data / "server.ca").chmod(0o644)
        with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write("ssl = on\nssl_ca_file = 'server.ca'\npassword_encryption = 'scram-sha-256'\n")
        with cluster.serving() as server, secured_template(server) as team:
            service = Guarded(cluster, server, trusted, team)
            _people(service)
            yield service


def _people(service: Guarded) -> None:
    """Give everybody a password, Ann a second role, and the board a patient."""
    who = [login for login in service.team.actors if login != "doorstep"]
    service.do(
        *(f"ALTER ROLE {login} PASSWORD '{PASSWORD}'" for login in who),
        "SELECT staff_roles('ann', ARRAY['clinician', 'supervisor'])",
        "INSERT INTO staff (login, name, is_active) VALUES ('by_card', 'Bea Card', true)",
        "SELECT staff_roles('by_card', ARRAY['coordinator']), staff_login('by_card', NULL)",
        *(
            f"CREATE ROLE {login} LOGIN PASSWORD '{PASSWORD}'"
            for login in ("in_clear", "by_trust", "stranger")
        ),
    )
    database = open_database(service.server.url(TEMPLATE))
    try:
        jo = service.team.actors["jo"]
        assert jo.role is Role.COORDINATOR
        Desk(database, jo, Clock(NOW)).referrals.receive(
            new_referral(family_name=FAMILY, practice_id=service.team.ids["practice"])
        )
    finally:
        database.close()
