"""The hub queue: its order, who is next, and when the hub may close."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.domain.hub_closing import (
    Seat,
    closing_warning_is_on,
    last_safe_arrival_at,
    reasons_not_to_close,
    who_cannot_be_seen,
)
from console.domain.hub_queue import (
    Entry,
    next_patient,
    queue_key,
    reasons_not_to_rebook,
    reasons_not_to_see,
    reasons_not_to_stream,
)
from console.domain.words import Profession, QueueStatus, Role, Stream
from tests.domain.england import london

NOON = london("2026-06-13 12:00")
CLOSES = london("2026-06-13 20:00")
HERE = frozenset({Stream.PARAMEDIC_PRACTITIONER})


def at_work(count: int, until: dt.datetime = CLOSES, gps: int | None = None) -> list[Seat]:
    """So many who see patients, all of them GPs unless said otherwise."""
    return [Seat(until, is_gp=gps is None or place < gps) for place in range(count)]


def at(minutes: int) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes)


def streamed(
    number: int,
    priority: int = 3,
    due: int = 60,
    arrived: int = 0,
    *,
    stream: Stream = Stream.PARAMEDIC_PRACTITIONER,
    status: QueueStatus = QueueStatus.STREAMED,
    gp_needed: bool = False,
) -> Entry:
    return Entry(number, f"R-{number}", status, stream, priority, at(due), at(arrived), None, gp_needed)


def test_that_new_arrivals_come_first_then_each_stream_by_priority_due_and_arrival() -> None:
    order = [
        Entry(1, "R-1", QueueStatus.ARRIVED, arrived_at=at(50)),
        streamed(2, priority=2, due=300),
        streamed(3, priority=3, due=60, arrived=9),
        streamed(4, priority=3, due=60, arrived=10),
        streamed(5, priority=3, due=70, arrived=1),
        streamed(6, priority=1, due=10, stream=Stream.GP_NEEDED),
        Entry(7, "R-7", QueueStatus.BOOKED, booked_for_at=at(5)),
    ]
    order.reverse()
    assert [one.id for one in sorted(order, key=queue_key)] == [1, 2, 3, 4, 5, 6, 7]


def test_that_a_patient_without_priority_or_due_time_never_sinks() -> None:
    unknown = Entry(9, "R-9", QueueStatus.STREAMED, Stream.PARAMEDIC_PRACTITIONER, arrived_at=at(90))
    assert next_patient([streamed(1, priority=1), unknown], HERE, may_stream=False) == unknown


def test_that_the_next_patient_is_a_new_arrival_only_for_someone_who_streams() -> None:
    queue = [streamed(1), Entry(2, "R-2", QueueStatus.ARRIVED, arrived_at=at(30))]
    found = [next_patient(queue, HERE, may_stream=streams) for streams in (True, False)]
    assert [one.id for one in found if one] == [2, 1]
    assert next_patient(queue, frozenset({Stream.DENTAL}), may_stream=False) is None


def test_that_over_several_streams_the_most_urgent_is_next() -> None:
    queue = [streamed(1, priority=3), streamed(2, priority=1, stream=Stream.TELEPHONE)]
    found = next_patient(
        queue, frozenset({Stream.PARAMEDIC_PRACTITIONER, Stream.TELEPHONE}), may_stream=False
    )
    assert found is not None
    assert found.id == 2


def test_that_a_patient_who_is_called_or_being_seen_is_not_called_again() -> None:
    queue = [streamed(1, status=QueueStatus.CALLED), streamed(2, status=QueueStatus.BEING_SEEN)]
    assert next_patient(queue, HERE, may_stream=True) is None


def test_that_only_a_gp_sees_a_patient_who_needs_one() -> None:
    for entry in (streamed(1, gp_needed=True), streamed(1, stream=Stream.GP_NEEDED)):
        refused = {one for one in Profession if reasons_not_to_see(one, entry)}
        assert refused == set(Profession) - {Profession.GP}


def test_that_only_a_clinician_streams_and_gives_another_days_time() -> None:
    for role in Role:
        may = role is Role.CLINICIAN
        stream = Stream.TELEPHONE
        assert (
            reasons_not_to_stream(role, QueueStatus.ARRIVED, gp_was_needed=False, stream=stream) == ()
        ) is may
        assert (reasons_not_to_rebook(role, london("2026-06-14 09:00"), NOON) == ()) is may
    assert reasons_not_to_rebook(Role.CLINICIAN, london("2026-06-13 19:00"), NOON) == (
        "Give a time on a later day.",
    )


def test_that_a_gp_needed_patient_is_not_streamed_to_a_practitioner() -> None:
    stream = Stream.PARAMEDIC_PRACTITIONER
    assert reasons_not_to_stream(Role.CLINICIAN, QueueStatus.ARRIVED, gp_was_needed=True, stream=stream)


def test_that_the_closing_warning_is_on_from_half_past_six() -> None:
    assert not closing_warning_is_on(london("2026-06-13 18:29"), CLOSES)
    assert closing_warning_is_on(london("2026-06-13 18:30"), CLOSES)


def test_that_who_cannot_be_seen_before_closing_is_named_in_queue_order() -> None:
    now = london("2026-06-13 19:00")
    queue = [streamed(number, arrived=number) for number in range(1, 8)]
    late = who_cannot_be_seen(queue, now, CLOSES, seats=at_work(2), minutes_each=20)
    assert [one.id for one in late] == [7]
    assert len(who_cannot_be_seen(queue, now, CLOSES, seats=at_work(0))) == 7


def test_that_someone_being_seen_holds_a_seat() -> None:
    now = london("2026-06-13 19:30")
    queue = [streamed(1, status=QueueStatus.BEING_SEEN), streamed(2)]
    assert [one.id for one in who_cannot_be_seen(queue, now, CLOSES, seats=at_work(1))] == [2]


def test_that_whoever_came_before_their_time_can_be_seen_from_now_on() -> None:
    tomorrow = replace(streamed(1), booked_for_at=CLOSES + dt.timedelta(hours=13))
    assert who_cannot_be_seen([tomorrow], NOON, CLOSES, seats=at_work(1)) == ()
    not_here = replace(tomorrow, status=QueueStatus.BOOKED, booked_for_at=CLOSES - dt.timedelta(minutes=5))
    assert who_cannot_be_seen([not_here], NOON, CLOSES, seats=at_work(1)) == (not_here,)


def test_that_a_gp_needed_patient_who_is_here_cannot_be_seen_where_no_gp_sees_patients() -> None:
    queue = [streamed(1, gp_needed=True), streamed(2, stream=Stream.GP_NEEDED), streamed(3)]
    assert [one.id for one in who_cannot_be_seen(queue, NOON, CLOSES, seats=at_work(1, gps=0))] == [1, 2]
    assert who_cannot_be_seen(queue, NOON, CLOSES, seats=at_work(1)) == ()


def test_that_each_seat_counts_for_the_minutes_of_its_shift() -> None:
    now = london("2026-06-13 18:00")
    queue = [streamed(number, arrived=number) for number in range(1, 9)]
    soon_gone = [*at_work(1), *at_work(1, until=london("2026-06-13 18:45"))]
    assert who_cannot_be_seen(queue, now, CLOSES, seats=soon_gone) == ()
    gone = [*at_work(1), *at_work(1, until=now)]
    assert [one.id for one in who_cannot_be_seen(queue, now, CLOSES, seats=gone)] == [7, 8]
    assert last_safe_arrival_at(queue[:1], now, CLOSES, seats=soon_gone) == london("2026-06-13 19:20")
    assert last_safe_arrival_at(queue[:1], now, CLOSES, seats=at_work(2)) == london("2026-06-13 19:40")
    assert last_safe_arrival_at((), now, CLOSES, seats=soon_gone[1:]) == london("2026-06-13 18:25")


def being_seen(number: int, by: int) -> Entry:
    return replace(streamed(number, status=QueueStatus.BEING_SEEN), seen_by_id=by)


def test_that_whoever_sees_somebody_has_no_time_for_the_next_until_then() -> None:
    gp, other = Seat(at(60), is_gp=True, practitioner_id=1), Seat(at(60), practitioner_id=2)
    waits = streamed(9, gp_needed=True)
    for by, late in ((1, (waits,)), (2, ())):
        assert who_cannot_be_seen([being_seen(1, by), waits], at(25), at(60), seats=[gp, other]) == late


def test_that_whoever_stays_after_their_shift_with_a_patient_takes_nobody_else_s_time() -> None:
    gone, here = Seat(at(-5), practitioner_id=1), Seat(at(20), practitioner_id=2)
    assert who_cannot_be_seen([being_seen(1, 1), streamed(2)], NOON, at(60), seats=[gone, here]) == ()


def test_that_whoever_is_booked_is_seen_as_their_times_come() -> None:
    early = Entry(1, "R-1", QueueStatus.BOOKED, priority=3, booked_for_at=at(0))
    late = Entry(2, "R-2", QueueStatus.BOOKED, priority=1, booked_for_at=at(60))
    assert who_cannot_be_seen([late, early], NOON, at(90), seats=at_work(1)) == ()


@given(
    st.lists(st.tuples(st.integers(0, 90), st.booleans()), max_size=4),
    st.lists(st.booleans(), max_size=7),
    st.integers(0, 90),
)
def test_that_all_are_seen_just_when_the_shifts_have_room(
    seats: list[tuple[int, bool]], patients: list[bool], closes: int
) -> None:
    at_hub = [Seat(at(ends), is_gp=is_gp) for ends, is_gp in seats]
    queue = [streamed(number, gp_needed=needs_gp) for number, needs_gp in enumerate(patients)]
    late = who_cannot_be_seen(queue, NOON, at(closes), seats=at_hub)
    room = [min(ends, closes) // 20 for ends, _ in seats]
    of_gps = sum(one for one, (_, is_gp) in zip(room, seats, strict=True) if is_gp)
    has_room = len(queue) <= sum(room) and sum(patients) <= of_gps
    if not any(patients):
        assert len(late) == max(0, len(queue) - sum(room))
    assert late or has_room


def test_that_whoever_needs_a_gp_is_seen_before_the_gp_goes_or_cannot_be_seen() -> None:
    queue = [streamed(number, arrived=number, gp_needed=True) for number in (1, 2)]
    seats = [*at_work(1, gps=0), *at_work(1, until=at(30))]
    assert [one.id for one in who_cannot_be_seen(queue, NOON, CLOSES, seats=seats)] == [2]
    # Nobody else is given the only GP while another is free.
    mixed = [streamed(1, arrived=1), streamed(2, arrived=2, gp_needed=True)]
    assert who_cannot_be_seen(mixed, NOON, CLOSES, seats=seats) == ()


@given(st.integers(0, 12), st.lists(st.integers(0, 480), min_size=1, max_size=4))
def test_that_whoever_arrives_by_the_last_safe_arrival_is_seen_in_the_shifts_there_are(
    waiting: int, ends: list[int]
) -> None:
    seats = [Seat(at(minutes)) for minutes in ends]
    queue = [streamed(number, arrived=number) for number in range(waiting + 1)]
    last = last_safe_arrival_at(queue[1:], NOON, CLOSES, seats=seats)
    assert last is not None
    if last > NOON:
        assert who_cannot_be_seen(queue, last, CLOSES, seats=seats) == ()
    else:  # nor could whoever came a minute later
        assert who_cannot_be_seen(queue, at(1), CLOSES, seats=seats)


@given(st.integers(0, 12), st.integers(1, 4), st.integers(0, 600))
def test_that_more_people_at_work_never_leave_more_waiting(waiting: int, seats: int, minutes: int) -> None:
    queue = [streamed(number, arrived=number) for number in range(waiting)]
    fewer = who_cannot_be_seen(queue, at(minutes), CLOSES, seats=at_work(seats + 1))
    assert set(fewer) <= set(who_cannot_be_seen(queue, at(minutes), CLOSES, seats=at_work(seats)))


@given(st.integers(0, 12), st.integers(1, 4))
def test_that_whoever_arrives_by_the_last_safe_arrival_is_seen(waiting: int, seats: int) -> None:
    queue = [streamed(number, arrived=number) for number in range(waiting + 1)]
    last = last_safe_arrival_at(queue[1:], NOON, CLOSES, seats=at_work(seats))
    assert last is not None
    assert who_cannot_be_seen(queue, last, CLOSES, seats=at_work(seats)) == ()


def test_that_nobody_arrives_safely_where_nobody_sees_patients() -> None:
    assert last_safe_arrival_at((), NOON, CLOSES, seats=at_work(0)) is None


def test_that_a_hub_closes_only_when_everyone_is_seen_taken_over_or_given_another_day() -> None:
    tomorrow = Entry(1, "R-1", QueueStatus.BOOKED, booked_for_at=london("2026-06-14 09:00"))
    over = [streamed(2, status=QueueStatus.SEEN), streamed(3, status=QueueStatus.TAKEN_OVER)]
    assert reasons_not_to_close([tomorrow, *over], CLOSES) == ()
    today = Entry(4, "R-4", QueueStatus.BOOKED, booked_for_at=at(0))
    reasons = reasons_not_to_close([tomorrow, *over, today, streamed(5)], CLOSES)
    assert [words.split()[0] for words in reasons] == ["R-5", "R-4"]


def test_that_a_time_later_on_the_day_that_closes_was_not_missed_and_is_given_anew() -> None:
    later = Entry(1, "R-1", QueueStatus.BOOKED, booked_for_at=london("2026-06-13 19:00"))
    assert reasons_not_to_close([later], london("2026-06-13 18:40")) == (
        "R-1 is booked for 19:00: hand over by name, or have a clinician give another day's time.",
    )
    (told,) = reasons_not_to_close([later], CLOSES)
    assert "did not attend" in told


def test_that_what_stands_in_the_way_of_closing_names_only_what_can_still_be_done() -> None:
    new, seen = Entry(1, "R-1", QueueStatus.ARRIVED), streamed(2, status=QueueStatus.BEING_SEEN)
    arrived, being_seen = reasons_not_to_close([new, seen], CLOSES)
    assert arrived.startswith("R-1 has arrived and is not streamed: see the patient")
    assert being_seen == "R-2 is being seen: finish, or name a service that takes over."


@given(st.lists(st.sampled_from(QueueStatus), max_size=6))
def test_that_a_hub_never_closes_on_an_open_entry_of_today(statuses: list[QueueStatus]) -> None:
    queue = [
        Entry(number, f"R-{number}", status, booked_for_at=at(0)) for number, status in enumerate(statuses)
    ]
    assert len(reasons_not_to_close(queue, NOON)) == sum(status.is_open for status in statuses)
