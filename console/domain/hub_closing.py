"""A hub's closing: who can still be seen before it, until when somebody may come, and when it may close."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.domain.calendar import from_local, local, local_day
from console.domain.clocks import DEFAULTS, ClockSettings, minutes
from console.domain.hub_queue import LONG_AGO, Entry, queue_key, rank, urgency
from console.domain.opening import is_of_the_day_that_begins
from console.domain.words import QueueStatus, Stream

# Assumed length of one consultation until the site sets its own.
CONSULTATION_MINUTES = 20
# What lies between 18:30 and 20:00 in the published service.
WARNED_BEFORE = dt.timedelta(minutes=90)


@dataclass(frozen=True, slots=True)
class Seat:
    """One who sees patients at a hub, until the shift ends (UTC)."""

    until: dt.datetime
    is_gp: bool = False
    practitioner_id: int | None = None

    def ends_at(self, closes_at: dt.datetime) -> dt.datetime:
        """Give when this seat sees its last patient out: with the shift, or at closing."""
        return min(self.until, closes_at)


def closing_warning_is_on(
    now: dt.datetime, closes_at: dt.datetime, settings: ClockSettings = DEFAULTS
) -> bool:
    """Tell whether the hub must show who cannot be seen before closing: from 18:30 of its closing day."""
    return now >= closing_warning_at(closes_at, settings)


def closing_warning_at(closes_at: dt.datetime, settings: ClockSettings = DEFAULTS) -> dt.datetime:
    """Give from when (UTC) that is shown; a hub that closes early needs as long to see to everybody."""
    return min(from_local(local_day(closes_at), settings.closing_warning), closes_at - WARNED_BEFORE)


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
    entries: Iterable[Entry],
    now: dt.datetime,
    closes_at: dt.datetime,
    *,
    seats: Sequence[Seat],
    minutes_each: float = CONSULTATION_MINUTES,
) -> dt.datetime | None:
    """Give the latest arrival (UTC) that could still be seen: `now` where none could, None without `seats`.

    Estimate: consultations of `minutes_each` minutes, the last of each seat ending with its shift or at
    closing. Who is being seen now holds that seat for a whole one; whoever is booked has the first from their
    time on, and those who wait and the arrival have the latest that are left.
    """
    each = minutes(minutes_each)
    staying = [one for one in entries if stays_past_closing(one, closes_at)]
    busy = {one.seen_by_id for one in staying if _is_with_somebody(one)}
    starts = _starts(now, closes_at, seats, each, busy)
    expected = [one for one in staying if not _is_with_somebody(one)]
    latest = starts[-1][0] if starts else now
    for comes_at in sorted(at for one in expected if (at := _not_before(one, now)) > now):
        # Who comes too late for any is seen last by somebody, as far as anybody is.
        _take_first(starts, min(comes_at, latest))
    here = [one for one in expected if _not_before(one, now) <= now]
    # Only a GP's will do for some: they have theirs first.
    for entry in sorted(here, key=_waits_for_gp, reverse=True):
        _take_last(starts, by_gp=_waits_for_gp(entry))
    if not seats:
        return None
    return starts[-1][0] if starts else now


def _starts(
    now: dt.datetime,
    closes_at: dt.datetime,
    seats: Iterable[Seat],
    each: dt.timedelta,
    busy: set[int | None],
) -> list[tuple[dt.datetime, bool]]:
    """Give when each consultation may begin that is still to come, and whether a GP's; the latest last."""
    found = []
    for seat in seats:
        at, free_at = seat.ends_at(closes_at) - each, now + each if seat.practitioner_id in busy else now
        while at >= free_at:
            found.append((at, seat.is_gp))
            at -= each
    return sorted(found)


