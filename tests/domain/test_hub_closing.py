"""Until when somebody may come to a hub, and whose evening it is that nobody closed."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.domain.hub_closing import (
    Seat,
    closing_that_counts,
    closing_warning_at,
    last_safe_arrival_at,
    of_this_closing,
    reasons_not_to_close,
    who_cannot_be_seen,
)
from console.domain.hub_queue import Entry
from console.domain.words import QueueStatus
from tests.domain.england import london
from tests.domain.test_hub_queue import CLOSES, NOON, at, being_seen, streamed

LATE = london("2026-06-13 19:30")
ONE = Seat(CLOSES, practitioner_id=1)
TWO = Seat(CLOSES, practitioner_id=2)
MORNING = london("2026-06-14 08:00")


def test_that_a_hub_that_closes_early_is_warned_early_enough_to_see_to_everybody() -> None:
    assert closing_warning_at(CLOSES) == london("2026-06-13 18:30")
    assert closing_warning_at(london("2026-06-13 22:00")) == london("2026-06-13 18:30")
    assert closing_warning_at(london("2026-06-13 14:00")) == london("2026-06-13 12:30")
    for day in ("2026-03-29", "2026-10-25"):
        assert closing_warning_at(london(f"{day} 20:00")) == london(f"{day} 18:30")


def booked(number: int, time: dt.datetime) -> Entry:
    return Entry(number, f"R-{number}", QueueStatus.BOOKED, priority=3, booked_for_at=time)


def test_that_a_seat_that_is_taken_now_is_not_free_for_whoever_comes() -> None:
    seen = being_seen(1, by=1)
    assert last_safe_arrival_at([seen], LATE, CLOSES, seats=[ONE]) == LATE  # free at 19:50: too late for all
    assert last_safe_arrival_at([seen], LATE, CLOSES, seats=[ONE, TWO]) == london("2026-06-13 19:40")
    assert last_safe_arrival_at([seen, streamed(2)], LATE, CLOSES, seats=[ONE, TWO]) == LATE
    # An hour before there is time for them and for others.
    assert last_safe_arrival_at([seen], at(6 * 60), CLOSES, seats=[ONE]) == london("2026-06-13 19:40")


def test_that_whoever_is_still_to_come_has_their_time() -> None:
    comes = booked(1, london("2026-06-13 19:40"))
    assert last_safe_arrival_at([comes], LATE, CLOSES, seats=[ONE]) == LATE
    assert last_safe_arrival_at([comes], at(0), CLOSES, seats=[ONE]) == london("2026-06-13 19:20")
    # Who comes at one has been seen long before, and tomorrow's is nobody's time of today.
    for other in (booked(1, at(60)), booked(1, MORNING)):
        assert last_safe_arrival_at([other], NOON, CLOSES, seats=[ONE]) == london("2026-06-13 19:40")
    missed = booked(1, at(-60))
    assert last_safe_arrival_at([missed], LATE, CLOSES, seats=[ONE]) == LATE


def test_that_whom_nobody_here_may_see_takes_no_time_from_whoever_comes() -> None:
    need_gp = [streamed(number, gp_needed=True) for number in range(3)]
    assert last_safe_arrival_at(need_gp, LATE, CLOSES, seats=[ONE]) == london("2026-06-13 19:40")
    gp = replace(TWO, is_gp=True)
    assert last_safe_arrival_at(need_gp[:1], LATE, CLOSES, seats=[ONE, gp]) == london("2026-06-13 19:40")
    assert last_safe_arrival_at([*need_gp[:1], streamed(4)], LATE, CLOSES, seats=[ONE, gp]) == LATE


@given(
    st.lists(st.integers(0, 120), min_size=1, max_size=3),
    st.integers(0, 4),
    st.lists(st.integers(1, 110), max_size=3),
    st.integers(0, 3),
)
def test_that_a_hub_is_full_just_when_whoever_came_a_minute_later_would_push_somebody_out(
    ends: list[int], waiting: int, times: list[int], seen: int
) -> None:
    seats = [Seat(at(end), practitioner_id=number) for number, end in enumerate(ends)]
    here = [streamed(number) for number in range(waiting)]
    here += [being_seen(20 + number, by=number) for number in range(min(seen, len(seats)))]
    expected = [booked(10 + number, at(time)) for number, time in enumerate(times)]
    if who_cannot_be_seen([*here, *expected], NOON, at(120), seats=seats):
        return
    last = last_safe_arrival_at([*here, *expected], NOON, at(120), seats=seats)
    assert last is not None
    if last <= NOON:
        came = [*here, *expected, streamed(99)]
        seats_later = [replace(one, until=one.until - dt.timedelta(minutes=1)) for one in seats]
        assert who_cannot_be_seen(came, NOON, at(119), seats=seats_later)


def test_that_who_are_booked_for_one_time_have_one_consultation_each() -> None:
    seven, ten_to = london("2026-06-13 19:00"), london("2026-06-13 18:50")
    three = [booked(number, seven) for number in (1, 2, 3)]
    assert who_cannot_be_seen([*three, streamed(9)], ten_to, CLOSES, seats=[ONE])
    assert last_safe_arrival_at(three, ten_to, CLOSES, seats=[ONE]) == ten_to
    assert last_safe_arrival_at(three, NOON, CLOSES, seats=[ONE]) == london("2026-06-13 18:40")


def test_that_nobody_is_turned_away_for_who_comes_too_late_to_be_seen() -> None:
    ten_to = london("2026-06-13 18:50")
    too_late = [booked(minute, london(f"2026-06-13 19:{minute}")) for minute in (41, 45, 50)]
    late = who_cannot_be_seen(too_late, ten_to, CLOSES, seats=[ONE])
    assert who_cannot_be_seen([*too_late, streamed(9)], ten_to, CLOSES, seats=[ONE]) == late
    # One of them is seen all the same, after closing: no consultation begins shortly before.
    assert last_safe_arrival_at(too_late, ten_to, CLOSES, seats=[ONE]) == london("2026-06-13 19:20")


@given(st.integers(1, 3), st.integers(0, 5), st.lists(st.integers(1, 100), max_size=7), st.integers(0, 3))
def test_that_whoever_comes_before_a_hub_is_full_pushes_nobody_out(
    count: int, waiting: int, times: list[int], seen: int
) -> None:
    seats = [Seat(at(120), practitioner_id=number) for number in range(count)]
    queue = [streamed(number) for number in range(waiting)]
    queue += [being_seen(20 + number, by=number) for number in range(min(seen, count))]
    queue += [booked(10 + number, at(time)) for number, time in enumerate(times)]
    last = last_safe_arrival_at(queue, NOON, at(120), seats=seats)
    late = who_cannot_be_seen(queue, NOON, at(120), seats=seats)
    assert last is not None
    if last > NOON:
        assert who_cannot_be_seen([*queue, streamed(99)], NOON, at(120), seats=seats) == late
        if not late:
            assert who_cannot_be_seen([*queue, booked(99, last)], NOON, at(120), seats=seats) == ()


def test_that_who_came_shortly_before_a_hub_opens_is_not_left_over_from_the_evening() -> None:
    evening = CLOSES
    left = replace(streamed(1), arrived_at=at(60))
    by_night = replace(streamed(2), arrived_at=london("2026-06-14 01:30"))
    early = replace(streamed(3), arrived_at=london("2026-06-14 07:40"))
    today = booked(4, london("2026-06-14 08:10"))
    closes = london("2026-06-14 20:00")
    assert closing_that_counts([early, today], evening, closes, MORNING) == closes
    for one in (left, by_night):
        assert closing_that_counts([one, early, today], evening, closes, MORNING) == evening
    everybody = [left, by_night, early]
    assert of_this_closing(everybody, evening, MORNING) == (left, by_night)
    assert of_this_closing(everybody, closes, MORNING) == tuple(everybody)
    told = reasons_not_to_close([*everybody, today], evening, MORNING)
    assert [words.split()[0] for words in told] == ["R-1", "R-2"]
    # Who closes for the day that begins closes over nobody of it.
    told = reasons_not_to_close([*everybody, today], london("2026-06-14 07:50"), MORNING)
    assert len(told) == 4


def test_that_a_time_that_was_missed_is_named_by_its_day_also_after_midnight() -> None:
    (told,) = reasons_not_to_close([booked(1, london("2026-06-13 19:00"))], CLOSES, MORNING)
    assert told == (
        "R-1 was booked for Saturday 19:00: record that the patient did not attend, or hand over by name."
    )
