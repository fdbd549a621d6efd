"""NHS 111 reports: an ITK 2 SOAP envelope around HL7 CDA documents becomes received referrals.

Tolerant on purpose: names are matched in any namespace, whatever is missing or odd becomes an issue, and only
a message out of which no referral can be made is refused.
"""

import base64
import binascii
import dataclasses

from lxml import etree

from console.domain.refusals import Refused
from console.exchange import safe_xml
from console.exchange.hl7_values import clean, local_name
from console.exchange.itk111_document import read_document
from console.exchange.received import Issue, ReceivedReferral

MAX_DOCUMENTS = 200
_DOCUMENT = "ClinicalDocument"


def read(content: bytes) -> list[ReceivedReferral]:
    """Read the bytes of one message into its referrals, one for each document that tells of a patient.

    Message ids repeat over different messages in practice: only equal bytes are the same message. Raises
    Refused, in plain sentences without patient details, when no referral can be made of it.
    """
    root = safe_xml.parse(content)
    documents = _documents(root)
    if not documents:
        raise Refused("The message holds no NHS 111 report. Ask the sender what it was meant to be.")
    if len(documents) > MAX_DOCUMENTS:
        raise Refused(
            f"The message holds more than {MAX_DOCUMENTS} reports. Ask the sender for smaller ones."
        )
    message_id, is_copy = _message_id(root), _is_copy(root)
    tried = [read_document(document, message_id, is_copy) for document in documents]
    referrals = [referral for referral in tried if referral is not None]
    if not referrals:
        raise Refused("The report names no patient and says nothing of one. Ask the sender to send it again.")
    return [_with_loss(referral, len(tried) - len(referrals)) for referral in referrals]


def _documents(root: etree._Element) -> list[etree._Element]:
    """Find the reports: the root itself, inside the envelope, or packed as base64 in its payloads."""
    if local_name(root) == _DOCUMENT:
        return [root]
    found = root.findall(f".//{{*}}{_DOCUMENT}")
    return found or [
        document for payload in root.iterfind(".//{*}payload") for document in _unpacked(payload)
    ]


def _unpacked(payload: etree._Element) -> list[etree._Element]:
    """Find the reports in a payload that is sent as base64 text."""
    try:
        inner = safe_xml.parse(base64.b64decode(payload.text or "", validate=False))
    except (Refused, binascii.Error, ValueError):
        return []
    return [inner] if local_name(inner) == _DOCUMENT else inner.findall(f".//{{*}}{_DOCUMENT}")


def _message_id(root: etree._Element) -> str:
    """Give the envelope's message id, else its tracking id."""
    stated = clean(root.findtext("{*}Header/{*}MessageID"))
    header = root.find(".//{*}DistributionEnvelope/{*}header")
    return stated or clean("" if header is None else header.get("trackingid"))


def _is_copy(root: etree._Element) -> bool:
    """Whether the envelope says that another service is the primary recipient."""
    specs = root.iterfind(".//{*}DistributionEnvelope/{*}header/{*}handlingSpecification/{*}spec")
    return any("copyRecipient" in (spec.get("value") or "") for spec in specs)


def _with_loss(referral: ReceivedReferral, lost: int) -> ReceivedReferral:
    """Say in every referral of the message that other reports in it could not be used."""
    if not lost:
        return referral
    issue = Issue(
        _DOCUMENT, "Another report in the same message tells of no patient. Ask the sender about it."
    )
    return dataclasses.replace(referral, issues=(*referral.issues, issue))
