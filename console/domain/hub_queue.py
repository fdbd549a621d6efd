"""The hub queue: its life, its order, who is next, and when a hub may close.

Order (product rule): unstreamed arrivals first, then within each stream by priority, due time and arrival.
"""

import datetime as dt
import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.domain import moves
from console.domain.calendar import from_local, local, local_day, said
from console.domain.clocks import DEFAULTS, ClockSettings, minutes
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.words import Profession, QueueStatus, Role, Stream

_Q = QueueStatus

# A named service may take over, and a clinician may give another day's time, at any point before being seen.
_WAITING = frozenset({_Q.LEFT, _Q.MOVED, _Q.TAKEN_OVER, _Q.BOOKED})

MOVES: moves.Moves[QueueStatus] = {
    _Q.BOOKED: frozenset({_Q.ARRIVED, _Q.DID_NOT_ATTEND, _Q.MOVED, _Q.TAKEN_OVER}),
    _Q.ARRIVED: _WAITING | {_Q.STREAMED},
    _Q.STREAMED: _WAITING | {_Q.CALLED, _Q.BEING_SEEN},
    # Nobody came when called: back to the same place in the stream.
    _Q.CALLED: _WAITING | {_Q.BEING_SEEN, _Q.STREAMED},
    # The one who sees the patient may find that another stream is needed.
    _Q.BEING_SEEN: frozenset({_Q.SEEN, _Q.TAKEN_OVER, _Q.STREAMED}),
    _Q.SEEN: frozenset(),
    _Q.LEFT: frozenset(),
    _Q.DID_NOT_ATTEND: frozenset(),
    _Q.MOVED: frozenset(),
    _Q.TAKEN_OVER: frozenset(),
}
ENDED = frozenset(status for status, after in MOVES.items() if not after)

# Assumed length of one consultation until the site sets its own.
CONSULTATION_MINUTES = 20


def reasons_not_to_move(before: QueueStatus, after: QueueStatus) -> tuple[str, ...]:
    """Give why a queue entry may not go from one status to another; empty when it may."""
    return moves.reasons_not_to_move(MOVES, "queue entry", before, after)


@dataclass(frozen=True, slots=True)
class Entry:
    """One queue entry, as the rules see it; sentences name it by the referral's `number`."""

    id: int
    number: str
    status: QueueStatus
    stream: Stream | None = None
    priority: int | None = None
    due_at: dt.datetime | None = None
    arrived_at: dt.datetime | None = None
    booked_for_at: dt.datetime | None = None
    gp_needed: bool = False
    # The practitioner who sees the patient now, where that is known.
    seen_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """One who sees patients at a hub, until the shift ends (UTC)."""

    until: dt.datetime
    is_gp: bool = False
    practitioner_id: int | None = None

    def ends_at(self, closes_at: dt.datetime) -> dt.datetime:
        """Give when this seat sees its last patient out: with the shift, or at closing."""
        return min(self.until, closes_at)


Key = tuple[int, int, int, dt.datetime, dt.datetime, int]
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
_STREAMS = tuple(Stream)


def queue_key(entry: Entry) -> Key:
    """Give the sort key of a hub's list: unstreamed arrivals, then stream by stream, then who is booked."""
    return (_place(entry), _stream_place(entry), *_urgency(entry))


def next_patient(entries: Iterable[Entry], streams: frozenset[Stream], *, may_stream: bool) -> Entry | None:
    """Give who is next for someone who sees these streams; `may_stream` when they also stream new arrivals.

    Over several streams the most urgent wins, whichever stream it waits in.
    """
    waiting = [one for one in entries if _is_waiting_for(one, streams, may_stream=may_stream)]
    return min(waiting, key=lambda one: (_place(one), *_urgency(one)), default=None)


def reasons_not_to_see(profession: Profession, entry: Entry) -> tuple[str, ...]:
    """Give why this profession may not see this patient: a GP-needed patient is seen by a GP alone."""
    if (entry.gp_needed or entry.stream is Stream.GP_NEEDED) and profession is not Profession.GP:
        return (f"{entry.number} needs a GP: only a GP may see this patient.",)
    return ()


def reasons_not_to_stream(
    role: Role, status: QueueStatus, *, gp_was_needed: bool, stream: Stream
) -> tuple[str, ...]:
    """Give why this role may not put a patient in this stream: streaming is a clinician's."""
    reasons = list(reasons_not_permitted(role, Deed.STREAM))
    is_here = status.is_open and status is not QueueStatus.BOOKED
    # Who is booked and cannot come is visited instead.
    if not is_here and (status, stream) != (QueueStatus.BOOKED, Stream.HOME_VISIT):
        reasons.append(f"The patient is {status.label.lower()}: only a patient who is here can be streamed.")
    if gp_was_needed and stream is Stream.PARAMEDIC_PRACTITIONER:
        reasons.append("A GP is needed: take that off first, as a clinician, if it no longer holds.")
    return tuple(reasons)


