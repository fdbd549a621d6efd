"""People: who may sign in, and as what."""

import datetime as dt

from console.domain.acting import Actor
from console.domain.identifiers import normalise_mail
from console.domain.refusals import AsksWho, Refused
from console.domain.rows import Person
from console.domain.staff import OwnLogin, reasons_not_to_make
from console.domain.words import Role
from console.services import practitioners, setup
from console.services.basis import refuse
from console.services.practitioner_plan import PractitionerPlan
from console.services.service_file import PersonPlan
from db import left_lines
from db.engine import Database
from db.models import Hub, Staff
from db.queries import accounts, care, service
from db.unit_of_work import UnitOfWork
from db.wire import apart

NOBODYS = (
    "The login {login} is no person's of this service, or has no role in it. Sign in with your own, or ask an"
    " administrator to add you."
)
NEEDS_REGISTRATION = "A duty clinician needs a registration, because they sign and stand down by it."
NEEDS_WORK = practitioners.NEEDS_WORK


def people(database: Database) -> list[Person]:
    """Give everybody who may sign in, by name."""
    with database.read() as session:
        roles, hubs = care.roles_of_people(session), care.hubs_of_people(session)
        found = [
            Person(
                id=staff.id,
                login=staff.login,
                name=staff.name,
                roles=tuple(role for role in roles.get(staff.id, ()) if role is not Role.SYSTEM),
                hub_ids=tuple(hubs.get(staff.id, ())),
                practitioner_id=practitioner_id,
                registration=staff.registration,
                mail=staff.mail,
            )
            for staff, practitioner_id in care.people(session)
        ]
    return [person for person in found if person.roles]


def who_may_sign_in(database: Database) -> list[Person]:
    """Give among whom one may choose: where everybody has a login, it is the one person whose login it is."""
    if not database.capabilities.has_roles:
        return people(database)
    with database.read() as session:
        me = accounts.signed_in(session)
    found = [person for person in people(database) if me is not None and person.id == me.id]
    if not found:
        raise AsksWho(NOBODYS.format(login=apart(database.url)[1]))
    return found


def actor(person: Person, role: Role, device: str = "") -> Actor:
    """Let a person act in one of their roles."""
    if role not in person.roles:
        raise Refused(f"{person.name} does not act as {role.label.lower()} here.")
    return Actor(person.id, person.name, role, device)


def system(database: Database, device: str = "") -> Actor:
    """Give the actor of what no person does: imports and the timetable."""
    with database.read() as session:
        staff_id = service.system_staff_id(session)
    if staff_id is None:
        raise Refused("This database holds no service yet. Run: main.py setup")
    return Actor(staff_id, "Doorstep", Role.SYSTEM, device)


def ask(database: Database, actor: Actor, now: dt.datetime, login: str, what: str) -> None:
    """Say what is to be done about whom, in a transaction before: a refusal does not take that back.

    The database does nothing about people that was not said so. Elsewhere it refuses nobody.
    """
    if database.capabilities.has_roles:
        with database.work(actor, now) as work:
            left_lines.ask_about(work, login, what)


def add(
    database: Database,
    now: dt.datetime,
    *,
    login: str,
    name: str,
    roles: tuple[Role, ...],
    registration: str | None = None,
    hub_codes: tuple[str, ...] = (),
    practitioner: PractitionerPlan | None = None,
    mail: str | None = None,
    by: Actor | None = None,
    own: OwnLogin | None = None,
) -> str:
    """Add a person, or give one who is there more roles and hubs; without codes it is every hub.

    `mail` is where their reminders go. `practitioner` says what they are when they can be sent; the role
    practitioner cannot do without. `by` is who adds them, else Doorstep itself. `own` is the login that a
    secured database makes for them in the same transaction; elsewhere nobody has one.
    """
    if Role.SYSTEM in roles or login == service.SYSTEM_LOGIN:
        raise Refused("Doorstep itself is nobody's account: choose another login and role.")
    if Role.CLINICIAN in roles and not registration:
        raise Refused(NEEDS_REGISTRATION)
    has_roles = database.capabilities.has_roles
    refuse(own.reasons_against if own else ())
    if has_roles:
        refuse(reasons_not_to_make(login))
        said = ", ".join(role.label.lower() for role in roles)
        ask(database, by or system(database), now, login, f"add them, as {said}")
    address = normalise_mail(mail) if mail else None
    plan = PersonPlan(login, name, roles, hub_codes, registration, practitioner, address)
    with database.work(by or system(database), now) as work:
        chosen = chosen_hubs(work, hub_codes)
        put = _put_with_login if has_roles else setup.add_person
        staff = put(work, plan, chosen)
        who = service.practitioner_of(work.session, staff.id)
        if Role.PRACTITIONER in roles and who is None:
            raise Refused(NEEDS_WORK.format(name=name))
        if has_roles and own is not None:
            accounts.let_in(work.session, login, own.password)
    told = [f"{name} may sign in as {', '.join(role.label.lower() for role in roles)}."]
    if who is not None:
        told.append(practitioners.sentence(who))
    if has_roles and own is not None:
        told.append(own.told(name))
    return " ".join(told)


def chosen_hubs(work: UnitOfWork, codes: tuple[str, ...]) -> tuple[Hub, ...]:
    """Give the hubs with these codes; without codes it is every hub."""
    hubs = {hub.code: hub for hub in service.hubs(work.session)}
    if unknown := [code for code in codes if code not in hubs]:
        raise Refused(f"There is no hub with the code {unknown[0]}. Hubs: {', '.join(hubs)}.")
    return tuple(hubs[code] for code in codes) or tuple(hubs.values())


def _put_with_login(work: UnitOfWork, person: PersonPlan, hubs: tuple[Hub, ...]) -> Staff:
    """Do the same at a secured database: there people, roles and hubs change by its own functions only."""
    session = work.session
    known = service.staff_by_login(session, person.login)
    key = accounts.put(session, person.login, person.name, person.registration, person.mail)
    roles = service.roles_of(session, key) | set(person.roles)
    has_hubs = service.hub_ids_of(session, key) | {hub.id for hub in hubs}
    accounts.set_roles(session, person.login, [role for role in Role if role in roles])
    accounts.set_hubs(session, person.login, sorted(has_hubs))
    if person.practitioner is not None:
        practitioners.put(work, person.practitioner)
    if known is not None:
        session.refresh(known)
    return work.get(Staff, key)


def add_practitioner(
    database: Database, now: dt.datetime, plan: PractitionerPlan, by: Actor | None = None
) -> str:
    """Add somebody who can be sent and has no account, or bring one who is there up to date."""
    with database.work(by or system(database), now) as work:
        return practitioners.sentence(practitioners.put(work, plan))
