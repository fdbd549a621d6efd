"""Why PostgreSQL did not let this computer in: the driver's words, turned into what to do next."""

import re

from sqlalchemy import URL
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from console.domain.refusals import Away, Unreachable
from db.certificate import Flaw, flaw_of
from db.connect import hosts
from db.errors import told

PASSWORD_PLACES = "the file that DOORSTEP_CREDENTIALS names, the keyring, or ~/.pgpass"  # noqa: S105 - no password

STARTING = r"starting up|shutting down|recovery mode|not (yet )?accepting connections"
FULL = r"too many clients|too many connections|connection slots are reserved"
STANDING_BY = r"session is read-only|server is in hot standby mode"
NOTHING_THERE = r"Connection refused|No such file or directory"
SILENT = r"timeout expired|timed out|No route to host|Network is unreachable|Host is down"
OWN_FULL = r"too many connections for role"
COME_BACK = (STARTING, STANDING_BY, OWN_FULL, FULL, NOTHING_THERE, SILENT)
"""What ends without anybody at this computer: the others ask for a password, an address, a right."""

# Tried in this order: where several addresses were tried, what a server answered says more than silence.
# The server writes its reasons in its own language; those that are not known end in the last sentence.
REJECTED = r"password authentication failed|authentication failed for user"
NO_PASSWORD = r"no password supplied"  # noqa: S105 - the driver's words
NO_SUCH_NAME = r"failed to resolve host|could not translate host name"
UNTRUSTED = r"certificate verify failed|unknown ca|certificate .*expired"
SENTENCES = {
    r"has been banned|account is locked|too many (failed|wrong)": (
        "The server {server} has locked the login {login} after too many wrong passwords. Wait until it lets"
        " you in again, or ask whoever looks after the server."
    ),
    REJECTED: (
        "The server {server} does not accept the login {login} with this password. Correct it where it"
        f" is kept: {PASSWORD_PLACES}."
    ),
    r"channel binding|authentication method requirement": (
        "The server {server} does not prove that it knows the password of {login}, so it was not used. Ask"
        " whoever looks after the server to ask for scram-sha-256 in pg_hba.conf, and to give you a new"
        " password if yours is older than that."
    ),
    NO_PASSWORD: (
        "The server {server} asks for the password of {login}, and none is kept here. Keep it in one of"
        f" these: {PASSWORD_PLACES}."
    ),
    r"not permitted to log in": (
        "The login {login} is disabled at {server}. Ask an administrator of the service to let it in again."
    ),
    r"role .* does not exist": (
        "The server {server} has no login {login}. Check how it is written, or ask an administrator of the"
        " service to add it."
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
    OWN_FULL: (
        "The login {login} has as many connections to {server} open as it may have. Close Doorstep on other"
        " computers where you are signed in, then try again."
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
    UNTRUSTED: (
        "The certificate of {server} is not trusted here: no authority that this computer knows has signed"
        " it. Name the right one with sslrootcert in the address; if it is named, do not connect, and ask"
        " whoever looks after the server."
    ),
    r"does not support SSL": (
        "The server {server} offers no encryption, and the address asks for it. Ask whoever looks after"
        " the server to switch it on."
    ),
    NO_SUCH_NAME: (
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


# What is said instead to a person who has typed login and password just now.
TYPED = {
    REJECTED: (
        "The server {server} does not accept the login {login} with this password. Check both and type them"
        " again. If they are right, the password may have run out, or nobody has this login: ask an"
        " administrator of the service for a new password."
    ),
    NO_PASSWORD: "The server {server} asks for the password of {login}. Type it.",
}
# Why a certificate is not trusted, where more can be found out than the driver says.
FLAWS = {
    Flaw.RUN_OUT: (
        "The certificate of {server} has run out. Do not connect; ask whoever looks after the server to"
        " renew it."
    ),
    Flaw.TOO_EARLY: (
        "The certificate of {server} is not valid yet. Check the date and time of this computer; if they are"
        " right, ask whoever looks after the server."
    ),
}


def not_opened(error: SQLAlchemyError, where: URL, *, is_typed: bool = False) -> Exception:
    """Return what to raise when a database could not be opened; `is_typed` by who typed their password."""
    # Whoever is in gets a state with every error; before that there are words only.
    if not isinstance(error, OperationalError) or getattr(error.orig, "sqlstate", "") is not None:
        return told(error)
    words = str(error.orig)
    return refused_in(words, where, is_typed=is_typed)


def refused_in(words: str, where: URL, *, is_typed: bool = False) -> Exception:
    """Return what to raise for the driver's words about an address."""
    pattern = next(pattern for pattern in SENTENCES if re.search(pattern, words))
    sentence = TYPED.get(pattern, SENTENCES[pattern]) if is_typed else SENTENCES[pattern]
    if pattern == UNTRUSTED and (flaw := flaw_of(where)) in FLAWS:
        sentence = FLAWS[flaw]
    kind = Away if pattern in COME_BACK else Unreachable
    return kind(
        sentence.format(
            server=" and ".join(hosts(where)) or "on this computer",
            login=where.username or "of this account",
            name=where.database or "of this login",
        )
    )
