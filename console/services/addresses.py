"""Where the reminders of a recipient go."""

from console.domain.identifiers import is_mail, normalise_mail
from console.domain.refusals import Refused
from console.services import site
from console.settings import REGISTRY
from db.models import Staff
from db.queries import care
from db.unit_of_work import UnitOfWork

STAFF = "staff:"
NO_SERVER = "No mail server is set up."
NO_PASSWORD = "The file with the password of the mail server cannot be read."  # noqa: S105 - no password


def of(work: UnitOfWork, recipient: str, *, is_needed: bool = True) -> str:
    """Give the mail address of a role or of `staff:ID`; refuse when there is none.

    Where none is needed, because nothing is sent, the recipient stands for it.
    """
    try:
        return _of_person(work, recipient) if recipient.startswith(STAFF) else _of_role(work, recipient)
    except Refused:
        if is_needed:
            raise
        return recipient


def _of_person(work: UnitOfWork, recipient: str) -> str:
    staff = work.session.get(Staff, int(recipient.removeprefix(STAFF)))
    if staff is None or not staff.is_active:
        raise Refused("Whom this was for does not work here any more.")
    if not staff.mail or not is_mail(staff.mail):
        raise Refused(f"{staff.name} has no mail address.")
    return normalise_mail(staff.mail)


def _of_role(work: UnitOfWork, role: str) -> str:
    name = f"mail.{role}"
    if name not in REGISTRY:
        raise Refused(f"Nobody has said where mail for the {role} goes.")
    address = str(site.value(name, care.settings_in_force(work.session, work.now)))
    if not is_mail(address):
        raise Refused(f"The setting {name} holds no mail address.")
    return normalise_mail(address)
