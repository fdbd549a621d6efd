"""All that the side panel shows of one referral."""

import datetime as dt
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from console.domain.refusals import Refused
from console.domain.rows import ContactRow, PatientBanner, ReferralRecord, StepRow
from console.domain.undo import UNDO_MINUTES
from db.models import Contact, Patient, Practitioner, RecordOpening, Referral, Staff, Step
from db.queries.markers import read_markers
from db.queries.reading import Reader, many, records
from db.queries.referrals import read_referral
from db.queries.reports import read_reports_of
from db.queries.tasks import read_tasks_of

Undoing = aliased(Step)

TEXT = select(
    Referral.narrative,
    Referral.caller,
    Referral.caller_phone,
    Referral.contact_phone,
    Referral.issues,
    Patient.phone,
    Patient.other_phones,
)
TEXT = TEXT.join(Patient, Patient.id == Referral.patient_id).where(Referral.id.in_(many("ids")))
BANNER = select(
    Patient.id,
    Patient.version,
    Patient.title,
    Patient.family_name,
    Patient.given_name,
    Patient.birth_date,
    Patient.gender,
    Patient.nhs_number,
    Patient.nhs_number_verified,
    Patient.deceased_at,
    Patient.phone,
    Patient.home_address,
    Patient.home_postcode,
).where(Patient.id.in_(many("ids")))
STEPS = (
    select(
        Step.id,
        Step.referral_id,
        Step.words,
        Step.kind,
        Step.happened_at,
        Step.entered_at,
        Staff.name.label("by"),
        Step.role,
        Practitioner.name.label("on_behalf_of"),
        Step.channel,
        Step.said,
        Step.from_paper,
        Step.by_id,
        Step.changes,
        Step.undoes_id,
        Undoing.id.label("undone_by_id"),
    )
    .join(Staff, Staff.id == Step.by_id)
    .outerjoin(Practitioner, Practitioner.id == Step.on_behalf_of_id)
    .outerjoin(Undoing, Undoing.undoes_id == Step.id)
    .where(Step.referral_id.in_(many("ids")))
    .order_by(Step.happened_at, Step.id)
)
CONTACTS = (
    select(
        Contact.id,
        Contact.happened_at,
        Contact.entered_at,
        Staff.name.label("by"),
        Contact.contact_with,
        Contact.channel,
        Contact.number,
        Contact.result,
        Contact.said,
    )
    .join(Staff, Staff.id == Contact.by_id)
    .where(Contact.referral_id.in_(many("ids")))
    .order_by(Contact.happened_at, Contact.id)
)


def read_record(reader: Reader, referral_id: int, now: dt.datetime, staff_id: int) -> ReferralRecord:
    """Read a whole referral, open or closed; `staff_id` is who reads, and may take back own new steps."""
    row = read_referral(reader, referral_id)
    if row is None:
        raise Refused("This referral is not in the database. Look at the board again.")
    text = next(records(reader, TEXT, ids=[referral_id]))
    return ReferralRecord(
        row=row,
        patient=PatientBanner(**next(records(reader, BANNER, ids=[row.patient_id]))),
        narrative=text["narrative"],
        caller=text["caller"],
        caller_phone=text["caller_phone"],
        phones=_phones(text),
        issues=tuple(text["issues"]),
        timeline=read_timeline(reader, referral_id, now, staff_id),
        markers=read_markers(reader, referral_id),
        contacts=_contacts(reader, referral_id),
        reports=read_reports_of(reader, referral_id),
        tasks=read_tasks_of(reader, referral_id),
    )


def has_opened(session: Session, referral_id: int, staff_id: int) -> bool:
    """Tell whether this person has opened the record of this referral."""
    opening = exists().where(RecordOpening.referral_id == referral_id, RecordOpening.opened_by_id == staff_id)
    return session.execute(select(opening)).scalar_one()


def read_timeline(reader: Reader, referral_id: int, now: dt.datetime, staff_id: int) -> tuple[StepRow, ...]:
    """Read a referral's steps in the order in which they happened."""
    return tuple(_step(found, now, staff_id) for found in records(reader, STEPS, ids=[referral_id]))


def _step(found: dict[str, Any], now: dt.datetime, staff_id: int) -> StepRow:
    # The undo itself asks the rest: whether anything has changed since or was sent.
    can_undo = (
        found.pop("by_id") == staff_id
        and bool(found["changes"])
        and found["undoes_id"] is None
        and found["undone_by_id"] is None
        and now - found["entered_at"] <= dt.timedelta(minutes=UNDO_MINUTES)
    )
    fields = {name: value for name, value in found.items() if name in StepRow.__slots__}
    return StepRow(**fields, can_undo=can_undo)


def _phones(text: dict[str, Any]) -> tuple[str, ...]:
    """Give every known number once, the one for this referral first."""
    numbers = (text["contact_phone"], text["phone"], *text["other_phones"], text["caller_phone"])
    return tuple(dict.fromkeys(str(number) for number in numbers if number))


def _contacts(reader: Reader, referral_id: int) -> tuple[ContactRow, ...]:
    found = records(reader, CONTACTS, ids=[referral_id])
    labels = ("contact_with", "result")
    return tuple(ContactRow(**values | {name: values[name].label for name in labels}) for values in found)
