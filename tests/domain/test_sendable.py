"""Who is free to send: counted by the rule that allocates."""

import datetime as dt
from dataclasses import replace

import pytest

from console.domain.rows import PractitionerRow
from console.domain.sendable import is_free_to_send
from console.domain.words import Availability, Employer, Placement, Profession

NOW = dt.datetime(2026, 1, 14, 14, 0, tzinfo=dt.UTC)
ON_THE_ROAD = PractitionerRow(
    id=1,
    version=1,
    name="Sam Hill",
    profession=Profession.PARAMEDIC_PRACTITIONER,
    grade="",
    employer=Employer.AMBULANCE_TRUST,
    competences=(),
    phone=None,
    hub_id=1,
    hub="Folkestone",
    shift_id=1,
    shift_version=1,
    placement=Placement.HOME_VISITING,
    is_remote=False,
    shift_starts_at=NOW - dt.timedelta(hours=4),
    shift_ends_at=NOW + dt.timedelta(hours=4),
    on_at=NOW - dt.timedelta(hours=4),
    availability=Availability.FREE,
    since=None,
    referral_id=None,
    referral_number=None,
    waiting_visits=0,
    expected_clear_at=None,
    lat=None,
    lon=None,
    accuracy_m=None,
    position_source=None,
    position_at=None,
)


def test_that_a_home_visitor_on_duty_with_nobody_in_hand_is_free_to_send() -> None:
    assert is_free_to_send(ON_THE_ROAD, NOW)


@pytest.mark.parametrize(
    "row",
    [
        replace(ON_THE_ROAD, placement=Placement.HUB),
        replace(ON_THE_ROAD, is_remote=True),
        replace(ON_THE_ROAD, on_at=None, availability=Availability.OFF_DUTY),
        replace(ON_THE_ROAD, profession=Profession.PARAMEDIC),
        replace(ON_THE_ROAD, profession=Profession.PHARMACIST),
        replace(ON_THE_ROAD, availability=Availability.EN_ROUTE, referral_number="R-2026-000001"),
        replace(ON_THE_ROAD, availability=Availability.ALLOCATED, waiting_visits=1),
    ],
    ids=["at a hub", "remote", "off duty", "paramedic", "pharmacist", "on the way", "allocated"],
)
def test_that_whoever_could_not_go_now_is_not_counted_as_free(row: PractitionerRow) -> None:
    assert not is_free_to_send(row, NOW)


def test_that_nobody_is_free_to_send_once_the_shift_is_over() -> None:
    assert not is_free_to_send(ON_THE_ROAD, NOW + dt.timedelta(hours=4))
