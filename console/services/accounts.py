"""Accounts: what an administrator does about people; at a secured database also about their logins."""

import datetime as dt
from collections.abc import Collection

from console.domain.acting import Actor
from console.domain.permissions import Deed, may, reasons_not_permitted
from console.domain.refusals import Refused
from console.domain.staff import OwnLogin
from console.domain.words import Role
from console.services import people
from console.services.basis import refuse
from db.engine import Database
from db.models import Staff, StaffHub, StaffRole
from db.queries import accounts, service
from db.unit_of_work import UnitOfWork

NEEDS_LOGIN = "Only a shared database that was installed gives people logins. See: main.py database install"


_EXAMPLE = "Such as: --database postgresql://LOGIN@host/name"
_A_LOGIN = {
    Role.SYSTEM: "a worker's login",
    Role.SERVICE_MANAGER: "a service manager's login",
    Role.ADMINISTRATOR: "an administrator's login",
}


def administrator(database: Database, device: str = "") -> Actor:
    """Give who acts on people: at a secured database the person whose login it is, else Doorstep itself."""
    if not database.capabilities.has_roles:
        return people.system(database, device)
    with database.read() as session:
        me = accounts.signed_in(session)
        roles = service.roles_of(session, me.id) if me else set()
    if me is None:  # whoever looks after the server, who adds the first of them
        return people.system(database, device)
    role = Role.ADMINISTRATOR if Role.ADMINISTRATOR in roles else next(iter(roles), Role.COORDINATOR)
    refuse(reasons_not_permitted(role, Deed.MANAGE_PEOPLE))
    return Actor(me.id, me.name, role, device)


def importing(database: Database, deed: Deed) -> Actor:
    """Give who takes a file in: at a secured database whose login it is, if they may; else Doorstep."""
    if not database.capabilities.has_roles:
        return people.system(database)
    with database.read() as session:
        me, is_worker = accounts.signed_in(session), accounts.is_worker(session)
        roles = service.roles_of(session, me.id) if me else {Role.SYSTEM} if is_worker else set()
    able = [role for role in Role if role in roles and may(role, deed)]
    if (me is not None or is_worker) and not able:
        whose = " or ".join(_A_LOGIN[role] for role in Role if may(role, deed))
        raise Refused(f"This login may not {deed.label}: run it with {whose} in the address. {_EXAMPLE}")
    if me is None:  # a worker, or whoever looks after the server
        return people.system(database)
    return Actor(me.id, me.name, able[0])


def let_in(database: Database, actor: Actor, now: dt.datetime, login: str, password: str | None) -> str:
    """Make a person's login, or give it another password; without one they come in by other means."""
    if not database.capabilities.has_roles:
        return _let_back(database, actor, now, login)
    own = OwnLogin(login, password)
    refuse(own.reasons_against)
    people.ask(database, actor, now, login, "let them in")
    with database.work(actor, now) as work:
        person = _person(work, login)
        accounts.let_in(work.session, login, password)
    return own.told(person.name)


def set_roles(database: Database, actor: Actor, now: dt.datetime, login: str, roles: tuple[Role, ...]) -> str:
    """Let a person have exactly these roles from now on."""
    if Role.SYSTEM in roles or not roles:
        raise Refused("A person has one or more of the roles of persons, and no other.")
    people.ask(database, actor, now, login, f"roles: {', '.join(role.label.lower() for role in roles)}")
    with database.work(actor, now) as work:
        person = _person(work, login)
        if Role.CLINICIAN in roles and not person.registration:
            raise Refused(people.NEEDS_REGISTRATION)
        if Role.PRACTITIONER in roles and service.practitioner_of(work.session, person.id) is None:
            raise Refused(people.NEEDS_WORK.format(name=person.name))
        if database.capabilities.has_roles:
            accounts.set_roles(work.session, login, roles)
        else:
            _put_roles(work, person, roles)
    return f"{person.name} acts as {', '.join(role.label.lower() for role in roles)} from now on."


def set_hubs(database: Database, actor: Actor, now: dt.datetime, login: str, codes: tuple[str, ...]) -> str:
    """Let a person see exactly these hubs from now on."""
    people.ask(database, actor, now, login, f"hubs: {', '.join(codes) or 'every hub'}")
    with database.work(actor, now) as work:
        person = _person(work, login)
        hubs = people.chosen_hubs(work, codes)
        if database.capabilities.has_roles:
            accounts.set_hubs(work.session, login, [hub.id for hub in hubs])
        else:
            _put_hubs(work, person, [hub.id for hub in hubs])
    return f"{person.name} sees {', '.join(hub.name for hub in hubs)} from now on."


def disable(database: Database, actor: Actor, now: dt.datetime, login: str) -> str:
    """Let a person in no more, and end what they have open."""
    people.ask(database, actor, now, login, "let them in no more")
    with database.work(actor, now) as work:
        person = _person(work, login)
        if database.capabilities.has_roles:
            accounts.disable(work.session, login)
        else:
            person.is_active = False
    ended = 0
    if database.capabilities.has_roles:
        # In a transaction of its own: until the first one is committed a console would come straight back.
        with database.work(actor, now) as work:
            ended = accounts.end_sessions(work.session, login)
    return f"{person.name} may not sign in any more." + (f" Connections ended: {ended}." if ended else "")


def _let_back(database: Database, actor: Actor, now: dt.datetime, login: str) -> str:
    """Where nobody has a login, only whoever was disabled can be let in."""
    with database.work(actor, now) as work:
        person = _person(work, login)
        if person.is_active:
            raise Refused(NEEDS_LOGIN)
        person.is_active = True
    return f"{person.name} may sign in again."


def _person(work: UnitOfWork, login: str) -> Staff:
    person = service.staff_by_login(work.session, login)
    if person is None or login == service.SYSTEM_LOGIN:
        raise Refused(f"There is nobody with the login {login}. See: main.py staff list")
    return person


def _put_roles(work: UnitOfWork, person: Staff, roles: Collection[Role]) -> None:
    has = {row.role: row for row in service.role_rows(work.session, person.id)}
    for role in has.keys() - set(roles):
        work.session.delete(has[role])
    for role in (one for one in roles if one not in has):
        work.add(StaffRole(staff_id=person.id, role=role))


def _put_hubs(work: UnitOfWork, person: Staff, hub_ids: Collection[int]) -> None:
    has = {row.hub_id: row for row in service.hub_rows(work.session, person.id)}
    for hub_id in has.keys() - set(hub_ids):
        work.session.delete(has[hub_id])
    for hub_id in (one for one in hub_ids if one not in has):
        work.add(StaffHub(staff_id=person.id, hub_id=hub_id))
