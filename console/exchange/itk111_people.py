"""The people of an NHS 111 report: patient, addresses, caller, own practice."""

import re
from dataclasses import dataclass

from lxml import etree

from console.domain.identifiers import is_practice_code, nhs_number_checks, normalise_practice_code
from console.domain.words import Gender, PracticeLink
from console.exchange.hl7_values import (
    address,
    attribute,
    checked_phone,
    day,
    filled,
    full_name,
    person_name,
    phones,
)
from console.exchange.pathways_case import PathwaysCase
from console.exchange.received import Address, Caller, Notes, OwnPractice, Patient, Phone

ROLE = "recordTarget/patientRole"
_VISIT = "componentOf/encompassingEncounter/location/healthCareFacility/location/addr"
_NHS_VERIFIED = "2.16.840.1.113883.2.1.4.1"
_NHS_UNVERIFIED = "2.16.840.1.113883.2.1.3.2.4.18.23"
_GENDERS = {
    "1": Gender.MALE,
    "2": Gender.FEMALE,
    "9": Gender.OTHER,
    "0": Gender.UNKNOWN,
    "male": Gender.MALE,
    "female": Gender.FEMALE,
    "m": Gender.MALE,
    "f": Gender.FEMALE,
}
# ODS codes that stand for "no practice": not registered; not applicable; not known.
_NO_PRACTICE = {
    "V81997": PracticeLink.NOT_REGISTERED,
    "V81998": PracticeLink.UNKNOWN,
    "V81999": PracticeLink.UNKNOWN,
}
_PRACTICE_WORDS = (
    (
        re.compile(r"not registered|unregistered|no (?:gp|practice)", re.IGNORECASE),
        PracticeLink.NOT_REGISTERED,
    ),
    (re.compile(r"visitor|temporary|overseas", re.IGNORECASE), PracticeLink.VISITOR),
    (re.compile(r"unknown|not known|not stated", re.IGNORECASE), PracticeLink.UNKNOWN),
)


def within(path: str) -> str:
    """Turn a path of local names into one that holds in any namespace."""
    return "/".join(f"{{*}}{name}" for name in path.split("/"))


@dataclass(frozen=True)
class NhsNumber:
    """Ten digits or None, whether the sender verified them and they check, and the text as sent."""

    digits: str | None
    is_verified: bool
    sent: str


def patient(notes: Notes, role: etree._Element) -> Patient:
    """Read who the patient is, as far as the message says."""
    element = role.find("{*}patient")
    title, given, family = person_name(notes, f"{ROLE}/patient/name", role.findall(within("patient/name")))
    if not family:
        notes.add(f"{ROLE}/patient/name", "The message gives no family name. Ask for it.")
    birth = role.find(within("patient/birthTime"))
    birth_date = day(notes, f"{ROLE}/patient/birthTime", None if birth is None else birth.get("value"))
    if birth_date is None:
        notes.add(f"{ROLE}/patient/birthTime", "The message gives no birth date. Ask for it.")
    number = nhs_number(notes, role)
    return Patient(
        nhs_number=number.digits,
        nhs_number_verified=number.is_verified,
        nhs_number_sent=number.sent,
        title=title,
        given_name=given,
        family_name=family,
        birth_date=birth_date,
        gender=gender(notes, element),
        phones=phones(notes, f"{ROLE}/telecom", role.findall("{*}telecom")),
        email=_email(notes, role),
    )


def _email(notes: Notes, role: etree._Element) -> str:
    """Read the first mail address of the patient."""
    for element in role.findall("{*}telecom"):
        value = filled(notes, f"{ROLE}/telecom", element.get("value"))
        if value.casefold().startswith("mailto:"):
            return value[len("mailto:") :]
    return ""


def nhs_number(notes: Notes, role: etree._Element) -> NhsNumber:
    """Read the NHS number; one that fails its check is kept and never counts as verified."""
    path = f"{ROLE}/id"
    for element in role.findall("{*}id"):
        root = element.get("root")
        if root not in (_NHS_VERIFIED, _NHS_UNVERIFIED):
            continue
        sent = filled(notes, path, element.get("extension"))
        digits = re.sub(r"[\s\-]", "", sent)
        if not sent:
            continue
        if not re.fullmatch("[0-9]{10}", digits) or digits == "0000000000":
            notes.add(path, "What was sent as NHS number is not one. Ask for it and trace the patient.")
            return NhsNumber(None, False, sent)
        if not nhs_number_checks(digits):
            notes.add(
                path, "The NHS number fails its check digit, whatever the sender says. Verify the patient."
            )
            return NhsNumber(digits, False, sent)
        if root == _NHS_UNVERIFIED:
            notes.add(path, "The sender did not verify the NHS number. Verify the patient.")
        return NhsNumber(digits, root == _NHS_VERIFIED, sent)
    notes.add(path, "The message brings no usable NHS number. Ask for it and trace the patient.")
    return NhsNumber(None, False, "")


