"""What only an opened record shows of a patient: where they live, and how they are rung.

Where persons have logins of their own nobody reads these columns: a function gives them, and only to who has
opened the record in an earlier transaction, with a reason (`request_record`, `open_record`). Elsewhere the
program takes the same steps, and nothing enforces them.
"""

from typing import Any

from sqlalchemy import Connection, bindparam, inspect, select, text
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from console.domain.refusals import Refused
from db.models import Patient
from db.queries.reading import Opened, connection_of

DETAILS = ("home_address", "home_postcode", "phone", "other_phones")
NOT_OPENED = "You have not opened this record yet: open it, with the reason."
FRESH = "14 minutes"
"""What is used in a moment must not come of age meanwhile: they are given for a quarter of an hour."""

_FRESH = text("SELECT fresh_opening(:patient, CAST(:within AS interval)) IS NOT NULL")
_OPEN = text(f"SELECT {', '.join(DETAILS)} FROM open_record(fresh_opening(:patient))")  # noqa: S608 - our own names
_READ = select(Patient.home_address, Patient.home_postcode, Patient.phone, Patient.other_phones).where(
    Patient.id == bindparam("patient")
)
_MAY_READ = text("SELECT has_column_privilege('patient', 'phone', 'SELECT')")
_GUARDED = "doorstep.details_are_guarded"
_COMPLETE = text("SELECT complete_patient(:patient, :phone, :address, :postcode, :practice)")
_UNCOMPLETE = text("SELECT uncomplete_patient(:referral)")


def is_open(session: Session, patient_id: int) -> bool:
    """Tell whether this login opened the record just now, so that it need not ask again."""
    return bool(session.scalar(_FRESH, {"patient": patient_id, "within": FRESH}))


def read(reader: Opened, patient_id: int) -> dict[str, Any] | None:
    """Give the details of an opened record; None when it was not opened, or too long ago."""
    connection = connection_of(reader)
    statement = _READ if _may_read(connection) else _OPEN
    found = connection.execute(statement, {"patient": patient_id}).mappings().one_or_none()
    return None if found is None else dict(found)


def load(session: Session, patient: Patient) -> Patient:
    """Bring the details into a row that was read without them, so that they can be compared and changed."""
    if not set(DETAILS) & inspect(patient).unloaded:
        return patient
    found = read(session, patient.id)
    if found is None:
        raise Refused(NOT_OPENED)
    for name, value in found.items():
        set_committed_value(patient, name, value)
    return patient


def complete(
    session: Session,
    patient_id: int,
    phone: str | None,
    address: str,
    postcode: str | None,
    practice_id: int | None,
) -> None:
    """Add to a known patient what was not known of them, where one is not shown the rest."""
    values = {"patient": patient_id, "phone": phone, "address": address, "postcode": postcode}
    session.execute(_COMPLETE, values | {"practice": practice_id})


def uncomplete(session: Session, referral_id: int) -> None:
    """Take back what a new referral added so, with the referral; elsewhere an undo knows it by itself."""
    connection = connection_of(session)
    if not _may_read(connection):
        connection.execute(_UNCOMPLETE, {"referral": referral_id})


def _may_read(connection: Connection) -> bool:
    """Tell whether this login reads the columns themselves: a file's owner, a database's, a worker."""
    if connection.dialect.name == "sqlite":
        return True
    # Once it may not, the function gives them, should the right come back too; a right can be taken away.
    if connection.info.get(_GUARDED):
        return False
    may_read = bool(connection.scalar(_MAY_READ))
    connection.info[_GUARDED] = not may_read
    return may_read
