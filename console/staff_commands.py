"""The commands about people: who may sign in, as what, at which hubs, and with which login."""

import datetime as dt
import getpass
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from console.commands import DONE, Voice, address, opened
from console.domain.acting import Actor
from console.domain.refusals import Refused
from console.domain.staff import OwnLogin, reasons_not_to_take
from console.domain.words import Role
from db.engine import Database

NOT_THE_SAME = "The two passwords are not the same. Nothing was changed; try again."


def install(
    url: str | None,
    voice: Voice,
    *,
    file: Path | None,
    administrator: str | None,
    name: str | None,
    external: bool,
) -> int:
    """Make a secured database, as a superuser: roles, database, rights, service, first administrator.

    A service that is there is kept, unless a file is named.
    """
    from console.services import accounts, people, setup
    from console.services.clock import clock_of
    from db.install import install as make

    if url is None:
        raise Refused("Say where: --database postgresql://superuser@host/name")
    if administrator and not name:
        raise Refused("Say with --name what the first administrator is called.")
    # First, so that nothing is half done when two words that should be the same are not.
    password = _password(administrator) if administrator and not external else None
    make(address(url))
    voice.say("The roles and the database stand, with their rights.")
    with opened(url) as database:
        now = clock_of(database)()
        voice.say(setup.set_up(database, now, file))
        if administrator and name:
            by = accounts.administrator(database, platform.node())
            roles = (Role.ADMINISTRATOR,)
            own = OwnLogin(administrator, password)
            voice.say(people.add(database, now, login=administrator, name=name, roles=roles, by=by, own=own))
    return DONE


def list_staff(url: str | None, voice: Voice) -> int:
    """List who may sign in, and as what, then who can be sent and has no account."""
    from console.services.people import people
    from console.services.practitioners import described

    with opened(url) as database:
        work = described(database)
        for person in people(database):
            roles = ", ".join(role.label for role in person.roles)
            *_, words = work.pop(person.practitioner_id or 0, ("",))
            said = (person.login, person.name, roles, person.registration or "", words, person.mail or "")
            voice.say("\t".join(said).rstrip())
        for name, registration, words in work.values():
            voice.say(f"-\t{name}\tno account\t{registration}\t{words}")
    return DONE


def add_staff(
    url: str | None,
    voice: Voice,
    *,
    login: str,
    name: str,
    roles: list[str],
    registration: str | None,
    hubs: list[str],
    mail: str | None,
    external: bool,
    **work: Any,
) -> int:
    """Add a person, or give more roles and hubs to one who is there; `work` makes them a practitioner."""
    from console.services import accounts, people, practitioner_plan
    from console.services.clock import clock_of

    said = {"login": login, "name": name, "registration": registration, **work}
    plan = practitioner_plan.read(said) if any(work.values()) else None
    with opened(url) as database:
        now = clock_of(database)()
        by = accounts.administrator(database, platform.node())
        has_login = database.capabilities.has_roles
        password = _password(login) if has_login and not external else None  # before anything is done
        voice.say(
            people.add(
                database,
                now,
                login=login,
                name=name,
                roles=tuple(_role(role) for role in roles),
                registration=registration,
                hub_codes=tuple(hubs),
                practitioner=plan,
                mail=mail,
                by=by,
                own=OwnLogin(login, password),
            )
        )
    return DONE


def add_practitioner(url: str | None, voice: Voice, **said: Any) -> int:
    """Add a practitioner who has no account, or bring one who is there up to date."""
    from console.services import accounts, people, practitioner_plan
    from console.services.clock import clock_of

    plan = practitioner_plan.read(said)
    with opened(url) as database:
        by = accounts.administrator(database, platform.node())
        voice.say(people.add_practitioner(database, clock_of(database)(), plan, by))
    return DONE


def _role(word: str) -> Role:
    """Read a role; refuse a word that is none, naming those there are."""
    known = [role for role in Role if role is not Role.SYSTEM]
    if word not in known:
        raise Refused(f"There is no role {word}. Roles: {', '.join(known)}.")
    return Role(word)


def set_password(url: str | None, voice: Voice, *, login: str, external: bool) -> int:
    """Let a person in: with a new password, or by other means."""
    from console.services import accounts

    return _change(
        url,
        voice,
        lambda there, by, now: accounts.let_in(there, by, now, login, None if external else _password(login)),
    )


def set_roles(url: str | None, voice: Voice, *, login: str, roles: list[str]) -> int:
    """Let a person have exactly these roles."""
    from console.services import accounts

    chosen = tuple(_role(role) for role in roles)
    return _change(url, voice, lambda there, by, now: accounts.set_roles(there, by, now, login, chosen))


def set_hubs(url: str | None, voice: Voice, *, login: str, hubs: list[str]) -> int:
    """Let a person see exactly these hubs."""
    from console.services import accounts

    return _change(url, voice, lambda there, by, now: accounts.set_hubs(there, by, now, login, tuple(hubs)))


def disable(url: str | None, voice: Voice, *, login: str) -> int:
    """Let a person in no more."""
    from console.services import accounts

    return _change(url, voice, lambda there, by, now: accounts.disable(there, by, now, login))


def _change(url: str | None, voice: Voice, do: Callable[[Database, Actor, dt.datetime], str]) -> int:
    """Do it at the database, in the name of whoever asks."""
    from console.services import accounts
    from console.services.clock import clock_of

    with opened(url) as database:
        voice.say(do(database, accounts.administrator(database, platform.node()), clock_of(database)()))
    return DONE


def _password(login: str) -> str:
    """Ask for a new password, unseen and twice; a script gives it on one line of its input."""
    from console.services.basis import refuse

    if not sys.stdin.isatty():
        first = sys.stdin.readline().rstrip("\n")
    else:
        first = getpass.getpass(f"New password of {login}: ")
        if getpass.getpass("The same again: ") != first:
            raise Refused(NOT_THE_SAME)
    refuse(reasons_not_to_take(first, login))
    return first
