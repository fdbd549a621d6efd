"""How a way to a server on another computer is kept safe, whatever its address says.

A password goes to nobody but who knows it already: the certificate is checked with its name, the password is
proved by SCRAM, and SCRAM is bound to this very connection. An address can ask for more and never for less;
another means than a password is a setting of the computer, not a word of an address.
"""

import os
from collections.abc import Iterator
from ipaddress import ip_address

from sqlalchemy import URL

from console.domain.refusals import Refused
from db.connect import address, hosts

MEANS = {
    "scram": {
        "sslmode": "verify-full",
        "channel_binding": "require",
        "require_auth": "scram-sha-256",
        "gssencmode": "disable",
    },
    "kerberos": {"sslmode": "verify-full", "channel_binding": "disable", "require_auth": "gss"},
    "certificate": {
        "sslmode": "verify-full",
        "channel_binding": "disable",
        "require_auth": "none",
        "sslcertmode": "require",
        "gssencmode": "disable",
    },
    "ldap": {
        "sslmode": "verify-full",
        "channel_binding": "disable",
        "require_auth": "password",
        "gssencmode": "disable",
    },
}
"""By what a person comes in from another computer, and what the driver then insists on."""
NO_SUCH_MEANS = "The setting sign_in.means is {word}, which is none. Choose one of: {words}."
_OLDEST_TLS, _NEWEST_TLS = "TLSv1.2", "TLSv1.3"


def safe(url: str, means: str) -> str:
    """Give an address with all that a server on another computer must fulfil; a local one as it is."""
    if means not in MEANS:
        raise Refused(NO_SUCH_MEANS.format(word=means, words=", ".join(MEANS)))
    where = address(url)
    if where.get_backend_name() != "postgresql" or is_local(where):
        return url
    oldest = where.query.get("ssl_min_protocol_version")
    words = MEANS[means] | {"ssl_min_protocol_version": oldest if oldest == _NEWEST_TLS else _OLDEST_TLS}
    return _written(where.update_query_dict(words))


def is_local(where: URL) -> bool:
    """Tell whether every server of an address is on this computer: a path, or its own network address."""
    if "service" in where.query or os.environ.get("PGSERVICE"):
        return False  # a file says which server it is
    return all(_is_this_computer(name) for name in _names(where))


def _names(where: URL) -> Iterator[str]:
    """Every name and number under which the driver may look for the server; without one, a path."""
    told = (where.host or "", *_listed(where, "host"), *_listed(where, "hostaddr"))
    yield from told
    if not where.host and "host" not in where.query:
        yield from os.environ.get("PGHOST", "").split(",")
    if "hostaddr" not in where.query:
        yield from os.environ.get("PGHOSTADDR", "").split(",")


def _listed(where: URL, word: str) -> list[str]:
    named = where.query.get(word, ())
    return ",".join((named,) if isinstance(named, str) else named).split(",") if named else []


def _is_this_computer(name: str) -> bool:
    host, _, port = name.rpartition(":")
    plain = host if host and port.isdigit() and ":" not in host else name
    if plain in ("", "localhost") or plain[0] in "/@":
        return True
    try:
        return ip_address(plain.strip("[]")).is_loopback
    except ValueError:
        return False


def apart(url: str) -> tuple[str, str, bool]:
    """Take an address apart: without who signs in, the login, and whether a password stood in it."""
    where = address(url)
    plain = _written(where._replace(username=None, password=None))
    return plain, where.username or "", where.password is not None


def password_of(url: str) -> str:
    """Give the password that stands in an address, or nothing."""
    return str(address(url).password or "")


def with_login(url: str, login: str, password: str) -> str:
    """Give an address for this login, and with a password where there is one."""
    return _written(address(url)._replace(username=login, password=password or None))


def shown(url: str) -> str:
    """Name a database as a person reads it: the server and the database."""
    where = address(url)
    return f"{' and '.join(hosts(where)) or 'this computer'}/{where.database or ''}"


def _written(where: URL) -> str:
    return where.set(drivername="postgresql").render_as_string(hide_password=False)
