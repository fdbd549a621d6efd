"""Two people edit the same: what goes together goes, what does not is chosen, and steps of care are told."""

from dataclasses import fields, replace

import pytest

from console.domain.merging import Conflicting
from console.domain.news2 import Observations
from console.domain.refusals import ChangedElsewhere
from console.domain.words import OutcomeDisposition, PracticeLink, RecordAccess, Stream
from console.services.forms import Identity
from db.models import Outcome, Patient, QueueEntry, Referral, Report
from tests.services.hubs_at_work import entry_version, filled, open_from_8_to_8, report_version, sam, streamed
from tests.services.hubs_at_work import seen as seen_by_sam
from tests.services.team import Team


@pytest.fixture(autouse=True)
def _hours(team: Team) -> None:
    open_from_8_to_8(team)


def test_that_edits_of_different_fields_go_together_unasked(team: Team) -> None:
    key = team.triaged()
    seen = team.version(key)
    team.jo.referrals.record_access(key, seen, RecordAccess.YES)
    team.mo.referrals.set_practice(key, seen, None, PracticeLink.VISITOR)
    team.ann.referrals.move_pin(key, seen, 51.08, 1.17, "The postcode is a field")
    team.jo.triage.change_priority(key, seen, 1, "In pain")
    stored = team.stored(Referral, key)
    assert (stored.record_access, stored.practice_link, stored.priority) == (
        RecordAccess.YES,
        PracticeLink.VISITOR,
        1,
    )
    assert stored.visit_lat == 51.08


def test_that_two_priorities_are_chosen_with_what_hangs_on_them(team: Team) -> None:
    key = team.triaged(priority=3)
    seen, due = team.version(key), team.row(key).due_at
    team.clock.pass_minutes(2)
    team.ann.triage.change_priority(key, seen, 1, "Worse")
    at = team.clock()
    team.clock.pass_minutes(1)
    with pytest.raises(Conflicting, match="changed") as told:
        team.jo.triage.change_priority(key, seen, 2, "In pain")
    conflict = told.value.conflict
    (asked,) = conflict.asked
    assert (asked.name, asked.before, asked.mine, asked.theirs) == ("priority", 3, 2, 1)
    assert (asked.by, asked.at) == ("Ann Lee", at)
    (also,) = conflict.taken
    assert (also.name, also.before, also.theirs) == ("due_at", due, team.row(key).due_at)
    assert conflict.version == team.version(key)
    assert team.row(key).priority == 1


def test_that_a_choice_is_saved_and_a_third_edit_asks_again(team: Team) -> None:
    key = team.triaged(priority=3)
    seen = team.version(key)
    team.mo.referrals.set_practice(key, seen, None, PracticeLink.VISITOR)
    with pytest.raises(Conflicting) as told:
        team.jo.referrals.set_practice(key, seen, team.ids["practice"])
    (asked,) = told.value.conflict.asked
    assert (asked.mine, asked.theirs) == ("Sea Road Surgery", PracticeLink.VISITOR.label)
    chosen = told.value.conflict.version
    team.ann.referrals.set_practice(key, chosen, None, PracticeLink.NOT_REGISTERED)
    with pytest.raises(Conflicting):
        team.jo.referrals.set_practice(key, chosen, team.ids["practice"])
    team.jo.referrals.set_practice(key, team.version(key), team.ids["practice"])
    assert team.stored(Referral, key).practice_link is PracticeLink.KNOWN


def test_that_another_kind_of_care_is_chosen_against_a_priority(team: Team) -> None:
    key = team.triaged(priority=3)
    seen = team.version(key)
    team.ann.triage.change_stream(key, seen, Stream.GP_NEEDED, True, "Needs a doctor")
    with pytest.raises(Conflicting) as told:
        team.jo.triage.change_priority(key, seen, 2, "In pain")
    assert [one.name for one in told.value.conflict.asked] == ["priority"]
    assert {one.name for one in told.value.conflict.taken} == {"stream", "gp_needed"}


