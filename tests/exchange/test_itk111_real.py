"""The real vendors' messages, each field against the message's own text, read here without XML tools."""

import base64
import datetime as dt
import html
import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.domain.words import Gender, PracticeLink
from console.exchange.itk111 import read
from console.exchange.received import Address, ReceivedReferral

# Each file's name begins with one of these.
MESSAGES = ["adastra", "cleric", "conformance", "no-nhs-number", "primary-emergency", "safeguarding"]


@dataclass(frozen=True)
class Sample:
    """A real message as text and as it was read."""

    text: str
    referral: ReceivedReferral

    def block(self, name: str, within: str | None = None, marked: str = "") -> str:
        """Give the first element of a name, with its content, whose opening tag holds the mark."""
        text = self.text if within is None else within
        found = re.search(rf"<{name}\b[^>]*{re.escape(marked)}[^>]*>.*?</{name}>", text, re.DOTALL)
        return found[0] if found else ""


@pytest.fixture(params=MESSAGES)
def sample(request: pytest.FixtureRequest, shared_data: Path) -> Sample:
    (path,) = (shared_data / "itk111").glob(f"{request.param}*.xml")
    content = path.read_bytes()
    (referral,) = read(content)
    return Sample(content.decode("utf-8-sig"), referral)


def inner(text: str, name: str) -> list[str]:
    """All contents of the elements of a name, on one line each."""
    found = re.findall(rf"<{name}\b(?:[^>]*[^>/])?>(.*?)</{name}>", text, re.DOTALL)
    return [" ".join(html.unescape(re.sub("<[^>]*>", " ", item)).split()) for item in found]


def attribute(text: str, element: str, name: str, marked: str = "") -> str:
    """An attribute of the first element of a name whose tag holds the mark."""
    for tag in re.findall(rf"<{element}\b[^>]*>", text):
        value = re.search(rf'\b{name}="([^"]*)"', tag)
        if marked in tag and value:
            return html.unescape(" ".join(value[1].split()))
    return ""


def utc(text: str) -> dt.datetime | None:
    """The instant of an HL7 time with an offset; None for a placeholder."""
    if "@@" in text:
        return None
    digits, sign, offset = re.fullmatch(r"(\d+)([+-])(\d+)", text).groups()  # type: ignore[union-attr]
    local = dt.datetime.strptime(f"{digits:0<14}{sign}{offset:0<4}", "%Y%m%d%H%M%S%z")
    return local.astimezone(dt.UTC)


def assert_address(address: Address | None, block: str) -> None:
    """Every line and the postcode of the block stand in the address, in order, and nothing else."""
    assert address is not None
    block = re.sub(r"<(country|addressKey)\b.*?</\1>", "", block, flags=re.DOTALL)
    lines = inner(block, "streetAddressLine") + inner(block, "city")
    assert list(address.lines) == lines
    assert address.postcode.replace(" ", "") == inner(block, "postalCode")[0].replace(" ", "").upper()
    assert address.directions == " ".join(inner(block, "desc"))
    assert list(address.locators) == inner(block, "additionalLocator")


def test_that_the_patient_is_the_one_in_the_message(sample: Sample) -> None:
    patient, role = sample.referral.patient, sample.block("patientRole")
    name = sample.block("name", sample.block("patient", role))
    assert patient.given_name == " ".join(inner(name, "given"))
    assert patient.family_name == " ".join(inner(name, "family"))
    assert patient.title == " ".join(inner(name, "prefix"))
    assert f"{patient.birth_date:%Y%m%d}" == attribute(role, "birthTime", "value")
    genders = {"1": Gender.MALE, "2": Gender.FEMALE}
    assert patient.gender is genders[attribute(role, "administrativeGenderCode", "code")]


def test_that_the_nhs_number_is_taken_only_where_it_is_one(sample: Sample) -> None:
    patient, role = sample.referral.patient, sample.block("patientRole")
    verified = attribute(role, "id", "extension", 'root="2.16.840.1.113883.2.1.4.1"')
    if re.fullmatch("[0-9]{10}", verified):
        assert (patient.nhs_number, patient.nhs_number_verified) == (verified, True)
    else:
        assert (patient.nhs_number, patient.nhs_number_verified) == (None, False)
        assert any("NHS number" in issue.sentence for issue in sample.referral.issues)


def test_that_exactly_one_of_the_six_brings_a_usable_nhs_number(shared_data: Path) -> None:
    read_ones = [read(path.read_bytes())[0] for path in sorted((shared_data / "itk111").glob("*.xml"))]
    assert [referral.patient.nhs_number_verified for referral in read_ones].count(True) == 1


