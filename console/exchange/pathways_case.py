"""The NHS Pathways case that a 111 report may carry inside: what was asked and when it was decided."""

import base64
import binascii
import datetime as dt
from dataclasses import dataclass

from lxml import etree

from console.domain.refusals import Refused
from console.exchange import safe_xml
from console.exchange.hl7_values import clean, day, instant
from console.exchange.received import Coding, Notes

_PATH = "entry/observationMedia/value"
# How two vendors send the symptom discriminator: a variable that the assessment sets.
_DISCRIMINATOR_PREFIX = "STRING:SD"


@dataclass(frozen=True)
class AskedLine:
    """One step of the assessment that was meant for the report."""

    question: str
    answer: str
    said: str
    comment: str


@dataclass(frozen=True)
class PathwaysCase:
    """What of the case is used beside the report itself."""

    disposition: Coding
    disposition_at: dt.datetime | None
    birth_date: dt.date | None
    nhs_number: str
    caller_name: str
    caller_phone: str
    caller_is_patient: bool | None
    return_phone: str
    visit_postcode: str
    condition: str
    clinical_area: str
    discriminator: str
    expects_update: bool
    lines: tuple[AskedLine, ...]

    def is_about_another(self, birth_date: dt.date | None, nhs_number: str | None) -> bool:
        """Whether birth date or NHS number contradict those of the report's patient."""
        other_birth = bool(birth_date and self.birth_date and birth_date != self.birth_date)
        return other_birth or bool(nhs_number and self.nhs_number and nhs_number != self.nhs_number)


def attached_case(notes: Notes, document: etree._Element) -> PathwaysCase | None:
    """Read the first attached Pathways case of a report; None when there is none or it cannot be read."""
    for value in document.iterfind(".//{*}observationMedia/{*}value"):
        if value.get("representation") != "B64":
            continue
        try:
            root = safe_xml.parse(base64.b64decode(value.text or ""))
        except (Refused, binascii.Error, ValueError):
            notes.add(
                _PATH, "The attached Pathways case cannot be read. Its text is only in the stored message."
            )
            continue
        if etree.QName(root).localname == "PathwaysCase":
            return _case(notes, root)
    return None


def _case(notes: Notes, root: etree._Element) -> PathwaysCase:
    """Collect what is used of a case; its vendor may leave any part out."""
    triage = root.find(".//{*}pathwayTriage")
    steps = root.findall(".//{*}triageLine")
    is_patient = _at(triage, "callerIsPatient")
    return PathwaysCase(
        disposition=_disposition(root, triage),
        disposition_at=instant(
            notes, f"{_PATH}/triageDisposition/timeReached", _at(triage, "triageDisposition", "timeReached")
        ),
        birth_date=day(notes, f"{_PATH}/dateOfBirth/dob", _at(root, "patient", "dateOfBirth", "dob")),
        nhs_number="".join(_at(root, "patient", "nationalNumber").split()),
        caller_name=_at(root, "caseDetails", "contactDetails", "caller", "name"),
        caller_phone=_at(root, "caseDetails", "contactDetails", "caller", "phone", "number"),
        caller_is_patient={"true": True, "false": False}.get(is_patient.casefold()),
        return_phone=_at(root, "returnPhone", "number"),
        visit_postcode=_at(root, "caseDetails", "address", "postcode"),
        condition=_at(root, "caseDetails", "condition"),
        clinical_area=next((area for step in steps if (area := _at(step, "clinicalArea"))), ""),
        discriminator=_discriminator(steps),
        expects_update=_at(root, "messageStatus") == "PartialExpectingUpdate",
        lines=tuple(_line(step) for step in steps if _is_reported(step)),
    )


def _disposition(root: etree._Element, triage: etree._Element | None) -> Coding:
    """Give the final disposition of the assessment, else the case's outcome."""
    code = _at(triage, "finalDisposition", "finalDispCode") or _at(root, "outcome", "code")
    return Coding(code, _at(triage, "finalDisposition", "finalDisptext") or _at(root, "outcome", "title"))


def _discriminator(steps: list[etree._Element]) -> str:
    """Give the symptom discriminator that the assessment ended with."""
    found = ""
    for step in steps:
        if _at(step, "question", "questionText").startswith(_DISCRIMINATOR_PREFIX):
            found = _answer(step).strip('"') or found
    return found


def _is_reported(step: etree._Element) -> bool:
    """Whether the vendor meant the step for readers and it says something."""
    said, comment = _at(step, "reportText", "text"), _at(step, "userComment")
    return _at(step, "includeInReport") != "false" and said != "*" and bool(said or comment)


def _line(step: etree._Element) -> AskedLine:
    """Read question, chosen answer, reported sentence and comment of a step."""
    return AskedLine(
        _at(step, "question", "questionText"),
        _answer(step),
        _at(step, "reportText", "text"),
        _at(step, "userComment"),
    )


def _answer(step: etree._Element) -> str:
    """Give the chosen answers of a step."""
    chosen = [item for item in step.iterfind(".//{*}answer") if item.get("selected") == "true"]
    return ", ".join(_at(item, "text") for item in chosen)


def _at(element: etree._Element | None, *names: str) -> str:
    """Give the text at a path of local names; nothing when any part is missing."""
    if element is None:
        return ""
    return clean(element.findtext("/".join(f"{{*}}{name}" for name in names)))
