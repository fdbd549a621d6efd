"""Why PostgreSQL did not let this computer in: the driver's words, turned into what to do next."""

import re

from sqlalchemy import URL
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from console.domain.refusals import Away, Unreachable
from db.connect import hosts
from db.errors import told

PASSWORD_PLACES = "the file that DOORSTEP_CREDENTIALS names, the keyring, or ~/.pgpass"  # noqa: S105 - no password

STARTING = r"starting up|shutting down|recovery mode|not (yet )?accepting connections"
FULL = r"too many clients|too many connections|connection slots are reserved"
STANDING_BY = r"session is read-only|server is in hot standby mode"
NOTHING_THERE = r"Connection refused|No such file or directory"
SILENT = r"timeout expired|timed out|No route to host|Network is unreachable|Host is down"
COME_BACK = (STARTING, STANDING_BY, FULL, NOTHING_THERE, SILENT)
"""What ends without anybody at this computer: the others ask for a password, an address, a right."""

# Tried in this order: where several addresses were tried, what a server answered says more than silence.
# The server writes its reasons in its own language; those that are not known end in the last sentence.
SENTENCES = {
    r"password authentication failed|authentication failed for user": (
        "The server {server} does not accept the login {login} with this password. Correct it where it"
        f" is kept: {PASSWORD_PLACES}."
    ),
    r"no password supplied": (
        "The server {server} asks for the password of {login}, and none is kept here. Keep it in one of"
        f" these: {PASSWORD_PLACES}."
    ),
    r"role .* does not exist|not permitted to log in": (
        "The server {server} has no login {login}, or it may not be used. Check the address, or ask"
        " whoever looks after the server to make it."
    ),
    r"database .* does not exist": (
        "The server {server} has no database {name}. Check the address, or make it there: createdb"
        " --owner={login} {name}"
    ),
    r"permission denied for database": (
        "The login {login} may not use the database {name}. Ask its owner to grant CONNECT."
    ),
    r"no pg_hba\.conf entry|pg_hba\.conf rejects": (
        "The server {server} does not let {login} in from this computer. Ask whoever looks after the"
        " server to allow it in pg_hba.conf; it may also ask for encryption (sslmode)."
    ),
    STARTING: ("The server {server} is starting or stopping. Wait a minute and try again."),
    STANDING_BY: (
        "No server of this address takes changes: {server}. One of them may be about to take over. Wait a"
        " minute and try again, or ask whoever looks after the servers."
    ),
    FULL: (
        "The server {server} has no connection left. Close consoles that nobody uses, or ask whoever"
        " looks after the server to allow more; then try again."
    ),
    r"does not match host name": (
        "The certificate of {server} is made out to another name. Put the name that is in the"
        " certificate into the address; if it is right already, do not connect, and ask whoever looks"
        " after the server."
    ),
    r"root certificate file": (
        "The file with the trusted authority is not on this computer. Name it with sslrootcert in the"
        " address."
    ),
    r"certificate verify failed|unknown ca|certificate .*expired": (
        "The certificate of {server} is not trusted here, or has run out. Name the authority that"
        " signed it with sslrootcert in the address; if that is right already, ask whoever looks after"
        " the server."
    ),
    r"does not support SSL": (
        "The server {server} offers no encryption, and the address asks for it. Ask whoever looks after"
        " the server to switch it on."
    ),
    r"failed to resolve host|could not translate host name": (
        "The name of the server {server} cannot be found. Check it in the address, and this computer's"
        " network."
    ),
    NOTHING_THERE: (
        "The server {server} cannot be reached: nothing takes connections there. Check that PostgreSQL"
        " runs, and the host and port in the address."
    ),
    SILENT: (
        "The server {server} cannot be reached: it does not answer. Check this computer's network, the"
        " host and port in the address, and firewalls on the way."
    ),
    r"": (
        "The server {server} cannot be reached, or breaks off. Check the host and port in the address;"
        " the server's log may say why."
    ),
}


def not_opened(error: SQLAlchemyError, where: URL) -> Exception:
    """Return what to raise when a database could not be opened."""
    # Whoever is in gets a state with every error; before that there are words only.
    if not isinstance(error, OperationalError) or getattr(error.orig, "sqlstate", "") is not None:
        return told(error)
    words = str(error.orig)
    pattern = next(pattern for pattern in SENTENCES if re.search(pattern, words))
    kind = Away if pattern in COME_BACK else Unreachable
    return kind(
        SENTENCES[pattern].format(
            server=" and ".join(hosts(where)) or "on this computer",
            login=where.username or "of this account",
            name=where.database or "of this login",
        )
    )
