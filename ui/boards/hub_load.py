"""How a hub stands at one moment: who is next, whose wait is unsafe, who cannot be seen before it closes."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from console.domain import hub_closing as closing
from console.domain import hub_queue as rules
from console.domain.calendar import local_day
from console.domain.clocks import ClockSettings
from console.domain.opening import is_of_the_day_that_begins
from console.domain.rows import HubRow, PractitionerRow, QueueRow, ReferralRow, TaskRow
from console.domain.words import Availability, Placement, Profession, QueueStatus, Stream, TaskKind
from ui.live_updates import LiveUpdates

_FAR = dt.datetime.max.replace(tzinfo=dt.UTC)
_HERE = frozenset({QueueStatus.ARRIVED, QueueStatus.STREAMED, QueueStatus.CALLED})
_SEES_EVERYTHING = frozenset(Stream)
_WAYS = {
    QueueStatus.BOOKED: "Was booked: did not attend, or hand over",
    QueueStatus.ARRIVED: "Not streamed: stream, hand over or rebook",
    QueueStatus.BEING_SEEN: "Being seen: finish, or hand over",
}


class InTheWay(NamedTuple):
    """One patient who stands in the way of closing, what must happen, and where to find them."""

    place: int
    name: str
    why: str
    referral_id: int
    entry_id: int | None


def entry(row: QueueRow) -> rules.Entry:
    """The row as the rules see it."""
    return rules.Entry(
        id=row.id,
        number=row.referral_number,
        status=row.status,
        stream=row.stream,
        priority=row.priority,
        due_at=row.due_at,
        arrived_at=row.arrived_at,
        booked_for_at=row.booked_for_at,
        gp_needed=row.gp_needed,
        seen_by_id=row.practitioner_id,
    )


def is_booked_later(row: QueueRow, now: dt.datetime) -> bool:
    """Whether the patient is expected on a later day."""
    booked = row.status is QueueStatus.BOOKED and row.booked_for_at is not None
    return booked and local_day(row.booked_for_at or now) > local_day(now)


def was_booked_before(row: QueueRow, now: dt.datetime) -> bool:
    """Whether the patient was expected on a day that is over, and nobody said what became of them."""
    booked = row.status is QueueStatus.BOOKED and row.booked_for_at is not None
    return booked and local_day(row.booked_for_at or now) < local_day(now)


def order(row: QueueRow, now: dt.datetime) -> tuple[object, ...]:
    """The hub's order; who is booked stands last, by the clock."""
    if row.status is QueueStatus.BOOKED:
        return (2, int(is_booked_later(row, now)), 0, row.booked_for_at or _FAR, _FAR, row.id)
    return rules.queue_key(entry(row))


def runs_out_at(row: QueueRow) -> dt.datetime | None:
    """When the clock of a patient who is here and not yet with anybody runs out."""
    if row.status not in _HERE:
        return None
    return row.stream_due_at if row.status is QueueStatus.ARRIVED else row.due_at


def is_over(row: QueueRow, now: dt.datetime) -> bool:
    """Whether that clock has run out."""
    at = runs_out_at(row)
    return at is not None and now >= at


def is_unsafe(row: QueueRow, now: dt.datetime) -> bool:
    """Whether this wait is unsafe: over its time, worse, or for an ambulance."""
    if row.status not in _HERE:
        return False
    return is_over(row, now) or row.worse_at is not None or row.stream is Stream.AMBULANCE


