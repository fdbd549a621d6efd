"""The messages of telephones and trackers, as their documentation and their programs have them, and worse."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.position import PositionAnswer
from console.exchange.positions import Fix, NoFix, read

AT = dt.datetime(2026, 1, 14, 14, 0, tzinfo=dt.UTC)
SECONDS = int(AT.timestamp())
LAT, LON = 51.0790, 1.1650


def told(message: Any, query: str = "") -> Fix:
    (fix,) = read(query, json.dumps(message).encode())
    return fix


def refused(query: str, body: bytes) -> PositionAnswer:
    with pytest.raises(NoFix) as no_fix:
        read(query, body)
    return no_fix.value.answer


def owntracks(**changes: Any) -> dict[str, Any]:
    return {
        "_type": "location", "lat": LAT, "lon": LON, "tst": SECONDS, "acc": 12, "vel": 54, "batt": 80,
        "tid": "sh", "conn": "m",
    } | changes  # fmt: skip


def forwarded(**changes: Any) -> dict[str, Any]:
    position = {
        "id": 1, "protocol": "h02", "deviceTime": "2026-01-14T13:59:58.000+00:00", "valid": True,
        "fixTime": "2026-01-14T14:00:00.000+00:00", "outdated": False, "latitude": LAT, "longitude": LON,
        "speed": 10.0, "accuracy": 0.0, "attributes": {"motion": True},
    }  # fmt: skip
    return {"position": position | changes, "device": {"id": 7, "uniqueId": "its-token", "name": "Car 7"}}


def of_client(**changes: Any) -> dict[str, Any]:
    coords = {"latitude": LAT, "longitude": LON, "accuracy": 5.5, "speed": 15.0, "heading": -1}
    location = {"timestamp": "2026-01-14T14:00:00.000Z", "coords": coords | changes, "is_moving": True}
    return {"location": location, "device_id": "its-token"}


def test_that_owntracks_tells_kilometres_an_hour() -> None:
    assert told(owntracks()) == Fix(LAT, LON, AT, 12, 54, "OwnTracks")


def test_that_traccar_tells_knots_and_names_the_device() -> None:
    fix = told(forwarded())
    assert (fix.source, fix.at, fix.token, fix.accuracy_m) == ("Traccar", AT, "its-token", None)
    assert fix.speed_kmh == pytest.approx(18.52)


def test_that_osmand_tells_knots_in_the_address_or_in_a_form() -> None:
    words = f"id=its-token&lat={LAT}&lon={LON}&timestamp={SECONDS}&speed=10&accuracy=8"
    for fix in (*read(words, b""), *read("", words.encode())):
        assert (fix.lat, fix.lon, fix.at, fix.accuracy_m, fix.token) == (LAT, LON, AT, 8, "its-token")
        assert fix.speed_kmh == pytest.approx(18.52)


def test_that_traccar_client_tells_metres_a_second_and_may_tell_several_at_once() -> None:
    fix = told(of_client())
    assert (fix.at, fix.accuracy_m, fix.token) == (AT, 5.5, "its-token")
    assert fix.speed_kmh == pytest.approx(54)
    several = of_client()
    several["location"] = [several["location"]] * 3
    assert len(read("", json.dumps(several).encode())) == 3
    several["location"] *= 20
    assert refused("", json.dumps(several).encode()) is PositionAnswer.TOO_LARGE


@pytest.mark.parametrize(
    "timestamp",
    [
        str(SECONDS),
        str(SECONDS * 1000),
        "2026-01-14T14:00:00Z",
        "2026-01-14T15:00:00%2B01:00",
        "2026-01-14%2014:00:00",
    ],
)
def test_that_each_way_to_write_a_time_is_understood(timestamp: str) -> None:
    (fix,) = read(f"id=x&location={LAT},{LON}&timestamp={timestamp}", b"")
    assert fix.at == AT


def test_that_numbers_written_as_text_are_numbers_and_what_is_not_known_is_left_out() -> None:
    fix = told(owntracks(lat=str(LAT), vel=-1, acc=None))
    assert (fix.lat, fix.speed_kmh, fix.accuracy_m) == (LAT, None, None)
    message = owntracks()
    del message["tst"]
    assert told(message).at is None


@pytest.mark.parametrize("body", [b"", b"  ", json.dumps({"_type": "lwt", "tst": 1}).encode()])
def test_that_an_empty_message_and_one_about_something_else_are_ignored(body: bytes) -> None:
    assert refused("", body) is PositionAnswer.IGNORED


@pytest.mark.parametrize(
    "message",
    [
        owntracks(lat=91),
        owntracks(lon=-181),
        owntracks(lat=0, lon=0),
        owntracks(lat=float("nan")),
        owntracks(lat=float("inf")),
        owntracks(vel=2000),
        forwarded(valid=False),
    ],
)
def test_that_no_place_is_refused_as_no_place(message: dict[str, Any]) -> None:
    assert refused("", json.dumps(message).encode()) is PositionAnswer.NO_PLACE


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[1]",
        b"{}",
        b"null{",
        b"hello",
        b"\xff\xfe\x00",
        b'{"_type": "location"}',
        b"[" * 100_000,
        b'{"_type":"location","lat":51,"lon":1,"tst":"soon"}',
        b'{"_type":"location","lat":51,"lon":1,"tst":1e300}',
        b'{"_type":"location","lat":true,"lon":1}',
        b'{"_type":"encrypted","data":"AAAA"}',
        b'{"location":{"coords":7}}',
        b'{"location":7}',
        b'{"_type":"location","lat":1' + b"0" * 400 + b',"lon":1}',
    ],
)
def test_that_what_cannot_be_understood_is_refused_as_malformed(body: bytes) -> None:
    assert refused("", body) is PositionAnswer.MALFORMED


def test_that_a_form_without_end_is_refused() -> None:
    assert refused("&".join(f"a{n}=1" for n in range(1000)), b"") is PositionAnswer.MALFORMED


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["_type", "lat", "lon", "tst", "position", "location", "coords", "device"]), inner
        )
    ),
    max_leaves=12,
)


@given(JSON, st.text(max_size=40))
def test_that_whatever_comes_is_a_position_or_refused_and_never_a_fault(message: Any, query: str) -> None:
    for body in (json.dumps(message).encode(), query.encode("utf-8", errors="replace")):
        try:
            fixes = read(query, body)
        except NoFix:
            continue
        assert all(-90 <= fix.lat <= 90 and -180 <= fix.lon <= 180 for fix in fixes)
