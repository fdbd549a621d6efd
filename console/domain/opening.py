"""When a hub is open, by the wall clock in London, with exceptions for single days."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.calendar import from_local, local_day

Hours = tuple[dt.time, dt.time]
LOOK_AHEAD_DAYS = 14
OPENS_SOON = dt.timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening of a hub, aware UTC."""

    opens_at: dt.datetime
    closes_at: dt.datetime

    def is_open(self, now: dt.datetime) -> bool:
        """Tell whether the hub is open: from its opening until just before its closing."""
        return self.opens_at <= now < self.closes_at


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Weekly hours (0 is Monday) and single days that differ; an exception of None means closed that day."""

    weekly: Mapping[int, Hours]
    exceptions: Mapping[dt.date, Hours | None] = field(default_factory=dict)

    def on(self, day: dt.date) -> Opening | None:
        """Give the opening of this local day, or None when the hub stays closed."""
        hours = self.exceptions[day] if day in self.exceptions else self.weekly.get(day.weekday())
        if hours is None:
            return None
        return Opening(from_local(day, hours[0]), from_local(day, hours[1]))

    def is_open(self, now: dt.datetime) -> bool:
        """Tell whether the hub is open now."""
        today = self.on(local_day(now))
        return today is not None and today.is_open(now)

    def seconds_to_closing(self, now: dt.datetime) -> float | None:
        """Give the seconds until the hub closes, or None when it is not open now."""
        today = self.on(local_day(now))
        return (today.closes_at - now).total_seconds() if today is not None and today.is_open(now) else None

    def left_open_at(
        self, now: dt.datetime, closed_at: dt.datetime | None, *, is_of_its_day: bool = False
    ) -> dt.datetime | None:
        """Give when the hub should have closed (UTC), where nobody has closed it; None once it opens again.

        `closed_at` is when it was last closed, and `is_of_its_day` that it was for the day on which that was:
        shortly before it opens, else the evening before is closed.
        """
        if self.is_open(now):
            return None
        days = (local_day(now) - dt.timedelta(days=back) for back in range(LOOK_AHEAD_DAYS + 1))
        last = next((one for day in days if (one := self.on(day)) and one.closes_at <= now), None)
        if last is None:
            return None
        began = from_local(local_day(last.opens_at), dt.time()) if is_of_its_day else last.opens_at
        return None if closed_at is not None and closed_at >= began else last.closes_at

    def next_opening(self, now: dt.datetime) -> Opening | None:
        """Give the opening that runs now or comes next within 14 days, or None."""
        days = (local_day(now) + dt.timedelta(days=ahead) for ahead in range(LOOK_AHEAD_DAYS + 1))
        return next((one for day in days if (one := self.on(day)) and one.closes_at > now), None)


def day_that_closes(
    now: dt.datetime, left_open_at: dt.datetime | None, opens_at: dt.datetime | None
) -> dt.datetime:
    """Give a moment of the day that a hub is closed for now: in the night that which nobody closed.

    `left_open_at` is the closing that nobody made, `opens_at` today's opening; all aware UTC. Who closes at
    three at night means the evening; who closes shortly before the opening means that it stays closed today.
    """
    if left_open_at is None or (opens_at is not None and now < opens_at <= now + OPENS_SOON):
        return now
    return left_open_at


def reasons_not_to_close_today(at: dt.datetime, now: dt.datetime) -> tuple[str, ...]:
    """Give why a hub cannot have been closed for today `at` then: it was another day."""
    if local_day(at) == local_day(now):
        return ()
    return ("That was another day: give a time of today, or close the hub for the evening.",)


def is_of_the_day_that_begins(
    came_at: dt.datetime | None, closed_at: dt.datetime, opens_at: dt.datetime | None
) -> bool:
    """Tell whether who came belongs to the day that begins, not to the evening that nobody closed.

    `closed_at` is a moment of the day that is closed, `opens_at` today's opening: staff and patients come
    to a hub shortly before that. Whoever came earlier in the night is left over from the evening.
    """
    if came_at is None or opens_at is None:
        return False
    return closed_at < opens_at - OPENS_SOON <= came_at


# The published service: 8am to 8pm, seven days.
EIGHT_TO_EIGHT = OpeningHours({weekday: (dt.time(8), dt.time(20)) for weekday in range(7)})