@dataclass(frozen=True, slots=True)
class HubLoad:
    """One hub's figures; each is something that somebody can act on."""

    hub: HubRow
    now: dt.datetime
    entries: tuple[QueueRow, ...]
    seats: tuple[PractitionerRow, ...]
    cannot_be_seen: tuple[QueueRow, ...]
    last_safe_arrival_at: dt.datetime | None
    clocks: ClockSettings

    @property
    def is_open(self) -> bool:
        """Whether the hub takes patients now."""
        return self.hub.is_open(self.now)

    @property
    def closes_at(self) -> dt.datetime | None:
        """The closing at which it stands: the one that nobody made, while patients stay, else today's."""
        return _closes_at(self.hub, self.entries)

    @property
    def is_past_closing(self) -> bool:
        """Whether it should have closed, nobody has closed it, and patients are there."""
        left_at = self.hub.left_open_at
        return left_at is not None and any(
            closing.stays_past_closing(entry(row), left_at, self.hub.opens_at) for row in self.entries
        )

    @property
    def is_closing(self) -> bool:
        """Whether the closing warning is on: from the time in the settings until the hub is closed."""
        closes = self.closes_at
        return (
            closes is not None
            and not self.hub.is_closed_down
            and (closing.closing_warning_is_on(self.now, closes, self.clocks))
        )

    @property
    def is_yet_to_open(self) -> bool:
        """Whether its day is still to begin: nobody knows yet who can be seen in it."""
        return _is_yet_to_open(self.hub, self.closes_at, self.now)

    @property
    def is_full(self) -> bool:
        """Whether whoever came now could not be seen before closing."""
        last = self.last_safe_arrival_at
        return last is not None and last <= self.now

    @property
    def is_diverting(self) -> bool:
        """Whether new patients go to another hub now."""
        return self.hub.diverts_until is not None and self.hub.diverts_until > self.now

    @property
    def here(self) -> tuple[QueueRow, ...]:
        """Who is at the hub and not yet with anybody, in hub order."""
        return tuple(row for row in self.entries if row.status in _HERE)

    @property
    def unstreamed(self) -> tuple[QueueRow, ...]:
        """Who has arrived and waits for a clinician to stream them."""
        return tuple(row for row in self.entries if row.status is QueueStatus.ARRIVED)

    @property
    def unsafe(self) -> tuple[QueueRow, ...]:
        """Whose wait is unsafe."""
        return tuple(row for row in self.entries if is_unsafe(row, self.now))

    @property
    def booked_today(self) -> tuple[QueueRow, ...]:
        """Who is still expected today."""
        booked = [row for row in self.entries if row.status is QueueStatus.BOOKED]
        other = (is_booked_later, was_booked_before)
        return tuple(row for row in booked if not any(is_so(row, self.now) for is_so in other))

    @property
    def longest_wait(self) -> dt.timedelta | None:
        """How long the one who has waited longest has been here."""
        arrivals = [row.arrived_at for row in self.here if row.arrived_at is not None]
        return self.now - min(arrivals) if arrivals else None

    @property
    def working(self) -> tuple[PractitionerRow, ...]:
        """Who sees patients here now: on duty, and the shift is not over."""
        return tuple(one for one in self.seats if not is_shift_over(one, self.now))

    @property
    def free_seats(self) -> int:
        """How many of those who see patients here are free."""
        return sum(one.availability is Availability.FREE for one in self.working)


def load_of(live: LiveUpdates, hub: HubRow, now: dt.datetime, clocks: ClockSettings) -> HubLoad:
    """How this hub stands now."""
    mine = [row for row in live.queue.by_id.values() if row.hub_id == hub.id]
    entries = tuple(sorted(mine, key=lambda row: order(row, now)))
    seats = tuple(sorted(_seats(live, hub), key=lambda one: one.name))
    closes_at = None if hub.is_closed_down else _closes_at(hub, entries)
    of_this = closing.of_this_closing(map(entry, entries), closes_at, hub.opens_at)
    last, cannot = None, frozenset[int]()
    # In the night nobody is at work: of those who are booked for the day all would seem to be too many.
    if closes_at is not None and not _is_yet_to_open(hub, closes_at, now):
        working = [_seat(one) for one in seats if not is_shift_over(one, now)]
        last = closing.last_safe_arrival_at(of_this, now, closes_at, seats=working)
        # Who would still wait at closing, or when the shifts of those who see patients end.
        everybody = [_seat(one) for one in seats]
        late = closing.who_cannot_be_seen(of_this, now, closes_at, seats=everybody)
        cannot = frozenset(one.id for one in late)
    cannot_be_seen = tuple(row for row in entries if row.id in cannot)
    return HubLoad(hub, now, entries, seats, cannot_be_seen, last, clocks)


