"""A patient at a hub: arrives, is streamed, called, seen; and every other way out."""

import datetime as dt

import pytest

from console.domain.acting import Happened
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.words import QueueStatus, ReferralStatus, Source, Stream, TaskKind
from db.models import Hub, Outcome, QueueEntry, Referral, Report
from tests.services.hubs_at_work import (
    entry_version,
    open_from_8_to_8,
    open_tasks,
    sam,
    seen,
    streamed,
    walk_in,
)
from tests.services.team import Team, new_referral

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _hours(team: Team) -> None:
    open_from_8_to_8(team)


def test_that_a_walk_in_must_be_streamed_within_15_minutes(team: Team, now: dt.datetime) -> None:
    entry = team.stored(QueueEntry, walk_in(team))
    assert (entry.status, entry.stream_due_at) == (QueueStatus.ARRIVED, now + 15 * MINUTE)


def test_that_streaming_triages_and_starts_the_response_clock(team: Team, now: dt.datetime) -> None:
    entry = team.stored(QueueEntry, streamed(team))
    referral = team.stored(Referral, entry.referral_id)
    assert (referral.status, referral.priority) == (ReferralStatus.TRIAGED, 3)
    assert (referral.first_triaged_at, referral.due_at) == (now, now + 120 * MINUTE)


def test_that_only_a_clinician_streams_and_says_why(team: Team) -> None:
    entry = walk_in(team)
    stream = (Stream.PHARMACIST, 4, False)
    with pytest.raises(Refused, match="may not stream"):
        team.jo.hub_queue.stream(entry, entry_version(team, entry), *stream, "Simple")
    with pytest.raises(Refused, match="Say why"):
        team.ann.hub_queue.stream(entry, entry_version(team, entry), *stream, " ")


def test_that_a_stream_named_999_never_stands_for_a_call_nobody_made(team: Team) -> None:
    entry = walk_in(team)
    with pytest.raises(Refused, match="Upgrade to 999 first"):
        team.ann.hub_queue.stream(entry, entry_version(team, entry), Stream.AMBULANCE, 1, False, "Chest pain")


def test_that_a_gp_needed_patient_is_never_seen_by_a_practitioner(team: Team) -> None:
    entry = streamed(team, Stream.GP_NEEDED)
    with pytest.raises(Refused, match="needs a GP"):
        team.jo.hub_queue.begin(entry, entry_version(team, entry), team.ids["sam"])
    team.jo.hub_queue.begin(entry, entry_version(team, entry), team.ids["gil"])


def test_that_a_busy_practitioner_cannot_begin_with_another_patient(team: Team) -> None:
    first = streamed(team)
    second = streamed(team, family_name="Other", nhs_number=None)
    team.jo.hub_queue.begin(first, entry_version(team, first), team.ids["sam"])
    number = team.row(team.stored(QueueEntry, first).referral_id).number
    with pytest.raises(Refused, match=f"Sam Hill is busy with {number}"):
        team.jo.hub_queue.begin(second, entry_version(team, second), team.ids["sam"])


def test_that_finishing_closes_the_referral_and_owes_a_report(team: Team, now: dt.datetime) -> None:
    referral_id, report_id = seen(team)
    report = team.stored(Report, report_id)
    assert team.stored(Referral, referral_id).status is ReferralStatus.CLOSED
    assert report.due_at == now + 20 * MINUTE + 180 * MINUTE
    assert report.latest_at == dt.datetime(2026, 1, 15, 8, tzinfo=dt.UTC)
    assert team.stored(Outcome, report.outcome_id).practitioner_id == team.ids["sam"]


def test_that_a_patient_who_left_is_a_clinicians_to_decide(team: Team) -> None:
    entry = streamed(team)
    team.jo.hub_queue.left(entry, entry_version(team, entry), "Could not wait")
    referral_id = team.stored(QueueEntry, entry).referral_id
    assert team.row(referral_id).status.is_open
    assert team.tasks(referral_id) == [TaskKind.FAILED_CONTACT.value]
    team.look()
    assert team.tasks(referral_id) == [TaskKind.FAILED_CONTACT.value]