def test_that_a_new_stream_at_a_hub_takes_back_no_priority_unseen(team: Team) -> None:
    entry = streamed(team)
    referral_id = team.stored(QueueEntry, entry).referral_id
    seen, version = team.version(referral_id), entry_version(team, entry)
    before = team.row(referral_id).priority
    team.jo.triage.change_priority(referral_id, seen, 1, "In pain")
    with pytest.raises(Conflicting) as told:
        team.ann.hub_queue.stream(
            entry, version, Stream.TELEPHONE, before or 0, False, "Can be rung", seen_referral=seen
        )
    asked = {one.name: (one.mine, one.theirs) for one in told.value.conflict.asked}
    assert asked["priority"] == (before, 1)
    assert team.row(referral_id).priority == 1


def test_that_a_stream_given_as_it_stood_takes_back_no_priority_unseen(team: Team) -> None:
    key = team.triaged(priority=3)
    entry = team.jo.hub_queue.arrive(key)
    seen, version, stood = team.version(key), entry_version(team, entry), team.stored(Referral, key)
    assert stood.stream is not None
    team.jo.triage.change_priority(key, seen, 1, "In pain")
    stream = team.ann.hub_queue.stream
    with pytest.raises(Conflicting) as told:
        stream(entry, version, stood.stream, 3, stood.gp_needed, "Can wait", seen_referral=seen)
    asked = {one.name: (one.mine, one.theirs) for one in told.value.conflict.asked}
    assert asked == {"priority": (3, 1)}
    assert (team.row(key).priority, team.stored(Referral, key).downgraded_at) == (1, None)


def test_that_a_step_of_care_in_between_is_told_in_a_sentence(team: Team) -> None:
    key = team.triaged()
    seen = team.version(key)
    team.jo.visits.allocate(key, team.ids["sam"], seen)
    with pytest.raises(ChangedElsewhere, match="allocated to Sam") as told:
        team.ann.triage.change_priority(key, seen, 1, "In pain")
    assert not isinstance(told.value, Conflicting)


def test_that_corrections_of_a_patient_go_together_and_identifiers_are_chosen(team: Team) -> None:
    key = team.received()
    seen, patient_id = team.version(key), team.row(key).patient_id
    patient = team.stored(Patient, patient_id)
    names = [field.name for field in fields(Identity)]
    stood = Identity(**{name: getattr(patient, name) for name in names})
    correct = team.jo.referrals.correct_identity
    correct(key, seen, replace(stood, family_name="Marsch"), "Read back", patient.version)
    mo = team.mo.referrals.correct_identity
    mo(key, seen, replace(stood, phone="01303 999999"), "New number", patient.version)
    stored = team.stored(Patient, patient_id)
    assert (stored.family_name, stored.phone) == ("Marsch", "01303999999")
    verified = replace(stood, nhs_number_verified=True)
    with pytest.raises(Conflicting) as told:
        mo(key, seen, verified, "Found on the spine", patient.version)
    asked = {one.name: (one.before, one.mine, one.theirs) for one in told.value.conflict.asked}
    assert asked["family_name"] == ("Marsh", "Marsh", "Marsch")
    assert asked["nhs_number_verified"] == (False, True, False)
    assert "phone" not in asked


@pytest.fixture
def report(team: Team) -> int:
    """A report that is owed, of which Sam's visit says what is known."""
    return seen_by_sam(team)[1]


def test_that_two_who_write_a_report_lose_nothing(team: Team) -> None:
    report = seen_by_sam(team)[1]
    seen, first = report_version(team, report), team.jo.reports.content(report)
    sam(team).reports.draft(report, seen, replace(first, history="Fell in the night", advice="Rest"))
    written = team.jo.reports.draft(report, seen, replace(first, examination="Bruised hip"))
    assert written.number == 2
    assert {one.name for one in written.taken} == {"history", "advice"}
    now = team.jo.reports.content(report)
    assert (now.history, now.examination, now.advice) == ("Fell in the night", "Bruised hip", "Rest")


