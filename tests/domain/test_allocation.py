"""Who may be sent, and in which words the others are refused."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.allocation import (
    HOME_VISIT,
    PRACTITIONERS,
    Candidate,
    Criteria,
    Work,
    notes_on_allocation,
    reasons_not_to_allocate,
)
from console.domain.words import Placement, Profession, RecordAccess, ReferralStatus, Stream
from tests.domain.england import london

NOW = london("2026-06-10 12:00")
JO = Candidate(
    "Jo Marsh",
    Profession.PARAMEDIC_PRACTITIONER,
    placement=Placement.HOME_VISITING,
    shift_starts_at=london("2026-06-10 08:00"),
    shift_ends_at=london("2026-06-10 20:00"),
    on_at=london("2026-06-10 07:55"),
)
WORK = Work("R-2026-000007", ReferralStatus.ACCEPTED, record_access=RecordAccess.YES)


def jo(**changed: object) -> Candidate:
    return dataclasses.replace(JO, **changed)  # type: ignore[arg-type]


def work(**changed: object) -> Work:
    return dataclasses.replace(WORK, **changed)  # type: ignore[arg-type]


def test_that_a_paramedic_practitioner_on_shift_may_be_sent() -> None:
    assert reasons_not_to_allocate(JO, WORK, NOW) == ()
    assert notes_on_allocation(JO, WORK, NOW) == ()


def test_that_only_the_four_professions_make_home_visits() -> None:
    sent = {one for one in Profession if not reasons_not_to_allocate(jo(profession=one), WORK, NOW)}
    assert sent == PRACTITIONERS


def test_that_a_paramedic_below_practitioner_is_refused_whatever_the_site_lists() -> None:
    lax = Criteria(frozenset(Profession))
    assert reasons_not_to_allocate(jo(profession=Profession.PARAMEDIC), WORK, NOW, lax) == (
        "Jo Marsh is a paramedic below practitioner, and those are never sent to home visits.",
    )


@given(st.sampled_from(Profession), st.booleans())
def test_that_a_gp_needed_patient_goes_to_a_gp_alone(profession: Profession, by_stream: bool) -> None:
    asked = work(kind=Stream.GP_NEEDED) if by_stream else work(gp_needed=True)
    refused = bool(reasons_not_to_allocate(jo(profession=profession), asked, NOW))
    assert refused is (profession is not Profession.GP)


REFUSALS: list[tuple[str, dict[str, object], str]] = [
    ("needs triage", {"status": ReferralStatus.RECEIVED}, "R-2026-000007 needs triage by a clinician first."),
    ("ended", {"status": ReferralStatus.CLOSED}, "R-2026-000007 has ended (closed)."),
    (
        "999",
        {"asks_ambulance": True},
        "R-2026-000007 waits for 999: record the take-over, or a clinician stands it down.",
    ),
    ("taken", {"active_visit_by": "Ali Khan"}, "Ali Khan has this visit already."),
    ("queue", {"in_queue_of": "Dover"}, "The patient is in the queue of Dover: finish that first."),
    (
        "markers",
        {"unacknowledged_markers": ("Animal: dog", "Access: key safe")},
        "Read and acknowledge the markers first: Animal: dog, Access: key safe.",
    ),
    ("too far", {"travel_minutes": 481}, "Jo Marsh could not be there before the shift ends (20:00)."),
]


@pytest.mark.parametrize(
    ("changed", "words"), [one[1:] for one in REFUSALS], ids=[one[0] for one in REFUSALS]
)
def test_that_a_referral_that_is_not_ready_says_why(changed: dict[str, object], words: str) -> None:
    assert reasons_not_to_allocate(JO, work(**changed), NOW) == (words,)


ABSENCES: list[tuple[str, dict[str, object], str]] = [
    ("no shift", {"shift_starts_at": None}, "Jo Marsh is not on shift."),
    ("not on yet", {"on_at": None}, "Jo Marsh is not on shift."),
    ("hub", {"placement": Placement.HUB}, "Jo Marsh works at Hub on this shift, not home visiting."),
    ("remote", {"is_remote": True}, "Jo Marsh works remotely on this shift and cannot be sent."),
    ("over", {"shift_ends_at": NOW}, "The shift of Jo Marsh ended at 12:00."),
]


@pytest.mark.parametrize(
    ("changed", "words"), [one[1:] for one in ABSENCES], ids=[one[0] for one in ABSENCES]
)
def test_that_a_practitioner_who_cannot_go_says_why(changed: dict[str, object], words: str) -> None:
    assert reasons_not_to_allocate(jo(**changed), WORK, NOW) == (words,)


def test_that_every_reason_is_given_at_once() -> None:
    reasons = reasons_not_to_allocate(
        jo(profession=Profession.PARAMEDIC, on_at=None), work(asks_ambulance=True), NOW
    )
    assert len(reasons) == 3


def test_that_a_sites_grade_competence_and_age_are_asked_for() -> None:
    strict = dataclasses.replace(
        HOME_VISIT, grades=frozenset({"Band 7"}), competences=frozenset({"catheters"}), minimum_patient_age=2
    )
    reasons = reasons_not_to_allocate(jo(grade="Band 6"), work(patient_age=1), NOW, strict)
    assert reasons == (
        "Jo Marsh has the grade Band 6; this work needs Band 7.",
        "Jo Marsh is not signed off for catheters.",
        "The patient is 1, and this work is for patients from 2 years.",
    )
    able = jo(grade="Band 7", competences=frozenset({"catheters", "suturing"}))
    assert reasons_not_to_allocate(able, work(patient_age=2), NOW, strict) == ()
    assert "age is not known" in reasons_not_to_allocate(able, work(patient_age=None), NOW, strict)[0]


def test_that_someone_engaged_may_be_allocated_a_waiting_visit_and_it_is_said() -> None:
    busy = jo(engaged_with="R-2026-000003", waiting_visits=1)
    assert reasons_not_to_allocate(busy, WORK, NOW) == ()
    assert notes_on_allocation(busy, WORK, NOW) == (
        "Jo Marsh is with R-2026-000003: this visit waits until they are clear.",
        "Visits already waiting for Jo Marsh: 1.",
    )


def test_that_what_should_be_known_is_said_although_it_forbids_nothing() -> None:
    late = london("2026-06-10 19:30")
    asked = work(attend_in_twos=True, record_access=RecordAccess.NO, travel_minutes=10.0, visit_minutes=40.0)
    assert reasons_not_to_allocate(JO, asked, late) == ()
    notes = notes_on_allocation(JO, asked, late)
    assert notes[0] == "The visit may end after the shift of Jo Marsh (20:00)."
    assert "second person" in notes[1]
    assert "cannot read" in notes[2]
    assert late + dt.timedelta(minutes=30) == JO.shift_ends_at
