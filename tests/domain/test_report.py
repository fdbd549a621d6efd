"""The outcome report: what it owes before signing, when the practice is telephoned, and how it is stored."""

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.clinical_words import Consciousness, MedicineAction
from console.domain.news2 import Observations
from console.domain.report import (
    is_released,
    reasons_not_to_move,
    reasons_not_to_release,
    reasons_not_to_sign,
    telephone_rule,
    what_is_missing,
)
from console.domain.report_content import GpAction, Medicine, ReportContent, from_json, to_json
from console.domain.words import OutcomeDisposition, OutcomeKind, ReportStatus, Role, Source
from tests.domain.england import ENGLAND, london, moments

NOW = london("2026-08-28 19:50")
WHOLE = ReportContent(
    kind=OutcomeKind.VISIT,
    source=Source.GP_PRACTICE,
    referred_at=london("2026-08-28 16:00"),
    reason="Breathless since this morning",
    attended_at=london("2026-08-28 18:40"),
    left_at=NOW,
    history="Known asthma, two days of cough.",
    examination="Wheeze on both sides, speaks in sentences.",
    observations=Observations(20, 96, 1, False, 128, 88, Consciousness.ALERT, 37.4),
    diagnosis="Exacerbation of asthma",
    treatment="Nebuliser, then well.",
    medicines=(Medicine("Salbutamol", MedicineAction.GIVEN, "5 mg", "nebulised", "1", "PGD 12"),),
    allergies="None known",
    disposition=OutcomeDisposition.TREATED_AT_HOME,
    gp_actions=(
        GpAction("Review inhalers", dt.date(2026, 9, 11)),
        GpAction("Seen at home", None, for_action=False),
    ),
    advice="Call 999 when breathless at rest.",
    safeguarding=False,
    admission_prevented=True,
    prevented_judged_by="Jo Marsh",
    prevented_because="Would have gone by ambulance.",
    clinician="Jo Marsh",
    clinician_role="Paramedic practitioner",
    registration="PA12345",
)


def changed(**fields: object) -> ReportContent:
    return dataclasses.replace(WHOLE, **fields)  # type: ignore[arg-type]


def test_that_a_whole_report_misses_nothing() -> None:
    assert what_is_missing(WHOLE, age_years=60) == ()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("history", "Give the history"),
        ("examination", "Give the examination"),
        ("diagnosis", "Give the working diagnosis"),
        ("allergies", "Give the allergies"),
        ("advice", "Give the advice"),
        ("clinician", "Name the clinician"),
        ("prevented_because", "Admission prevented: Say why"),
    ],
)
def test_that_each_empty_part_is_asked_for(field: str, words: str) -> None:
    missing = what_is_missing(changed(**{field: "  "}), age_years=60)
    assert len(missing) == 1
    assert missing[0].startswith(words)


def test_that_unanswered_questions_are_asked() -> None:
    missing = what_is_missing(
        changed(safeguarding=None, admission_prevented=None, disposition=None), age_years=60
    )
    assert len(missing) == 3


def test_that_an_observation_is_taken_or_its_absence_explained() -> None:
    gap = dataclasses.replace(WHOLE.observations, temperature=None)
    assert what_is_missing(changed(observations=gap), age_years=60) == (
        "Give these observations, or say why they were not taken: temperature.",
    )
    assert what_is_missing(changed(observations=gap, observations_note="Declined"), age_years=60) == ()
    assert what_is_missing(changed(observations=gap), age_years=9) == ()
    assert what_is_missing(changed(observations=gap, is_pregnant=True), age_years=30) == ()


def test_that_an_impossible_observation_is_asked_about_instead_of_scored() -> None:
    slip = dataclasses.replace(WHOLE.observations, temperature=374.0)
    assert "cannot be right" in what_is_missing(changed(observations=slip), age_years=60)[0]


def test_that_a_medicine_given_needs_its_authority_and_a_stopped_one_only_its_name() -> None:
    given = Medicine("Amoxicillin", MedicineAction.SUPPLIED, "500 mg", "oral", "21")
    assert what_is_missing(changed(medicines=(given,)), age_years=60) == ("Amoxicillin: give the authority.",)
    stopped = Medicine("Ramipril", MedicineAction.STOPPED)
    assert what_is_missing(changed(medicines=(stopped,)), age_years=60) == ()


def test_that_an_action_asked_of_the_practice_has_a_date() -> None:
    undated = GpAction("Repeat bloods")
    assert what_is_missing(changed(gp_actions=(undated,)), age_years=60) == (
        "Give the date by which the practice should act: Repeat bloods",
    )


def test_that_a_contact_does_not_end_before_it_began() -> None:
    assert what_is_missing(changed(left_at=london("2026-08-28 18:00")), age_years=60)


def test_that_no_access_owes_less_than_a_visit() -> None:
    short = ReportContent(
        OutcomeKind.NO_ACCESS,
        Source.NHS_111,
        NOW,
        "Fall",
        attended_at=NOW,
        history="No reply at the door.",
        disposition=OutcomeDisposition.NOT_SEEN,
        safeguarding=False,
        clinician="Jo Marsh",
    )
    assert what_is_missing(short) == ()


