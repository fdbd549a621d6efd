"""The hub queue: its life, its order, and who is next.

Order (product rule): unstreamed arrivals first, then within each stream by priority, due time and arrival.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from console.domain import moves
from console.domain.calendar import local_day, said
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


Key = tuple[int, int, int, dt.datetime, dt.datetime, int]
LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
_STREAMS = tuple(Stream)


def queue_key(entry: Entry) -> Key:
    """Give the sort key of a hub's list: unstreamed arrivals, then stream by stream, then who is booked."""
    return (rank(entry), _stream_place(entry), *urgency(entry))


def next_patient(entries: Iterable[Entry], streams: frozenset[Stream], *, may_stream: bool) -> Entry | None:
    """Give who is next for someone who sees these streams; `may_stream` when they also stream new arrivals.

    Over several streams the most urgent wins, whichever stream it waits in.
    """
    waiting = [one for one in entries if _is_waiting_for(one, streams, may_stream=may_stream)]
    return min(waiting, key=lambda one: (rank(one), *urgency(one)), default=None)


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


def reasons_not_to_change_booking(status: QueueStatus, reason: str) -> tuple[str, ...]:
    """Give why a booking is not changed or cancelled: who is here has none any more."""
    if status is not QueueStatus.BOOKED:
        return (f"The patient is {status.label.lower()}: only a booking can be changed or cancelled.",)
    return () if reason.strip() else ("Say why: who rang, and what they said.",)


def reasons_not_to_book_anew(
    before: dt.datetime | None, booked_for_at: dt.datetime, now: dt.datetime
) -> tuple[str, ...]:
    """Give why a patient cannot be booked for this time: it has passed, or is theirs already."""
    if booked_for_at <= now:
        return ("This time has passed: give a later one.",)
    return ("They have this time already: give another one.",) if booked_for_at == before else ()


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


def rank(entry: Entry) -> int:
    """Rank unstreamed arrivals before streamed patients, and those before the booked who are not here."""
    return {QueueStatus.ARRIVED: 0, QueueStatus.BOOKED: 2}.get(entry.status, 1)


def _stream_place(entry: Entry) -> int:
    return _STREAMS.index(entry.stream) if entry.stream is not None and rank(entry) == 1 else -1


def urgency(entry: Entry) -> tuple[int, dt.datetime, dt.datetime, int]:
    """Give the sort key within a stream: priority, due time, arrival; what is not known comes first."""
    # No priority and no due time sort first: nobody may sink because something is not known.
    arrival = entry.arrived_at or entry.booked_for_at or LONG_AGO
    return (entry.priority or 0, entry.due_at or LONG_AGO, arrival, entry.id)


def _is_waiting_for(entry: Entry, streams: frozenset[Stream], *, may_stream: bool) -> bool:
    if entry.status is QueueStatus.ARRIVED:
        return may_stream
    return entry.status is QueueStatus.STREAMED and entry.stream in streams
