"""How old a practitioner's position may be before it says nothing, and when none is kept at all."""

import datetime as dt

from console.domain.clocks import minutes
from console.domain.words import Availability

# Product defaults: driving 5 minutes, on scene 60. Whoever may be driving counts as driving; whoever stays
# put with a patient as on scene.
_STAYS_PUT = frozenset({Availability.ON_SCENE, Availability.AT_HUB})
DRIVING_MINUTES = 5
ON_SCENE_MINUTES = 60


def age(position_at: dt.datetime, now: dt.datetime) -> dt.timedelta:
    """Give the age of a position; a device whose clock runs ahead is never younger than now."""
    return max(now - position_at, dt.timedelta())


def is_stale(
    position_at: dt.datetime | None,
    doing: Availability,
    now: dt.datetime,
    *,
    driving_minutes: float = DRIVING_MINUTES,
    on_scene_minutes: float = ON_SCENE_MINUTES,
) -> bool:
    """Tell whether a position is too old (or absent) to rank anyone by."""
    if position_at is None:
        return True
    limit = stale_after(doing, driving_minutes=driving_minutes, on_scene_minutes=on_scene_minutes)
    return age(position_at, now) > limit


def stale_after(
    doing: Availability,
    *,
    driving_minutes: float = DRIVING_MINUTES,
    on_scene_minutes: float = ON_SCENE_MINUTES,
) -> dt.timedelta:
    """Give the age at which a position says nothing any more."""
    return minutes(on_scene_minutes if doing in _STAYS_PUT else driving_minutes)


def reasons_not_to_keep(doing: Availability, position_at: dt.datetime, now: dt.datetime) -> tuple[str, ...]:
    """Give why a position that came in is refused: off duty nobody is tracked."""
    reasons = []
    if doing is Availability.OFF_DUTY:
        reasons.append("The practitioner is off duty: positions are not kept.")
    if position_at > now + minutes(2):
        reasons.append("The position is from the future: set the clock of the device.")
    return tuple(reasons)
