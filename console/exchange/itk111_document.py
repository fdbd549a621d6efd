"""One HL7 CDA document of an NHS 111 message becomes one received referral."""

import datetime as dt
import re

from lxml import etree

from console.domain.words import Source
from console.exchange import itk111_people as people
from console.exchange import itk111_text as text
from console.exchange.hl7_values import attribute, coding, full_name, instant
from console.exchange.hl7_values import phones as read_phones
from console.exchange.itk111_flags import flags
from console.exchange.itk111_people import ROLE, within
from console.exchange.pathways_case import PathwaysCase, attached_case
from console.exchange.received import Assessment, Coding, Envelope, Notes, Patient, ReceivedReferral

_DISPOSITION_SYSTEM = "2.16.840.1.113883.2.1.3.2.4.17.325"
_ENCOUNTER = "componentOf/encompassingEncounter"
_CASE_REFERENCE = "2.16.840.1.113883.2.1.3.2.4.18.34"
_CASE_ID = "2.16.840.1.113883.2.1.3.2.4.18.35"


def read_document(document: etree._Element, message_id: str, is_copy: bool) -> ReceivedReferral | None:
    """Read one document; None when it tells of no patient at all."""
    notes = Notes()
    role = document.find(within(ROLE))
    if role is None:
        notes.add(ROLE, "The report has no patient part. Ask the sender whom it is about.")
        role = etree.Element("patientRole")
    patient = people.patient(notes, role)
    sections = text.sections(notes, document)
    if not (_is_named(patient) or any(section.title != text.CONSENT for section in sections)):
        return None
    attached = attached_case(notes, document)
    is_other = attached is not None and attached.is_about_another(patient.birth_date, patient.nhs_number)
    case = None if is_other else attached
    if case:
        sections.extend(text.unsaid(case, sections))
    assessment = _assessment(notes, document, case, attached)
    home = people.home_address(notes, role)
    visit = people.visit_address(notes, document, home)
    caller = people.caller(notes, document, case, patient.full_name)
    practice = people.own_practice(notes, role)
    reason = text.problem(sections) or (case.condition if case else "") or assessment.disposition.text
    return ReceivedReferral(
        source=Source.NHS_111,
        envelope=_envelope(notes, document, message_id, is_copy),
        patient=patient,
        home=home,
        visit=visit,
        caller=caller,
        practice=practice,
        assessment=assessment,
        problem=reason,
        narrative=text.narrative(notes, sections),
        flags=flags(
            document,
            is_copy=is_copy,
            sections=sections,
            assessment=assessment,
            attached=attached,
            is_other_patient=is_other,
            visit=visit,
        ),
        issues=notes.issues(),
    )


def _is_named(patient: Patient) -> bool:
    """Whether anything at all is known of the patient."""
    return bool(patient.full_name or patient.nhs_number_sent or patient.birth_date or patient.phones)


def _assessment(
    notes: Notes, document: etree._Element, case: PathwaysCase | None, attached: PathwaysCase | None
) -> Assessment:
    """Read what the assessment came to, from the report first and then from its own attached case."""
    disposition = _disposition(notes, document, case)
    started_at, ended_at = (_encounter_time(notes, document, end) for end in ("low", "high"))
    discriminators = text.discriminators(notes, document)
    if case and case.discriminator:
        discriminators.append(Coding("", case.discriminator))
    return Assessment(
        disposition=disposition,
        disposition_at=_disposition_time(notes, case, ended_at),
        other_dispositions=_other_dispositions(disposition, attached),
        started_at=started_at,
        ended_at=ended_at,
        symptom_group=case.clinical_area if case else "",
        discriminators=tuple(discriminators),
    )


def _disposition(notes: Notes, document: etree._Element, case: PathwaysCase | None) -> Coding:
    """Read the disposition the report ends with; only its case is folded, because zeros are significant."""
    path = f"{_ENCOUNTER}/dischargeDispositionCode"
    sent = coding(notes, path, document.find(within(path)))
    if not sent.code and case and case.disposition.code:
        notes.add(path, "The report gives no disposition code; that of the attached Pathways case was taken.")
        sent = case.disposition
    elif not sent.code:
        notes.add(path, "The message gives no disposition code. The referral needs triage.")
    elif sent.system and sent.system != _DISPOSITION_SYSTEM:
        notes.add(
            path, "The disposition code comes from another code system than NHS Pathways. Check its text."
        )
    return Coding(folded(sent.code), sent.text, sent.system)