def _closes_at(hub: HubRow, entries: Iterable[QueueRow]) -> dt.datetime | None:
    return closing.closing_that_counts(map(entry, entries), hub.left_open_at, hub.closes_at, hub.opens_at)


def _is_yet_to_open(hub: HubRow, closes_at: dt.datetime | None, now: dt.datetime) -> bool:
    return hub.opens_at is not None and now < hub.opens_at and closes_at == hub.closes_at


def _seats(live: LiveUpdates, hub: HubRow) -> list[PractitionerRow]:
    """Who is on duty to see patients at this hub."""
    return [
        one
        for one in live.practitioners.by_id.values()
        if one.hub_id == hub.id
        and one.placement is Placement.HUB
        and one.on_at is not None
        and not one.is_remote
        and one.availability is not Availability.OFF_DUTY
    ]


def is_shift_over(row: PractitionerRow, now: dt.datetime) -> bool:
    """Whether the shift of somebody who is still on duty has ended."""
    return row.shift_ends_at is not None and row.shift_ends_at <= now


def _seat(row: PractitionerRow) -> closing.Seat:
    return closing.Seat(row.shift_ends_at or _FAR, row.profession is Profession.GP, row.id)


def streams_of(profession: Profession | None) -> frozenset[Stream]:
    """Which streams a person calls from: all, but for GP needed, which is a GP's."""
    if profession is None or profession is Profession.GP:
        return _SEES_EVERYTHING
    return _SEES_EVERYTHING - {Stream.GP_NEEDED}


def next_to_call(load: HubLoad, profession: Profession | None) -> QueueRow | None:
    """Who is called next by somebody of this profession; None for one who only coordinates."""
    wanted = [row for row in load.entries if profession in (None, Profession.GP) or not row.gp_needed]
    found = rules.next_patient(map(entry, wanted), streams_of(profession), may_stream=False)
    return None if found is None else next(row for row in load.entries if row.id == found.id)


def in_the_way(
    load: HubLoad, referrals: Collection[ReferralRow], tasks: Collection[TaskRow]
) -> tuple[InTheWay, ...]:
    """Who stands in the way of closing this hub, in its queue and outside of it."""
    # The closing that nobody made is about its own day's patients, also once another day has begun.
    day = load.hub.left_open_at if load.is_past_closing and load.hub.left_open_at else load.now
    opens_at = load.hub.opens_at
    queued = [
        (_name(row), _way(row, load.now), row.referral_id, row.id)
        for row in load.entries
        if closing.reasons_not_to_close((entry(row),), day, opens_at)
    ]
    handed = {one.referral_id: one for one in tasks if one.kind is TaskKind.OVERNIGHT}
    outside = [
        (_name(row), why, row.id, None)
        for row in referrals
        if row.hub_id == load.hub.id
        and row.queue_status is None
        and not is_of_the_day_that_begins(row.received_at, day, opens_at)
        and (why := _why(handed.get(row.id)))
    ]
    return tuple(InTheWay(place, *one) for place, one in enumerate((*queued, *outside)))


def _way(row: QueueRow, now: dt.datetime) -> str:
    if rules.reasons_not_to_have_missed(row.booked_for_at, now) and row.status is QueueStatus.BOOKED:
        return "Booked for later today: hand over or rebook"
    return _WAYS.get(row.status, "Here: see, hand over or rebook")


def _why(handed: TaskRow | None) -> str:
    if handed is None:
        return "At home: hand to the supervisor for the night"
    return "" if handed.accepted_by else "At home: the supervisor has yet to accept"


def _name(row: QueueRow | ReferralRow) -> str:
    return ", ".join(part for part in (row.family_name.upper(), row.given_name) if part)
