"""NHS 111 messages of our own making, each with one thing that real ones do."""

import datetime as dt

import pytest

from console.domain.refusals import Refused
from console.domain.words import Gender, PracticeLink, Source
from console.exchange.itk111 import read
from console.exchange.received import ReceivedReferral
from tests.support.itk111_builder import (
    NHS_UNVERIFIED,
    NHS_VERIFIED,
    Report,
    envelope,
    message,
    pathways_entry,
    triage_line,
)


def only(content: bytes) -> ReceivedReferral:
    (referral,) = read(content)
    return referral


def paths(referral: ReceivedReferral) -> set[str]:
    return {issue.path.rpartition("/")[2] for issue in referral.issues}


def test_that_a_complete_report_is_read_whole_and_without_an_issue() -> None:
    referral = only(message())
    patient = referral.patient
    assert (patient.title, patient.given_name, patient.family_name) == ("Mrs", "Ada", "Marsh")
    assert (patient.nhs_number, patient.nhs_number_verified) == ("9434765919", True)
    assert (patient.birth_date, patient.gender) == (dt.date(1941, 7, 9), Gender.FEMALE)
    assert [(phone.number, phone.use) for phone in patient.phones] == [
        ("07700900123", "mobile, emergency contact")
    ]
    assert referral.home is not None
    assert referral.home.text == "1 Harbour Row, Folkestone, CT20 1AA"
    assert referral.visit is not None
    assert (referral.visit.text, referral.visit.directions) == ("9 Cliff Road, CT20 2BB", "Blue door")
    assert referral.visit_is_elsewhere
    assert referral.caller is not None
    assert (referral.caller.name, referral.caller.relation) == ("Joy Marsh", "Daughter")
    assert referral.caller.phones[0].number == "01303123999"
    assert (referral.practice.code, referral.practice.link) == ("G82999", PracticeLink.KNOWN)
    assert str(referral.assessment.disposition) == "Within 2 hours (Dx05)"
    assert referral.assessment.disposition_at == dt.datetime(2026, 1, 14, 13, 20, tzinfo=dt.UTC)
    assert (referral.source, referral.envelope.message_id) == (Source.NHS_111, "MSG-1")
    assert (referral.problem, referral.envelope.case_reference) == ("Short of breath", "CASE-7")
    assert referral.narrative.splitlines()[-2:] == ["Not fighting for breath.", "No rash."]
    assert (referral.flags, referral.issues) == ((), ())


@pytest.mark.parametrize(
    ("sent", "number"),
    [("9434765918", "9434765918"), ("0000000000", None), ("943476591", None), ("９４３４７６５９１９", None)],
)
def test_that_a_wrong_nhs_number_never_counts_as_verified(sent: str, number: str | None) -> None:
    referral = only(message(nhs=f'<id root="{NHS_VERIFIED}" extension="{sent}"/>'))
    assert (referral.patient.nhs_number, referral.patient.nhs_number_verified) == (number, False)
    assert "id" in paths(referral)


def test_that_a_number_the_sender_did_not_verify_stays_unverified() -> None:
    referral = only(message(nhs=f'<id root="{NHS_UNVERIFIED}" extension="9434765919"/>'))
    assert (referral.patient.nhs_number, referral.patient.nhs_number_verified) == ("9434765919", False)


def test_that_a_placeholder_gives_no_time_and_an_issue() -> None:
    referral = only(message(started="@@start@@+00", ended="@@end@@+00"))
    assert referral.assessment.disposition_at is None
    assert {"low", "high"} <= paths(referral)
    said = {issue.sentence for issue in referral.issues}
    assert "Instead of the start of the call the sender left a template's placeholder." in said
    assert "Instead of the end of the call the sender left a template's placeholder." in said


def test_that_what_cannot_be_read_is_said_with_what_it_was_sent_as() -> None:
    referral = only(message(started="20260714", ended="20261414132000"))
    said = {issue.sentence for issue in referral.issues}
    assert (
        "What was sent as the start of the call is not a time with hours and minutes, so it was not used."
        in said
    )
    assert "What was sent as the end of the call is a time that cannot exist, so it was not used." in said


@pytest.mark.parametrize(
    ("sent", "hour", "minute"),
    [
        ("20260714132000+0100", 12, 20),
        ("20260714132000+01", 12, 20),
        ("202607141320+01:00", 12, 20),
        ("20260714132000.1234567+0100", 12, 20),
        ("20260714132000", 12, 20),
        ("20260714132000Z", 13, 20),
        ("20260714132000-0530", 18, 50),
    ],
)
def test_that_a_time_keeps_its_instant(sent: str, hour: int, minute: int) -> None:
    at = only(message(ended=sent)).assessment.disposition_at
    assert at == dt.datetime(2026, 7, 14, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "sent", ["20260714", "2026071425", "202607142560", "20260714132000+9900", "soon", "0000"]
)
def test_that_an_impossible_time_is_not_invented(sent: str) -> None:
    referral = only(message(ended=sent))
    assert referral.assessment.disposition_at is None
    assert "high" in paths(referral)


def test_that_a_time_in_the_repeated_hour_is_taken_as_the_earlier_one() -> None:
    at = only(message(ended="20261025013000")).assessment.disposition_at
    assert at == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("sent", "read_as"), [("DX05", "Dx05"), ("dX011", "Dx011"), ("dx11", "Dx11"), ("X5", "X5")]
)
def test_that_only_the_case_of_a_disposition_is_folded(sent: str, read_as: str) -> None:
    referral = only(message(disposition=f'<dischargeDispositionCode code="{sent}"/>'))
    assert referral.assessment.disposition.code == read_as


