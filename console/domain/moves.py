"""What the four lives share: a table of allowed moves, and when a step may be said to have happened."""

import datetime as dt
from collections.abc import Mapping
from typing import TypeVar

from console.domain.calendar import local
from console.domain.words import Word

W = TypeVar("W", bound=Word)
Moves = Mapping[W, frozenset[W]]

# A clock on somebody's wrist may run a little ahead of the server's.
CLOCK_SLACK = dt.timedelta(minutes=2)


def reasons_not_to_move(moves: Moves[W], what: str, before: W, after: W) -> tuple[str, ...]:
    """Give why a life may not go from one status to another; empty when it may."""
    allowed = moves[before]
    if after in allowed:
        return ()
    if before is after:
        return (f"The {what} is {before.label.lower()} already.",)
    if not allowed:
        return (f"The {what} has ended ({before.label.lower()}) and cannot become {after.label.lower()}.",)
    ways = ", ".join(sorted(one.label.lower() for one in allowed))
    return (f"The {what} is {before.label.lower()}: it can become {ways}, not {after.label.lower()}.",)


def reasons_not_to_have_happened(
    happened_at: dt.datetime, now: dt.datetime, previous_at: dt.datetime | None = None
) -> tuple[str, ...]:
    """Give why a step cannot have happened then: in the future, or before the step that led to it.

    Times are aware UTC. A step is entered when it is entered; only the time at which it happened is judged.
    """
    reasons = []
    if happened_at > now + CLOCK_SLACK:
        reasons.append("This time has not come yet: give the time at which it really happened.")
    if previous_at is not None and happened_at < previous_at:
        before = f"{local(previous_at):%H:%M}"
        reasons.append(f"This is before the step that led to it, at {before}: check both times.")
    return tuple(reasons)
