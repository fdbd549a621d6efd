"""Reading the audit by patient, person and time, a page at a time, the newest first.

Each way has an index in the order of the time, so that a page costs the same however long the audit is.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    and_,
    column,
    func,
    or_,
    select,
    table,
    text,
    tuple_,
    union,
)
from sqlalchemy.orm import Session

from console.domain.audit_rows import (
    AuditChain,
    AuditKind,
    AuditLine,
    AuditPage,
    AuditWish,
    Cursor,
    Names,
    PatientOfAudit,
)
from db import audit_chain, left_lines
from db.base import PortableJSON, UTCDateTime
from db.models import Hub, Patient, Practice, Practitioner, Referral, Staff
from db.queries.reading import many

_TEXTS = ("login", "actor_name", "actor_role", "device", "made_by", "tbl", "op")
_SHOWN = ("id", "at", "row_id", "referral_id", "patient_id", "old", "new")
_KEYS = ("id", "actor_id", "row_id", "hub_id", "referral_id", "patient_id")
AUDIT = table(
    "audit_log",
    *(column(name, BigInteger) for name in _KEYS),
    *(column(name, String) for name in _TEXTS),
    column("at", UTCDateTime()),
    column("old", PortableJSON),
    column("new", PortableJSON),
)
_C = AUDIT.c
# Written out as the indexes have it: planners match literals only.
_LOOKS = text("audit_log.tbl IN ('record_opening', 'patient_search', 'audit_look')")
_REFUSED = {
    dialect: text(f"(audit_log.tbl = 'refusal' OR audit_log.tbl = 'record_opening' AND {is_nothing})")
    for dialect, is_nothing in (
        ("postgresql", "audit_log.new ->> 'is_granted' = 'false'"),
        ("sqlite", "json_extract(audit_log.new, '$.is_granted') = 0"),
    )
}
_OF_PEOPLE = (
    *("staff", "staff_role", "staff_hub", "setting", "hub", "hub_hours", "practice", "practitioner"),
    *("competence", "device", "map_pack", "audit_export", "staff_ask", "audit_check"),
)
_LINES = (
    select(*(_C[name] for name in (*_SHOWN, *_TEXTS)))
    .where(_C.id.in_(many("ids")))
    .order_by(_C.at.desc(), _C.id.desc())
)
MOST_PATIENTS = 20


def read_page(session: Session, wish: AuditWish, before: Cursor | None, size: int) -> AuditPage:
    """Read the next lines that are wanted, older than a cursor.

    First which, then what they hold, then whom they are about: joined in one statement, the server would read
    all patients for one page.
    """
    keys = [row[0] for row in session.execute(_keys(session, wish, before, size + 1))]
    rows = [dict(row) for row in session.execute(_LINES, {"ids": keys}).mappings()] if keys else []
    patients, numbers = _about(session, rows)
    found = [
        AuditLine(
            **row,
            referral_number=numbers.get(row["referral_id"], (None, None))[0],
            patient=patients.get(row["patient_id"] or numbers.get(row["referral_id"], (None, None))[1]),
        )
        for row in rows
    ]
    lines = tuple(found[:size])
    more = (lines[-1].at, lines[-1].id) if len(found) > size else None
    named = {key: number for key, (number, _) in numbers.items() if key is not None and number is not None}
    called = {key: name for key, name in patients.items() if key is not None}
    return AuditPage(lines, more, replace(names(session), referrals=named, patients=called))


def _about(
    session: Session, rows: Collection[dict[str, Any]]
) -> tuple[dict[int | None, str], dict[int | None, tuple[str | None, int | None]]]:
    """Give the patients that lines are about by their key, and each referral's number and patient."""
    referral_ids = {row["referral_id"] for row in rows} - {None}
    asked = select(Referral.id, Referral.number, Referral.patient_id).where(Referral.id.in_(referral_ids))
    numbers: dict[int | None, tuple[str | None, int | None]] = {
        key: (number, patient_id) for key, number, patient_id in session.execute(asked)
    }
    patient_ids = {row["patient_id"] for row in rows} | {patient for _, patient in numbers.values()}
    people = select(Patient.id, Patient.family_name, Patient.given_name)
    found = session.execute(people.where(Patient.id.in_(patient_ids - {None})))
    return {key: _name(family, given) for key, family, given in found}, numbers


