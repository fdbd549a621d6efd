"""How the fields that two people may edit are called, and how their values are written where one chooses."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from console.domain.identifiers import format_nhs_number, format_phone
from console.domain.news2 import Observations
from console.domain.report_content import GpAction, Medicine
from console.domain.words import PRIORITY_LABELS, Word
from ui.time_text import day, day_clock

NOTHING = "Nothing"
LABELS = {
    "priority": "Priority",
    "stream": "Kind of care",
    "gp_needed": "A GP is needed",
    "due_at": "Due",
    "practice": "Own practice",
    "record_access": "GP record access",
    "place": "Place on the map",
    "title": "Title",
    "family_name": "Family name",
    "given_name": "Given name",
    "birth_date": "Born",
    "gender": "Gender",
    "nhs_number": "NHS number",
    "nhs_number_verified": "NHS number is verified",
    "phone": "Telephone",
    "other_phones": "Other numbers",
    "home_address": "Home address",
    "home_postcode": "Home postcode",
    "kind": "What it was",
    "source": "Source",
    "referred_at": "Referred",
    "reason": "Reason of the referral",
    "attended_at": "Contact began",
    "left_at": "Contact ended",
    "history": "History",
    "examination": "Examination",
    "observations": "Observations",
    "observations_note": "Why observations were not taken",
    "is_pregnant": "The patient is pregnant",
    "diagnosis": "Working diagnosis",
    "treatment": "Treatment",
    "medicines": "Medicines",
    "allergies": "Allergies",
    "investigations": "Investigations",
    "disposition": "What became of the patient",
    "gp_actions": "What the practice is asked",
    "advice": "Advice and safety-net",
    "safeguarding": "Safeguarding concern",
    "safeguarding_note": "The concern, and who was told",
    "respect_seen": "ReSPECT form seen",
    "dnacpr_seen": "DNACPR seen",
    "admission_prevented": "Admission prevented",
    "prevented_judged_by": "Judged by",
    "prevented_because": "Why an admission was prevented",
    "clinician": "Clinician",
    "clinician_role": "Role",
    "registration": "Registration",
    "is_dictated": "Dictated",
}
_OBSERVED = (
    ("respiratory_rate", "breaths", ""),
    ("spo2", "saturation", " %"),
    ("spo2_scale", "scale", ""),
    ("systolic", "systolic", " mmHg"),
    ("pulse", "pulse", ""),
    ("temperature", "temperature", " °C"),
)


def text(name: str, value: object, now: dt.datetime) -> str:
    """A value as a person reads it; what is empty says so."""
    how = _HOW.get(name)
    if how is not None and value is not None:
        return how(value) or NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Word):
        return value.label
    if isinstance(value, dt.datetime):
        return day_clock(value, now)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, list | tuple):
        return "\n".join(_line(one) for one in value) or NOTHING
    return NOTHING if value is None or value == "" else str(value)


def _line(one: object) -> str:
    if isinstance(one, Medicine):
        parts = (one.name, one.action.label.lower(), one.dose, one.route, one.quantity, one.authority)
        return ", ".join(part for part in parts if part)
    if isinstance(one, GpAction):
        by = f", by {day(one.due)}" if one.due else ""
        return f"{one.text}{by}, {'for action' if one.for_action else 'for information'}"
    return format_phone(str(one))


def _observations(seen: Observations) -> str:
    if seen == Observations():
        return ""
    values = ((words, getattr(seen, name), unit) for name, words, unit in _OBSERVED)
    parts = [f"{words} {value:g}{unit}" for words, value, unit in values if value is not None]
    if seen.on_oxygen is not None:
        parts.append("on oxygen" if seen.on_oxygen else "on air")
    if seen.consciousness is not None:
        parts.append(seen.consciousness.label.lower())
    return ", ".join(parts)


def _place(place: Any) -> str:
    lat, lon = place
    return NOTHING if lat is None or lon is None else f"{lat:.5f}, {lon:.5f}"


_HOW: dict[str, Callable[[Any], str]] = {
    "priority": lambda number: f"P{number} {PRIORITY_LABELS[number].lower()}",
    "observations": _observations,
    "place": _place,
    "phone": format_phone,
    "nhs_number": format_nhs_number,
}
