"""A server that lets this computer not in is told by its reason, with what to do next."""

import os
import shutil
import socket
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from console.domain.refusals import Unreachable
from db.engine import open_database
from db.scratch_server import Account
from db.upgrade import upgrade
from tests.support.postgresql import Server, running_server

RULES = """
host all sam 127.0.0.1/32 scram-sha-256
host all stranger 127.0.0.1/32 reject
host all all 127.0.0.1/32 trust
"""


@pytest.fixture(scope="module")
def strict(postgresql_server: Server) -> Iterator[Server]:
    """A server of this module's own, with logins that it does not let in, and with encryption."""
    with running_server() as server:
        with server.connect("postgres") as connection:
            connection.execute("CREATE ROLE sam LOGIN PASSWORD 'right'")
            connection.execute("CREATE ROLE retired NOLOGIN")
            connection.execute("CREATE ROLE many LOGIN CONNECTION LIMIT 0")
            connection.execute("CREATE ROLE outside LOGIN")
            connection.execute("CREATE DATABASE closed")
            connection.execute("REVOKE CONNECT ON DATABASE closed FROM public")
            [data] = connection.execute("SHOW data_directory").fetchone() or ("",)
            (Path(data) / "pg_hba.conf").write_text(RULES, encoding="utf-8")
            connection.execute("SELECT pg_reload_conf()")
        yield server


def refusal(url: str) -> str:
    """Give the sentence with which a database is not opened, neither to work with nor to upgrade."""
    with pytest.raises(Unreachable) as opening:
        open_database(url).close()
    with pytest.raises(Unreachable) as upgrading:
        upgrade(url)
    assert str(opening.value) == str(upgrading.value)
    return str(opening.value)


@pytest.mark.parametrize(
    ("login", "name", "sentence"),
    [
        ("sam:wrong", "postgres", "does not accept the login sam with this password"),
        ("sam", "postgres", "asks for the password of sam, and none is kept here"),
        ("nobody", "postgres", "has no login nobody"),
        ("retired", "postgres", "The login retired is disabled"),
        ("doorstep", "nowhere", "has no database nowhere. Check the address, or make it there: createdb"),
        ("outside", "closed", "may not use the database closed"),
        ("stranger", "postgres", "does not let stranger in from this computer"),
        ("many", "postgres", "open as it may have"),
        ("doorstep", "postgres?sslmode=require", "offers no encryption"),
    ],
)
def test_that_a_server_is_told_by_its_reason(strict: Server, login: str, name: str, sentence: str) -> None:
    told = refusal(f"postgresql://{login}@127.0.0.1:{strict.port}/{name}")
    assert sentence in told
    assert "wrong" not in told
    assert "127.0.0.1" in told or "closed" in told


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """Something on a port of this machine that answers one thing to whoever comes; yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    caller, _ = listener.accept()
                except OSError:
                    return
                with closing(caller):
                    caller.settimeout(5)
                    caller.recv(4096)
                    caller.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def error_response(state: str, words: str) -> bytes:
    """Give an error as PostgreSQL sends it."""
    fields = b"".join(
        kind + text.encode() + b"\0" for kind, text in ((b"S", "FATAL"), (b"C", state), (b"M", words))
    )
    return b"E" + struct.pack("!i", len(fields) + 5) + fields + b"\0"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (error_response("57P03", "the database system is starting up"), "is starting or stopping. Wait"),
        (error_response("57P03", "the database system is shutting down"), "is starting or stopping. Wait"),
        (error_response("53300", "sorry, too many clients already"), "has no connection left"),
        (error_response("28000", "das geht nicht"), "the server's log may say why"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "Check the host and port in the address"),
        (b"", "Check the host and port in the address"),
    ],
    ids=["starting", "stopping", "full", "another language", "web server", "breaks off"],
)
def test_that_a_server_that_is_not_ready_is_told(answer: bytes, sentence: str) -> None:
    with answering(answer) as port:
        assert sentence in refusal(f"postgresql://doorstep@127.0.0.1:{port}/doorstep?sslmode=disable")


def test_that_a_server_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    told = refusal(f"postgresql://doorstep@127.0.0.1:{port}/doorstep")
    assert told.startswith(f"The server 127.0.0.1:{port} cannot be reached: nothing takes connections there.")


def test_that_a_server_that_says_nothing_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://doorstep@127.0.0.1:{silent.getsockname()[1]}/doorstep"
        assert "cannot be reached: it does not answer" in refusal(url)


@pytest.fixture(scope="module")
def certified(strict: Server) -> Path:
    """Let the server encrypt with a certificate for another name; gives the authority to trust."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl here to make a certificate")
    with strict.connect("postgres") as connection:
        [data] = connection.execute("SHOW data_directory").fetchone() or ("",)
        key, certificate = Path(data) / "server.key", Path(data) / "server.crt"
        made = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=db.example"]
        made += ["-keyout", str(key), "-out", str(certificate), "-days", "2"]
        subprocess.run(made, check=True, capture_output=True)
        key.chmod(0o600)
        if account := Account.to_run_as():
            os.chown(key, account.uid, account.gid)
            os.chown(certificate, account.uid, account.gid)
        connection.execute("ALTER SYSTEM SET ssl = on")
        connection.execute("SELECT pg_reload_conf()")
    return certificate


def test_that_a_certificate_that_is_not_trusted_is_told(
    strict: Server, certified: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.crt"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=another authority"]
    made += ["-keyout", str(tmp_path / "other.key"), "-out", str(other), "-days", "2"]
    subprocess.run(made, check=True, capture_output=True)
    where = f"postgresql://doorstep@127.0.0.1:{strict.port}/postgres?sslmode=verify-full&sslrootcert="
    assert "no authority that this computer knows" in refusal(f"{where}{other}")
    assert "is made out to another name" in refusal(f"{where}{certified}")
    assert "trusted authority is not on this computer" in refusal(f"{where}{tmp_path / 'absent.crt'}")