def reasons_not_to_rebook(
    role: Role, booked_for_at: dt.datetime | None, now: dt.datetime, opens_at: dt.datetime | None = None
) -> tuple[str, ...]:
    """Give why a waiting patient may not get another day's time: a clinician gives one.

    `opens_at` is when the hub opens today: at night the day that begins is another day.
    """
    reasons = list(reasons_not_permitted(role, Deed.GIVE_TOMORROW))
    comes_at = booked_for_at or now
    is_after_the_night = opens_at is not None and now < opens_at <= comes_at
    if local_day(comes_at) <= local_day(now) and not is_after_the_night:
        reasons.append("Give a time on a later day.")
    return tuple(reasons)


def reasons_not_to_have_missed(booked_for_at: dt.datetime | None, at: dt.datetime) -> tuple[str, ...]:
    """Give why it cannot be said that a booked patient did not come by `at`: their time is to come."""
    if booked_for_at is None or booked_for_at <= at:
        return ()
    time = said(booked_for_at)
    return (f"The patient is booked for {time}, which is still to come: nobody has missed it yet.",)


def reasons_not_to_hand_over(receiving_service: str) -> tuple[str, ...]:
    """Give why a patient may not be handed over: the receiving service is named."""
    return () if receiving_service.strip() else ("Name the service that takes the patient over.",)


def reasons_unjudged(role: Role, streamed_at: dt.datetime | None) -> tuple[str, ...]:
    """Give why this role may not hand over a patient: one whom no clinician has judged is a clinician's."""
    if streamed_at is not None or role is Role.CLINICIAN:
        return ()
    return ("No clinician has streamed this patient: ask the duty clinician to hand over.",)


def closing_warning_is_on(
    now: dt.datetime, closes_at: dt.datetime, settings: ClockSettings = DEFAULTS
) -> bool:
    """Tell whether the hub must show who cannot be seen before closing: from 18:30 of its closing day."""
    return now >= from_local(local_day(closes_at), settings.closing_warning)


def who_cannot_be_seen(
    entries: Iterable[Entry],
    now: dt.datetime,
    closes_at: dt.datetime,
    *,
    seats: Sequence[Seat],
    minutes_each: float = CONSULTATION_MINUTES,
) -> tuple[Entry, ...]:
    """Give who would still be waiting at closing, in queue order.

    Each of the `seats` sees one patient after another, `minutes_each` minutes for each; who is being seen now
    holds the seat of whoever sees them for a whole consultation. A consultation must end by closing and
    within the shift. Booked patients who are not here yet count from their time. Who is here and needs a GP
    is seen by a GP alone.
    """
    each = minutes(minutes_each)
    staying = [one for one in entries if stays_past_closing(one, closes_at)]
    busy = {one.seen_by_id for one in staying if _is_with_somebody(one)}
    free_at = [now + each if seat.practitioner_id in busy else now for seat in seats]
    # Of two who are free alike, a GP and whoever stays longer are left for those who need them.
    places = [(n, one.is_gp, one.until, one.ends_at(closes_at) - each) for n, one in enumerate(seats)]
    late = []
    for entry in sorted((one for one in staying if not _is_with_somebody(one)), key=_calling_order):
        needs_gp, not_before = _waits_for_gp(entry), _not_before(entry, now)
        fitting = [
            (starts_at, is_gp, until, place)
            for place, is_gp, until, latest in places
            if (starts_at := max(free_at[place], not_before)) <= latest and (is_gp or not needs_gp)
        ]
        if fitting:
            starts_at, _, _, place = min(fitting)
            free_at[place] = starts_at + each
        else:
            late.append(entry)
    return tuple(one for one in late if one.status is not QueueStatus.BEING_SEEN)


def last_safe_arrival_at(
    closes_at: dt.datetime, waiting: int, *, seats: Iterable[Seat], minutes_each: float = CONSULTATION_MINUTES
) -> dt.datetime | None:
    """Give the latest arrival (UTC) that could still be seen; None when nobody sees patients.

    Estimate: consultations of `minutes_each` minutes, the last of each seat ending with its shift or at
    closing; those who wait and the arrival have the latest of them.
    """
    each = minutes(minutes_each)
    # How long before closing the last consultation of each seat begins that is not given yet.
    before = sorted(closes_at - seat.ends_at(closes_at) + each for seat in seats)
    for _ in range(waiting if before else 0):
        heapq.heapreplace(before, before[0] + each)  # what is sorted is a heap
    return closes_at - before[0] if before else None