def gender(notes: Notes, patient: etree._Element | None) -> Gender:
    """Read the administrative gender by its code, else by its text."""
    element = None if patient is None else patient.find("{*}administrativeGenderCode")
    path = f"{ROLE}/patient/administrativeGenderCode"
    for name in ("code", "displayName"):
        known = _GENDERS.get(attribute(notes, path, element, name).casefold())
        if known:
            return known
    return Gender.UNKNOWN


def home_address(notes: Notes, role: etree._Element) -> Address | None:
    """Read the address marked as home, else one without a mark."""
    marked = role.findall("{*}addr")
    for wanted in ({"H", "HP"}, set[str]()):
        for element in marked:
            uses = set((element.get("use") or "").upper().split())
            if (uses & wanted) or not (uses or wanted):
                found = address(notes, f"{ROLE}/addr", element)
                if found:
                    return found
    notes.add(f"{ROLE}/addr", "The message gives no home address. Ask for it.")
    return None


def visit_address(notes: Notes, document: etree._Element, home: Address | None) -> Address | None:
    """Read where the patient is now: the encounter's place, else the address marked as present, else home."""
    place = address(notes, _VISIT, document.find(within(_VISIT)))
    present = _present_address(notes, document)
    if place and present and not place.is_same_place(present):
        notes.add(_VISIT, "Two different present addresses were sent. Ask where the patient is now.")
    found = place or present
    if found is None and home is not None:
        notes.add(
            _VISIT, "No visit address was sent; the home address stands in. Ask where the patient is now."
        )
    return found or home


def _present_address(notes: Notes, document: etree._Element) -> Address | None:
    """Read the patient's own address that is marked as where they are, for now."""
    for element in document.iterfind(within(f"{ROLE}/addr")):
        if set((element.get("use") or "").upper().split()) & {"PHYS", "TMP", "HV"}:
            return address(notes, f"{ROLE}/addr", element)
    return None


def caller(
    notes: Notes, document: etree._Element, case: PathwaysCase | None, patient_name: str
) -> Caller | None:
    """Read who rang: the informant, else what the attached case says; None when neither names anyone."""
    for kind, person in (("relatedEntity", "relatedPerson"), ("assignedEntity", "assignedPerson")):
        element = document.find(within(f"informant/{kind}"))
        if element is not None:
            return _informant(notes, f"informant/{kind}", element, person)
    found = _caller_of_case(notes, case, patient_name)
    if found is None:
        notes.add("informant", "The message does not say who called. Ask when you ring.")
    return found


def _informant(notes: Notes, path: str, element: etree._Element, person: str) -> Caller:
    """Read the informant's name, relation to the patient and numbers."""
    code = element.find("{*}code")
    relation = attribute(notes, f"{path}/code", code, "displayName")
    if not relation and (sent := attribute(notes, f"{path}/code", code, "code")):
        relation = f"code {sent}"
    name = full_name(notes, f"{path}/{person}/name", element.find(within(f"{person}/name")))
    return Caller(name, relation, phones(notes, f"{path}/telecom", element.findall("{*}telecom")))


def _caller_of_case(notes: Notes, case: PathwaysCase | None, patient_name: str) -> Caller | None:
    """Read the caller out of the attached case."""
    if case is None:
        return None
    number = case.caller_phone or case.return_phone
    name = case.caller_name or (patient_name if case.caller_is_patient else "")
    if not name and not number:
        return None
    relation = {True: "Self", False: "Not the patient", None: ""}[case.caller_is_patient]
    path = "entry/observationMedia/value/contactDetails"
    numbers = (Phone(checked_phone(notes, path, number), "call back"),) if number else ()
    return Caller(name, relation, numbers)


def own_practice(notes: Notes, role: etree._Element) -> OwnPractice:
    """Read the patient's own practice: known only by a practice code that is not one of the stand-ins."""
    path = f"{ROLE}/providerOrganization"
    element = role.find("{*}providerOrganization")
    if element is None:
        notes.add(path, "The message names no GP practice. Ask for it, and who owns the report until then.")
        return OwnPractice(None, "", "", PracticeLink.UNKNOWN, "")
    sent = attribute(notes, f"{path}/id", element.find("{*}id"), "extension")
    name = full_name(notes, f"{path}/name", element.find("{*}name"))
    numbers = phones(notes, f"{path}/telecom", element.findall("{*}telecom"))
    phone = numbers[0].number if numbers else ""
    link = _link(sent.upper(), name)
    if link is not PracticeLink.KNOWN:
        notes.add(path, "The message does not name the patient's own practice by a usable code. Ask for it.")
        return OwnPractice(None, name, phone, link, sent)
    return OwnPractice(normalise_practice_code(sent), name, phone, link, sent)


def _link(code: str, name: str) -> PracticeLink:
    """Say whether a code and a name stand for a practice."""
    if code in _NO_PRACTICE:
        return _NO_PRACTICE[code]
    for words, link in _PRACTICE_WORDS:
        # A real practice may have such a word in its name: then a usable code decides.
        if words.match(name) or (words.search(name) and not is_practice_code(code)):
            return link
    return PracticeLink.KNOWN if is_practice_code(code) else PracticeLink.UNKNOWN
