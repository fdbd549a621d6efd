"""Where the reminders of a recipient go."""

from collections.abc import Iterable, Mapping
from typing import Any

from console.domain.chase_words import STAFF
from console.domain.identifiers import is_mail, normalise_mail
from console.domain.refusals import Refused
from console.services import site
from console.settings import REGISTRY
from db.models import Staff
from db.queries import care, outgoing
from db.queries.training import is_training
from db.unit_of_work import UnitOfWork

NO_SERVER = "No mail server is set up."
NO_PASSWORD = "The file with the password of the mail server cannot be read."  # noqa: S105 - no password


def of_all(work: UnitOfWork, recipients: Iterable[str], reason: Refused | None) -> dict[str, str | Refused]:
    """Give the mail address of each role and each `staff:ID`, or why it has none; `reason` holds for all.

    Where nothing is ever sent, in training, a recipient without an address stands for it.
    """
    wanted = list(recipients)
    if reason is not None:
        return dict.fromkeys(wanted, reason)
    is_needed = not is_training(work.session)
    keys = [int(one.removeprefix(STAFF)) for one in wanted if one.startswith(STAFF)]
    people = {staff.id: staff for staff in outgoing.people(work.session, keys)}
    settings = care.settings_in_force(work.session, work.now)
    found: dict[str, str | Refused] = {}
    for one in wanted:
        try:
            found[one] = _of_person(one, people) if one.startswith(STAFF) else _of_role(one, settings)
        except Refused as why:
            found[one] = why if is_needed else one
    return found


def _of_person(recipient: str, people: Mapping[int, Staff]) -> str:
    staff = people.get(int(recipient.removeprefix(STAFF)))
    if staff is None or not staff.is_active:
        raise Refused("Whom this was for does not work here any more.")
    if not staff.mail or not is_mail(staff.mail):
        raise Refused(f"{staff.name} has no mail address.")
    return normalise_mail(staff.mail)


def _of_role(role: str, settings: Mapping[str, Any]) -> str:
    name = f"mail.{role}"
    if name not in REGISTRY:
        raise Refused(f"Nobody has said where mail for the {role} goes.")
    address = str(site.value(name, settings))
    if not is_mail(address):
        raise Refused(f"The setting {name} holds no mail address.")
    return normalise_mail(address)
