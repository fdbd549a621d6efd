"""What a person says at the sign-in: at which database, who they are, and by which password."""

import enum
import re
from dataclasses import dataclass, field

from console.domain.refusals import Refused

SIGN_IN = "Type your login and your password."
NO_NAME = "Give the connection a name, such as Folkestone."
NO_SERVER = "Type the name of the server, as it stands in its certificate, such as db.example.nhs.uk."
NO_DATABASE = "Type the name of the database, such as doorstep."
NOT_PLAIN = "Server, database and file are written without spaces and without any of ? & # @ %."
_PLAIN = re.compile(r"[^\s?&#@%]*")


@dataclass(frozen=True, slots=True)
class Connection:
    """A database that this computer knows by name; its address holds no password."""

    name: str
    address: str
    login: str = ""  # of whoever it is kept for


@dataclass(frozen=True, slots=True)
class Entry:
    """Who wants to come in where; the password stands in no picture of it, also not in a fault's."""

    address: str
    login: str
    password: str = field(default="", repr=False)
    keeps: bool = False


class Proof(enum.Enum):
    """How somebody shows once more who they are, before a covered window is uncovered."""

    PASSWORD = "password"  # noqa: S105 - the server asks for it
    LOGIN = "login"  # the server lets the login in without one: by Kerberos, a certificate, or trust
    CHOICE = "choice"  # nobody is asked for anything here


def connection(name: str, server: str, database: str, authority: str = "") -> Connection:
    """Make a connection of what was typed; Refused says what is missing."""
    checks = ((name, NO_NAME), (server, NO_SERVER), (database, NO_DATABASE))
    if missing := [words for typed, words in checks if not typed.strip()]:
        raise Refused(*missing)
    parts = [part.strip() for part in (server, database, authority)]
    if not all(_PLAIN.fullmatch(part) for part in parts):
        raise Refused(NOT_PLAIN)
    server, database, authority = parts
    trusted = f"?sslrootcert={authority}" if authority else ""
    return Connection(name.strip(), f"postgresql://{server}/{database}{trusted}")
