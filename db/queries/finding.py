"""What a part of a name may mean: patients and reports that have left the board, people, practices."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select

from console.domain.found_rows import PatientFound, PracticeFound, PractitionerFound, ReportFound
from console.domain.undo import BY_MISTAKE
from db.models import Patient, PatientHub, Practice, Practitioner, Referral, Report, StaffHub
from db.queries.reading import Reader, Statement, records

MOST = 20
Words = Sequence[str]
Word = str | dt.date


_STANDS = or_(Referral.closed_because.is_(None), Referral.closed_because != BY_MISTAKE)


def _holds(column: Any, word: str) -> ColumnElement[bool]:
    return func.lower(column).contains(word, autoescape=True)


def _patient_has(word: Word) -> ColumnElement[bool]:
    if isinstance(word, dt.date):
        return Patient.birth_date == word
    return or_(
        _holds(Patient.family_name, word),
        _holds(Patient.given_name, word),
        Patient.nhs_number.startswith(word, autoescape=True),
    )


def find_patients(reader: Reader, words: Sequence[Word], staff_id: int) -> tuple[PatientFound, ...]:
    """Find patients of this person's hubs by parts of their names, NHS number or birth date; at most 21.

    Each with the newest referral that was not taken back; whoever has no other was entered by mistake.
    """
    mine = select(StaffHub.hub_id).where(StaffHub.staff_id == staff_id)
    newest = (
        select(func.max(Referral.id))
        .where(Referral.patient_id == Patient.id, Referral.hub_id.in_(mine), _STANDS)
        .correlate(Patient)
        .scalar_subquery()
    )
    is_mine = exists().where(PatientHub.patient_id == Patient.id, PatientHub.hub_id.in_(mine))
    who = (
        select(Patient.id, newest.label("referral_id"))
        .where(is_mine, newest.is_not(None), *(_patient_has(word) for word in words))
        .order_by(Patient.family_name, Patient.given_name, Patient.id)
        .limit(MOST + 1)
        .subquery()
    )
    statement: Statement = (
        select(
            Patient.id.label("patient_id"),
            Patient.family_name,
            Patient.given_name,
            Patient.birth_date,
            Patient.nhs_number,
            Referral.id.label("referral_id"),
            Referral.number.label("referral_number"),
            Referral.status,
            Referral.received_at,
        )
        .select_from(who)
        .join(Patient, Patient.id == who.c.id)
        .join(Referral, Referral.id == who.c.referral_id)
        .order_by(Patient.family_name, Patient.given_name, Patient.id)
    )
    return tuple(PatientFound(**values) for values in records(reader, statement))


def find_accepted_reports(reader: Reader, words: Words, staff_id: int) -> tuple[ReportFound, ...]:
    """Find reports of this person's hubs that were accepted, the newest first; at most 21."""
    mine = select(StaffHub.hub_id).where(StaffHub.staff_id == staff_id)
    texts = (Patient.family_name, Patient.given_name, Referral.number, Practice.name, Practice.ods_code)
    statement: Statement = (
        select(
            Report.id,
            Report.referral_id,
            Referral.number.label("referral_number"),
            Patient.family_name,
            Patient.given_name,
            Practice.name.label("practice"),
            Practice.ods_code.label("practice_code"),
            Report.status,
            Report.accepted_at,
        )
        .select_from(Report)
        .join(Referral, Referral.id == Report.referral_id)
        .join(Patient, Patient.id == Referral.patient_id)
        .outerjoin(Practice, Practice.id == Report.practice_id)
        .where(Report.status == "accepted", Report.hub_id.in_(mine))
        .where(*(or_(*(_holds(text, word) for text in texts)) for word in words))
        .order_by(Report.id.desc())
        .limit(MOST + 1)
    )
    return tuple(ReportFound(**values) for values in records(reader, statement))


def find_practitioners(reader: Reader, words: Words) -> tuple[PractitionerFound, ...]:
    """Find active practitioners by parts of their names; at most 21."""
    statement: Statement = (
        select(Practitioner.id, Practitioner.name, Practitioner.profession)
        .where(Practitioner.is_active, *(_holds(Practitioner.name, word) for word in words))
        .order_by(Practitioner.name, Practitioner.id)
        .limit(MOST + 1)
    )
    return tuple(PractitionerFound(**values) for values in records(reader, statement))


def find_practices(reader: Reader, words: Words) -> tuple[PracticeFound, ...]:
    """Find active practices by parts of name, code or postcode; at most 21."""
    texts = (Practice.name, Practice.ods_code, func.coalesce(Practice.postcode, ""))
    statement: Statement = (
        select(Practice.id, Practice.ods_code, Practice.name, Practice.postcode, Practice.phone)
        .where(Practice.is_active, *(or_(*(_holds(text, word) for text in texts)) for word in words))
        .order_by(Practice.name, Practice.ods_code)
        .limit(MOST + 1)
    )
    return tuple(PracticeFound(**values) for values in records(reader, statement))
