"""111 dispositions: every figure of the table, and how strictly codes are read."""

import datetime as dt
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.clinical_words import DispositionKind
from console.domain.dispositions import disposition, is_pathways_system
from tests.domain.england import ENGLAND, london, utc

TABLE = {
    "Dx02": 60,
    "Dx05": 120,
    "Dx06": 360,
    "Dx07": 720,
    "Dx08": 1440,
    "Dx11": 60,
    "Dx12": 120,
    "Dx13": 360,
    "Dx14": 720,
    "Dx15": 1440,
    "Dx117": 60,
    "Dx110": 240,
    "Dx111": 1440,
    "Dx92": 240,
    "Dx17": 60,
    "Dx28": 1440,
    "Dx120": 240,
    "Dx1112": 60,
    "Dx1114": 240,
    "Dx1116": 720,
}


@pytest.mark.parametrize(("code", "minutes"), TABLE.items())
def test_that_a_timed_disposition_gives_its_minutes_in_any_case(code: str, minutes: int) -> None:
    for spelt in (code, code.upper(), code.lower()):
        meaning = disposition(spelt)
        assert (meaning.code, meaning.minutes, meaning.needs_triage) == (code, minutes, False)
        assert not meaning.asks_ambulance


@pytest.mark.parametrize("code", ["Dx01", "Dx010", "Dx011", "DX012", "Dx0122", "dx016", "Dx0162", "Dx01121"])
def test_that_the_ambulance_dispositions_ask_for_one_and_never_for_a_visit_clock(code: str) -> None:
    meaning = disposition(code)
    assert meaning.asks_ambulance
    assert meaning.needs_triage
    assert meaning.due_at(utc("2026-06-10 12:00"), ENGLAND) is None


def test_that_zeros_are_significant() -> None:
    assert disposition("Dx011").asks_ambulance
    assert disposition("Dx11").kind is DispositionKind.SPEAK
    assert disposition("Dx001").kind is DispositionKind.UNKNOWN
    assert disposition("Dx2").kind is DispositionKind.UNKNOWN
    assert disposition("Dx020").kind is DispositionKind.UNKNOWN


@pytest.mark.parametrize("code", ["Dx09", "dx10", "Dx42", "Dx99", "", "06", "Dx", "Dx06 ", "Dx٠٦"])
def test_that_a_code_without_known_minutes_needs_triage(code: str) -> None:
    assert disposition(code).needs_triage
    assert disposition(code).minutes is None


@given(st.text(string.ascii_letters + string.digits, max_size=8))
def test_that_no_code_is_ever_both_untimed_and_triaged(code: str) -> None:
    meaning = disposition(code)
    at = utc("2026-06-10 12:00")
    assert meaning.needs_triage == (meaning.due_at(at, ENGLAND) is None)


@pytest.mark.parametrize("code", ["Dx115", "Dx81"])
def test_that_a_next_working_day_disposition_follows_the_calendar(code: str) -> None:
    assert disposition(code).due_at(london("2026-04-02 20:00"), ENGLAND) == london("2026-04-07 18:30")
    assert not disposition(code).needs_triage


def test_that_minutes_run_on_through_a_clock_change() -> None:
    started = london("2026-10-25 00:30")
    due_at = disposition("Dx05").due_at(started, ENGLAND)
    assert due_at is not None
    assert due_at - started == dt.timedelta(hours=2)


def test_that_the_code_system_tells_a_disposition_from_another_code() -> None:
    assert is_pathways_system("2.16.840.1.113883.2.1.3.2.4.17.325")
    assert is_pathways_system("https://fhir.nhs.uk/CodeSystem/pathways-dx-codes")
    assert not is_pathways_system("2.16.840.1.113883.2.1.3.2.4.24")
