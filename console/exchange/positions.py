"""Reads the positions that telephones and trackers tell: OwnTracks, Traccar, OsmAnd and Traccar Client.

Tolerant of what is there in another type, strict about place and time: a wrong place is worse than none.
Speeds come in km/h, knots and m/s and are given in km/h.
"""

import datetime as dt
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from console.domain.position import PositionAnswer, can_be

KNOT_KMH = 1.852
MS_KMH = 3.6
FASTEST_KMH = 400.0
"""No practitioner travels faster, in whatever: such a fix is a jump of the receiver."""
MOST_AT_ONCE = 50
_MILLISECONDS_FROM = 1e11  # as seconds, that would be the year 5138
_MOST_FIELDS = 60


@dataclass(frozen=True, slots=True)
class Fix:
    """One position as a device told it; `at` is None when it did not say when, `token` when it names none."""

    lat: float
    lon: float
    at: dt.datetime | None
    accuracy_m: float | None
    speed_kmh: float | None
    source: str
    token: str | None = None


class NoFix(Exception):
    """Nothing to keep in a message, with what is answered and, for whoever set the device up, why."""

    def __init__(self, answer: PositionAnswer, why: str) -> None:
        """`why` is a sentence without anything of the message in it."""
        super().__init__(why)
        self.answer, self.why = answer, why


def read(query: str, body: bytes) -> tuple[Fix, ...]:
    """Give the positions of one message, oldest first as they came; raise NoFix when there is none.

    `query` is what follows the question mark of the address, undecoded; a form in the body is read like it.
    """
    text = body.strip()
    if text[:1] in (b"{", b"["):
        return _of_json(text)
    if fields := _fields(query) or _fields(text.decode("utf-8", errors="replace")):
        return (_osmand(fields),)
    if text:
        raise _malformed("This is neither JSON nor a form.")
    raise NoFix(PositionAnswer.IGNORED, "The message is empty.")


def _of_json(text: bytes) -> tuple[Fix, ...]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise _malformed("The JSON cannot be read.") from None
    if isinstance(told, list):
        raise _malformed("This is a list; one message is one object.")
    if "_type" in told:
        return (_owntracks(told),)
    if isinstance(told.get("position"), dict):
        return (_forwarded(told),)
    if "location" in told:
        return _traccar_client(told)
    raise _malformed("The JSON is of no known kind.")


def _owntracks(told: dict[str, Any]) -> Fix:
    if told["_type"] == "encrypted":
        raise _malformed("The message is encrypted: turn encryption off, and use HTTPS.")
    if told["_type"] != "location":
        raise NoFix(PositionAnswer.IGNORED, "The message is about something else than a position.")
    return _fix("OwnTracks", told, told.get("tst"), _number(told, "acc"), _speed(told, "vel", 1.0))


def _forwarded(told: dict[str, Any]) -> Fix:
    """Traccar's own server hands a position on, with the device that told it."""
    position, device = told["position"], told.get("device")
    if position.get("valid") is False:
        raise NoFix(PositionAnswer.NO_PLACE, "The tracker says that its position is not valid.")
    if position.get("outdated") is True:
        raise NoFix(PositionAnswer.IGNORED, "The tracker repeats its last position without a new one.")
    at = position.get("fixTime") or position.get("deviceTime")
    token = _text(device.get("uniqueId")) if isinstance(device, dict) else None
    speed = _speed(position, "speed", KNOT_KMH)
    return _fix("Traccar", position, at, _number(position, "accuracy"), speed, token)


def _osmand(fields: Mapping[str, str]) -> Fix:
    place: dict[str, Any] = dict(fields)
    if "lat" not in place and "location" in place:
        place["lat"], _, place["lon"] = place["location"].partition(",")
    if fields.get("valid", "").casefold() in ("false", "0"):
        raise NoFix(PositionAnswer.NO_PLACE, "The device says that its position is not valid.")
    token = _text(fields.get("id") or fields.get("deviceid"))
    speed = _speed(place, "speed", KNOT_KMH)
    return _fix("OsmAnd", place, fields.get("timestamp"), _number(place, "accuracy"), speed, token)


def _traccar_client(told: dict[str, Any]) -> tuple[Fix, ...]:
    """Version 9 and later; what was kept while there was no network may come as a list."""
    found = told["location"] if isinstance(told["location"], list) else [told["location"]]
    if not found:
        raise NoFix(PositionAnswer.IGNORED, "The list of positions is empty.")
    if len(found) > MOST_AT_ONCE:
        raise NoFix(PositionAnswer.TOO_LARGE, f"More than {MOST_AT_ONCE} positions in one message.")
    token = _text(told.get("device_id"))
    return tuple(_of_client(one, token) for one in found)


def _of_client(one: Any, token: str | None) -> Fix:
    coords = one.get("coords") if isinstance(one, dict) else None
    if not isinstance(coords, dict):
        raise _malformed("A position has no coords.")
    accuracy, speed = _number(coords, "accuracy"), _speed(coords, "speed", MS_KMH)
    return _fix("Traccar Client", coords, one.get("timestamp"), accuracy, speed, token)


def _fix(
    source: str,
    told: Mapping[str, Any],
    at: Any,
    accuracy_m: float | None,
    speed_kmh: float | None,
    token: str | None = None,
) -> Fix:
    lat = _first(told, "lat", "latitude")
    lon = _first(told, "lon", "longitude")
    if lat is None or lon is None:
        raise _malformed("Latitude or longitude is missing or no number.")
    if not can_be(lat, lon):
        raise NoFix(PositionAnswer.NO_PLACE, "There is no such place: check latitude and longitude.")
    if speed_kmh is not None and speed_kmh > FASTEST_KMH:
        raise NoFix(PositionAnswer.NO_PLACE, "Nobody travels as fast as that: the receiver jumped.")
    # Some tell 0 when they do not know how exact they are.
    return Fix(lat, lon, _time(at), accuracy_m or None, speed_kmh, source, token)


def _first(told: Mapping[str, Any], *names: str) -> float | None:
    found = (_number(told, name) for name in names)
    return next((number for number in found if number is not None), None)


def _number(told: Mapping[str, Any], name: str) -> float | None:
    """Give a number, also one that was written as text; None when it is none."""
    value = told.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _speed(told: Mapping[str, Any], name: str, in_kmh: float) -> float | None:
    """Give a speed in km/h; a negative one means that the device does not know."""
    speed = _number(told, name)
    return speed * in_kmh if speed is not None and math.isfinite(speed) and speed >= 0 else None


def _time(told: Any) -> dt.datetime | None:
    """Read a time: seconds or milliseconds since 1970, or ISO 8601; without a zone it is UTC."""
    if told is None or told == "":
        return None
    for read_it in (_since_1970, _iso):
        if (at := read_it(told)) is not None:
            return at
    raise _malformed("The time cannot be read.")


def _since_1970(told: Any) -> dt.datetime | None:
    seconds = _number({"at": told}, "at")
    if seconds is None:
        return None
    try:
        return dt.datetime.fromtimestamp(seconds / 1000 if seconds > _MILLISECONDS_FROM else seconds, dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise _malformed("The time cannot be read.") from None


def _iso(told: Any) -> dt.datetime | None:
    if not isinstance(told, str):
        return None
    try:
        at = dt.datetime.fromisoformat(told.strip())
        return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _fields(text: str) -> dict[str, str]:
    if "=" not in text:
        return {}
    try:
        return dict(parse_qsl(text, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise _malformed("The form has too many fields.") from None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _malformed(why: str) -> NoFix:
    return NoFix(PositionAnswer.MALFORMED, why)
