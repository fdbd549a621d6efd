"""When a hub takes patients: its opening hours, unless it was closed for the day."""

import datetime as dt

from console.domain.calendar import local_day
from console.domain.opening import OpeningHours, day_that_closes, reasons_not_to_close_today
from console.domain.refusals import Refused
from console.services.basis import refuse
from db.models import Hub
from db.queries import service
from db.unit_of_work import UnitOfWork


def is_open(work: UnitOfWork, hub: Hub) -> bool:
    """Tell whether the hub takes patients now: in its hours, and not closed for the day."""
    return not is_closed_down(hub, work.now) and of_hub(work.session, hub).is_open(work.now)


def is_closed_down(hub: Hub, now: dt.datetime) -> bool:
    """Tell whether the hub was closed for this day; yesterday's closing is over."""
    is_today = hub.closed_down_at is not None and local_day(hub.closed_down_at) == local_day(now)
    return hub.is_closed_down and is_today


def opens_at(session: service.Open, hub: Hub, now: dt.datetime) -> dt.datetime | None:
    """Give when the hub opens today (UTC), if it does."""
    today = of_hub(session, hub).on(local_day(now))
    return today.opens_at if today else None


def closing_day(
    session: service.Open, hub: Hub, at: dt.datetime, now: dt.datetime, *, of_evening: bool | None
) -> dt.datetime:
    """Give a moment of the day for which the hub is closed `at` then: after midnight that of the evening.

    Shortly before it opens people say which they mean: `of_evening` is the one that nobody closed.
    """
    hours = of_hub(session, hub)
    if of_evening is None:
        left_at = _left_open_at(hours, hub, at)
        return day_that_closes(at, left_at, opens_at(session, hub, at))
    left_at = _left_open_at(hours, hub, now)
    if not of_evening:
        refuse(reasons_not_to_close_today(at, now))
        return at
    if left_at is None:
        raise Refused(f"Nobody has to close {hub.name} for the evening any more: look again.")
    return left_at


def _left_open_at(hours: OpeningHours, hub: Hub, at: dt.datetime) -> dt.datetime | None:
    return hours.left_open_at(at, hub.closed_down_at, is_of_its_day=hub.is_closed_down)


def reasons_not_to_book(work: UnitOfWork, hub: Hub, at: dt.datetime) -> tuple[str, ...]:
    """Give why nobody can be seen at the hub at this time."""
    if is_closed_down(hub, work.now) and local_day(at) == local_day(work.now):
        return (f"{hub.name} has closed for the day: give a time on another day.",)
    if of_hub(work.session, hub).is_open(at):
        return ()
    return (f"{hub.name} is closed then: give a time in its opening hours.",)


def of_hub(session: service.Open, hub: Hub) -> OpeningHours:
    """Give the opening hours of a hub."""
    rows = service.hours_of_hub(session, hub.id)
    return OpeningHours({day: (row.opens, row.closes) for day, row in rows.items()})
