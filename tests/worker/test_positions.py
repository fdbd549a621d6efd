"""The endpoint of positions, by real HTTP on this machine and on both databases."""

import datetime as dt
import json
import logging
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from console.domain.refusals import Refused
from console.services import devices
from console.services.clock import clock_of
from console.services.desk import Desk
from console.services.people import system
from console.worker.positions import bounded
from console.worker.positions.app import MOST_BYTES
from console.worker.positions.endpoint import Listening, listening
from console.worker.positions.rate import Rate
from db.engine import open_database
from db.models import Position
from tests.services import reminding
from tests.services.team import Team, build
from tests.services.test_devices import off_duty
from tests.support.feeds import following
from tests.support.mail_server import wait_until
from tests.support.worker import worker
from tests.worker.telling import Teller

ANY = Listening(port=0)


@pytest.fixture
def team(database_url: str) -> Iterator[Team]:
    """The small service, now, on each dialect: devices tell the time of this machine."""
    database = open_database(database_url)
    made = build(database, database.server_now())
    reminding.let_doorstep_act(made)
    yield made
    database.close()


@pytest.fixture
def token(team: Team) -> str:
    """The token of Sam's telephone."""
    return devices.add(team.database, team.clock(), practitioner="Sam Hill", label="telephone")[1]


@contextmanager
def endpoint(team: Team, rate: Rate | None = None, where: Listening = ANY) -> Iterator[Teller]:
    desk = Desk(team.database, system(team.database, "worker"), clock_of(team.database))
    with listening(desk.positions.take, where, rate) as (host, port):
        yield Teller(port, host)


def kept(team: Team) -> list[Position]:
    with team.database.read() as session:
        return session.query(Position).order_by(Position.id).all()


def counted(team: Team) -> str:
    return " ".join(devices.describe(team.database, team.database.server_now()))


def test_that_each_program_is_understood_and_answered_as_it_wants(team: Team, token: str) -> None:
    now = int(time.time())
    at = dt.datetime.fromtimestamp(now, dt.UTC)
    forwarded = {
        "position": {
            "latitude": 51.1,
            "longitude": 1.2,
            "fixTime": (at - dt.timedelta(seconds=30)).isoformat(),
        },
        "device": {"uniqueId": token},
    }
    client = {
        "location": {"timestamp": at.isoformat(), "coords": {"latitude": 51.2, "longitude": 1.3}},
        "device_id": token,
    }
    with endpoint(team) as tell:
        first = tell.owntracks(token, tst=now - 60)
        assert (first.status, first.body) == (200, b"[]")
        assert tell.ask("POST", "/positions", json.dumps(forwarded).encode()).status == 200
        query = f"/positions?id={token}&lat=51.15&lon=1.25&timestamp={now - 20}"
        assert tell.ask("GET", query).status == 200
        in_path = json.dumps({"_type": "location", "lat": 51.16, "lon": 1.26, "tst": now - 10}).encode()
        assert tell.ask("POST", f"/positions/{token}", in_path).status == 200
        headers = {"Authorization": f"Bearer {token}"}
        assert tell.ask("POST", "/positions", json.dumps(client).encode(), headers).status == 200
        assert tell.ask("POST", "/positions", b"").body == b"[]"
    assert [one.source for one in kept(team)] == [
        "OwnTracks", "Traccar", "OsmAnd", "OwnTracks", "Traccar Client",
    ]  # fmt: skip
    assert "5 kept; 1 without a position in them" in counted(team)


