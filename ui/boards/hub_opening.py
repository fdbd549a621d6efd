"""Whether a hub is open, until when, and where it sends those who come."""

import datetime as dt

from console.domain.rows import HubRow
from ui.boards.hub_load import HubLoad
from ui.time_text import clock, day_clock


def diverting(hub: HubRow, now: dt.datetime) -> str:
    """Where the hub sends those who come, until when and by whom; nothing while it sends nobody away."""
    if hub.diverts_to is None or (hub.diverts_until is not None and hub.diverts_until <= now):
        return ""
    until = f" until {day_clock(hub.diverts_until, now)}" if hub.diverts_until else ""
    by = f", by {hub.diverted_by}" if hub.diverted_by else ""
    return f"to {hub.diverts_to}{until}{by}"


def standing(load: HubLoad) -> tuple[str, str, str]:
    """The hub's one word with its tone, and until when or since when: wherever it is shown."""
    word, tone, until = opening(load.hub, load.now)
    if load.is_past_closing and load.hub.left_open_at is not None and word == "Closed":
        return "Past closing", "bad", f"was to close at {day_clock(load.hub.left_open_at, load.now)}"
    if word == "Open" and load.is_full:
        return "Full", "bad", until
    return word, tone, until


def safe_arrival(load: HubLoad) -> str:
    """Until when somebody may still come who can be seen before the hub closes."""
    last = load.last_safe_arrival_at
    if last is None:
        return "nobody sees patients"
    return "no arrival is safe any more" if load.is_full else f"last safe arrival {clock(last)}"


def opening(hub: HubRow, now: dt.datetime) -> tuple[str, str, str]:
    """The hub's state, its tone, and until when or where to."""
    if where := diverting(hub, now):
        return "Diverting", "bad", where
    if hub.is_closed_down:
        return "Closed", "plain", "closed for the day"
    if hub.opens_at is None or hub.closes_at is None:
        return "Closed", "plain", "closed today"
    if now < hub.opens_at:
        return "Closed", "plain", f"opens {clock(hub.opens_at)}"
    if now >= hub.closes_at:
        return "Closed", "plain", f"closed at {clock(hub.closes_at)}"
    return "Open", "ok", f"until {clock(hub.closes_at)}"
