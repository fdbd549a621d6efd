"""All that the side panel shows of one referral."""

import datetime as dt
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from console.domain.found_rows import PracticeFound
from console.domain.identity import NOT_READ_BACK
from console.domain.refusals import NotOpened, Refused
from console.domain.rows import (
    ContactRow,
    KeySafeRow,
    KnownDetails,
    PatientBanner,
    ReferralRecord,
    StepRow,
)
from console.domain.undo import UNDO_MINUTES
from console.domain.words import ReportStatus
from db import patient_details
from db.models import (
    Contact,
    KeySafe,
    Patient,
    Practice,
    Practitioner,
    RecordOpening,
    Referral,
    Report,
    Staff,
    Step,
    Task,
)
from db.queries.markers import read_markers
from db.queries.reading import Opened, many, records
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
    Referral.closed_at,
    Referral.closed_because,
    Referral.identity_read_back_by_id,
).where(Referral.id.in_(many("ids")))
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
PRACTICE = (
    select(
        Practice.id, Practice.ods_code, Practice.name, Practice.postcode, Practice.phone, Practice.is_active
    )
    .join(Patient, Patient.practice_id == Practice.id)
    .where(Patient.id.in_(many("ids")))
)
KEY_SAFE = (
    select(KeySafe.changed_at, Staff.name.label("changed_by"))
    .join(Staff, Staff.id == KeySafe.changed_by_id)
    .where(KeySafe.patient_id.in_(many("ids")), KeySafe.is_kept)
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


def read_record(reader: Opened, referral_id: int, now: dt.datetime, staff_id: int) -> ReferralRecord:
    """Read a whole referral, open or closed; `staff_id` is who reads, and may take back own new steps.

    Refuses where it has to be opened first, and was not, or too long ago.
    """
    row = read_referral(reader, referral_id)
    if row is None:
        raise Refused("This referral is not in the database. Look at the board again.")
    details = patient_details.read(reader, row.patient_id)
    if details is None:
        raise NotOpened(patient_details.NOT_OPENED)
    text = next(records(reader, TEXT, ids=[referral_id]))
    banner = next(records(reader, BANNER, ids=[row.patient_id]))
    shown = {name: details[name] for name in ("phone", "home_address", "home_postcode")}
    return ReferralRecord(
        row=row,
        patient=PatientBanner(**banner, **shown),
        narrative=text["narrative"],
        caller=text["caller"],
        caller_phone=text["caller_phone"],
        phones=_phones(text, details),
        issues=_issues(text),
        timeline=read_timeline(reader, referral_id, now, staff_id),
        markers=read_markers(reader, referral_id),
        contacts=_contacts(reader, referral_id),
        reports=read_reports_of(reader, referral_id),
        tasks=read_tasks_of(reader, referral_id),
        key_safe=_key_safe(reader, row.patient_id),
        closed_at=text["closed_at"],
        closed_because=text["closed_because"] or "",
    )


def read_known(reader: Opened, patient_id: int) -> KnownDetails | None:
    """Read what a further referral of a patient asks for again; None where that was not opened for them."""
    details = patient_details.read(reader, patient_id)
    if details is None:
        return None
    practice = next(records(reader, PRACTICE, ids=[patient_id]), None)
    is_open = practice is not None and bool(practice.pop("is_active"))
    return KnownDetails(
        home_address=details["home_address"],
        home_postcode=details["home_postcode"],
        phone=details["phone"],
        other_phones=tuple(details["other_phones"]),
        practice=None if practice is None else PracticeFound(**practice),
        is_practice_open=is_open,
    )


def has_opened(session: Session, referral_id: int, staff_id: int) -> bool:
    """Tell whether this person has opened the record of this referral."""
    opening = exists().where(RecordOpening.referral_id == referral_id, RecordOpening.opened_by_id == staff_id)
    return session.execute(select(opening)).scalar_one()


def is_owed(session: Session, referral_id: int) -> bool:
    """Tell whether anything about a referral still waits for somebody: a report, or a task."""
    report = exists().where(Report.referral_id == referral_id, Report.status != ReportStatus.ACCEPTED)
    task = exists().where(Task.referral_id == referral_id, Task.done_at.is_(None))
    return session.execute(select(or_(report, task))).scalar_one()


def read_timeline(reader: Opened, referral_id: int, now: dt.datetime, staff_id: int) -> tuple[StepRow, ...]:
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
    return StepRow(**fields, can_undo=can_undo, is_undone=found["undone_by_id"] is not None)


def _issues(text: dict[str, Any]) -> tuple[str, ...]:
    """Give what is doubtful; that identifiers were not read back is said until somebody has."""
    is_read_back = text["identity_read_back_by_id"] is not None
    return tuple(one for one in text["issues"] if one != NOT_READ_BACK or not is_read_back)


def _phones(text: dict[str, Any], details: dict[str, Any]) -> tuple[str, ...]:
    """Give every known number once, the one for this referral first."""
    numbers = (text["contact_phone"], details["phone"], *details["other_phones"], text["caller_phone"])
    return tuple(dict.fromkeys(str(number) for number in numbers if number))


def _key_safe(reader: Opened, patient_id: int) -> KeySafeRow | None:
    found = next(records(reader, KEY_SAFE, ids=[patient_id]), None)
    return None if found is None else KeySafeRow(**found)


def _contacts(reader: Opened, referral_id: int) -> tuple[ContactRow, ...]:
    found = records(reader, CONTACTS, ids=[referral_id])
    labels = ("contact_with", "result")
    return tuple(ContactRow(**values | {name: values[name].label for name in labels}) for values in found)