def test_that_a_patient_who_did_not_attend_is_a_clinicians_to_decide(team: Team, now: dt.datetime) -> None:
    referral_id = team.triaged()
    entry = team.jo.hub_queue.book(referral_id, team.version(referral_id), now + 60 * MINUTE)
    team.clock.pass_minutes(90)
    team.jo.hub_queue.did_not_attend(entry, entry_version(team, entry))
    assert team.row(referral_id).status.is_open
    assert TaskKind.FAILED_CONTACT.value in team.tasks(referral_id)
    team.look()
    assert TaskKind.FAILED_CONTACT.value in team.tasks(referral_id)


def test_that_nobody_has_missed_a_time_that_is_still_to_come(team: Team, now: dt.datetime) -> None:
    key = team.triaged()
    entry = team.jo.hub_queue.book(key, team.version(key), now + 60 * MINUTE)
    told = "booked for Wednesday 14 January at 15:00, which is still to come"
    for minutes in (0, 59):
        team.clock.at = now + minutes * MINUTE
        with pytest.raises(Refused, match=told):
            team.jo.hub_queue.did_not_attend(entry, entry_version(team, entry))
    team.clock.at = now + 90 * MINUTE
    early = Happened(at=now + 59 * MINUTE)
    with pytest.raises(Refused, match=told):
        team.jo.hub_queue.did_not_attend(entry, entry_version(team, entry), happened=early)
    team.jo.hub_queue.did_not_attend(entry, entry_version(team, entry))
    assert team.stored(QueueEntry, entry).status is QueueStatus.DID_NOT_ATTEND


def test_that_who_is_booked_and_cannot_come_is_visited_before_their_time(
    team: Team, now: dt.datetime
) -> None:
    key = team.triaged()
    entry = team.jo.hub_queue.book(key, team.version(key), now + 24 * 60 * MINUTE)
    team.clock.pass_minutes(15)
    stream = team.ann.hub_queue.stream
    with pytest.raises(Refused, match="only a patient who is here can be streamed"):
        stream(entry, entry_version(team, entry), Stream.PARAMEDIC_PRACTITIONER, 2, False, "Worse")
    stream(entry, entry_version(team, entry), Stream.HOME_VISIT, 2, False, "Cannot get up any more")
    assert (team.row(key).is_waiting, team.row(key).queue_status) == (True, None)
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    assert team.row(key).word == "Allocated"


def test_that_the_second_of_two_reads_names_as_they_are_written(team: Team) -> None:
    entry = streamed(team)
    version = entry_version(team, entry)
    team.ann.hub_queue.begin(entry, version, team.ids["sam"])
    told = r"Ann Lee changed R-\S+ at \d\d:\d\d: Sam Hill sees the patient\. Look again"
    with pytest.raises(ChangedElsewhere, match=told):
        team.jo.hub_queue.call(entry, version)


def test_that_a_booked_patient_arrives_in_the_same_place_of_the_queue(team: Team, now: dt.datetime) -> None:
    referral_id = team.triaged()
    booked = team.jo.hub_queue.book(referral_id, team.version(referral_id), now + 60 * MINUTE)
    team.clock.pass_minutes(55)
    assert team.jo.hub_queue.arrive(referral_id) == booked
    assert team.stored(QueueEntry, booked).arrived_at == now + 55 * MINUTE


def test_that_nobody_is_booked_when_the_hub_is_closed(team: Team, now: dt.datetime) -> None:
    referral_id = team.triaged()
    with pytest.raises(Refused, match="closed then"):
        team.jo.hub_queue.book(referral_id, team.version(referral_id), now + dt.timedelta(hours=10))


def test_that_nobody_is_booked_today_into_a_hub_that_has_closed_for_the_day(
    team: Team, now: dt.datetime
) -> None:
    dover = team.ids["dover"]
    team.jo.hubs.close(dover, team.stored(Hub, dover).version)
    referral_id = team.triaged()
    with pytest.raises(Refused, match=r"Dover has closed for the day: give a time on another day\."):
        team.jo.hub_queue.book(referral_id, team.version(referral_id), now + 60 * MINUTE, dover)
    team.jo.hub_queue.book(referral_id, team.version(referral_id), now + dt.timedelta(days=1), dover)


