"""How old a practitioner's position may be before it says nothing, and when none is kept at all."""

import datetime as dt
import math
from dataclasses import dataclass

from console.domain.clocks import minutes
from console.domain.words import Availability, Word

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


class PositionAnswer(Word):
    """What becomes of a position that a device tells; the label completes "3 ..."."""

    KEPT = "kept", "kept"
    IGNORED = "ignored", "without a position in them"
    ELSEWHERE = "elsewhere", "to an address that takes none"
    FOREIGN = "foreign", "with a token that is no device's"
    DISABLED = "disabled", "of a device that is disabled"
    OFF_DUTY = "off_duty", "of people off duty"
    MALFORMED = "malformed", "not understood"
    TOO_LARGE = "too_large", "too large"
    NO_PLACE = "no_place", "of no place that can be"
    SWAPPED = "swapped", "with latitude and longitude swapped"
    FUTURE = "future", "from the future"
    TOO_OLD = "too_old", "too old"
    REPLAYED = "replayed", "told before, or older than what was told before"
    TOO_OFTEN = "too_often", "told too often"
    BUSY = "busy", "turned away because too much came at once"
    AWAY = "away", "turned away because the database was away"
    FAULT = "fault", "lost by a fault of this program"


@dataclass(frozen=True, slots=True)
class Tracked:
    """What is known of a device's practitioner: on duty since when (None: off duty), the newest position."""

    on_since: dt.datetime | None
    newest_at: dt.datetime | None


# A clock that is two minutes ahead is a clock; one that is further ahead is wrong.
AHEAD_MINUTES = 2
OLDEST_MINUTES = 60


def answer(
    position_at: dt.datetime, tracked: Tracked, now: dt.datetime, *, oldest_minutes: float = OLDEST_MINUTES
) -> PositionAnswer:
    """Say whether a position is kept: of people on duty only, from this duty only, each time only once."""
    if tracked.on_since is None:
        return PositionAnswer.OFF_DUTY
    if position_at > now + minutes(AHEAD_MINUTES):
        return PositionAnswer.FUTURE
    if position_at < tracked.on_since:  # what a telephone kept until its owner came on duty
        return PositionAnswer.OFF_DUTY
    if age(position_at, now) > minutes(oldest_minutes):
        return PositionAnswer.TOO_OLD
    if tracked.newest_at is not None and position_at <= tracked.newest_at:
        return PositionAnswer.REPLAYED
    return PositionAnswer.KEPT


def can_be(lat: float, lon: float) -> bool:
    """Whether a place can be meant: on earth, and not the 0, 0 of a receiver that knows nothing."""
    is_on_earth = math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180
    return is_on_earth and (abs(lat) > 1e-6 or abs(lon) > 1e-6)
