"""What somebody says of a practitioner, in the service file or in a command, read into what it means."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from console.domain.identifiers import normalise_phone
from console.domain.refusals import Refused
from console.domain.word import Word
from console.domain.words import Employer, Profession

W = TypeVar("W", bound=Word)
_TEXTS = ("name", "profession", "employer", "grade", "phone", "registration", "login")
_NAMES = (*_TEXTS, "competences")


@dataclass(frozen=True, slots=True)
class CompetencePlan:
    """Something that a practitioner is signed off for, and its last day."""

    name: str
    expires_on: dt.date | None


@dataclass(frozen=True, slots=True)
class PractitionerPlan:
    """One practitioner; what is None stays as it is known."""

    name: str
    profession: Profession | None
    employer: Employer | None
    grade: str | None
    phone: str | None
    registration: str | None
    login: str | None
    competences: tuple[CompetencePlan, ...]


def read(said: Mapping[str, Any]) -> PractitionerPlan:
    """Read what was said; refuse what cannot be right, in sentences that name the practitioner."""
    name = said.get("name")
    if not isinstance(name, str) or not name.strip():
        raise Refused("Give the practitioner's name.")
    try:
        return _read(name.strip(), {key: value for key, value in said.items() if value is not None})
    except Refused as refused:
        raise Refused(*(f"{name.strip()}: {reason}" for reason in refused.reasons)) from None


def read_all(written: Any) -> tuple[PractitionerPlan, ...]:
    """Read those of a service file."""
    if not isinstance(written, Sequence) or not all(isinstance(one, Mapping) for one in written):
        raise Refused("Write each practitioner as a block of their own that begins with [[practitioner]].")
    return tuple(read(one) for one in written)


def _read(name: str, said: Mapping[str, Any]) -> PractitionerPlan:
    if unknown := [key for key in said if key not in _NAMES]:
        raise Refused(f"{unknown[0]} is nothing that is known of a practitioner: {', '.join(_NAMES)}.")
    texts = {key: _text(key, said[key]) for key in _TEXTS if key in said}
    competences = said.get("competences", ())
    if isinstance(competences, str) or not isinstance(competences, Sequence):
        raise Refused('competences is a list, such as ["home visits", "catheters:2027-03-31"].')
    profession, employer = texts.get("profession"), texts.get("employer")
    phone = texts.get("phone")
    return PractitionerPlan(
        name=name,
        profession=_word(Profession, "profession", profession) if profession else None,
        employer=_word(Employer, "employer", employer) if employer else None,
        grade=texts.get("grade"),
        phone=phone if phone is None else _phone(phone),
        registration=texts.get("registration"),
        login=texts.get("login"),
        competences=tuple(_competence(one) for one in competences),
    )


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or "\n" in value:
        raise Refused(f"{key} must be a text of one line, and not empty.")
    return value.strip()


def _word(words: type[W], kind: str, said: str) -> W:
    if said not in list(words):
        raise Refused(f"There is no {kind} {said}. Choose one of: {', '.join(words)}.")
    return words(said)


def _phone(said: str) -> str:
    normalise_phone(said)  # refuses what cannot be dialled
    return said


def _competence(said: Any) -> CompetencePlan:
    """Read a competence such as `catheters`, or `catheters:2027-03-31` with its last day."""
    name, _, day = _text("A competence", said).partition(":")
    if not day and not said.strip().endswith(":"):
        return CompetencePlan(_text("A competence", name), None)
    try:
        return CompetencePlan(_text("A competence", name), dt.date.fromisoformat(day.strip()))
    except ValueError:
        raise Refused(
            f"The competence {said} must be a name, or a name and its last day such as {name}:2027-03-31."
        ) from None