def test_that_a_second_first_draft_takes_back_nothing_that_the_first_says_became_of_the_patient(
    team: Team, report: int
) -> None:
    with team.database.work(team.actors["jo"], team.clock()) as work:
        owed = work.get(Report, report).outcome_id
        work.lock(Outcome, owed).disposition = OutcomeDisposition.ADVICE
        work.lock(Outcome, owed).admission_prevented = True
    seen, first = report_version(team, report), team.jo.reports.content(report)
    assert (first.disposition, first.admission_prevented) == (OutcomeDisposition.ADVICE, True)
    admitted = replace(first, disposition=OutcomeDisposition.ADMITTED, admission_prevented=None)
    sam(team).reports.draft(report, seen, admitted)
    mine = replace(first, advice="Rest")
    with pytest.raises(Conflicting) as told:
        team.jo.reports.draft(report, seen, mine)
    asked = {one.name: (one.before, one.mine, one.theirs) for one in told.value.conflict.asked}
    assert asked == {
        "disposition": ("No longer known", OutcomeDisposition.ADVICE, OutcomeDisposition.ADMITTED),
        "admission_prevented": ("No longer known", True, None),
    }
    chosen = replace(first, **told.value.conflict.chosen(["disposition", "admission_prevented"]))
    team.jo.reports.draft(report, told.value.conflict.version, chosen)
    now, outcome = team.jo.reports.content(report), team.stored(Outcome, owed)
    assert (now.disposition, now.admission_prevented, now.advice) == (
        OutcomeDisposition.ADMITTED,
        None,
        "Rest",
    )
    assert (outcome.disposition, outcome.admission_prevented) == (OutcomeDisposition.ADMITTED, None)


def test_that_each_field_of_a_report_names_who_wrote_it(team: Team, report: int) -> None:
    seen, first = report_version(team, report), team.jo.reports.content(report)
    sam(team).reports.draft(report, seen, replace(first, history="Fell in the night"))
    at = team.clock()
    team.clock.pass_minutes(3)
    second = replace(team.mo.reports.content(report), advice="Rest")
    team.mo.reports.draft(report, report_version(team, report), second)
    with pytest.raises(Conflicting, match="wrote version 2") as told:
        team.jo.reports.draft(report, seen, replace(first, history="Slipped", treatment="None"))
    (asked,) = told.value.conflict.asked
    assert (asked.name, asked.before, asked.mine, asked.theirs) == (
        "history",
        "",
        "Slipped",
        "Fell in the night",
    )
    assert (asked.by, asked.at) == (team.actors["sam_self"].name, at)
    assert [(one.name, one.by) for one in told.value.conflict.taken] == [("advice", team.actors["mo"].name)]
    chosen = replace(first, **told.value.conflict.chosen(["history"]))
    team.jo.reports.draft(report, told.value.conflict.version, chosen)
    now = team.jo.reports.content(report)
    assert (now.history, now.advice, now.treatment) == ("Fell in the night", "Rest", "None")


def test_that_observations_of_two_people_are_never_mixed(team: Team, report: int) -> None:
    seen, first = report_version(team, report), team.jo.reports.content(report)
    theirs, mine = Observations(pulse=80, systolic=120), Observations(pulse=110, spo2=93)
    sam(team).reports.draft(report, seen, replace(first, observations=theirs))
    with pytest.raises(Conflicting) as told:
        team.jo.reports.draft(report, seen, replace(first, observations=mine))
    (asked,) = told.value.conflict.asked
    assert (asked.mine, asked.theirs) == (mine, theirs)


def test_that_nobody_signs_what_they_have_not_read(team: Team, report: int) -> None:
    seen, first = report_version(team, report), team.jo.reports.content(report)
    team.jo.reports.draft(report, seen, replace(first, history="Fell in the night"))
    with pytest.raises(Conflicting) as told:
        sam(team).reports.draft(report, seen, replace(first, advice="Rest"), is_alone=True)
    assert told.value.conflict.asked == ()
    assert [one.name for one in told.value.conflict.taken] == ["history"]


def test_that_a_report_that_was_signed_meanwhile_is_told_in_a_sentence(team: Team, report: int) -> None:
    reports = sam(team).reports
    reports.draft(report, report_version(team, report), filled(reports.content(report)))
    seen = report_version(team, report)
    reports.sign(report, seen)
    with pytest.raises(ChangedElsewhere, match="signed") as told:
        team.jo.reports.draft(report, seen, replace(reports.content(report), advice="Rest"))
    assert not isinstance(told.value, Conflicting)
