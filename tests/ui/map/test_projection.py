"""Degrees become points and come back; distances on the map are those on the ground, stretched alike."""

import math

from hypothesis import given
from hypothesis import strategies as st

from console.planning.places import distance_km
from ui.map.projection import EARTH_M, Projection

LATS = st.floats(50.5, 51.8)
LONS = st.floats(-0.5, 2.0)
KENT = Projection.over((0.7, 50.85, 1.5, 51.4))


@given(lat=LATS, lon=LONS)
def test_that_a_place_comes_back_to_itself(lat: float, lon: float) -> None:
    back = KENT.to_degrees(*KENT.to_scene(lat, lon))
    assert math.isclose(back[0], lat, abs_tol=1e-9)
    assert math.isclose(back[1], lon, abs_tol=1e-9)


@given(lat=LATS, lon=LONS, north=st.floats(0.001, 0.02), east=st.floats(0.001, 0.02))
def test_that_a_metre_is_as_long_in_every_direction(
    lat: float, lon: float, north: float, east: float
) -> None:
    here = KENT.to_scene(lat, lon)
    for there in ((lat + north, lon), (lat, lon + east)):
        x, y = KENT.to_scene(*there)
        on_map = math.hypot(x - here[0], y - here[1])
        middle = (lat + there[0]) / 2
        # The tables of distances take the mean radius of the earth, Web Mercator the one at the equator.
        on_ground = distance_km((lat, lon), there) * 1000 * EARTH_M / 6_371_000
        assert math.isclose(on_map, on_ground * Projection.stretch(middle), rel_tol=2e-3)


def test_that_north_is_up_and_the_origin_is_in_the_middle() -> None:
    assert KENT.to_scene(51.125, 1.1) == (0.0, 0.0)
    x, y = KENT.to_scene(51.2, 1.2)
    assert x > 0
    assert y < 0


def test_that_the_numbers_of_a_service_stay_small_enough_for_the_painter() -> None:
    # A painter may keep 32-bit floats: below 2 ** 17 they are exact to a hundredth of a metre.
    corners = [KENT.to_scene(lat, lon) for lat in (50.85, 51.4) for lon in (0.7, 1.5)]
    assert all(abs(value) < 2**17 for corner in corners for value in corner)