def test_that_each_wrong_message_has_its_status_and_is_counted_and_none_is_kept(
    team: Team, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    now = int(time.time())
    with endpoint(team) as tell:
        answers = {
            "foreign": tell.owntracks("x" * 43),
            "future": tell.owntracks(token, tst=now + 600),
            "too_old": tell.owntracks(token, tst=now - 3700),
            "no_place": tell.owntracks(token, lat=91),
            "swapped": tell.owntracks(token, lat=1.17, lon=51.08),
            "malformed": tell.ask("POST", "/positions", b"{nonsense"),
            "too_large": tell.ask("POST", "/positions", b"{" + b" " * MOST_BYTES),
            "elsewhere": tell.ask("GET", "/admin"),
        }
    statuses = {word: one.status for word, one in answers.items()}
    assert statuses == {
        "foreign": 401, "future": 422, "too_old": 422, "no_place": 422, "swapped": 422,
        "malformed": 400, "too_large": 413, "elsewhere": 404,
    }  # fmt: skip
    assert {word: one.refused for word, one in answers.items()} == {word: word for word in answers}
    assert kept(team) == []
    for words in (
        "1 with a token that is no device's",
        "1 from the future",
        "1 not understood",
        "1 too large",
    ):
        assert words in counted(team)
    said = " ".join(record.getMessage() for record in caplog.records)
    for secret in (token, "x" * 43, "51.08", "127.0.0.1"):
        assert secret not in said


def test_that_a_replayed_position_is_refused_and_off_duty_nothing_is_kept(team: Team, token: str) -> None:
    at = int(time.time())
    with endpoint(team) as tell:
        assert tell.owntracks(token, tst=at).status == 200
        assert tell.owntracks(token, tst=at).status == 409
        assert tell.owntracks(token, tst=at - 30).status == 409
        assert tell.owntracks(token, tst=at).status == 202
        off_duty(team, "sam")
        answer = tell.owntracks(token, tst=at + 1)
        assert (answer.status, answer.refused) == (403, "off_duty")
    assert len(kept(team)) == 1


def test_that_a_program_which_repeats_what_was_refused_is_let_go_and_still_nothing_is_kept(
    team: Team, token: str
) -> None:
    """OwnTracks tells nothing newer before the oldest in its queue is taken."""
    off_duty(team, "sam")
    at = int(time.time())
    with endpoint(team) as tell:
        answers = [tell.owntracks(token, tst=at) for _ in range(3)]
        assert [one.status for one in answers] == [403, 202, 202]
        assert [one.body for one in answers[1:]] == [b"[]", b"[]"]
        assert tell.owntracks(token, tst=at + 1).status == 403, "another message is refused as the first was"
        foreign = [tell.owntracks("x" * 43, tst=at).status for _ in range(3)]
        assert foreign == [401, 401, 401]
    assert kept(team) == []
    assert "4 of people off duty" in counted(team)


def test_that_a_device_that_tells_too_often_is_told_to_wait(team: Team, token: str) -> None:
    now = int(time.time())
    with endpoint(team, Rate(burst=2, per_second=0.001)) as tell:
        assert [tell.owntracks(token, tst=now - 9 + n).status for n in range(3)] == [200, 200, 429]
        assert tell.owntracks("y" * 43).status == 401, "one device does not stop another"


def test_that_a_position_is_on_a_console_s_board_within_a_moment(team: Team, token: str) -> None:
    hubs = [team.ids["folkestone"]]
    with endpoint(team) as tell, following(team.database, hubs, team.database.server_now) as board:
        assert tell.owntracks(token, lat=51.09).status == 200
        board.wait_until(lambda: board.rows["practitioners"][team.ids["sam"]].lat == 51.09)


def test_that_a_slow_sender_is_let_go_and_others_are_answered_meanwhile(
    team: Team, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "ARRIVES_WITHIN_S", 0.3)
    with endpoint(team) as tell:
        slow = [socket.create_connection((tell.host, tell.port)) for _ in range(3)]
        slow[1].sendall(b"POST /positions HTTP/1.1\r\nHost: a\r\n")
        slow[2].sendall(b"POST /positions HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")
        assert tell.owntracks(token).status == 200
        for one in slow:
            one.settimeout(20)
            try:
                assert one.recv(100) == b""
            except ConnectionResetError:
                continue
            finally:
                one.close()


def test_that_more_connections_than_are_allowed_are_turned_away(
    team: Team, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "MOST_CONNECTIONS", 2)
    with endpoint(team) as tell:
        held = [socket.create_connection((tell.host, tell.port)) for _ in range(2)]
        wait_until(lambda: _is_turned_away(tell))
        for one in held:
            one.close()
        wait_until(lambda: not _is_turned_away(tell))
        assert tell.owntracks(token).status == 200


def _is_turned_away(tell: Teller) -> bool:
    try:
        return tell.ask("GET", "/nowhere").status != 404
    except OSError:
        return True


def test_that_it_speaks_https_with_a_certificate(team: Team, token: str, tmp_path: Path) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    chain.write_bytes(b"".join(one.bytes() for one in certificate.cert_chain_pems))
    key.write_bytes(certificate.private_key_pem.bytes())
    where = Listening(port=0, certificate_file=str(chain), key_file=str(key))
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with endpoint(team, where=where) as tell:
        plain = socket.create_connection((tell.host, tell.port))
        with trusting.wrap_socket(plain, server_hostname="127.0.0.1") as line:
            body = json.dumps({"_type": "location", "lat": 51.08, "lon": 1.17}).encode()
            line.sendall(
                f"POST /positions/{token} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            assert line.recv(100).startswith(b"HTTP/1.1 200")


def test_that_nothing_is_taken_unencrypted_from_other_computers(team: Team, tmp_path: Path) -> None:
    for where, words in (
        (Listening(address="0.0.0.0", port=0), "must not travel unencrypted"),  # noqa: S104 - it is refused
        (Listening(port=0, certificate_file=str(tmp_path / "gone.pem")), "There is no file gone.pem"),
    ):
        with pytest.raises(Refused, match=words), endpoint(team, where=where):
            pass


def test_that_a_port_that_is_taken_is_told(team: Team) -> None:
    with (
        endpoint(team) as tell,
        pytest.raises(Refused, match=r"State another positions\.port"),
        endpoint(team, where=Listening(port=tell.port)),
    ):
        pass


def test_that_a_worker_takes_positions_where_it_is_told_to(postgresql_url: str, tmp_path: Path) -> None:
    database = open_database(postgresql_url)
    team = build(database, database.server_now())
    reminding.let_doorstep_act(team)
    _, token = devices.add(database, team.clock(), practitioner="Sam Hill", label="telephone")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path / "worker"
    home.mkdir()
    (home / "doorstep.toml").write_text(f"[positions]\nlisten = true\nport = {port}\n", encoding="utf-8")
    with worker(postgresql_url, "one", home) as one:
        wait_until(lambda: "worker one is at work" in one.said, 40)
        assert Teller(port).owntracks(token).status == 200
        assert one.stop() == 0
        assert f"positions are taken at port {port}" in one.said
        assert token not in one.said
    assert len(kept(team)) == 1
    assert "1 kept" in counted(team)
    database.close()
