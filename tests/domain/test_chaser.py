"""The chaser is watched: 30 seconds without a complete look are silence."""

import datetime as dt

import pytest

from console.domain.chaser import is_silent

S = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("ago", "waited", "silent"),
    [(1 * S, 900 * S, False), (30 * S, 0 * S, False), (31 * S, 0 * S, True), (None, 30 * S, False)],
)
def test_that_silence_begins_after_half_a_minute(
    ago: dt.timedelta | None, waited: dt.timedelta, *, silent: bool
) -> None:
    assert is_silent(ago, waited) is silent


def test_that_a_database_at_which_nobody_ever_looked_is_silent_too() -> None:
    assert is_silent(None, 31 * S)
