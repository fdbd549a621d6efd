"""How a person comes from this computer to a database: by which address, as whom, and with which password."""

import hmac

from console import secrets, settings
from console.domain.refusals import AsksWho, Away, Refused, Unreachable
from console.domain.sign_in import SIGN_IN, Connection, Entry
from db import wire
from db.engine import Database, open_database

NO_LOGIN = "Type your login, such as jo.bates."
SPEAKS_OUT = (
    "The address of the connection {name} holds a password, which everybody could read. Take it out of"
    " doorstep.toml."
)
NO_ADDRESS = (
    "The connection {name} has no address of a shared database. Correct it in doorstep.toml, such as"
    " postgresql://db.example/doorstep."
)
NOT_KEPT = (
    "You are signed in, but this computer has no keyring that can be used: the password is not kept. Your"
    " administrator can set one up."
)
AWAY_AND_UNKNOWN = (
    "The database cannot be reached, and without it nobody can tell whether the password is yours. Open the"
    " downtime pack meanwhile, and try again."
)
WRONG_WHILE_AWAY = (
    "The database cannot be reached, and this is not the password with which you signed in. Type it again."
)


def where(url: str | None) -> str:
    """Give the address of the named database, or of this machine's, with the password that is kept for it."""
    return secrets.with_password(_safe(url or _setting_url()))


def _setting_url() -> str:
    try:
        return settings.database_url()
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong


def _safe(url: str) -> str:
    """Let no address ask for less than what keeps a password safe on its way."""
    if not url.startswith("postgresql"):
        return url
    try:
        return wire.safe(url, str(settings.machine("sign_in.means")))
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong


def connections(url: str | None) -> list[Connection]:
    """Give the databases among which one may choose: those of the settings, and the one that was named."""
    try:
        kept = settings.machine("connections")
        named = url or str(settings.machine("database"))
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong
    found = [_read(name, address) for name, address in kept.items()] if isinstance(kept, dict) else []
    if named.startswith("postgresql"):
        its = _read("", named)
        same = next((one for one in found if one.address == its.address), None)
        rest = [one for one in found if one is not same]
        found = [Connection(same.name if same else wire.shown(named), its.address, its.login), *rest]
    return found


def _read(name: str, address: object) -> Connection:
    if not isinstance(address, str) or not address.startswith("postgresql"):
        raise Refused(NO_ADDRESS.format(name=name))
    plain, login, has_password = wire.apart(address)
    if has_password and name:
        raise Refused(SPEAKS_OUT.format(name=name))
    return Connection(name, plain, login)


def open_as_named(url: str | None) -> Database:
    """Open a shared database by what is known of who asks; AsksWho where a person has to say it."""
    where_to = where(url)
    if not wire.apart(where_to)[1]:
        raise AsksWho(SIGN_IN)
    try:
        return open_database(where_to)
    except Away:
        raise
    except Unreachable as why:
        raise AsksWho(*why.reasons) from None


def asks_first(url: str | None) -> bool:
    """Tell whether nobody said which database it is, and there are some to choose from."""
    return url is None and not str(settings.machine("database")) and bool(settings.machine("connections"))


def enter(entry: Entry) -> tuple[Database, str]:
    """Let a person in; gives the database, and what there is to say besides."""
    if not entry.login.strip():
        raise Refused(NO_LOGIN)
    plain = wire.with_login(entry.address, entry.login.strip(), "")
    kept_as = _safe(plain)
    url = wire.with_login(kept_as, entry.login.strip(), entry.password)
    database = open_database(url if entry.password else secrets.with_password(kept_as), is_typed=True)
    try:
        return database, _keep(plain, entry)
    except BaseException:
        database.close()
        raise


def _keep(plain: str, entry: Entry) -> str:
    """Keep the password, where that was asked; one that was kept before goes where it was not."""
    if entry.keeps and entry.password:
        return "" if secrets.keep_password(plain, entry.password) else NOT_KEPT
    if not entry.keeps:
        secrets.forget_password(plain)
    return ""


def prove(database: Database, password: str) -> None:
    """Refuse whoever cannot sign in once more with this password, by the same login at the same server.

    While the server is away the password with which this database was opened is the measure.
    """
    login, known = wire.apart(database.url)[1], wire.password_of(database.url)
    try:
        open_database(wire.with_login(database.url, login, password), is_typed=True).close()
    except Away:
        if not known:
            raise Refused(AWAY_AND_UNKNOWN) from None
        if not hmac.compare_digest(known.encode(), password.encode()):
            raise Refused(WRONG_WHILE_AWAY) from None