def test_that_moving_to_the_other_hub_restarts_no_clock(team: Team, now: dt.datetime) -> None:
    entry = streamed(team)
    due_at = team.row(team.stored(QueueEntry, entry).referral_id).due_at
    team.clock.pass_minutes(10)
    moved_id = team.jo.hub_queue.move(entry, entry_version(team, entry), team.ids["dover"], "Shorter queue")
    moved, left = team.stored(QueueEntry, moved_id), team.stored(QueueEntry, entry)
    assert (moved.status, moved.arrived_at, moved.hub_id) == (QueueStatus.STREAMED, now, team.ids["dover"])
    assert left.status is QueueStatus.MOVED
    assert team.row(moved.referral_id).due_at == due_at


def test_that_a_named_service_takes_over_a_patient_whom_a_clinician_has_judged(team: Team) -> None:
    entry = walk_in(team)
    take = team.jo.hub_queue.taken_over
    with pytest.raises(Refused, match="No clinician has streamed"):
        take(entry, entry_version(team, entry), "Dental hospital")
    stream = (Stream.DENTAL, 4, False, "Tooth")
    team.ann.hub_queue.stream(entry, entry_version(team, entry), *stream)
    with pytest.raises(Refused, match="Name the service"):
        take(entry, entry_version(team, entry), " ")
    take(entry, entry_version(team, entry), "Dental hospital", "D-7")
    referral = team.stored(Referral, team.stored(QueueEntry, entry).referral_id)
    assert referral.status is ReferralStatus.REDIRECTED
    assert referral.closed_because == "Taken over by Dental hospital (D-7)"


def test_that_a_practitioner_hands_over_only_whom_they_see(team: Team) -> None:
    entry = streamed(team)
    sam = team.desk("sam_self").hub_queue
    with pytest.raises(Refused, match="ask the hub coordinator"):
        sam.taken_over(entry, entry_version(team, entry), "Eye clinic")
    sam.begin(entry, entry_version(team, entry), team.ids["sam"])
    sam.taken_over(entry, entry_version(team, entry), "Eye clinic")
    assert team.stored(QueueEntry, entry).status is QueueStatus.TAKEN_OVER


def test_that_a_patient_for_a_home_visit_leaves_the_queue_and_waits_on_the_board(team: Team) -> None:
    entry = streamed(team, Stream.HOME_VISIT)
    row = team.row(team.stored(QueueEntry, entry).referral_id)
    assert row.is_waiting
    team.jo.visits.allocate(row.id, team.ids["sam"], row.version)


def test_that_only_a_clinician_gives_another_day(team: Team, now: dt.datetime) -> None:
    entry = streamed(team)
    tomorrow = now + dt.timedelta(hours=20)
    with pytest.raises(Refused, match="may not give a patient tomorrow"):
        team.jo.hub_queue.tomorrow(entry, entry_version(team, entry), tomorrow, "Can wait")
    with pytest.raises(Refused, match="later day"):
        team.ann.hub_queue.tomorrow(entry, entry_version(team, entry), now + 60 * MINUTE, "Can wait")
    team.ann.hub_queue.tomorrow(entry, entry_version(team, entry), tomorrow, "Can wait")
    assert team.stored(QueueEntry, entry).status is QueueStatus.BOOKED


def test_that_an_arrival_out_of_hours_is_the_supervisors_by_name(team: Team) -> None:
    team.clock.pass_minutes(9 * 60)
    walk_in(team)
    (task,) = open_tasks(team, "overnight")
    with pytest.raises(Refused, match="control-room supervisor"):
        team.jo.tasks.accept(task.id, task.version)
    team.mo.tasks.accept(task.id, task.version)
    assert open_tasks(team, "overnight")[0].accepted_by_id == team.actors["mo"].staff_id


