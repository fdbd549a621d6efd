"""Sending people, every step of a visit, and every way in which one ends."""

import datetime as dt
import threading

import pytest

from console.domain.acting import Happened
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.words import (
    Channel,
    MarkerKind,
    OutcomeDisposition,
    ReferralStatus,
    TaskKind,
    VisitStatus,
)
from db.models import Referral, Visit
from tests.services.hubs_at_work import open_tasks
from tests.services.team import Team, new_referral

MINUTE = dt.timedelta(minutes=1)


def test_that_a_referral_lives_from_phone_call_to_owed_report(team: Team, now: dt.datetime) -> None:
    key, visit = team.on_scene()
    team.clock.pass_minutes(40)
    visits = team.jo.visits
    visits.clear(visit, team.visit_version(key), OutcomeDisposition.TREATED_AT_HOME, True, "No bed needed")
    record = team.jo.records.open(key)
    assert record.row.status is ReferralStatus.CLOSED
    (report,) = record.reports
    assert (report.practice, report.due_at) == ("Sea Road Surgery", now + 220 * MINUTE)
    kinds = [step.kind for step in record.timeline]
    assert kinds == [
        "referral.received",
        "referral.triaged",
        "visit.allocated",
        "visit.acknowledged",
        "visit.en_route",
        "visit.on_scene",
        "visit.clear",
    ]


def test_that_candidates_are_allowed_first_and_the_others_have_their_reasons(team: Team) -> None:
    key = team.triaged()
    found = team.jo.visits.candidates(key)
    assert [one.practitioner.name for one in found if one.is_allowed] == ["Gil Frost", "Kit Wood", "Sam Hill"]
    assert "below practitioner" in found[-1].reasons[0]


def test_that_a_gp_needed_patient_is_a_gps_alone(team: Team) -> None:
    key = team.received()
    team.ann.triage.triage(key, team.version(key), 2, gp_needed=True)
    with pytest.raises(Refused, match="A GP is needed"):
        team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    team.jo.visits.allocate(key, team.ids["gil"], team.version(key))


def test_that_nobody_is_sent_before_triage_or_without_reading_the_markers(team: Team) -> None:
    key = team.received()
    with pytest.raises(Refused, match="needs triage"):
        team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    team.ann.triage.triage(key, team.version(key), 2)
    row = team.row(key)
    review = team.clock().date() + dt.timedelta(days=90)
    on_patient = team.jo.markers.add(row.patient_id, None, None, MarkerKind.ANIMAL, "Dog loose", review)
    on_place = team.jo.markers.add(None, "ct21 5aa", None, MarkerKind.ACCESS, "Key safe", review)
    with pytest.raises(Refused, match="markers first: Animal, Access"):
        team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    team.jo.markers.acknowledge(key, [on_patient, on_place])
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    assert [one.acknowledged_by for one in team.jo.records.open(key).markers] == ["Jo Bates", "Jo Bates"]


def test_that_a_second_allocation_is_told_who_and_when(team: Team) -> None:
    key, _ = team.allocated()
    with pytest.raises(Refused, match=r"Sam Hill \(allocated by Jo Bates at 14:00\) has this visit already"):
        team.mo.visits.allocate(key, team.ids["kit"], team.version(key))


def test_that_a_practitioner_works_one_visit_at_a_time(team: Team) -> None:
    first, one = team.allocated()
    second, two = team.allocated()
    team.jo.visits.acknowledge(one, team.visit_version(first))
    with pytest.raises(Refused, match=f"{team.row(first).number} comes first"):
        team.jo.visits.acknowledge(two, team.visit_version(second))


def test_that_steps_entered_for_a_practitioner_keep_channel_words_and_both_times(
    team: Team, now: dt.datetime
) -> None:
    key, visit = team.allocated()
    team.clock.pass_minutes(20)
    sam = team.ids["sam"]
    with pytest.raises(Refused, match="Write down what"):
        team.jo.visits.acknowledge(visit, 1, happened=Happened(None, sam, Channel.RADIO))
    said = Happened(now + 5 * MINUTE, sam, Channel.RADIO, "Got it, leaving now")
    team.jo.visits.acknowledge(visit, team.visit_version(key), happened=said)
    step = team.jo.records.open(key).timeline[-1]
    assert (step.happened_at, step.entered_at) == (now + 5 * MINUTE, now + 20 * MINUTE)
    assert (step.on_behalf_of, step.channel, step.said) == ("Sam Hill", Channel.RADIO, "Got it, leaving now")
    with pytest.raises(Refused, match="before the step"):
        team.jo.visits.en_route(visit, team.visit_version(key), happened=Happened(now + MINUTE))


