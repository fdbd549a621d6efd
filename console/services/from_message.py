"""A received message as the form of a new referral; nothing that the sender said is lost on the way."""

from console.domain.dispositions import is_pathways_system
from console.domain.identifiers import format_phone
from console.domain.words import PracticeLink
from console.exchange.received import Address, Caller, Coding, OwnPractice, ReceivedReferral
from console.services.forms import NewReferral


def form_of(
    received: ReceivedReferral, message_id: int, practice_id: int | None, *, practice_is_new: bool = False
) -> NewReferral:
    """Fill the form in; `practice_id` is None when the message names no practice by a code."""
    patient, assessment = received.patient, received.assessment
    issues = [issue.sentence for issue in received.issues]
    if practice_is_new:
        issues.append(_unknown_practice(received.practice))
    elif received.practice.link is PracticeLink.UNKNOWN and received.practice.name:
        issues.append(_without_code(received.practice))
    code = _disposition(assessment.disposition, issues)
    visit = received.visit if received.visit_is_elsewhere or received.home is None else None
    phones = [phone.number for phone in patient.phones]
    return NewReferral(
        source=received.source,
        family_name=patient.family_name or "Not known",
        given_name=patient.given_name,
        title=patient.title,
        birth_date=patient.birth_date,
        gender=patient.gender,
        nhs_number=patient.nhs_number,
        nhs_number_verified=patient.nhs_number_verified,
        phone=phones[0] if phones else None,
        other_phones=tuple(phones[1:]),
        home_address=_lines(received.home),
        home_postcode=received.home.postcode if received.home else None,
        visit_address=_lines(visit) if visit else None,
        visit_postcode=visit.postcode if visit else None,
        caller=_caller(received.caller),
        caller_phone=_caller_phone(received.caller),
        practice_id=practice_id,
        practice_link=received.practice.link if practice_id is None else PracticeLink.KNOWN,
        problem=received.problem or "The message names no problem",
        narrative=_narrative(received),
        disposition=code,
        disposition_at=assessment.disposition_at,
        other_dispositions=tuple(coding.code for coding in assessment.other_dispositions if _is_ours(coding)),
        flags=received.flags,
        issues=tuple(dict.fromkeys(issues)),
        received_message_id=message_id,
        sender_reference=received.envelope.case_reference or None,
    )


def _unknown_practice(practice: OwnPractice) -> str:
    name = f"{practice.name} ({practice.code})" if practice.name else practice.code
    return f"The message names the practice {name}, which was not in the list here. Check that it is right."


def _without_code(practice: OwnPractice) -> str:
    """It is found by what it is called, not by a code that is none."""
    called = f"{practice.name} ({practice.code_sent})" if practice.code_sent else practice.name
    number = f", {format_phone(practice.phone)}" if practice.phone else ""
    return f"As the patient's own practice the message says: {called}{number}."


def _disposition(coding: Coding, issues: list[str]) -> str | None:
    """A code of another system is no disposition, even when it is spelt like one."""
    if coding.code and not _is_ours(coding):
        issues.append(
            f"The disposition {coding} is of another code system: a clinician judges what it means."
        )
        return None
    return coding.code or None


def _is_ours(coding: Coding) -> bool:
    return not coding.system or is_pathways_system(coding.system)


def _lines(address: Address | None) -> str:
    return ", ".join(address.lines) if address else ""


def _caller(caller: Caller | None) -> str:
    if caller is None:
        return ""
    relation = f"({caller.relation})" if caller.relation else ""
    # Some senders write it behind the name already.
    is_said = caller.name.casefold().endswith(relation.casefold())
    return caller.name if is_said else f"{caller.name} {relation}".strip()


def _caller_phone(caller: Caller | None) -> str | None:
    return caller.phones[0].number if caller and caller.phones else None


def _narrative(received: ReceivedReferral) -> str:
    """The sender's words, then what helps to find the patient and to ring back."""
    parts = [received.narrative]
    place = received.visit or received.home
    if place and (place.directions or place.locators):
        parts.append("Finding the place: " + " ".join((place.directions, *place.locators)).strip())
    if received.caller and len(received.caller.phones) > 1:
        others = ", ".join(format_phone(phone.number) for phone in received.caller.phones[1:])
        parts.append(f"Further numbers of the caller: {others}")
    if received.envelope.sender_phone:
        parts.append(f"Sender: {received.envelope.sender}, {format_phone(received.envelope.sender_phone)}")
    return "\n\n".join(part for part in parts if part)
