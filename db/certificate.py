"""What is wrong with a server's certificate: the driver says no more than that it is not trusted."""

import enum
import socket
import ssl
import struct
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL

from db.connect import hosts

_WITHIN_S = 2.0
_ASKS_FOR_TLS = struct.pack("!ii", 8, 80877103)  # PostgreSQL speaks it only once it is asked to
_PORT = 5432


class Flaw(enum.Enum):
    """Why a certificate is not trusted."""

    RUN_OUT = 10  # the numbers are OpenSSL's
    TOO_EARLY = 9


def flaw_of(where: URL) -> Flaw | None:
    """Look at the certificate of the first server of an address; None where it has neither flaw."""
    authority = _text(where, "sslrootcert")
    own = Path.home() / ".postgresql" / "root.crt"
    trusted = authority or (str(own) if own.is_file() else "")
    with suppress(OSError, ValueError):
        context = ssl.create_default_context(cafile=trusted if trusted not in ("", "system") else None)
        context.check_hostname = False  # that the name fits is another question
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # newer Pythons are stricter than the driver is
        host, port = _first(where)
        with socket.create_connection((host, port), _WITHIN_S) as way:
            way.sendall(_ASKS_FOR_TLS)
            if way.recv(1) != b"S":
                return None
            try:
                context.wrap_socket(way).close()
            except ssl.SSLCertVerificationError as wrong:
                return next((flaw for flaw in Flaw if flaw.value == wrong.verify_code), None)
    return None


def _first(where: URL) -> tuple[str, int]:
    named = (hosts(where) or ["localhost"])[0]
    host, _, port = named.rpartition(":")
    is_numbered = bool(host) and port.isdigit()
    told = _text(where, "port").split(",")[0]
    number = _text(where, "hostaddr").split(",")[0]
    name = host if is_numbered else named
    return number or name, int(port) if is_numbered else int(told or _PORT)


def _text(where: URL, word: str) -> str:
    said = where.query.get(word, "")
    return said if isinstance(said, str) else ",".join(said)