def test_that_a_practitioner_enters_only_their_own_visit(team: Team) -> None:
    key, visit = team.allocated("sam")
    with pytest.raises(Refused, match="another practitioner's"):
        team.desk("kit_self").visits.acknowledge(visit, team.visit_version(key))
    team.desk("sam_self").visits.acknowledge(visit, team.visit_version(key))
    assert team.row(key).visit_status is VisitStatus.ACKNOWLEDGED


def test_that_handing_back_and_reassigning_restart_no_clock(team: Team) -> None:
    key, visit = team.allocated()
    due_at = team.row(key).due_at
    team.clock.pass_minutes(15)
    team.jo.visits.hand_back(visit, team.visit_version(key), "Car broke down")
    assert team.row(key).is_waiting
    again = team.jo.visits.allocate(key, team.ids["kit"], team.version(key))
    team.clock.pass_minutes(5)
    last = team.jo.visits.reassign(again, team.visit_version(key), team.ids["sam"], "Sam is nearer")
    assert (team.row(key).due_at, team.row(key).practitioner) == (due_at, "Sam Hill")
    statuses = [team.stored(Visit, one).status for one in (visit, again, last)]
    assert statuses == [VisitStatus.HANDED_BACK, VisitStatus.WITHDRAWN, VisitStatus.ALLOCATED]


def test_that_control_takes_a_practitioner_and_the_hub_must_notice(team: Team) -> None:
    first, _ = team.allocated()
    second, _ = team.allocated()
    with pytest.raises(Refused, match="supervisor"):
        team.jo.visits.divert(team.ids["sam"], "Cardiac arrest next door")
    assert team.mo.visits.divert(team.ids["sam"], "Cardiac arrest next door") == 2
    for key in (first, second):
        assert team.row(key).acknowledgement_owed
        assert team.row(key).is_waiting
        assert TaskKind.DIVERT_NOTICE in team.tasks(key)
    with pytest.raises(Refused, match="Front line on this shift"):
        team.jo.visits.allocate(first, team.ids["sam"], team.version(first))
    team.jo.referrals.acknowledge_return(first, team.version(first))
    assert not team.row(first).acknowledgement_owed
    team.jo.visits.allocate(second, team.ids["kit"], team.version(second))
    assert team.tasks(second) == []


def test_that_no_reply_with_concern_goes_to_a_clinician_and_the_patient_waits_on(team: Team) -> None:
    key, visit = team.on_scene()
    assert team.stored(Referral, key).seen_at is not None
    team.jo.visits.no_access(visit, team.visit_version(key), True, "Curtains drawn, dog barks")
    row = team.row(key)
    assert (row.status, row.is_waiting) == (ReferralStatus.ACCEPTED, True)
    assert team.stored(Referral, key).seen_at is None
    assert TaskKind.NO_REPLY_CONCERN in team.tasks(key)


def test_that_refused_and_safe_closes_with_a_report(team: Team) -> None:
    key, visit = team.on_scene()
    team.jo.visits.no_access(visit, team.visit_version(key), False, "Feels well, has capacity")
    record = team.jo.records.open(key)
    assert record.row.status is ReferralStatus.CLOSED
    assert record.reports[0].outcome_kind == "refusal"


def test_that_999_stays_on_the_board_until_the_crew_has_taken_over(team: Team) -> None:
    key, visit = team.on_scene()
    ambulance = team.jo.ambulance
    ambulance.upgrade(key, team.version(key), "Chest pain")
    row = team.row(key)
    assert (row.word, row.due_clock) == ("999: reference owed", "ambulance")
    assert team.stored(Visit, visit).status is VisitStatus.ON_SCENE
    with pytest.raises(Refused, match="who accepted"):
        ambulance.reference(key, team.version(key), "A-77", " ")
    ambulance.reference(key, team.version(key), "A-77", "Dispatcher Roy")
    assert team.row(key).word == "999: take-over owed"
    team.clock.pass_minutes(9)
    ambulance.take_over(key, team.version(key))
    assert team.stored(Visit, visit).status is VisitStatus.UPGRADED
    assert team.row(key).status is ReferralStatus.CLOSED
    assert team.tasks(key) == []


