"""On the way to another computer a password is never less safe than it must be, whatever the address says."""

import pytest

from console.domain.refusals import Refused
from db import wire
from db.connect import address

STRICT = {
    "sslmode": "verify-full",
    "channel_binding": "require",
    "require_auth": "scram-sha-256",
    "gssencmode": "disable",
    "ssl_min_protocol_version": "TLSv1.2",
}
LOWER = (
    "sslmode=disable&channel_binding=disable&require_auth=password&gssencmode=prefer"
    "&ssl_min_protocol_version=TLSv1"
)


@pytest.mark.parametrize(
    "where",
    [
        "jo@db.example/doorstep",
        f"jo@db.example/doorstep?{LOWER}",
        "jo@10.1.2.3:5433/doorstep",
        "jo@[2001:db8::1]/doorstep",
        "jo@/doorstep?host=localhost,db.example",
        "jo@/doorstep?host=localhost:5432&host=db.example:5432",
        "jo@localhost/doorstep?hostaddr=10.1.2.3",
        "jo@localhost/doorstep?service=shared",
        "jo@localhost.evil.example/doorstep",
    ],
)
def test_that_another_computer_must_show_who_it_is(where: str) -> None:
    query = address(wire.safe(f"postgresql://{where}", "scram")).query
    assert STRICT.items() <= dict(query).items()


@pytest.mark.parametrize(
    "where",
    [
        "jo@/doorstep",
        "jo@localhost/doorstep",
        "jo@127.0.0.1:5433/doorstep?sslmode=disable",
        "jo@[::1]/doorstep",
        "jo@/doorstep?host=/var/run/postgresql",
        "jo@/doorstep?host=127.0.0.1:5432&host=127.0.0.1:5433",
        "jo@localhost/doorstep?hostaddr=127.0.0.1",
    ],
)
def test_that_this_computer_is_reached_as_its_address_says(where: str) -> None:
    assert wire.safe(f"postgresql://{where}", "scram") == f"postgresql://{where}"


def test_that_a_server_that_the_environment_names_is_another_computer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGHOST", "db.example")
    assert "sslmode=verify-full" in wire.safe("postgresql://jo@/doorstep", "scram")
    monkeypatch.delenv("PGHOST")
    monkeypatch.setenv("PGSERVICE", "shared")
    assert "sslmode=verify-full" in wire.safe("postgresql://jo@/doorstep", "scram")


def test_that_an_address_may_ask_for_more() -> None:
    url = "postgresql://jo@db.example/doorstep?ssl_min_protocol_version=TLSv1.3&sslrootcert=/etc/ca.crt"
    query = address(wire.safe(url, "scram")).query
    assert (query["ssl_min_protocol_version"], query["sslrootcert"]) == ("TLSv1.3", "/etc/ca.crt")


@pytest.mark.parametrize("means", ["kerberos", "certificate", "ldap"])
def test_that_other_means_than_a_password_check_the_server_too(means: str) -> None:
    query = address(wire.safe(f"postgresql://jo@db.example/doorstep?{LOWER}", means)).query
    assert (query["sslmode"], query["ssl_min_protocol_version"]) == ("verify-full", "TLSv1.2")
    assert query["require_auth"] == wire.MEANS[means]["require_auth"]


def test_that_unknown_means_are_refused() -> None:
    with pytest.raises(Refused, match="Choose one of: scram, kerberos, certificate, ldap"):
        wire.safe("postgresql://jo@db.example/doorstep", "trust")


def test_that_an_address_is_taken_apart_and_put_together() -> None:
    url = "postgresql://jo:p%40ss@db.example:5433/doorstep?sslrootcert=/etc/ca.crt"
    plain = "postgresql://db.example:5433/doorstep?sslrootcert=%2Fetc%2Fca.crt"
    assert wire.apart(url) == (plain, "jo", True)
    assert wire.password_of(url) == "p@ss"
    assert wire.apart(wire.with_login(plain, "ann", "")) == (plain, "ann", False)
    assert wire.password_of(wire.with_login(plain, "ann", "a:b/c@d")) == "a:b/c@d"
    assert wire.shown(url) == "db.example:5433/doorstep"
