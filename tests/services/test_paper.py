"""Back-entry: paper is entered with its true times, once, in an order that can have been."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import text

from console.domain.acting import Happened
from console.domain.paper import DEEDS, KEYS, LEAVES, NEW_PATIENTS, PaperEntry, PaperStep
from console.domain.refusals import Refused, SeemsEntered
from console.domain.words import (
    ContactResult,
    MarkerKind,
    OutcomeDisposition,
    ReferralStatus,
    VisitStatus,
)
from db.models import QueueEntry, Referral, Report, Step, Visit
from tests.services.hubs_at_work import entry_version, open_from_8_to_8, streamed
from tests.services.team import Team, new_referral

S = PaperStep


def enter(team: Team, step: PaperStep, at: dt.datetime, referral: int | None = None, **said: Any) -> None:
    """Let Ann, who may do everything at the desk, enter one line."""
    line = PaperEntry(step=step, at=at, referral_id=referral, **said)
    team.ann.paper.enter(line)


def outage(team: Team, minutes: int = 90) -> dt.datetime:
    """Let the database be away for so long; gives when it went."""
    began = team.clock()
    team.clock.pass_minutes(minutes)
    return began


def after(began: dt.datetime, minutes: float) -> dt.datetime:
    return began + dt.timedelta(minutes=minutes)


def taken_in(team: Team, at: dt.datetime) -> int:
    form = new_referral(practice_id=team.ids["practice"], received_at=at)
    return team.ann.referrals.receive(form, Happened(from_paper=True))


def test_that_a_marker_is_read_before_somebody_is_on_the_way_and_not_once_they_were_there(
    team: Team,
) -> None:
    began = outage(team)
    review_on = team.clock().date() + dt.timedelta(days=90)
    team.jo.markers.add(None, "CT21 5AA", "4 Sea Road, Hythe", MarkerKind.ANIMAL, "Large dog", review_on)
    key = taken_in(team, after(began, 5))
    enter(team, S.TRIAGED, after(began, 15), key, priority=2)
    with pytest.raises(Refused, match="Read and acknowledge the markers first: Animal"):
        enter(team, S.ALLOCATED, after(began, 20), key, practitioner_id=team.ids["sam"])
    there, until = after(began, 40), after(began, 70)
    found = OutcomeDisposition.TREATED_AT_HOME
    with pytest.raises(Refused, match="Read and acknowledge the markers first: Animal"):
        team.ann.visits.visited(key, team.ids["sam"], team.version(key), there, until)
    enter(
        team, S.VISITED, there, key, practitioner_id=team.ids["sam"], until_at=until, disposition=found,
    )  # fmt: skip
    row = team.row(key)
    assert (row.status, row.markers_unacknowledged) == (ReferralStatus.CLOSED, 1)


def test_that_a_whole_visit_on_paper_keeps_every_clock(team: Team) -> None:
    began = outage(team)
    key = taken_in(team, after(began, 5))
    assert team.row(key).triage_due_at == after(began, 25)
    enter(team, S.TRIAGED, after(began, 15), key, priority=2)
    enter(team, S.ALLOCATED, after(began, 20), key, practitioner_id=team.ids["sam"])
    enter(team, S.ACKNOWLEDGED, after(began, 22), key)
    enter(team, S.LEFT, after(began, 25), key)
    enter(team, S.THERE, after(began, 45), key)
    row = team.row(key)
    assert row.due_at == after(began, 15 + 60)
    assert row.expected_clear_at == after(began, 45 + 45)
    assert row.visit_status is VisitStatus.ON_SCENE
    enter(
        team, S.CLEAR, after(began, 80), key,
        disposition=OutcomeDisposition.TREATED_AT_HOME, admission_prevented=True, words="Antibiotics",
    )  # fmt: skip
    with team.database.read() as session:
        report = session.query(Report).one()
        assert (report.owed_at, report.due_at) == (after(began, 80), after(began, 80 + 180))
        steps = session.query(Step).filter(Step.referral_id == key).order_by(Step.id).all()
        assert all(step.from_paper and step.entered_at == team.clock() for step in steps)
        assert [step.happened_at for step in steps] == [after(began, m) for m in (5, 15, 20, 22, 25, 45, 80)]
    assert team.row(key).status is ReferralStatus.CLOSED


def test_that_the_audit_and_the_timeline_say_that_it_came_from_paper(team: Team) -> None:
    began = outage(team)
    key = taken_in(team, after(began, 5))
    enter(team, S.WORSE, after(began, 9), key, words="Breathless")
    opening = team.jo.records.open(key)
    assert [step.from_paper for step in opening.timeline if step.kind != "record.opened"] == [True, True]
    with team.database.read() as session:
        rows = (
            session.execute(text("SELECT new FROM audit_log WHERE tbl = 'step' AND op = 'I'")).scalars().all()
        )
    assert rows
    assert all("from_paper" in str(row) for row in rows)


def test_that_nobody_arrives_before_they_left_and_missing_steps_are_named(team: Team) -> None:
    key = team.triaged()
    began = outage(team)
    with pytest.raises(Refused, match=r"Nobody has been sent to R-.* yet: enter first who was asked to go"):
        enter(team, S.THERE, after(began, 30), key)
    enter(team, S.ALLOCATED, after(began, 5), key, practitioner_id=team.ids["sam"])
    with pytest.raises(Refused, match="Enter first when Sam Hill acknowledged and left for the patient"):
        enter(team, S.THERE, after(began, 30), key)
    enter(team, S.ACKNOWLEDGED, after(began, 6), key)
    enter(team, S.LEFT, after(began, 20), key)
    with pytest.raises(Refused, match=r"before the step that led to it, at \d\d:\d\d: check both times"):
        enter(team, S.THERE, after(began, 19), key)
    assert team.row(key).visit_status is VisitStatus.EN_ROUTE


def test_that_the_same_line_is_entered_once_unless_somebody_knows_that_it_happened_twice(team: Team) -> None:
    key = team.triaged()
    began = outage(team)
    said: dict[str, Any] = {"result": ContactResult.NO_REPLY, "number": "01303 123456"}
    enter(team, S.CONTACT, after(began, 10), key, **said)
    with pytest.raises(SeemsEntered, match=r"seems to be entered already: Patient, telephone: no reply, at"):
        enter(team, S.CONTACT, after(began, 12), key, **said)
    enter(team, S.CONTACT, after(began, 12), key, again=True, **said)
    enter(team, S.CONTACT, after(began, 20), key, **said)
    team.ann.undo(team.ann.last_undoable().id)  # type: ignore[union-attr]
    enter(team, S.CONTACT, after(began, 20), key, **said)  # what was taken back does not count


def test_that_a_coordinator_enters_no_clinician_s_decision(team: Team) -> None:
    began = outage(team)
    key = taken_in(team, after(began, 5))
    line = PaperEntry(step=S.TRIAGED, at=after(began, 8), referral_id=key, priority=2)
    with pytest.raises(Refused, match="may not triage a referral: ask a duty clinician"):
        team.jo.paper.enter(line)


def test_that_a_shift_of_the_outage_carries_its_visits(team: Team) -> None:
    key = team.triaged()
    team.jo.workforce.shift_off(*_shift(team, "sam"))
    began = outage(team)
    sam, until = team.ids["sam"], after(began, 8 * 60)
    said: dict[str, Any] = {
        "hub_id": team.ids["folkestone"],
        "until_at": until,
    }
    with pytest.raises(Refused):
        enter(team, S.ALLOCATED, after(began, 20), key, practitioner_id=sam)
    enter(team, S.SHIFT_ON, after(began, 10), practitioner_id=sam, **said)
    enter(team, S.ALLOCATED, after(began, 20), key, practitioner_id=sam)
    with pytest.raises(Refused, match="in hand: finish, hand back or reassign first"):
        enter(team, S.SHIFT_OFF, after(began, 70), practitioner_id=sam)
    enter(team, S.HANDED_BACK, after(began, 30), key, words="Car broke down")
    enter(team, S.SHIFT_OFF, after(began, 70), practitioner_id=sam)


def _shift(team: Team, name: str) -> tuple[int, int]:
    from db.queries import care

    with team.database.read() as session:
        shift = care.shift_on_duty(session, team.ids[name])
        assert shift is not None
        return shift.id, shift.version


def test_that_nobody_is_chased_by_half_of_the_paper_and_nothing_storms_afterwards(team: Team) -> None:
    waits = team.triaged()
    team.look()
    began = outage(team)
    team.look()  # the worker is back before the paper is entered
    asked_before = team.tasks(waits)
    key = taken_in(team, after(began, 5))  # triage was due an hour ago
    team.look()
    assert "triage_late" not in team.tasks(key)
    team.clock.pass_minutes(2)
    enter(team, S.TRIAGED, after(began, 15), key, priority=4)
    team.clock.pass_minutes(4)
    team.look()
    assert team.tasks(key) == []
    team.clock.pass_minutes(10)
    team.look()
    assert team.tasks(key) == []  # routine: due in hours, and triaged in time
    assert team.tasks(waits)
    assert set(asked_before) <= set(team.tasks(waits))


def test_that_what_is_still_untriaged_when_the_paper_is_in_is_asked_for(team: Team) -> None:
    began = outage(team)
    key = taken_in(team, after(began, 5))
    team.look()
    assert "triage_late" not in team.tasks(key)
    team.clock.pass_minutes(6)
    team.look()
    assert "triage_late" in team.tasks(key)


def test_that_what_the_paper_settles_goes_at_once(team: Team) -> None:
    key, _ = team.on_scene()
    began = outage(team, 120)
    team.look()
    assert "welfare" in team.tasks(key)
    enter(
        team, S.CLEAR, after(began, 30), key,
        disposition=OutcomeDisposition.TREATED_AT_HOME, admission_prevented=False,
    )  # fmt: skip
    team.look()
    assert "welfare" not in team.tasks(key)


def test_that_the_telephone_list_names_who_may_be_sent_and_whose_patients_came_lately(team: Team) -> None:
    team.triaged()
    phones = team.jo.phones.all()
    assert "Sam Hill" in [one.name for one in phones.practitioners]
    assert len(phones.practices) == 1
    team.clock.pass_minutes(100 * 24 * 60)
    assert team.jo.phones.all().practices == ()


def test_that_every_step_has_a_key_of_its_own_a_deed_and_a_mark_on_the_timeline() -> None:
    assert set(KEYS) == set(DEEDS) == set(PaperStep)
    assert len(set(KEYS.values())) == len(KEYS)
    without_a_like = {S.ASKED_999, S.REFERENCE_999, S.TAKEN_OVER_999} | NEW_PATIENTS
    assert set(LEAVES) == set(PaperStep) - without_a_like


def at_work_again(team: Team) -> int:
    """Let Sam, who was sent before, be with somebody else by the time the paper is entered; gives whom."""
    key = team.triaged(form=new_referral(family_name="Other", nhs_number=None))
    visit = team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    return key


WHOLE: dict[str, Any] = {
    "disposition": OutcomeDisposition.TREATED_AT_HOME,
    "admission_prevented": False,
    "words": "Rested",
}


@pytest.mark.parametrize("was_sent", [True, False])
def test_that_a_visit_that_is_over_is_one_line_whoever_its_practitioner_is_with_now(
    team: Team, *, was_sent: bool
) -> None:
    key = team.triaged()
    if was_sent:
        team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    began = outage(team)
    at_work_again(team)
    line: dict[str, Any] = WHOLE | {"practitioner_id": team.ids["sam"], "until_at": after(began, 40)}
    enter(team, S.VISITED, after(began, 10), key, **line)
    with team.database.read() as session:
        (visit,) = session.query(Visit).filter_by(referral_id=key)
        assert (visit.status, visit.on_scene_at, visit.clear_at) == (
            VisitStatus.CLEAR, after(began, 10), after(began, 40),
        )  # fmt: skip
        assert session.query(Report).one().owed_at == after(began, 40)
        step = session.query(Step).filter_by(kind="visit.clear").one()
        assert (step.happened_at, step.from_paper) == (after(began, 40), True)
    assert team.row(key).status is ReferralStatus.CLOSED
    assert team.stored(Referral, key).seen_at == after(began, 10)
    with pytest.raises(SeemsEntered, match="was with the patient from"):
        enter(team, S.VISITED, after(began, 12), key, **(line | {"until_at": after(began, 41)}))


def test_that_whoever_types_the_steps_of_a_visit_beside_another_is_told_of_the_one_line(team: Team) -> None:
    key = team.triaged()
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    began = outage(team)
    number = team.row(at_work_again(team)).number
    told = f"Sam Hill has {number} in hand by now: enter this visit as one line, visit, with when"
    for step in (S.ACKNOWLEDGED, S.THERE, S.CLEAR):
        with pytest.raises(Refused, match=told):
            enter(team, step, after(began, 10), key, **WHOLE)
    enter(team, S.NO_ACCESS, after(began, 10), key, is_concern=True, words="No reply")
    assert team.row(key).visit_status is None
    assert "no_reply_concern" in team.tasks(key)


@pytest.mark.parametrize(
    ("there", "clear", "sentence"),
    [
        (20, 10, "ends before it begins"),
        (10, 95, "not over yet"),
        (-10, 10, "before the step that led to it"),
    ],
)
def test_that_a_whole_visit_that_cannot_have_been_is_refused(
    team: Team, there: int, clear: int, sentence: str
) -> None:
    key = team.triaged()
    began = outage(team)
    line: dict[str, Any] = WHOLE | {"practitioner_id": team.ids["sam"], "until_at": after(began, clear)}
    with pytest.raises(Refused, match=sentence):
        enter(team, S.VISITED, after(began, there), key, **line)


def test_that_the_lines_of_one_visit_are_taken_back_one_after_the_other(team: Team) -> None:
    began = outage(team)
    key = taken_in(team, after(began, 2))
    enter(team, S.TRIAGED, after(began, 4), key, priority=2)
    enter(team, S.ALLOCATED, after(began, 5), key, practitioner_id=team.ids["sam"])
    enter(team, S.ACKNOWLEDGED, after(began, 6), key)
    enter(team, S.LEFT, after(began, 20), key)
    enter(team, S.THERE, after(began, 30), key)
    back = (VisitStatus.EN_ROUTE, VisitStatus.ACKNOWLEDGED, VisitStatus.ALLOCATED, None, None, None)
    for left in back:
        step = team.ann.last_undoable()
        assert step is not None
        team.ann.undo(step.id)
        assert team.row(key).visit_status is left
    assert team.row(key).status is ReferralStatus.CANCELLED


def test_that_a_patient_is_seen_on_paper_by_somebody_who_sees_another_now(team: Team) -> None:
    open_from_8_to_8(team)
    entry, later = streamed(team), streamed(team, family_name="Later", nhs_number=None)
    team.jo.workforce.shift_off(*_shift(team, "kit"))
    began = outage(team)
    team.jo.hub_queue.begin(later, entry_version(team, later), team.ids["sam"])
    key = team.stored(QueueEntry, entry).referral_id
    with pytest.raises(Refused, match=r"Kit Wood was not on duty at \d\d:\d\d: record the shift first"):
        enter(team, S.BEING_SEEN, after(began, 10), key, practitioner_id=team.ids["kit"])
    enter(team, S.BEING_SEEN, after(began, 10), key, practitioner_id=team.ids["sam"])
    enter(team, S.SEEN, after(began, 30), key, **WHOLE)
    assert team.row(key).status is ReferralStatus.CLOSED


def test_that_an_older_act_leaves_the_newer_waiting_call(team: Team) -> None:
    key = team.triaged()
    began = outage(team, 61)
    team.look()
    assert "waiting_call" in team.tasks(key)
    enter(team, S.CONTACT, after(began, 40), key, result=ContactResult.SPOKEN, words="Comfortable")
    assert "waiting_call" in team.tasks(key)
    enter(team, S.CONTACT, team.clock(), key, result=ContactResult.SPOKEN, words="Comfortable")
    assert "waiting_call" not in team.tasks(key)


def test_that_a_crew_answers_no_worse_that_was_said_after_it_came(team: Team) -> None:
    key = team.triaged()
    began = outage(team)
    enter(team, S.ASKED_999, after(began, 10), key, words="Chest pain")
    enter(team, S.REFERENCE_999, after(began, 12), key, words="C123", accepted_by="Poll")
    enter(team, S.WORSE, after(began, 40), key, words="Fitting")
    enter(team, S.TAKEN_OVER_999, after(began, 30), key)
    row = team.row(key)
    assert (row.worse_at, row.status.is_open) == (after(began, 40), True)
    assert team.tasks(key) == ["clinician_now"]
