"""Sets a service up from its file; repeating brings it up to date and makes nothing twice."""

import datetime as dt
import getpass
from pathlib import Path
from typing import Any

from console.domain.acting import Actor
from console.domain.refusals import Refused
from console.domain.words import Role
from console.services import practitioners, service_file, site
from console.services.service_file import HubPlan, PersonPlan, PracticePlan
from console.settings import REGISTRY, Scope
from db.engine import Database
from db.models import (
    Hub,
    HubHours,
    Practice,
    Setting,
    Staff,
    StaffHub,
    StaffRole,
)
from db.queries import care, service
from db.unit_of_work import UnitOfWork

# Whoever sets a service up can begin and add the others; clinicians are added with their registration.
_FIRST_ROLES = (Role.COORDINATOR, Role.SERVICE_MANAGER, Role.ADMINISTRATOR)
_NOBODY_YET = Actor(0, "Doorstep", Role.SYSTEM)
KEPT = "{name} is kept as it is, with its hubs: {hubs}. A service file that --file names would change it."
OTHER_PEOPLE = (
    "The service here is {name}: name with --file the service file that its invented people stand in."
)


def set_up(database: Database, now: dt.datetime, file: Path | None, *, with_demo: bool = False) -> str:
    """Make the service of the file, or bring it up to date; without a file the one that is there is kept.

    Where there is none yet it is that of the shipped file. Says in a sentence what stands now.
    """
    with database.read() as session:
        names = [hub.name for hub in service.hubs(session)]
    if file is not None or not names:
        return apply(database, now, file or service_file.SHIPPED, with_demo=with_demo)
    kept = site.service_name(database, now)
    if with_demo:
        if kept != service_file.read().name:
            raise Refused(OTHER_PEOPLE.format(name=kept))
        return apply(database, now, with_demo=True)
    if not database.capabilities.has_roles:
        with database.work(_NOBODY_YET, now) as work:
            _this_account(work, tuple(service.hubs(work.session)))
    return KEPT.format(name=kept, hubs=" and ".join(names))


def apply(
    database: Database, now: dt.datetime, path: Path = service_file.SHIPPED, *, with_demo: bool = False
) -> str:
    """Make the service of the file, or bring it up to date, and say in a sentence what stands now."""
    plan = service_file.read(path)
    with database.work(_NOBODY_YET, now) as work:
        system = _staff(work, service.SYSTEM_LOGIN, "Doorstep", None)
        hubs = _hubs(work, plan.hubs)
        _roles(work, system, (Role.SYSTEM,), tuple(hubs.values()))
        by_district = {district: hub.code for hub in plan.hubs for district in hub.districts}
        put_setting(work, "service.name", plan.name, "From the service file.", system.id)
        put_setting(work, "intake.hub_by_district", by_district, "From the service file.", system.id)
        if with_demo:
            _demo(work, plan.demo_practices, plan.demo_people, hubs)
        elif not database.capabilities.has_roles:  # there the first administrator is added by name
            _this_account(work, tuple(hubs.values()))
        for practitioner in plan.practitioners:
            practitioners.put(work, practitioner)
    names = " and ".join(hub.name for hub in plan.hubs)
    return f"{plan.name} is set up with its hubs: {names}."


def put_setting(
    work: UnitOfWork,
    name: str,
    stated: Any,
    reason: str,
    author_id: int,
    effective_from: dt.datetime | None = None,
) -> bool:
    """Keep a new version of a setting of the service; False when it holds this value by then already."""
    declared = REGISTRY[name]
    if declared.scope is not Scope.SERVICE:
        raise ValueError(f"{name} is not a setting of the service.")
    stored = declared.store(declared.read(stated))
    at = effective_from or work.now
    if care.settings_in_force(work.session, at).get(name) == stored:
        return False
    work.add(Setting(name=name, value=stored, effective_from=at, author_id=author_id, reason=reason))
    return True


def add_person(work: UnitOfWork, person: PersonPlan, hubs: tuple[Hub, ...]) -> Staff:
    """Make a person with roles and hubs, or bring them up to date."""
    staff = _staff(work, person.login, person.name, person.registration)
    staff.mail = person.mail or staff.mail
    _roles(work, staff, person.roles, hubs)
    if person.practitioner is not None:
        practitioners.put(work, person.practitioner)
    return staff


def _hubs(work: UnitOfWork, plans: tuple[HubPlan, ...]) -> dict[str, Hub]:
    # The intake moves from one hub to another in two writes: only one may hold it at any moment.
    wanted = {plan.code for plan in plans if plan.is_intake}
    for hub in service.hubs(work.session):
        if hub.is_intake and hub.code not in wanted:
            hub.is_intake = False
    work.session.flush()
    return {plan.code: _hub(work, plan) for plan in plans}


def _hub(work: UnitOfWork, plan: HubPlan) -> Hub:
    hub = service.hub_by_code(work.session, plan.code)
    if hub is None:
        hub = work.add(Hub(code=plan.code, name=plan.name))
    hub.name, hub.phone, hub.postcode = plan.name, plan.phone, plan.postcode
    hub.lat, hub.lon, hub.is_intake = plan.lat, plan.lon, plan.is_intake
    standing = service.hours_of_hub(work.session, hub.id)
    for weekday in plan.days:
        hours = standing.pop(weekday, None) or HubHours(hub_id=hub.id, weekday=weekday)
        hours.opens, hours.closes = plan.opens, plan.closes
        work.add(hours)
    for hours in standing.values():
        work.session.delete(hours)
    return hub


def _staff(work: UnitOfWork, login: str, name: str, registration: str | None) -> Staff:
    staff = service.staff_by_login(work.session, login)
    if staff is None:
        return work.add(Staff(login=login, name=name, registration=registration))
    staff.name, staff.registration = name, registration or staff.registration
    return staff


def _roles(work: UnitOfWork, staff: Staff, roles: tuple[Role, ...], hubs: tuple[Hub, ...]) -> None:
    """Give the roles and hubs that are missing; what somebody was given otherwise stays."""
    has_roles = service.roles_of(work.session, staff.id)
    for role in roles:
        if role not in has_roles:
            work.add(StaffRole(staff_id=staff.id, role=role))
    has_hubs = service.hub_ids_of(work.session, staff.id)
    for hub in hubs:
        if hub.id not in has_hubs:
            work.add(StaffHub(staff_id=staff.id, hub_id=hub.id))


def _this_account(work: UnitOfWork, hubs: tuple[Hub, ...]) -> None:
    """Let the person at this computer in, so that somebody can add the others."""
    login = getpass.getuser()
    if service.staff_by_login(work.session, login) is None:
        _roles(work, _staff(work, login, login, None), _FIRST_ROLES, hubs)


def _demo(
    work: UnitOfWork,
    practices: tuple[PracticePlan, ...],
    people: tuple[PersonPlan, ...],
    hubs: dict[str, Hub],
) -> None:
    standing = service.practices(work.session)
    for plan in practices:
        practice = standing.get(plan.ods_code) or Practice(ods_code=plan.ods_code)
        practice.name, practice.address, practice.postcode = plan.name, plan.address, plan.postcode
        practice.phone, practice.hub_id = plan.phone, hubs[plan.hub].id
        work.add(practice)
    for person in people:
        add_person(work, person, tuple(hubs[code] for code in person.hubs))