def test_that_home_and_visit_address_are_those_in_the_message(sample: Sample) -> None:
    role, encounter = sample.block("patientRole"), sample.block("encompassingEncounter")
    own = role[: role.index("<patient ")] if "<patient " in role else role[: role.index("<patient>")]
    assert_address(sample.referral.home, sample.block("addr", own, 'use="H"'))
    visit_block = sample.block("addr", sample.block("location", encounter))
    assert_address(sample.referral.visit, visit_block)
    home_codes, visit_codes = inner(own, "postalCode"), inner(visit_block, "postalCode")
    assert sample.referral.visit_is_elsewhere == (home_codes[0] != visit_codes[0])


def test_that_the_patients_numbers_are_all_there(sample: Sample) -> None:
    role = sample.block("patientRole")
    own = role[: role.index("providerOrganization")]
    sent = re.findall(r'value="tel:([0-9]+)"', own)
    assert [phone.number for phone in sample.referral.patient.phones] == list(dict.fromkeys(sent))
    mail = re.search(r'value="mailto:([^"]+)"', own)
    assert sample.referral.patient.email == (mail[1] if mail else "")


def test_that_the_caller_is_the_informant_or_the_patient_of_the_attached_case(sample: Sample) -> None:
    caller, informant = sample.referral.caller, sample.block("informant")
    assert caller is not None
    if informant:
        assert caller.name == " ".join(inner(informant, "name"))
        assert caller.relation == attribute(informant, "code", "displayName")
        assert [phone.number for phone in caller.phones] == re.findall(r'value="tel:([0-9]+)"', informant)
    else:
        assert caller.is_patient
        assert caller.name.startswith(sample.referral.patient.full_name)
        assert [phone.number for phone in caller.phones] == [sample.referral.patient.phones[0].number]


def test_that_the_own_practice_is_named_only_by_a_practice_code(sample: Sample) -> None:
    practice, block = sample.referral.practice, sample.block("providerOrganization")
    sent, name = attribute(block, "id", "extension"), inner(block, "name")[0]
    assert (practice.code_sent, practice.name) == (sent, name)
    if re.fullmatch("[A-Z][0-9]{5}", sent) and name != "UNKNOWN":
        assert (practice.code, practice.link) == (sent, PracticeLink.KNOWN)
    else:
        assert (practice.code, practice.link) == (None, PracticeLink.UNKNOWN)


def test_that_the_disposition_and_its_times_are_those_in_the_message(sample: Sample) -> None:
    assessment, encounter = sample.referral.assessment, sample.block("encompassingEncounter")
    assert assessment.disposition.code == attribute(encounter, "dischargeDispositionCode", "code")
    assert assessment.disposition.text == attribute(encounter, "dischargeDispositionCode", "displayName")
    low, high = (utc(attribute(encounter, end, "value")) for end in ("low", "high"))
    assert (assessment.started_at, assessment.ended_at) == (low, high)
    if high is None or low is None:
        assert assessment.disposition_at is None
        assert any("no time for its disposition" in issue.sentence for issue in sample.referral.issues)
    else:
        assert assessment.disposition_at is not None
        assert low <= assessment.disposition_at <= high


def test_that_the_attached_case_of_the_same_patient_says_when_it_was_decided(sample: Sample) -> None:
    packed = re.search(r"<value\b[^>]*B64[^>]*>([^<]+)</value>", sample.text)
    if packed is None:
        assert sample.referral.assessment.other_dispositions == ()
        return
    case = base64.b64decode(packed[1]).decode()
    same = inner(case, "dob")[0] == str(sample.referral.patient.birth_date)
    reached = dt.datetime.fromisoformat(re.sub(r"\.\d+", "", inner(case, "timeReached")[0]))
    if reached.tzinfo is None:
        reached = reached.replace(tzinfo=ZoneInfo("Europe/London"))
    assert (sample.referral.assessment.disposition_at == reached) == same
    others = [item.code for item in sample.referral.assessment.other_dispositions]
    assert others == ([] if same else [inner(case, "finalDispCode")[0]])


def test_that_no_word_of_the_readable_text_is_lost(sample: Sample) -> None:
    empty = r"<title>[^<]*</title>\s*<text[^>]*(?:/>|>\s*</text>)"
    body = re.sub(empty, "", sample.block("structuredBody"))
    said = re.findall(r"\w+", sample.referral.narrative)
    texts = [*inner(body, "text"), *inner(body, "title")]
    assert len(texts) > 3
    for text in texts:
        words = re.findall(r"\w+", text)
        assert any(said[place : place + len(words)] == words for place in range(len(said))), words


def test_that_flags_name_safeguarding_copies_and_restriction(sample: Sample) -> None:
    flags = " ".join(sample.referral.flags)
    assert ("Safeguarding: " in flags) == ("Child protection" in sample.text)
    assert ("copy for information" in flags) == ("copyRecipient" in sample.text)
    level = attribute(sample.text, "confidentialityCode", "code")
    assert ("The sender marked this report" in flags) == (level in ("R", "V"))


def test_that_no_placeholder_reaches_a_person(sample: Sample) -> None:
    assert "@@" not in repr(sample.referral)
