"""Finding who and what is there already: possible duplicates, patients, practices."""

import datetime as dt
import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import and_, func, or_, select, text
from sqlalchemy.orm import Session

from console.domain.found_rows import PracticeFound
from console.domain.rows import PossibleDuplicate
from db.models import Patient, Practice, Referral
from db.models.referral import OPEN
from db.queries.reading import Opened, Statement, literally, records

LIKE_NAME = 0.75
"""From which ratio two names of one birth date are shown as possibly one person's: a slip or two apart."""
MOST = 20
LEAST_LETTERS = 2
"""A family name of fewer letters is no name to ask other hubs by."""

PATIENT = (
    select(
        Patient.id.label("patient_id"),
        Patient.family_name,
        Patient.given_name,
        Patient.birth_date,
        Patient.nhs_number,
        Referral.number.label("open_referral_number"),
        Referral.id.label("open_referral_id"),
    )
    .select_from(Patient)
    .outerjoin(Referral, and_(Referral.patient_id == Patient.id, literally("referral", OPEN)))
    .order_by(Patient.family_name, Patient.given_name, Patient.id, Referral.id.desc())
)


def possible_duplicates(
    reader: Opened,
    nhs_number: str | None,
    family_name: str,
    given_name: str,
    birth_date: dt.date | None,
) -> tuple[PossibleDuplicate, ...]:
    """Find patients with this NHS number, or this birth date and a like name; open referrals come first.

    A patient with several open referrals comes with each of them.
    """
    found: dict[tuple[int, int | None], PossibleDuplicate] = {}
    for values in _candidates(reader, nhs_number, birth_date):
        because = _because(values, nhs_number, family_name, given_name, birth_date)
        if because:
            one = PossibleDuplicate(**values, because=because)
            found.setdefault((one.patient_id, one.open_referral_id), one)
    return tuple(sorted(found.values(), key=lambda one: one.open_referral_id is None))


def _candidates(
    reader: Opened, nhs_number: str | None, birth_date: dt.date | None
) -> Iterable[dict[str, Any]]:
    # One select for each: `OR` would cost both their index.
    if nhs_number:
        yield from records(reader, PATIENT.where(Patient.nhs_number == nhs_number))
    if birth_date:
        yield from records(reader, PATIENT.where(Patient.birth_date == birth_date))


def ask_who_is_known(
    session: Session, nhs_number: str | None, family_name: str, given_name: str, birth_date: dt.date | None
) -> int | None:
    """Leave in the audit whom somebody looks for at other hubs; gives what `known_elsewhere` answers to.

    None when too little is known to ask by.
    """
    if nhs_number is None and (birth_date is None or len(_letters(family_name)) < LEAST_LETTERS):
        return None
    ask = text("SELECT ask_who_is_known(:number, :family, :given, :born)")
    values = {"number": nhs_number, "family": family_name, "given": given_name, "born": birth_date}
    return int(session.execute(ask, values).scalar_one())


def known_elsewhere(
    reader: Opened,
    asked: int,
    nhs_number: str | None,
    family_name: str,
    given_name: str,
    birth_date: dt.date | None,
) -> tuple[PossibleDuplicate, ...]:
    """Give who may be the same patient and is known to other hubs only, by what was asked and committed."""
    found = []
    for row in reader.execute(text("SELECT * FROM who_is_known(:asked)"), {"asked": asked}).mappings():
        values = dict(row)
        hubs = values.pop("hubs")
        because = _because(values, nhs_number, family_name, given_name, birth_date)
        if because:
            found.append(
                PossibleDuplicate(
                    **values,
                    open_referral_number=None,
                    open_referral_id=None,
                    because=f"{because}, known to {hubs}",
                    is_elsewhere=True,
                )
            )
    return tuple(found)


def take_known_on(session: Session, patient_id: int) -> None:
    """Let one's own hub know a patient too, whom one has found at another."""
    session.execute(text("SELECT take_known_on(:patient_id)"), {"patient_id": patient_id})


def _because(
    values: dict[str, Any],
    nhs_number: str | None,
    family_name: str,
    given_name: str,
    birth_date: dt.date | None,
) -> str:
    if nhs_number and values["nhs_number"] == nhs_number:
        return "Same NHS number"
    if values["birth_date"] != birth_date:
        return ""
    family, other_family = _letters(family_name), _letters(values["family_name"])
    given, other_given = _letters(given_name), _letters(values["given_name"])
    if family == other_family:
        return "Same name and birth date" if given == other_given else "Same family name and birth date"
    if (family, given) == (other_given, other_family):
        return "Same birth date, names the other way round"
    return "Similar name, same birth date" if _is_like(family, other_family) else ""


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _is_like(one: str, other: str) -> bool:
    return bool(one and other) and SequenceMatcher(None, one, other).ratio() >= LIKE_NAME


def find_patients(reader: Opened, text: str) -> tuple[PossibleDuplicate, ...]:
    """Find at most 20 patients by NHS number or by how their names begin, family name first or last."""
    digits = re.sub(r"\s+", "", text)
    words = [word.casefold() for word in re.split(r"[\s,]+", text) if word]
    if not words:
        return ()
    is_number = digits.isdecimal()
    which = Patient.nhs_number == digits if is_number else and_(*(_name_begins(word) for word in words))
    because = "NHS number" if is_number else "Name"
    found: dict[int, PossibleDuplicate] = {}
    # A patient with several open referrals comes several times.
    for values in records(reader, PATIENT.where(which).limit(MOST * 3)):
        found.setdefault(values["patient_id"], PossibleDuplicate(**values, because=because))
    return tuple(found.values())[:MOST]


def _name_begins(word: str) -> Any:
    return or_(
        func.lower(Patient.family_name).startswith(word, autoescape=True),
        func.lower(Patient.given_name).startswith(word, autoescape=True),
    )


def find_practices(reader: Opened, text: str) -> tuple[PracticeFound, ...]:
    """Find at most 20 active practices by code, postcode or a part of the name."""
    word = text.strip().casefold()
    if not word:
        return ()
    which = or_(
        func.lower(Practice.ods_code).startswith(word, autoescape=True),
        func.lower(Practice.postcode).startswith(word, autoescape=True),
        func.lower(Practice.name).contains(word, autoescape=True),
    )
    statement: Statement = (
        select(Practice.id, Practice.ods_code, Practice.name, Practice.postcode, Practice.phone)
        .where(Practice.is_active, which)
        .order_by(Practice.name, Practice.ods_code)
        .limit(MOST)
    )
    return tuple(PracticeFound(**values) for values in records(reader, statement))