def _keys(session: Session, wish: AuditWish, before: Cursor | None, size: int) -> Select[Any]:
    conditions = list(_conditions(session, wish, before))
    if wish.patient_id is None:
        return _newest(conditions, size)
    # The patient's own lines and those of each referral come in order from an index; a list would not.
    theirs = session.scalars(select(Referral.id).where(Referral.patient_id == wish.patient_id))
    about = [_C.patient_id == wish.patient_id, *(_C.referral_id == one for one in theirs)]
    parts = [_newest([*conditions, one], size).subquery() for one in about]
    whole = union(*(select(one.c.id, one.c.at) for one in parts)).subquery()
    return select(whole.c.id, whole.c.at).order_by(whole.c.at.desc(), whole.c.id.desc()).limit(size)


def _newest(conditions: Collection[ColumnElement[bool]], size: int) -> Select[Any]:
    return select(_C.id, _C.at).where(*conditions).order_by(_C.at.desc(), _C.id.desc()).limit(size)


def _conditions(session: Session, wish: AuditWish, before: Cursor | None) -> Iterator[Any]:
    if wish.staff_id is not None:
        yield _C.actor_id == wish.staff_id
    if wish.since is not None:
        yield _C.at >= wish.since
    if wish.until is not None:
        yield _C.at < wish.until
    if before is not None:
        at, line = before
        yield or_(_C.at < at, and_(_C.at == at, _C.id < line)) if _is_file(session) else _older(at, line)
    if wish.kind is AuditKind.LOOKS:
        yield _LOOKS
    elif wish.kind is AuditKind.REFUSED:
        yield _REFUSED[session.get_bind().dialect.name]
    elif wish.kind is AuditKind.PEOPLE:
        yield _C.tbl.in_(_OF_PEOPLE)


def _older(at: Any, line: int) -> ColumnElement[bool]:
    """The server goes down an index from a pair; written as `or` it would read everything newer first."""
    return tuple_(_C.at, _C.id) < tuple_(at, line)


def _is_file(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _name(family: str, given: str) -> str:
    return f"{family.upper()}, {given}".rstrip(", ")


def names(session: Session) -> Names:
    """Read what stands for the numbers in lines; all of them are few."""

    def read(model: type[Staff] | type[Hub] | type[Practitioner] | type[Practice]) -> dict[int, str]:
        return {row[0]: row[1] for row in session.execute(select(model.id, model.name))}

    return Names(read(Staff), read(Hub), read(Practitioner), read(Practice))


def people(session: Session) -> tuple[tuple[int, str], ...]:
    """Give everybody who may have done something, by name."""
    rows = session.execute(select(Staff.id, Staff.name).order_by(Staff.name, Staff.id))
    return tuple((row[0], row[1]) for row in rows)


def find_patients(session: Session, words: str) -> tuple[PatientOfAudit, ...]:
    """Find patients by NHS number, referral number, or how their names begin."""
    typed = words.strip()
    digits = typed.replace(" ", "")
    if not typed:
        return ()
    if digits.isdecimal():
        wanted: Any = Patient.nhs_number == digits
    elif typed.casefold().startswith("r-"):
        wanted = Patient.id.in_(select(Referral.patient_id).where(Referral.number == typed.upper()))
    else:
        parts = typed.casefold().replace(",", " ").split()
        wanted = and_(*(_begins(part) for part in parts))
    rows = session.execute(
        select(Patient.id, Patient.family_name, Patient.given_name, Patient.birth_date, Patient.nhs_number)
        .where(wanted)
        .order_by(Patient.family_name, Patient.given_name, Patient.id)
        .limit(MOST_PATIENTS)
    )
    return tuple(
        PatientOfAudit(key, _name(family, given), born, number) for key, family, given, born, number in rows
    )


def _begins(word: str) -> ColumnElement[bool]:
    return or_(
        func.lower(Patient.family_name).startswith(word, autoescape=True),
        func.lower(Patient.given_name).startswith(word, autoescape=True),
    )


def chain(session: Session) -> AuditChain:
    """Tell how far the lines are sealed."""
    newest, (waiting, oldest) = audit_chain.newest(session), audit_chain.unsealed(session)
    return AuditChain(
        through_id=newest.last_id if newest else 0,
        sealed_at=newest.at if newest else None,
        waiting=waiting,
        waiting_since=oldest,
        checked=left_lines.last_check(session),
    )