def test_that_nobody_stands_in_two_queues_or_waits_while_somebody_is_sent(team: Team) -> None:
    entry = walk_in(team)
    referral_id = team.stored(QueueEntry, entry).referral_id
    with pytest.raises(Refused, match="in the queue already"):
        team.jo.hub_queue.arrive(referral_id)
    visited, _ = team.allocated()
    with pytest.raises(Refused, match="Sam Hill has the visit"):
        team.jo.hub_queue.arrive(visited)


def test_that_the_second_of_two_people_is_told_who_was_first(team: Team) -> None:
    entry = streamed(team)
    version = entry_version(team, entry)
    team.jo.hub_queue.call(entry, version)
    with pytest.raises(ChangedElsewhere, match=r"Jo Bates .*called"):
        team.ann.hub_queue.call(entry, version)


def test_that_calling_can_be_undone(team: Team) -> None:
    entry = streamed(team)
    team.jo.hub_queue.call(entry, entry_version(team, entry))
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert team.stored(QueueEntry, entry).status is QueueStatus.STREAMED


def test_that_whom_control_takes_leaves_nobody_being_seen_by_nobody(team: Team, now: dt.datetime) -> None:
    entry = streamed(team)
    queue = team.jo.hub_queue
    due_at = team.row(team.stored(QueueEntry, entry).referral_id).due_at
    team.clock.pass_minutes(10)
    queue.begin(entry, entry_version(team, entry), team.ids["sam"])
    team.clock.pass_minutes(5)
    assert team.mo.visits.divert(team.ids["sam"], "Cardiac arrest next door") == 1
    stored = team.stored(QueueEntry, entry)
    assert (stored.status, stored.practitioner_id, stored.being_seen_at) == (QueueStatus.STREAMED, None, None)
    assert (stored.stream, stored.streamed_at) == (Stream.PARAMEDIC_PRACTITIONER, now)
    row = team.row(stored.referral_id)
    assert (row.met_at, row.due_at, row.acknowledgement_owed) == (None, due_at, True)
    (notice,) = open_tasks(team, "divert_notice")
    assert (notice.practitioner_id, notice.referral_id) == (team.ids["sam"], row.id)


@pytest.mark.parametrize("way", ["acknowledged", "seen by another"])
def test_that_the_hub_notices_a_patient_whom_control_left_there(team: Team, way: str) -> None:
    entry = streamed(team)
    team.jo.hub_queue.begin(entry, entry_version(team, entry), team.ids["sam"])
    team.mo.visits.divert(team.ids["sam"], "Cardiac arrest next door")
    key = team.stored(QueueEntry, entry).referral_id
    if way == "acknowledged":
        team.jo.referrals.acknowledge_return(key, team.version(key))
    else:
        team.jo.hub_queue.begin(entry, entry_version(team, entry), team.ids["kit"])
    assert (team.row(key).acknowledgement_owed, open_tasks(team, "divert_notice")) == (False, [])


def test_that_whom_control_left_at_a_hub_is_off_the_board_once_a_service_has_them(team: Team) -> None:
    entry = streamed(team)
    team.jo.hub_queue.begin(entry, entry_version(team, entry), team.ids["sam"])
    team.mo.visits.divert(team.ids["sam"], "Cardiac arrest next door")
    team.ann.hub_queue.taken_over(entry, entry_version(team, entry), "William Harvey")
    row = team.row(team.stored(QueueEntry, entry).referral_id)
    assert (row.status, open_tasks(team, "divert_notice")) == (ReferralStatus.REDIRECTED, [])


def test_that_who_does_not_come_when_called_keeps_the_place(team: Team) -> None:
    entry = streamed(team)
    team.jo.hub_queue.call(entry, entry_version(team, entry))
    team.jo.hub_queue.put_back(entry, entry_version(team, entry))
    assert team.stored(QueueEntry, entry).status is QueueStatus.STREAMED


def test_that_a_practitioner_takes_nobody_in_but_receives_who_is_expected(team: Team) -> None:
    with pytest.raises(Refused, match="may not take in a referral: ask a hub coordinator"):
        sam(team).hub_queue.arrive(new_referral(source=Source.HUB, hub_id=team.ids["folkestone"]))
    assert sam(team).hub_queue.arrive(team.triaged())
