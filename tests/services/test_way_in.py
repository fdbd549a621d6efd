"""A person comes in at a real server behind TLS and passwords, or is told why not and what to do."""

import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import keyring
import pytest

from console import settings
from console.domain.refusals import AsksWho, Away, OtherVersion, Refused
from console.domain.sign_in import Connection, Entry, connection
from console.services import kept_connections, people, way_in
from db import wire
from tests.support.certificates import authority
from tests.support.guarded import HOST, PASSWORD, Guarded
from tests.support.secured import TEMPLATE

Refusal = Callable[..., str]


@pytest.fixture
def jo(guarded: Guarded) -> Entry:
    """Jo at the sign-in, with everything right."""
    return Entry(guarded.address(), "jo", PASSWORD)


@pytest.fixture
def refusal(jo: Entry) -> Refusal:
    """What Jo is told who signs in with something wrong."""

    def told(**changes: Any) -> str:
        with pytest.raises(Refused) as refused:
            way_in.enter(replace(jo, **changes))[0].close()
        assert PASSWORD not in str(refused.value)
        return str(refused.value)

    return told


def test_that_a_person_comes_in_as_who_they_are(jo: Entry) -> None:
    database, note = way_in.enter(jo)
    with closing(database):
        assert database.has_used_password
        assert database.capabilities.has_roles
        assert not note
        [person] = people.who_may_sign_in(database)
        assert (person.login, person.name) == ("jo", "Jo Bates")
        with database.read() as session:
            row = session.connection().exec_driver_sql(
                "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            )
            assert row.one() == (True, "TLSv1.3")


def test_that_a_wrong_password_is_told(refusal: Refusal) -> None:
    told = refusal(password="something else")
    assert told.startswith("The server db.example:")
    assert "does not accept the login jo with this password. Check both and type them again." in told
    assert told == refusal(login="nobody.here").replace("nobody.here", "jo")


def test_that_a_missing_password_and_login_are_asked_for(refusal: Refusal) -> None:
    assert refusal(password="").endswith("asks for the password of jo. Type it.")
    assert refusal(login="  ") == way_in.NO_LOGIN


def test_that_a_password_that_has_run_out_is_told_as_the_server_tells_it(
    guarded: Guarded, refusal: Refusal
) -> None:
    guarded.do("ALTER ROLE jo VALID UNTIL '2020-01-01'")
    told = refusal()
    guarded.do("ALTER ROLE jo VALID UNTIL 'infinity'")
    assert "the password may have run out" in told
    assert "ask an administrator of the service for a new password" in told


def test_that_a_disabled_login_is_told(guarded: Guarded, refusal: Refusal) -> None:
    guarded.do("ALTER ROLE jo NOLOGIN")
    told = refusal()
    guarded.do("ALTER ROLE jo LOGIN")
    assert "The login jo is disabled" in told
    assert "Ask an administrator of the service to let it in again." in told


def test_that_too_many_connections_are_told_apart(guarded: Guarded, refusal: Refusal) -> None:
    guarded.do("ALTER ROLE jo CONNECTION LIMIT 0")
    told = refusal()
    guarded.do("ALTER ROLE jo CONNECTION LIMIT 20", f"ALTER DATABASE {TEMPLATE} CONNECTION LIMIT 0")
    full = refusal()
    guarded.do(f"ALTER DATABASE {TEMPLATE} CONNECTION LIMIT -1")
    assert "open as it may have. Close Doorstep on other computers where you are" in told
    assert "has no connection left. Close consoles that nobody uses" in full


def test_that_a_certificate_that_cannot_be_trusted_is_told_by_its_reason(
    guarded: Guarded, refusal: Refusal, tmp_path: Path
) -> None:
    stranger = authority(tmp_path, "stranger")
    told = refusal(address=guarded.address(sslrootcert=str(stranger.file)))
    assert "no authority that this computer knows has signed it" in told
    other = refusal(address=guarded.address("other.example"))
    assert "is made out to another name" in other
    absent = refusal(address=guarded.address(sslrootcert=str(tmp_path / "absent.crt")))
    assert "trusted authority is not on this computer" in absent
    with guarded.certified(HOST, days=-1):
        gone = refusal()
    assert "has run out. Do not connect" in gone
    with guarded.certified(HOST, days=11):
        early = refusal()
    assert "is not valid yet. Check the date and time of this computer" in early


@pytest.mark.parametrize("login", ["in_clear", "by_trust"])
def test_that_a_server_that_does_not_prove_that_it_knows_the_password_gets_none(
    refusal: Refusal, login: str
) -> None:
    told = refusal(login=login)
    assert f"does not prove that it knows the password of {login}, so it was not used" in told


@pytest.mark.parametrize("words", [{"sslmode": "disable"}, {"require_auth": "password"}])
def test_that_no_address_lowers_what_is_asked_of_the_server(
    guarded: Guarded, refusal: Refusal, words: dict[str, str]
) -> None:
    told = refusal(login="in_clear", address=guarded.address(channel_binding="disable", **words))
    assert "does not prove that it knows the password" in told


def test_that_a_computer_that_is_not_let_in_is_told(refusal: Refusal) -> None:
    assert "does not let stranger in from this computer" in refusal(login="stranger")


def test_that_a_server_that_cannot_be_reached_is_told_by_its_reason(guarded: Guarded, jo: Entry) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        silent = guarded.address().replace(f":{guarded.server.port}", f":{port}")
        with pytest.raises(Away, match="it does not answer"):
            way_in.enter(replace(jo, address=silent))
    with pytest.raises(Away, match="nothing takes connections there"):
        way_in.enter(replace(jo, address=silent))


def test_that_a_name_that_nobody_knows_is_told(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", asked)  # as the resolver answers; no test asks a real one
    assert "db.nowhere cannot be found. Check it in the address" in refusal(
        address="postgresql://db.nowhere/doorstep"
    )
    monkeypatch.undo()
    assert "cannot be found" in refusal(address=f"postgresql://{'x' * 70}.example/doorstep")


def test_that_what_is_no_database_of_a_service_is_told(guarded: Guarded, refusal: Refusal) -> None:
    elsewhere = guarded.address().replace(f"/{TEMPLATE}", "/postgres")
    assert "has not been set up yet" in refusal(address=elsewhere)
    nowhere = guarded.address().replace(f"/{TEMPLATE}", "/nowhere")
    assert "has no database nowhere" in refusal(address=nowhere)


def test_that_another_version_is_told(guarded: Guarded, jo: Entry) -> None:
    guarded.do(
        "CREATE TABLE kept AS TABLE alembic_version", "UPDATE alembic_version SET version_num = '9999'"
    )
    guarded.do("UPDATE alembic_version SET serves_from = '9998'")
    try:
        with pytest.raises(OtherVersion, match="newer version of Doorstep"):
            way_in.enter(jo)
    finally:
        guarded.do("DELETE FROM alembic_version", "INSERT INTO alembic_version TABLE kept", "DROP TABLE kept")


def test_that_a_login_of_nobody_is_told(guarded: Guarded, jo: Entry) -> None:
    guarded.do("UPDATE staff SET is_active = false WHERE login = 'jo'")
    database, _ = way_in.enter(jo)
    with closing(database), pytest.raises(AsksWho, match="The login jo is no person's of this service"):
        people.who_may_sign_in(database)
    guarded.do("UPDATE staff SET is_active = true WHERE login = 'jo'")


def test_that_a_certificate_lets_in_where_the_computer_says_so_and_nobody_without(
    guarded: Guarded, jo: Entry, tmp_path: Path
) -> None:
    certificate, key = tmp_path / "card.crt", tmp_path / "card.key"
    for file, content in zip((certificate, key), guarded.trusted.sign("by_card"), strict=True):
        file.write_bytes(content)
        file.chmod(0o600)
    card = replace(
        jo, login="by_card", password="", address=guarded.address(sslcert=str(certificate), sslkey=str(key))
    )
    with pytest.raises(Refused, match="does not prove that it knows the password"):
        way_in.enter(card)  # by a password, as long as nobody says otherwise
    write('[sign_in]\nmeans = "certificate"\n')
    database, _ = way_in.enter(card)
    with closing(database):
        assert not database.has_used_password
        assert [one.login for one in people.who_may_sign_in(database)] == ["by_card"]
        way_in.prove(database, "")
    with pytest.raises(Refused):
        way_in.enter(replace(card, address=guarded.address()))
    with pytest.raises(Refused, match="is made out to another name"):
        way_in.enter(replace(card, address=card.address.replace("db.example", "other.example")))


# Keeping


def test_that_a_password_is_kept_only_where_that_is_asked(guarded: Guarded, jo: Entry) -> None:
    kept_as = f"jo@{HOST}:{guarded.server.port}/{TEMPLATE}"
    way_in.enter(jo)[0].close()
    assert keyring.get_password("doorstep", kept_as) is None
    way_in.enter(replace(jo, keeps=True))[0].close()
    assert keyring.get_password("doorstep", kept_as) == PASSWORD
    way_in.enter(replace(jo, password="", keeps=True))[0].close()
    way_in.enter(replace(jo, password=""))[0].close()
    assert keyring.get_password("doorstep", kept_as) is None
    assert PASSWORD not in repr(jo)


def test_that_a_named_login_whose_password_is_kept_opens_by_itself_and_another_is_asked(
    guarded: Guarded, jo: Entry
) -> None:
    url = guarded.address().replace("//", "//jo@")
    with pytest.raises(AsksWho, match="asks for the password of jo"):
        way_in.open_as_named(url)
    with pytest.raises(AsksWho, match="Type your login"):
        way_in.open_as_named(guarded.address())
    way_in.enter(replace(jo, keeps=True))[0].close()
    way_in.open_as_named(url).close()


def test_that_who_is_back_proves_it_to_the_server(guarded: Guarded, jo: Entry) -> None:
    database, _ = way_in.enter(jo)
    with closing(database):
        way_in.prove(database, PASSWORD)
        with pytest.raises(Refused, match="does not accept the login jo"):
            way_in.prove(database, "something else")
        guarded.do("ALTER ROLE jo NOLOGIN")
        with pytest.raises(Refused, match="is disabled"):
            way_in.prove(database, PASSWORD)
        guarded.do("ALTER ROLE jo LOGIN")


def test_that_while_the_server_is_away_the_password_of_the_sign_in_counts(jo: Entry) -> None:
    database, _ = way_in.enter(jo)
    database.close()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        gone = taken.getsockname()[1]
    database.url = database.url.replace(database.url.split(":")[-1].split("/")[0], str(gone), 1)
    way_in.prove(database, PASSWORD)
    with pytest.raises(Refused, match="not the password with which you signed in"):
        way_in.prove(database, "something else")
    database.url = wire.with_login(database.url, "jo", "")
    with pytest.raises(Refused, match="Open the downtime pack"):
        way_in.prove(database, PASSWORD)


# The connections of a computer


def write(text: str) -> None:
    settings.settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings.settings_file().write_text(text, encoding="utf-8")


def test_that_connections_are_named_in_the_settings_and_the_named_one_comes_first() -> None:
    write(
        '[connections]\nCoast = "postgresql://db.example/doorstep"\nOld = "postgresql://old.example/doorstep"\n'
    )
    coast = Connection("Coast", "postgresql://db.example/doorstep")
    old = Connection("Old", "postgresql://old.example/doorstep")
    assert way_in.connections(None) == [coast, old]
    assert way_in.asks_first(None)
    assert not way_in.asks_first("postgresql://db.example/doorstep")
    named = way_in.connections("postgresql://jo@old.example/doorstep")
    assert named == [replace(old, login="jo"), coast]
    assert way_in.connections("postgresql://db.example/test")[0].name == "db.example/test"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('Coast = "postgresql://jo:secret@db.example/doorstep"', "holds a password"),
        ('Coast = "sqlite:///a.sqlite"', "has no address of a shared database"),
        ("Coast = 3", "has no address of a shared database"),
    ],
)
def test_that_a_connection_that_cannot_be_is_told(line: str, sentence: str) -> None:
    write(f"[connections]\n{line}\n")
    with pytest.raises(Refused, match=sentence) as refused:
        way_in.connections(None)
    assert "secret" not in str(refused.value)


