"""What staff must notice in an NHS 111 report: short sentences, quoted from the sender, never judged."""

import re

from lxml import etree

from console.domain.identifiers import is_postcode, normalise_postcode
from console.exchange.hl7_values import all_text, clean
from console.exchange.itk111_people import ROLE, within
from console.exchange.itk111_text import Section
from console.exchange.pathways_case import PathwaysCase
from console.exchange.received import Address, Assessment

_ALERT_TITLE = re.compile(
    r"special (?:patient )?note|safeguard|alert|warning|child protection|vulnerable|risk|violen|"
    r"resuscitation|respect form|care plan|allerg",
    re.IGNORECASE,
)
# A line is quoted whole, so that "was not ..." reads as it was written.
_ALERT_LINE = re.compile(
    r"safeguard|child protection|vulnerable (?:adult|person)|violen|aggressi|weapon|key ?safe|"
    r"dnacpr|\bdnar\b|\brespect form|end of life|palliative",
    re.IGNORECASE,
)
_PROTECTION = re.compile(r"safeguard|protection|vulnerable", re.IGNORECASE)
_NOTHING = re.compile(r"no known\b|none\b|nil\b|not known\b|n/a\b", re.IGNORECASE)
_RESTRICTED = {"R": "restricted", "V": "very restricted"}
_LONGEST = 240
MAX_FLAGS = 30


def flags(
    document: etree._Element,
    *,
    is_copy: bool,
    sections: list[Section],
    assessment: Assessment,
    attached: PathwaysCase | None,
    is_other_patient: bool,
    visit: Address | None,
) -> tuple[str, ...]:
    """Collect the flags of one report, the gravest first, each once."""
    found = [
        *_of_dispositions(assessment, is_other_patient),
        *_of_case(attached, is_other_patient, visit),
        *(f"Clinical discriminator: {item}." for item in assessment.discriminators if item.code),
        *_of_sections(sections),
        *_of_person(document),
        *_of_handling(document, is_copy),
    ]
    each_once = list(dict.fromkeys(_short(flag) for flag in found))
    if len(each_once) > MAX_FLAGS:
        each_once[MAX_FLAGS:] = ["There are more lines to notice. Read the whole text."]
    return tuple(each_once)


def _of_dispositions(assessment: Assessment, is_other_patient: bool) -> list[str]:
    """Name safeguarding dispositions, and a second disposition that differs from the report's."""
    dispositions = (assessment.disposition, *assessment.other_dispositions)
    found = [f"Safeguarding: {item}." for item in dispositions if _PROTECTION.search(item.text)]
    for item in assessment.other_dispositions:
        doubt = " and may be about another patient" if is_other_patient else ""
        found.append(
            f"The attached Pathways case ends with {item}, which is not the report's disposition{doubt}."
        )
    return found


def _of_case(attached: PathwaysCase | None, is_other_patient: bool, visit: Address | None) -> list[str]:
    """Name where the attached case contradicts the report about the person or the place."""
    if attached is None:
        return []
    if is_other_patient:
        return ["The attached Pathways case has another birth date or NHS number: its answers were left out."]
    found = []
    places = (attached.visit_postcode, visit.postcode if visit else "")
    if (
        all(is_postcode(place) for place in places)
        and len({normalise_postcode(place) for place in places}) > 1
    ):
        found.append("The attached Pathways case gives another address. Ask where the patient is now.")
    if attached.expects_update:
        found.append("The sender expects to send an update of this case.")
    return found


def _of_sections(sections: list[Section]) -> list[str]:
    """Quote sections that are alerts by their title, and lines that speak of known hazards."""
    found = []
    for section in sections:
        if _ALERT_TITLE.search(section.title):
            if not _NOTHING.match(section.text):
                found.append(f"{section.title}: {clean(section.text)}")
            continue
        lines = (line for line in section.text.splitlines() if _ALERT_LINE.search(line))
        found.extend(f"{section.title or 'The report'} says: {line}" for line in lines)
    return found


def _of_person(document: etree._Element) -> list[str]:
    """Name a recorded death and a language other than English."""
    patient = document.find(within(f"{ROLE}/patient"))
    if patient is None:
        return []
    found = []
    dead = patient.find("{*}deceasedInd")
    if patient.find("{*}deceasedTime") is not None or (dead is not None and dead.get("value") == "true"):
        found.append("The message says that the patient has died.")
    for element in patient.iterfind(within("languageCommunication/languageCode")):
        language = clean(element.get("displayName") or element.get("code"))
        if language and not re.match(r"en\b|english", language, re.IGNORECASE):
            found.append(f"Language: {language}. An interpreter may be needed.")
    return found


def _of_handling(document: etree._Element, is_copy: bool) -> list[str]:
    """Name a booked appointment, restricted sharing, and a report that is only a copy or a later version."""
    found = []
    for booked in document.iterfind(".//{*}encounter[@moodCode='APT']"):
        place = all_text(booked.find(".//{*}playingEntity/{*}name"))
        found.append(f"The sender booked an appointment{f' at {place}' if place else ''}.")
    sharing = document.find("{*}confidentialityCode")
    level = _RESTRICTED.get((sharing.get("code") or "").upper() if sharing is not None else "")
    if level:
        found.append(f"The sender marked this report {level}.")
    if is_copy:
        found.append("Sent as a copy for information: another service is the primary recipient.")
    version = document.find("{*}versionNumber")
    if (
        version is not None
        and re.fullmatch("[0-9]{1,6}", number := clean(version.get("value")))
        and int(number) > 1
    ):
        found.append(f"This is version {number} of the report. An earlier one may be on the board.")
    return found


def _short(text: str) -> str:
    """Cut a flag at a length that can be read at a glance."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
