"""People as an administrator sees them: as what and where they work, and whether they come in."""

import re
from dataclasses import dataclass

from console.domain.refusals import Refused
from console.domain.words import Role, Word

NO_LOGIN_NAME = (
    "A login begins with a small letter and holds small letters, digits, dots and dashes, such as jo.bates."
)
SHORTEST_PASSWORD = 12
TOO_SHORT = (
    f"A password has at least {SHORTEST_PASSWORD} letters: three words that belong nowhere together do."
)
IS_LOGIN = "The password must not be the login."
_LOGIN = re.compile(r"(?!pg_|doorstep|public$|none$)[a-z][a-z0-9._@-]{0,62}")


def reasons_not_to_make(login: str) -> tuple[str, ...]:
    """Give why a server makes no such login; empty when it does. The database asks the same."""
    return () if _LOGIN.fullmatch(login) else (NO_LOGIN_NAME,)


def normalise_login(text: str) -> str:
    """Give a login as the server knows it; refused with why there is none such."""
    login = text.strip()
    if reasons := reasons_not_to_make(login):
        raise Refused(*reasons)
    return login


def reasons_not_to_take(password: str, login: str) -> tuple[str, ...]:
    """Give why a password will not do; empty when it will."""
    checks = (
        (len(password) < SHORTEST_PASSWORD, TOO_SHORT),
        (password.casefold() == login.casefold(), IS_LOGIN),
    )
    return tuple(words for is_reason, words in checks if is_reason)


@dataclass(frozen=True, slots=True)
class OwnLogin:
    """How somebody comes in at a secured database: with a password, or by other means."""

    login: str
    password: str | None = None

    @property
    def reasons_against(self) -> tuple[str, ...]:
        """Give why it will not do."""
        return reasons_not_to_take(self.password, self.login) if self.password is not None else ()

    def told(self, name: str) -> str:
        """Say that it was made."""
        how = "with the password that was given" if self.password else "by Kerberos, LDAP or a certificate"
        return f"{name} may sign in as {self.login}, {how}."


class Account(Word):
    """Whether somebody comes in."""

    ACTIVE = "active", "May sign in"
    NO_LOGIN = "no_login", "No login yet"
    RUN_OUT = "run_out", "Password has run out"
    DISABLED = "disabled", "Disabled"


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person."""

    id: int
    login: str
    name: str
    roles: tuple[Role, ...]
    hubs: tuple[str, ...]  # their codes
    account: Account
    is_me: bool
    registration: str | None = None
    mail: str | None = None


@dataclass(frozen=True, slots=True)
class Staffing:
    """Everybody of a service, and the hubs that there are, by code."""

    rows: tuple[StaffRow, ...]
    hubs: dict[str, str]
    has_logins: bool

    def hub_names(self, row: StaffRow) -> str:
        """Name the hubs of one person."""
        if row.hubs and len(row.hubs) == len(self.hubs) > 1:
            return "Every hub"
        return ", ".join(self.hubs.get(code, code) for code in row.hubs) or "No hub"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Who is to be added; without a password they come in by other means, or nobody is asked for one."""

    login: str
    name: str
    roles: tuple[Role, ...]
    hubs: tuple[str, ...]
    registration: str | None = None
    mail: str | None = None
    password: str | None = None


def matches(row: StaffRow, typed: str) -> bool:
    """Tell whether every part of what was typed is in the name, the login or a role."""
    there = " ".join((row.name, row.login, *(role.label for role in row.roles), row.account.label)).casefold()
    return all(part in there for part in typed.casefold().split())
