"""Quiet hours: a step that falls into them moves to their end, whatever the clocks do that night."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.calendar import local
from console.domain.ladder_settings import DEFAULTS, LadderSettings
from console.domain.quiet import Quiet, may_go_at
from tests.domain.england import ENGLAND, london, moments


@pytest.mark.parametrize(
    ("at", "quiet", "goes"),
    [
        ("2026-08-28 22:50", Quiet.CLINICIAN, "2026-08-29 07:00"),
        ("2026-08-28 06:59", Quiet.CLINICIAN, "2026-08-28 07:00"),
        ("2026-08-28 07:00", Quiet.CLINICIAN, "2026-08-28 07:00"),
        ("2026-08-28 21:59", Quiet.CLINICIAN, "2026-08-28 21:59"),
        ("2026-08-28 20:00", Quiet.COORDINATOR, "2026-08-29 08:00"),
        ("2026-08-28 18:29", Quiet.PRACTICE, "2026-08-28 18:29"),
        ("2026-08-28 18:30", Quiet.PRACTICE, "2026-09-01 08:00"),  # the Monday is a bank holiday
        ("2026-08-31 10:00", Quiet.PRACTICE, "2026-09-01 08:00"),
        ("2026-12-24 19:00", Quiet.PRACTICE, "2026-12-29 08:00"),
        ("2026-03-28 23:00", Quiet.CLINICIAN, "2026-03-29 07:00"),  # an hour shorter
        ("2026-10-24 23:00", Quiet.CLINICIAN, "2026-10-25 07:00"),  # an hour longer
    ],
)
def test_that_a_step_in_quiet_hours_moves_to_their_end(at: str, quiet: Quiet, goes: str) -> None:
    assert may_go_at(london(at), quiet, ENGLAND, DEFAULTS) == london(goes)


def test_that_hours_that_begin_and_end_alike_are_none() -> None:
    none = LadderSettings(clinician_quiet_from=dt.time(7), clinician_quiet_until=dt.time(7))
    at = london("2026-08-28 03:00")
    assert may_go_at(at, Quiet.CLINICIAN, ENGLAND, none) == at


@given(moments(), st.sampled_from(Quiet))
def test_that_nothing_moves_back_nor_stays_in_quiet_hours(at: dt.datetime, quiet: Quiet) -> None:
    goes = may_go_at(at, quiet, ENGLAND, DEFAULTS)
    wall = local(goes).time()
    assert goes >= at
    assert may_go_at(goes, quiet, ENGLAND, DEFAULTS) == goes
    if quiet is Quiet.PRACTICE:
        assert ENGLAND.is_working_day(local(goes).date())
        assert dt.time(8) <= wall < dt.time(18, 30)
    else:
        starts, ends = (dt.time(22), dt.time(7)) if quiet is Quiet.CLINICIAN else (dt.time(20), dt.time(8))
        assert ends <= wall < starts


@given(moments(), st.integers(0, 3000))
def test_that_what_comes_later_never_goes_earlier(at: dt.datetime, minutes: int) -> None:
    later = at + dt.timedelta(minutes=minutes)
    for quiet in Quiet:
        first, second = (may_go_at(one, quiet, ENGLAND, DEFAULTS) for one in (at, later))
        assert first <= second