def stays_past_closing(entry: Entry, closed_at: dt.datetime) -> bool:
    """Tell whether a patient is still at a hub that should have closed then: here, or never met."""
    if entry.status is QueueStatus.BOOKED:
        return entry.booked_for_at is None or entry.booked_for_at < closed_at
    return entry.status.is_open


def closing_that_counts(
    entries: Iterable[Entry], left_open_at: dt.datetime | None, closes_at: dt.datetime | None
) -> dt.datetime | None:
    """Give the closing at which a hub stands: the one it is past while patients stay, else today's.

    `left_open_at` is the closing that nobody made, `closes_at` that of today; all aware UTC.
    """
    if left_open_at is not None and any(stays_past_closing(one, left_open_at) for one in entries):
        return left_open_at
    return closes_at


def reasons_not_to_close(entries: Iterable[Entry], now: dt.datetime) -> tuple[str, ...]:
    """Give why the hub may not close: a sentence for each who is not seen, taken over or rebooked.

    `now` lies on the day that is closed: where nobody closed the hub, that is the day before.
    """
    return tuple(words for one in sorted(entries, key=queue_key) if (words := _why_open(one, now)))


def _why_open(entry: Entry, now: dt.datetime) -> str:
    if not entry.status.is_open:
        return ""
    if entry.status is QueueStatus.BEING_SEEN:
        return f"{entry.number} is being seen: finish, or name a service that takes over."
    if entry.status is not QueueStatus.BOOKED:
        stands = {QueueStatus.ARRIVED: "has arrived and is not streamed", QueueStatus.STREAMED: "waits"}
        ways = "see the patient, name a service that takes over, or have a clinician give tomorrow's time"
        return f"{entry.number} {stands.get(entry.status, f'is {entry.status.label.lower()}')}: {ways}."
    if entry.booked_for_at is not None and local_day(entry.booked_for_at) > local_day(now):
        return ""
    if entry.booked_for_at is not None and entry.booked_for_at > now:
        ways = "hand over by name, or have a clinician give another day's time"
        return f"{entry.number} is booked for {local(entry.booked_for_at):%H:%M}: {ways}."
    return (
        f"{entry.number} is booked for today: record that the patient did not attend, or hand over by name."
    )


def _place(entry: Entry) -> int:
    """Rank unstreamed arrivals before streamed patients, and those before the booked who are not here."""
    return {QueueStatus.ARRIVED: 0, QueueStatus.BOOKED: 2}.get(entry.status, 1)


def _stream_place(entry: Entry) -> int:
    return _STREAMS.index(entry.stream) if entry.stream is not None and _place(entry) == 1 else -1


def _urgency(entry: Entry) -> tuple[int, dt.datetime, dt.datetime, int]:
    # No priority and no due time sort first: nobody may sink because something is not known.
    arrival = entry.arrived_at or entry.booked_for_at or _LONG_AGO
    return (entry.priority or 0, entry.due_at or _LONG_AGO, arrival, entry.id)


def _is_waiting_for(entry: Entry, streams: frozenset[Stream], *, may_stream: bool) -> bool:
    if entry.status is QueueStatus.ARRIVED:
        return may_stream
    return entry.status is QueueStatus.STREAMED and entry.stream in streams


def _is_with_somebody(entry: Entry) -> bool:
    return entry.status is QueueStatus.BEING_SEEN and entry.seen_by_id is not None


def _waits_for_gp(entry: Entry) -> bool:
    is_here = entry.status in (QueueStatus.ARRIVED, QueueStatus.STREAMED, QueueStatus.CALLED)
    return is_here and (entry.gp_needed or entry.stream is Stream.GP_NEEDED)


def _not_before(entry: Entry, now: dt.datetime) -> dt.datetime:
    """Who is here can be seen from now on, whatever time they had been given."""
    return entry.booked_for_at or now if entry.status is QueueStatus.BOOKED else now


def _calling_order(entry: Entry) -> tuple[bool, int, dt.datetime, int, dt.datetime, dt.datetime, int]:
    """The most urgent of those who are here; then who is booked, as their times come."""
    comes_at = entry.booked_for_at if entry.status is QueueStatus.BOOKED else None
    is_waiting = entry.status is not QueueStatus.BEING_SEEN
    return (is_waiting, _place(entry), comes_at or _LONG_AGO, *_urgency(entry))
