"""Triage: whose word counts, and who may change how soon a patient is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.clinical_words import Consciousness
from console.domain.news2 import Observations, news2
from console.domain.triage import (
    is_downgrade,
    needs_triage,
    reasons_not_to_change_priority,
    reasons_not_to_triage,
    reasons_not_to_turn_away,
)
from console.domain.words import ReferralStatus, Role, Source


@pytest.mark.parametrize("source", Source)
def test_that_only_a_referring_gp_or_a_cas_clinician_triages_for_us(source: Source) -> None:
    counts = source in (Source.GP_PRACTICE, Source.CAS_999)
    assert needs_triage(source, 2, stated_by_clinician=True) is not counts
    assert needs_triage(source, 2, stated_by_clinician=False)
    assert needs_triage(source, None, stated_by_clinician=True)


def test_that_an_ambulance_or_a_high_score_is_judged_here_whoever_stated_a_priority() -> None:
    assert needs_triage(Source.GP_PRACTICE, 1, stated_by_clinician=True, asks_ambulance=True)
    score = news2(Observations(28, 90, pulse=130, consciousness=Consciousness.VOICE), age_years=80)
    assert needs_triage(Source.GP_PRACTICE, 1, stated_by_clinician=True, score=score)


def test_that_only_a_clinician_triages() -> None:
    may = {role for role in Role if not reasons_not_to_triage(role, ReferralStatus.RECEIVED, 3)}
    assert may == {Role.CLINICIAN}


def test_that_triage_needs_a_referral_that_waits_for_it_and_a_priority() -> None:
    assert reasons_not_to_triage(Role.CLINICIAN, ReferralStatus.TRIAGED, 3)
    assert reasons_not_to_triage(Role.CLINICIAN, ReferralStatus.CLOSED, 3)
    assert reasons_not_to_triage(Role.CLINICIAN, ReferralStatus.RECEIVED, None)


@given(st.sampled_from(Role), st.integers(1, 4), st.integers(1, 4), st.sampled_from(["", "  ", "Better"]))
def test_that_nobody_but_a_clinician_with_a_reason_lowers_a_priority(
    role: Role, before: int, after: int, reason: str
) -> None:
    allowed = not reasons_not_to_change_priority(role, before, after, reason)
    if after > before:
        assert allowed == (role is Role.CLINICIAN and bool(reason.strip()))
    if after < before:
        assert allowed == (role in (Role.COORDINATOR, Role.CLINICIAN, Role.SUPERVISOR))
    if after == before:
        assert not allowed


def test_that_a_referral_without_a_priority_is_triaged_not_changed() -> None:
    assert "needs triage" in reasons_not_to_change_priority(Role.COORDINATOR, None, 1, "")[0]


def test_that_only_a_later_frame_is_a_downgrade() -> None:
    assert is_downgrade(2, 3)
    assert not is_downgrade(2, 2)
    assert not is_downgrade(2, 1)
    assert not is_downgrade(None, 4)


def test_that_turning_a_patient_away_takes_a_clinician_and_words() -> None:
    assert reasons_not_to_turn_away(Role.CLINICIAN, "Needs the dentist") == ()
    assert len(reasons_not_to_turn_away(Role.COORDINATOR, "")) == 2