def test_that_without_a_present_address_the_home_stands_in_and_is_noted() -> None:
    referral = only(message(place=""))
    assert referral.visit == referral.home
    assert "addr" in paths(referral)
    assert not referral.visit_is_elsewhere


def test_that_a_present_address_never_becomes_the_home() -> None:
    referral = only(
        message(addresses='<addr use="PHYS"><city>Dover</city><postalCode>CT16 1AA</postalCode></addr>')
    )
    assert referral.home is None


@pytest.mark.parametrize(
    ("code", "name", "link"),
    [
        ("V81997", "", PracticeLink.NOT_REGISTERED),
        ("V81999", "", PracticeLink.UNKNOWN),
        ("Z10000", "UNKNOWN", PracticeLink.UNKNOWN),
        ("V396F", "Some Surgery", PracticeLink.UNKNOWN),
        ("", "Visitor", PracticeLink.VISITOR),
        ("G82001", "The Unregistered Patients Surgery", PracticeLink.KNOWN),
    ],
)
def test_that_a_missing_practice_says_why(code: str, name: str, link: PracticeLink) -> None:
    practice = f'<providerOrganization><id extension="{code}"/><name>{name}</name></providerOrganization>'
    referral = only(message(practice=practice))
    assert referral.practice.link is link
    assert (referral.practice.code is not None) == (link is PracticeLink.KNOWN)


def test_that_the_attached_case_of_the_same_patient_says_when_it_was_decided_and_who_rang() -> None:
    line = triage_line("Any rash?", "no", "There was no purple rash.")
    extra = "<returnPhone><number>01303 123777</number></returnPhone>"
    referral = only(message(informant="", entries=pathways_entry(extra=extra, lines=line)))
    assert referral.assessment.disposition_at == dt.datetime(2026, 1, 14, 13, 10, 30, tzinfo=dt.UTC)
    assert referral.caller is not None
    assert (referral.caller.name, referral.caller.is_patient) == ("Ada Marsh", True)
    assert referral.caller.phones[0].number == "01303123777"
    assert "Any rash? - no - There was no purple rash." in referral.narrative


def test_that_the_attached_case_of_another_patient_is_left_out_but_its_ambulance_is_not_lost() -> None:
    line = triage_line("Any rash?", "no", "There was no purple rash.")
    referral = only(message(entries=pathways_entry(birth="2010-06-23", code="DX012", lines=line)))
    assert referral.assessment.disposition_at == dt.datetime(2026, 1, 14, 13, 20, tzinfo=dt.UTC)
    assert [item.code for item in referral.assessment.other_dispositions] == ["Dx012"]
    assert "purple" not in referral.narrative
    assert any("Dx012" in flag and "another patient" in flag for flag in referral.flags)


def test_that_alerts_are_quoted_as_they_were_written() -> None:
    sections = (
        "<section><title>Special Patient Notes</title><text>Key safe by the gate</text></section>"
        "<section><title>Recorded Allergies</title><text>No known allergies.</text></section>"
        "<section><title>Notes</title>"
        "<text>Safeguarding was not a concern.<br/>Dog in garden.</text></section>"
    )
    referral = only(message(sections=sections))
    assert referral.flags == (
        "Special Patient Notes: Key safe by the gate",
        "Notes says: Safeguarding was not a concern.",
    )


def test_that_handling_is_flagged() -> None:
    report = Report().with_(extra='<confidentialityCode code="V"/><versionNumber value="3"/>')
    flags = " ".join(only(envelope(report.xml(), interaction="copyRecipientNHS111CDADocument-v2-0")).flags)
    assert "very restricted" in flags
    assert "copy for information" in flags
    assert "version 3" in flags


def test_that_tables_lists_and_nested_sections_stay_readable() -> None:
    sections = (
        "<section><title>A</title><text><table><tr><th>Seen</th><td>Yes</td></tr><tr><th>By</th><td>Nurse</td>"
        "</tr></table><list><item>one</item><item>two</item></list></text>"
        "<component><section><title>B</title><text>inner</text></section></component></section>"
    )
    assert only(message(sections=sections)).narrative == "A\nSeen: Yes\nBy: Nurse\n\none\ntwo\n\nB\ninner"


def test_that_six_reports_in_one_envelope_become_six_referrals() -> None:
    people = [f"<name><given>Pat</given><family>Number{place}</family></name>" for place in range(6)]
    content = envelope(*[Report().with_(person=person).xml() for person in people])
    assert [referral.patient.family_name for referral in read(content)] == [f"Number{n}" for n in range(6)]


def test_that_an_empty_report_beside_a_full_one_is_not_lost_silently() -> None:
    (referral,) = read(envelope(Report().xml(), '<ClinicalDocument xmlns="urn:hl7-org:v3"/>'))
    assert "ClinicalDocument" in paths(referral)


def test_that_a_patient_without_a_name_is_still_a_referral() -> None:
    referral = only(message(nhs="", person="", addresses="", telecoms="", practice="", informant=""))
    assert referral.patient.full_name == ""
    assert {"name", "birthTime", "informant", "providerOrganization"} <= paths(referral)


def test_that_a_bare_report_and_a_utf_16_one_are_read() -> None:
    xml = Report().xml()
    assert only(xml.encode()).patient.family_name == "Marsh"
    assert (
        only(('<?xml version="1.0" encoding="UTF-16"?>' + xml).encode("utf-16")).patient.family_name
        == "Marsh"
    )


@pytest.mark.parametrize("content", [b"<Bundle/>", b'<ClinicalDocument xmlns="urn:hl7-org:v3"/>'])
def test_that_what_holds_no_referral_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(Refused, match="Ask the sender"):
        read(content)