def folded(code: str) -> str:
    """Spell a disposition code as `Dx06`, folding case alone."""
    return f"Dx{code[2:].upper()}" if code[:2].casefold() == "dx" else code


def _other_dispositions(disposition: Coding, attached: PathwaysCase | None) -> tuple[Coding, ...]:
    """Give the attached case's disposition where it is another one than the report's."""
    if attached is None or not attached.disposition.code:
        return ()
    other = Coding(folded(attached.disposition.code), attached.disposition.text)
    return () if other.code == disposition.code else (other,)


def _disposition_time(
    notes: Notes, case: PathwaysCase | None, ended_at: dt.datetime | None
) -> dt.datetime | None:
    """Give when the disposition was reached: as the patient's attached case says, else the call's end."""
    if case and case.disposition_at:
        return case.disposition_at
    if ended_at is None:
        notes.add(
            f"{_ENCOUNTER}/effectiveTime/high",
            "The message gives no time for its disposition. The clock can only run from receipt.",
        )
    return ended_at


def _encounter_time(notes: Notes, document: etree._Element, end: str) -> dt.datetime | None:
    """Read when the call began (low) or ended (high)."""
    path = f"{_ENCOUNTER}/effectiveTime/{end}"
    return instant(notes, path, _value(document, path))


def _value(document: etree._Element, path: str) -> str | None:
    """Give the value attribute of the element at a path."""
    element = document.find(within(path))
    return None if element is None else element.get("value")


def _envelope(notes: Notes, document: etree._Element, message_id: str, is_copy: bool) -> Envelope:
    """Read which report this is, who made it and for whom."""
    version = attribute(notes, "versionNumber", document.find("{*}versionNumber"), "value")
    sender_phones = read_phones(
        notes,
        "participant/associatedEntity/telecom",
        document.findall("{*}participant[@typeCode='CALLBCK']/" + within("associatedEntity/telecom")),
    )
    return Envelope(
        message_id=message_id,
        document_id=attribute(notes, "id", document.find("{*}id"), "root"),
        set_id=attribute(notes, "setId", document.find("{*}setId"), "root"),
        version=int(version) if re.fullmatch("[0-9]{1,6}", version) else None,
        sent_at=instant(notes, "effectiveTime", _value(document, "effectiveTime")),
        is_copy=is_copy,
        case_reference=_encounter_id(notes, document, _CASE_REFERENCE),
        case_id=_encounter_id(notes, document, _CASE_ID),
        sender=_sender(notes, document),
        sender_phone=sender_phones[0].number if sender_phones else "",
        author=_author(notes, document),
        sent_to=_sent_to(notes, document),
    )


def _encounter_id(notes: Notes, document: etree._Element, root: str) -> str:
    """Read the sender's case reference or case id."""
    path = f"{_ENCOUNTER}/id"
    for element in document.iterfind(within(path)):
        if element.get("root") == root:
            return attribute(notes, path, element, "extension")
    return ""


def _sender(notes: Notes, document: etree._Element) -> str:
    """Read which organisation keeps the report."""
    path = "custodian/assignedCustodian/representedCustodianOrganization/name"
    return full_name(notes, path, document.find(within(path)))


def _author(notes: Notes, document: etree._Element) -> str:
    """Read who wrote the report, with their role."""
    path = "author/assignedAuthor"
    name = full_name(notes, path, document.find(within(f"{path}/assignedPerson/name")))
    role = attribute(notes, f"{path}/code", document.find(within(f"{path}/code")), "displayName")
    return ", ".join(part for part in (name, role) if part)


def _sent_to(notes: Notes, document: etree._Element) -> tuple[str, ...]:
    """Read the services the report was addressed to, copies left out."""
    names = []
    for recipient in document.findall("{*}informationRecipient"):
        if recipient.get("typeCode") != "TRC":
            organisation = recipient.find(within("intendedRecipient/receivedOrganization/name"))
            names.append(full_name(notes, "informationRecipient", organisation))
    return tuple(name for name in names if name)