def test_that_999_is_stood_down_by_a_registered_clinician_and_the_patient_waits_again(team: Team) -> None:
    key = team.received(new_referral(disposition="Dx012"))
    with pytest.raises(Refused, match="duty clinician"):
        team.jo.ambulance.stand_down(key, team.version(key), "Spoke to the patient")
    team.ann.ambulance.stand_down(key, team.version(key), "Spoke to the patient")
    assert (team.row(key).asks_ambulance, team.row(key).due_clock) == (False, "triage")


def test_that_two_people_do_not_send_one_practitioner_unknowingly(team: Team) -> None:
    one, two = team.triaged(), team.triaged()
    team.jo.visits.allocate(one, team.ids["sam"], team.version(one), seen_in_hand=0)
    with pytest.raises(ChangedElsewhere, match=r"Jo Bates allocated R-.* to Sam Hill at 14:00"):
        team.mo.visits.allocate(two, team.ids["sam"], team.version(two), seen_in_hand=0)


def test_that_of_forty_who_allocate_at_once_one_wins_and_each_other_is_told_why(team: Team) -> None:
    keys = [team.triaged() for _ in range(8)]
    versions = {key: team.version(key) for key in keys}
    won: list[int] = []
    told: list[str] = []
    start = threading.Barrier(8)

    def run(number: int) -> None:
        start.wait()
        for turn in range(5):
            key = keys[(number + turn) % 8]
            name = ("jo", "mo", "ann")[number % 3]
            try:
                won.append(
                    team.desk(name).visits.allocate(key, team.ids["sam"], versions[key], seen_in_hand=0)
                )
            except Refused as refusal:
                told.append(str(refusal))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(told)) == (1, 39)
    assert all("allocated" in words and " at 14:00" in words for words in told)


def test_that_an_allocation_can_be_taken_back(team: Team) -> None:
    key, visit = team.allocated()
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert team.stored(Visit, visit).status is VisitStatus.WITHDRAWN
    assert (team.row(key).status, team.row(key).is_waiting) == (ReferralStatus.TRIAGED, True)


def test_that_clear_entered_by_mistake_is_taken_back_with_its_report(team: Team) -> None:
    key, visit = team.on_scene()
    team.jo.visits.clear(visit, team.visit_version(key))
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert (team.row(key).status, team.row(key).visit_status) == (
        ReferralStatus.ACCEPTED,
        VisitStatus.ON_SCENE,
    )
    assert team.jo.records.open(key).reports == ()


def test_that_who_comes_second_reads_a_name_as_it_is_written(team: Team) -> None:
    key, _ = team.on_scene()
    with pytest.raises(Refused, match=r": Sam Hill is on scene\. Look again"):
        team.jo.ambulance.upgrade(key, team.version(key) - 1, "Chest pain")


def test_that_control_does_not_acknowledge_for_the_hub_whom_it_took_away(team: Team) -> None:
    key, _ = team.allocated()
    team.mo.visits.divert(team.ids["sam"], "Cardiac arrest")
    (notice,) = open_tasks(team, "divert_notice")
    said = "may not acknowledge a returned visit: ask a hub coordinator or duty clinician"
    with pytest.raises(Refused, match=said):
        team.mo.tasks.accept(notice.id, notice.version)
    with pytest.raises(Refused, match=said):
        team.mo.tasks.done(notice.id, notice.version, "The hub was told")
    assert team.row(key).acknowledgement_owed
    team.jo.tasks.done(notice.id, notice.version, "Seen")
    assert not team.row(key).acknowledgement_owed


def test_that_who_came_back_leaves_the_board_at_night_with_the_crew_that_took_them_over(team: Team) -> None:
    key, _ = team.allocated()
    team.mo.visits.divert(team.ids["sam"], "Cardiac arrest")
    team.mo.ambulance.upgrade(key, team.version(key), "Chest pain")
    team.mo.ambulance.reference(key, team.version(key), "C123", "Dispatcher Poll")
    team.mo.ambulance.take_over(key, team.version(key))  # nobody is at the hub who could acknowledge
    assert team.row(key).status is ReferralStatus.CLOSED
    assert not open_tasks(team, "divert_notice")
    step = team.mo.last_undoable()
    assert step is not None
    team.mo.undo(step.id)
    assert team.row(key).acknowledgement_owed
    assert len(open_tasks(team, "divert_notice")) == 1