def test_that_only_the_registered_clinician_of_the_contact_signs() -> None:
    def reasons(
        role: Role, registration: str | None = "PA12345", *, contact_by_id: int | None = 1
    ) -> tuple[str, ...]:
        return reasons_not_to_sign(
            role,
            staff_id=1,
            contact_by_id=contact_by_id,
            registration=registration,
            content=WHOLE,
            age_years=60,
        )

    assert {role for role in Role if not reasons(role)} == {Role.PRACTITIONER, Role.CLINICIAN}
    assert reasons(Role.PRACTITIONER, contact_by_id=2)
    assert reasons(Role.CLINICIAN, contact_by_id=2)
    assert {role for role in Role if not reasons(role, contact_by_id=None)} == {Role.CLINICIAN}
    assert reasons(Role.PRACTITIONER, "")


def not_to_release(role: Role = Role.SUPERVISOR, **changes: Any) -> tuple[str, ...]:
    facts: dict[str, Any] = {
        "status": ReportStatus.DRAFTED,
        "is_released": False,
        "content": WHOLE,
        "age_years": 60,
        "why": "Sam Hill has left the service",
    }
    return reasons_not_to_release(role, **facts | changes)


def test_that_only_a_supervisor_releases_a_whole_draft_and_says_why() -> None:
    assert {role for role in Role if not not_to_release(role)} == {Role.SUPERVISOR}
    assert "ask a control-room supervisor" in not_to_release(Role.COORDINATOR)[0]
    assert not_to_release(content=changed(diagnosis="")) == ("Give the working diagnosis.",)
    assert not_to_release(why="  ") == ("Say why it is released without a signature.",)
    assert not_to_release(is_released=True) == (
        "The report is released already: send it and record that next.",
    )
    assert not_to_release(is_released=True, status=ReportStatus.SENT)[0].startswith("The report is no draft")
    assert {status for status in ReportStatus if not not_to_release(status=status)} == {ReportStatus.DRAFTED}
    assert not_to_release(status=ReportStatus.OWED, content=None) == (
        "The report is not written yet: write it first.",
    )


def test_that_a_released_draft_goes_where_a_signed_report_goes_and_may_still_be_signed() -> None:
    def ways(before: ReportStatus, *, is_released: bool) -> set[ReportStatus]:
        return {
            after for after in ReportStatus if not reasons_not_to_move(before, after, is_released=is_released)
        }

    assert ways(ReportStatus.DRAFTED, is_released=False) == {ReportStatus.SIGNED}
    assert ways(ReportStatus.DRAFTED, is_released=True) == {
        ReportStatus.SIGNED,
        *ways(ReportStatus.SIGNED, is_released=False),
    }
    others = set(ReportStatus) - {ReportStatus.DRAFTED}
    assert all(ways(one, is_released=True) == ways(one, is_released=False) for one in others)


def test_that_a_release_is_of_one_version_and_ends_with_a_signature() -> None:
    assert is_released(2, 2, None)
    assert not is_released(1, 2, None)  # somebody wrote on
    assert not is_released(2, 2, NOW)
    assert not is_released(None, 1, None)


@pytest.mark.parametrize(
    "content",
    [
        changed(safeguarding=True),
        changed(kind=OutcomeKind.DEATH),
        changed(disposition=OutcomeDisposition.DIED),
        # Tuesday is the next working day: Monday is a bank holiday.
        changed(gp_actions=(GpAction("Bloods", dt.date(2026, 9, 1)),)),
    ],
)
def test_that_what_cannot_wait_is_telephoned_now(content: ReportContent) -> None:
    assert len(telephone_rule(content, NOW, ENGLAND)) == 1


def test_that_an_action_after_the_next_working_day_or_for_information_waits_for_the_report() -> None:
    assert telephone_rule(WHOLE, NOW, ENGLAND) == ()
    later = GpAction("Bloods", dt.date(2026, 9, 2))
    known = GpAction("Was given a leaflet", dt.date(2026, 8, 31), for_action=False)
    assert telephone_rule(changed(gp_actions=(later, known)), NOW, ENGLAND) == ()


def test_that_a_report_survives_being_stored() -> None:
    assert from_json(json.loads(json.dumps(to_json(WHOLE)))) == WHOLE


TEXTS = st.text(max_size=20)


@given(
    st.builds(
        ReportContent,
        kind=st.sampled_from(OutcomeKind),
        source=st.sampled_from(Source),
        referred_at=moments(),
        reason=TEXTS,
        attended_at=st.none() | moments(),
        medicines=st.lists(
            st.builds(Medicine, TEXTS, st.sampled_from(MedicineAction), dose=TEXTS), max_size=3
        ).map(tuple),
        gp_actions=st.lists(
            st.builds(GpAction, TEXTS, st.none() | st.dates(), st.booleans()), max_size=3
        ).map(tuple),
        disposition=st.none() | st.sampled_from(OutcomeDisposition),
        safeguarding=st.none() | st.booleans(),
    )
)
def test_that_any_report_survives_being_stored(content: ReportContent) -> None:
    stored = json.loads(json.dumps(to_json(content)))
    assert from_json(stored) == content
    assert to_json(from_json(stored)) == stored


def test_that_versions_with_fewer_or_more_fields_stay_readable() -> None:
    stored = to_json(WHOLE)
    del stored["is_dictated"]
    stored["a_field_of_tomorrow"] = 1
    stored["medicines"][0]["batch"] = "B1"
    assert from_json(stored) == WHOLE


def test_that_a_version_with_an_unknown_word_is_not_read_as_something_else() -> None:
    with pytest.raises(ValueError, match="no word"):
        from_json({**to_json(WHOLE), "kind": "seance"})
    with pytest.raises(KeyError):
        from_json({"kind": "visit"})