def _take_first(starts: list[tuple[dt.datetime, bool]], comes_at: dt.datetime) -> None:
    """Take what whoever comes then has; a GP's is left for those who need one, as long as it can be."""
    if fitting := [(is_gp, at) for at, is_gp in starts if at >= comes_at]:
        is_gp, at = min(fitting)
        starts.remove((at, is_gp))


def _take_last(starts: list[tuple[dt.datetime, bool]], *, by_gp: bool) -> None:
    fitting = (n for n in reversed(range(len(starts))) if starts[n][1] or not by_gp)
    if (last := next(fitting, None)) is not None:
        del starts[last]


def stays_past_closing(entry: Entry, closed_at: dt.datetime, opens_at: dt.datetime | None = None) -> bool:
    """Tell whether a patient is still at a hub that should have closed then: here, or never met.

    `opens_at` is when it opens on the day that it is now: whoever came shortly before that is not left over.
    """
    if entry.status is QueueStatus.BOOKED:
        return entry.booked_for_at is None or entry.booked_for_at < closed_at
    return entry.status.is_open and not is_of_the_day_that_begins(entry.arrived_at, closed_at, opens_at)


def closing_that_counts(
    entries: Iterable[Entry],
    left_open_at: dt.datetime | None,
    closes_at: dt.datetime | None,
    opens_at: dt.datetime | None,
) -> dt.datetime | None:
    """Give the closing at which a hub stands: the one it is past while patients stay, else today's.

    `left_open_at` is the closing that nobody made, the others are those of today; all aware UTC.
    """
    if left_open_at is not None and any(stays_past_closing(one, left_open_at, opens_at) for one in entries):
        return left_open_at
    return closes_at


def of_this_closing(
    entries: Iterable[Entry], closes_at: dt.datetime | None, opens_at: dt.datetime | None
) -> tuple[Entry, ...]:
    """Give those whom this closing is about: not who came shortly before the hub opens for the next day."""
    if closes_at is None:
        return tuple(entries)
    return tuple(one for one in entries if not is_of_the_day_that_begins(one.arrived_at, closes_at, opens_at))


def reasons_not_to_close(
    entries: Iterable[Entry], day: dt.datetime, opens_at: dt.datetime | None = None
) -> tuple[str, ...]:
    """Give why the hub may not close: a sentence for each who is not seen, taken over or rebooked.

    `day` lies on the day that is closed: where nobody closed the hub, that is the day before, and whoever
    came shortly before it opens at `opens_at` is not of that day.
    """
    words = (_why_open(one, day, opens_at) for one in sorted(entries, key=queue_key))
    return tuple(one for one in words if one)


def _why_open(entry: Entry, day: dt.datetime, opens_at: dt.datetime | None) -> str:
    if not entry.status.is_open or is_of_the_day_that_begins(entry.arrived_at, day, opens_at):
        return ""
    if entry.status is QueueStatus.BEING_SEEN:
        return f"{entry.number} is being seen: finish, or name a service that takes over."
    if entry.status is not QueueStatus.BOOKED:
        stands = {QueueStatus.ARRIVED: "has arrived and is not streamed", QueueStatus.STREAMED: "waits"}
        ways = "see the patient, name a service that takes over, or have a clinician give another day's time"
        return f"{entry.number} {stands.get(entry.status, f'is {entry.status.label.lower()}')}: {ways}."
    if entry.booked_for_at is None:
        return f"{entry.number} is booked: record that the patient did not attend, or hand over by name."
    if local_day(entry.booked_for_at) > local_day(day):
        return ""
    if entry.booked_for_at > day:
        ways = "hand over by name, or have a clinician give another day's time"
        return f"{entry.number} is booked for {local(entry.booked_for_at):%H:%M}: {ways}."
    # After midnight that was not today: the day is named.
    return (
        f"{entry.number} was booked for {local(entry.booked_for_at):%A %H:%M}:"
        " record that the patient did not attend, or hand over by name."
    )


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
    return (is_waiting, rank(entry), comes_at or LONG_AGO, *urgency(entry))
