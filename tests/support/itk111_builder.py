"""Makes small NHS 111 messages of our own about people who do not exist: HL7 CDA in an ITK envelope."""

import base64
from dataclasses import dataclass, replace

HL7 = "urn:hl7-org:v3"
NHS_VERIFIED = "2.16.840.1.113883.2.1.4.1"
NHS_UNVERIFIED = "2.16.840.1.113883.2.1.3.2.4.18.23"
DISPOSITIONS = "2.16.840.1.113883.2.1.3.2.4.17.325"


@dataclass(frozen=True)
class Report:
    """The parts of one report as XML; `with_` swaps some of them."""

    nhs: str = f'<id root="{NHS_VERIFIED}" extension="943 476 5919"/>'
    addresses: str = (
        '<addr use="H"><streetAddressLine>1 Harbour Row</streetAddressLine><city>Folkestone</city>'
        "<postalCode>ct20 1aa</postalCode></addr>"
    )
    telecoms: str = (
        '<telecom value="tel:+44 7700 900123" use="MC"/><telecom value="tel:07700900123" use="EC"/>'
    )
    person: str = (
        "<name><prefix>Mrs</prefix><given>Ada</given><family>Marsh</family></name>"
        '<administrativeGenderCode code="2"/><birthTime value="19410709"/>'
    )
    practice: str = (
        '<providerOrganization><id extension="g82999"/><name>Harbour Surgery</name>'
        '<telecom value="tel:01303 123456" use="WP"/></providerOrganization>'
    )
    informant: str = (
        '<informant><relatedEntity><code code="01" displayName="Daughter"/>'
        '<telecom value="tel:01303123999" use="HP"/><relatedPerson><name><given>Joy</given>'
        "<family>Marsh</family></name></relatedPerson></relatedEntity></informant>"
    )
    started: str = "20260114130000+0000"
    ended: str = "20260114132000+0000"
    disposition: str = (
        f'<dischargeDispositionCode code="DX05" codeSystem="{DISPOSITIONS}" displayName="Within 2 hours"/>'
    )
    place: str = (
        "<addr><streetAddressLine>9 Cliff Road</streetAddressLine><postalCode>CT20 2BB</postalCode>"
        "<desc>Blue door</desc></addr>"
    )
    sections: str = (
        "<section><title>Patient's Reported Condition</title><text>Short of breath</text></section>"
        "<section><title>Pathways Assessment</title>"
        "<text>Not fighting for breath.<br/>No rash.</text></section>"
    )
    entries: str = ""
    extra: str = '<versionNumber value="1"/>'

    def with_(self, **parts: str) -> "Report":
        """Give the report with some parts swapped."""
        return replace(self, **parts)

    def xml(self) -> str:
        """Give the report as a CDA document."""
        return (
            f'<ClinicalDocument xmlns="{HL7}"><id root="DOC-1"/><effectiveTime value="20260114132100+0000"/>'
            f"{self.extra}<recordTarget><patientRole>{self.nhs}{self.addresses}{self.telecoms}"
            f"<patient>{self.person}</patient>{self.practice}</patientRole></recordTarget>{self.informant}"
            "<componentOf><encompassingEncounter>"
            '<id root="2.16.840.1.113883.2.1.3.2.4.18.34" extension="CASE-7"/>'
            f'<effectiveTime><low value="{self.started}"/><high value="{self.ended}"/></effectiveTime>'
            f"{self.disposition}<location><healthCareFacility><location>{self.place}</location>"
            "</healthCareFacility></location></encompassingEncounter></componentOf><component><structuredBody>"
            f"<component><section>{self.entries}<component>{self.sections}</component></section></component>"
            "</structuredBody></component></ClinicalDocument>"
        )


def envelope(*documents: str, interaction: str = "primaryOutofHourRecipientNHS111CDADocument-v2-0") -> bytes:
    """Wrap documents into one ITK SOAP envelope."""
    payloads = "".join(f"<itk:payload>{document}</itk:payload>" for document in documents)
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
        'xmlns:a="http://www.w3.org/2005/08/addressing" xmlns:itk="urn:nhs-itk:ns:201005">'
        "<s:Header><a:MessageID>MSG-1</a:MessageID></s:Header><s:Body><itk:DistributionEnvelope>"
        '<itk:header trackingid="TRACK-1"><itk:handlingSpecification>'
        f'<itk:spec key="urn:nhs-itk:ns:201005:interaction" value="urn:nhs-itk:interaction:{interaction}"/>'
        f"</itk:handlingSpecification></itk:header><itk:payloads>{payloads}</itk:payloads>"
        "</itk:DistributionEnvelope></s:Body></s:Envelope>"
    ).encode()


def message(**parts: str) -> bytes:
    """Make one message with one report, some parts swapped."""
    return envelope(Report().with_(**parts).xml())


def pathways_entry(birth: str = "1941-07-09", code: str = "Dx05", extra: str = "", lines: str = "") -> str:
    """Make the entry with an attached Pathways case."""
    case = (
        '<PathwaysCase xmlns="http://nhspathways.org/webservices/pathways/pathwaysCase">'
        f"<patient><dateOfBirth><dob>{birth}</dob></dateOfBirth></patient>{extra}"
        "<pathwayDetails><pathwayTriageDetails><pathwayTriage><triageDisposition>"
        "<timeReached>2026-01-14T13:10:30.467+00:00</timeReached></triageDisposition><finalDisposition>"
        f"<finalDispCode>{code}</finalDispCode><finalDisptext>Text</finalDisptext></finalDisposition>"
        f"<triageLineDetails>{lines}</triageLineDetails><callerIsPatient>true</callerIsPatient>"
        "</pathwayTriage></pathwayTriageDetails></pathwayDetails></PathwaysCase>"
    )
    packed = base64.b64encode(case.encode()).decode()
    return f'<entry><observationMedia><value representation="B64">{packed}</value></observationMedia></entry>'


def triage_line(question: str, answer: str, said: str) -> str:
    """Make one step of an attached case."""
    return (
        f"<triageLine><question><questionText>{question}</questionText><answers>"
        f'<answer selected="true"><text>{answer}</text></answer></answers></question>'
        f"<reportText><text>{said}</text></reportText><includeInReport>true</includeInReport></triageLine>"
    )
