"""What people call the parts of a 111 message, for a sentence about what was sent there."""

import re

_PLACES = tuple(
    (re.compile(path), words)
    for path, words in (
        ("patientRole/patient/name", "the patient's name"),
        ("patient/birthTime|dateOfBirth", "the patient's date of birth"),
        ("administrativeGenderCode", "the patient's gender"),
        ("patientRole/id", "the patient's NHS number"),
        ("patientRole/telecom", "the patient's telephone or mail"),
        ("patientRole/addr", "the patient's address"),
        ("providerOrganization", "the patient's own practice"),
        ("healthCareFacility", "the address of the visit"),
        ("^informant", "the caller"),
        ("dischargeDispositionCode", "the disposition"),
        ("timeReached", "the time of the disposition"),
        ("effectiveTime/low$", "the start of the call"),
        ("effectiveTime/high$", "the end of the call"),
        ("^effectiveTime$", "the time of sending"),
        ("^participant", "the sender's telephone"),
        ("^custodian", "the sender's name"),
        ("^author", "the author of the report"),
        ("^informationRecipient", "the receiver of the report"),
        ("encompassingEncounter/id", "the sender's reference"),
        ("^(id|setId|versionNumber)$", "the number of the report"),
        ("^(section|entry)", "the text of the report"),
    )
)


def called(path: str) -> str:
    """Call the part of the message at a path as one would say it."""
    return next((words for pattern, words in _PLACES if pattern.search(path)), "a part of the message")