def test_that_a_connection_is_added_and_nothing_else_of_the_file_changes() -> None:
    kept_connections.keep("Coast", "postgresql://db.example/doorstep")
    assert settings.machine("connections") == {"Coast": "postgresql://db.example/doorstep"}
    before = (
        '# ours\nlog_days = 3\n\n[connections]  # here\nCoast = "postgresql://a/b"\n\n[mail]\nport = 25\n'
    )
    write(before)
    kept_connections.keep("South Kent", "postgresql://db.example/doorstep")
    kept_connections.keep("Coast", "postgresql://db.example/other")
    assert settings.machine("connections") == {
        "Coast": "postgresql://db.example/other",
        "South Kent": "postgresql://db.example/doorstep",
    }
    after = settings.settings_file().read_text(encoding="utf-8")
    assert "# ours\nlog_days = 3\n" in after
    assert settings.machine("mail.port") == 25


@pytest.mark.parametrize(
    "text", ["connections = {}\n", "connections = { A = 'postgresql://a/b' }\n", "[bad\n"]
)
def test_that_a_file_that_leaves_no_room_is_left_as_it_is(text: str) -> None:
    write(text)
    with pytest.raises(Refused, match="leaves no room for it"):
        kept_connections.keep("Coast", "postgresql://db.example/doorstep")
    assert settings.settings_file().read_text(encoding="utf-8") == text


def test_that_what_is_typed_of_a_connection_is_checked() -> None:
    made = connection("Coast", "db.example", "doorstep", "/etc/ca.crt")
    assert made.address == "postgresql://db.example/doorstep?sslrootcert=/etc/ca.crt"
    with pytest.raises(Refused, match=r"Give the connection a name.*Type the name of the server"):
        connection("", "", "doorstep")
    with pytest.raises(Refused, match="written without spaces"):
        connection("Coast", "db.example?sslmode=disable", "doorstep")
