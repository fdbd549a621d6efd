"""Input that was cut, broken or made to harm: a sentence, quickly, and nothing else."""

import base64
import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.refusals import Refused
from console.exchange import safe_xml
from console.exchange.itk111 import read
from tests.support.itk111_builder import Report, envelope, message, pathways_entry

WHOLE = message(entries=pathways_entry())
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<?xml version="1.0"?><!-- a --><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x a="&l11;">&l11;</x>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'

HOSTILE = {
    "empty": b"",
    "spaces": b" " * 1000,
    "200 MB of spaces": b" " * (200 * 1024 * 1024),
    "19 MB of spaces and one bracket": b" " * (19 * 1024 * 1024) + b"<",
    "billion laughs": BOMB.encode(),
    "billion laughs in UTF-16": BOMB.replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16"),
    "external entity": OUTSIDE.encode(),
    "external entity in UTF-32": OUTSIDE.encode("utf-32"),
    "remote document type": b'<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd"><x/>',
    "endless comment": b"<!--" * 1_000_000,
    "deep nesting": b"<a>" * 100_000 + b"</a>" * 100_000,
    "deep nesting without end": b"<a>" * 1_000_000,
    "wrong root": b"<Bundle xmlns='http://hl7.org/fhir'/>",
    "not XML": b"PK\x03\x04 a zip file",
    "JSON": b'{"resourceType": "Bundle"}',
    "control characters": WHOLE.replace(b"Short of breath", b"Short \x00\x0b of breath"),
    "numbered control character": WHOLE.replace(b"Short of breath", b"Short &#11; of breath"),
    "bytes that are not UTF-8": WHOLE.replace(b"Short of breath", b"\xff\xfe\xfa"),
    "unknown encoding": b'<?xml version="1.0" encoding="no-such"?><x/>',
    "half of a message": WHOLE[: len(WHOLE) // 2],
    "millions of elements": message(
        sections="<section><text>" + "<b>x</b>" * 2_000_000 + "</text></section>"
    ),
    "two roots": WHOLE + WHOLE,
    "too many reports": envelope(*['<ClinicalDocument xmlns="urn:hl7-org:v3"/>'] * 5_000),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_that_it_is_refused_in_sentences_and_at_once(content: bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(Refused) as refused:
        read(content)
    assert time.perf_counter() - started < 5
    assert all(reason.endswith(".") for reason in refused.value.reasons)
    assert "Short" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_that_a_message_up_to_the_limit_is_read() -> None:
    sections = f"<section><title>Notes</title><text>{'word ' * 1_900_000}</text></section>"
    content = message(sections=sections)
    assert len(content) < safe_xml.MAX_BYTES
    started = time.perf_counter()
    (referral,) = read(content)
    assert time.perf_counter() - started < 20
    assert len(referral.narrative) == 200_000
    assert any("was cut" in issue.sentence for issue in referral.issues)


def test_that_a_hostile_attachment_leaves_the_report_readable() -> None:
    packed = base64.b64encode(BOMB.encode()).decode()
    entry = (
        f'<entry><observationMedia><value representation="B64">{packed}</value></observationMedia></entry>'
    )
    (referral,) = read(message(entries=entry))
    assert referral.patient.family_name == "Marsh"
    assert any("cannot be read" in issue.sentence for issue in referral.issues)


def test_that_thousands_of_hazard_lines_do_not_bury_the_screen() -> None:
    lines = "".join(f"Safeguarding {number}<br/>" for number in range(5_000))
    (referral,) = read(message(sections=f"<section><title>Notes</title><text>{lines}</text></section>"))
    assert len(referral.flags) == 31


def test_that_deeply_nested_sections_are_read() -> None:
    nested = "<section><title>In</title><text>x</text>" * 200 + "</section>" * 200
    (referral,) = read(message(sections=nested))
    assert referral.narrative.count("In") == 200


@settings(max_examples=150)
@given(st.integers(0, len(WHOLE)))
def test_that_a_message_cut_anywhere_is_read_or_refused(end: int) -> None:
    _read_or_refuse(WHOLE[:end])


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_that_a_message_with_flipped_bytes_is_read_or_refused(flips: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, byte in flips:
        content[place] = byte
    _read_or_refuse(bytes(content))


_texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="<&\"'"), max_size=40
)


@settings(max_examples=100)
@given(_texts, _texts, _texts)
def test_that_any_text_in_any_field_is_read(first: str, second: str, third: str) -> None:
    person = f'<name><family>{first}</family></name><birthTime value="{second}"/>'
    report = Report().with_(
        nhs=f'<id root="2.16.840.1.113883.2.1.4.1" extension="{third}"/>',
        person=person,
        started=first,
        ended=second,
        telecoms=f'<telecom value="{third}"/><telecom value="tel:{first}"/>',
        place=f"<addr>{second}<postalCode>{first}</postalCode></addr>",
        disposition=f'<dischargeDispositionCode code="{third}" displayName="{second}"/>',
        practice=f'<providerOrganization><id extension="{first}"/></providerOrganization>',
    )
    (referral,) = read(envelope(report.xml()))
    assert referral.patient.nhs_number is None or len(referral.patient.nhs_number) == 10


def _read_or_refuse(content: bytes) -> None:
    """Read; the only exception that may come is the refusal."""
    started = time.perf_counter()
    with contextlib.suppress(Refused):
        read(content)
    assert time.perf_counter() - started < 5
