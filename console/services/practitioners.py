"""Practitioners: who can be sent, with or without an account of their own."""

from collections.abc import Sequence

from console.domain.refusals import Refused
from console.services.practitioner_plan import CompetencePlan, PractitionerPlan
from db.engine import Database
from db.models import Competence, Practitioner, Staff
from db.queries import service
from db.unit_of_work import UnitOfWork

NEEDS_WORK = "{name}: a practitioner needs a profession and an employer."


def put(work: UnitOfWork, plan: PractitionerPlan) -> Practitioner:
    """Make a practitioner, or bring them up to date; what is not said and what was given before stays."""
    staff = _staff(work, plan)
    practitioner = _known(work, plan, staff) or _new(plan)
    if staff is not None:
        practitioner.staff_id = staff.id
    practitioner.name = plan.name
    practitioner.profession = plan.profession or practitioner.profession
    practitioner.employer = plan.employer or practitioner.employer
    practitioner.grade = plan.grade or practitioner.grade or ""
    practitioner.phone = plan.phone or practitioner.phone
    practitioner.registration = plan.registration or practitioner.registration
    work.add(practitioner)
    for competence in plan.competences:
        _sign_off(work, practitioner, competence)
    return practitioner


def _new(plan: PractitionerPlan) -> Practitioner:
    if plan.profession is None or plan.employer is None:
        raise Refused(NEEDS_WORK.format(name=plan.name))
    return Practitioner(profession=plan.profession, employer=plan.employer)


def _staff(work: UnitOfWork, plan: PractitionerPlan) -> Staff | None:
    if plan.login is None:
        return None
    staff = service.staff_by_login(work.session, plan.login)
    if staff is None or staff.login == service.SYSTEM_LOGIN:
        raise Refused(f"{plan.name}: nobody has the login {plan.login}. Add them first: main.py staff add")
    return staff


def _known(work: UnitOfWork, plan: PractitionerPlan, staff: Staff | None) -> Practitioner | None:
    """Find who is meant: by login, else by registration, else by the name that only one of them has."""
    if staff is not None and (own := service.practitioner_of(work.session, staff.id)) is not None:
        return own
    everybody = service.practitioners(work.session)
    for one in everybody if plan.registration else ():
        if one.registration == plan.registration:
            return _same(one, plan, staff)
    named = [one for one in everybody if one.name.casefold() == plan.name.casefold()]
    named = [one for one in named if None in (one.registration, plan.registration)]
    named = [one for one in named if staff is None or one.staff_id is None]
    if len(named) > 1:
        raise Refused(f"Several practitioners are called {plan.name}: give the registration as well.")
    return named[0] if named else None


def _same(one: Practitioner, plan: PractitionerPlan, staff: Staff | None) -> Practitioner:
    """Refuse a registration that belongs to somebody else."""
    is_other = one.name.casefold() != plan.name.casefold() or (staff is not None and one.staff_id is not None)
    if is_other:
        raise Refused(f"{plan.name}: the registration {plan.registration} is {one.name}'s already.")
    return one


def _sign_off(work: UnitOfWork, practitioner: Practitioner, plan: CompetencePlan) -> None:
    has = {one.name.casefold(): one for one in service.competences_of(work.session, practitioner.id)}
    known = has.get(plan.name.casefold()) or Competence(practitioner_id=practitioner.id, name=plan.name)
    known.expires_on = plan.expires_on
    work.add(known)


def sentence(practitioner: Practitioner) -> str:
    """Say that somebody can be sent, and as what."""
    profession, employer = practitioner.profession.label, practitioner.employer.label
    return f"{practitioner.name} can be put on a shift: {_as_word(profession)}, {_as_word(employer)}."


def _as_word(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def described(database: Database) -> dict[int, tuple[str, str, str]]:
    """Give every practitioner by id: name, registration, and what they are and are signed off for."""
    with database.read() as session:
        return {
            one.id: (one.name, one.registration or "", _words(one, service.competences_of(session, one.id)))
            for one in service.practitioners(session)
        }


def _words(one: Practitioner, competences: Sequence[Competence]) -> str:
    what = ", ".join(filter(None, (one.profession.label, one.grade, one.employer.label)))
    signed_off = ", ".join(_until(competence) for competence in competences)
    return f"{what}: {signed_off}" if signed_off else what


def _until(competence: Competence) -> str:
    day = competence.expires_on
    return competence.name if day is None else f"{competence.name} until {day.day} {day:%B %Y}"
