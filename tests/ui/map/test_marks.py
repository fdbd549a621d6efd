"""What stands on the map, and what must never stand there."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.domain.clocks import DEFAULTS
from console.domain.rows import HubRow, PractitionerRow, ReferralRow
from console.domain.words import Availability, Placement, QueueStatus, VisitStatus
from tests.services.team import Team, new_referral
from tests.ui.map.at_map import HYTHE, practitioner
from ui.boards.hub_load import HubLoad
from ui.map import marks
from ui.map.marks import Shape
from ui.map.overlays import MarkKey

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def sam(team: Team) -> PractitionerRow:
    """Sam, on duty and free, seen a minute ago."""
    return practitioner(team, "sam", at=team.clock() - MINUTE)


@pytest.fixture
def patient(team: Team) -> ReferralRow:
    """A triaged patient at Hythe."""
    return team.row(team.triaged(2, new_referral(home_postcode=HYTHE)))


def test_that_nobody_is_shown_off_duty(sam: PractitionerRow, now: dt.datetime) -> None:
    assert marks.of_practitioner(sam, now) is not None
    off_duty = replace(sam, availability=Availability.OFF_DUTY)
    not_on_yet = replace(sam, on_at=None)
    assert marks.of_practitioner(off_duty, now) is None
    assert marks.of_practitioner(not_on_yet, now) is None


def test_that_nobody_is_shown_without_a_position(sam: PractitionerRow, now: dt.datetime) -> None:
    assert marks.of_practitioner(replace(sam, lat=None, lon=None), now) is None
    assert marks.of_practitioner(replace(sam, position_at=None), now) is None


def test_that_every_state_of_a_practitioner_has_its_own_shape_and_letter(
    sam: PractitionerRow, now: dt.datetime
) -> None:
    seen = set()
    for one in Availability:
        if one is not Availability.OFF_DUTY:
            mark = marks.of_practitioner(replace(sam, availability=one), now)
            assert mark is not None
            seen.add(mark.letter)
    assert len(seen) == len(Availability) - 1
    elsewhere = marks.of_practitioner(replace(sam, placement=Placement.FRONT_LINE), now)
    assert elsewhere is not None
    assert (elsewhere.shape, elsewhere.letter) == (Shape.RING, "N")


def test_that_the_key_calls_every_mark_by_its_own_word_also_when_it_is_late(
    sam: PractitionerRow, now: dt.datetime, qtbot: QtBot
) -> None:
    allocated = replace(sam, availability=Availability.ALLOCATED)
    acknowledged = replace(sam, availability=Availability.ACKNOWLEDGED)
    late = replace(acknowledged, expected_clear_at=now - MINUTE)
    made = [marks.of_practitioner(one, now) for one in (allocated, acknowledged, late)]
    shown = [one for one in made if one is not None]
    assert [one.is_late for one in shown] == [False, False, True]
    around = QWidget()
    qtbot.addWidget(around)
    key = MarkKey(around)
    key.count(shown)
    assert "Allocated 1, Acknowledged 2, " in key.accessibleName()


@pytest.mark.parametrize(
    ("doing", "minutes", "is_old"),
    [
        (Availability.EN_ROUTE, 4, False),
        (Availability.EN_ROUTE, 6, True),
        (Availability.ON_SCENE, 40, False),
        (Availability.ON_SCENE, 61, True),
    ],
)
def test_that_a_position_fades_when_it_says_nothing_any_more(
    sam: PractitionerRow, now: dt.datetime, doing: Availability, minutes: int, is_old: bool
) -> None:
    row = replace(sam, availability=doing, position_at=now - minutes * MINUTE)
    mark = marks.of_practitioner(row, now)
    assert mark is not None
    assert mark.is_faded is is_old
    assert ("too old to go by" in mark.spoken) is is_old
    assert mark.label == f"S. Hill · {'1 h' if minutes > 60 else f'{minutes} min'}"


def test_that_who_is_over_the_expected_time_is_seen_at_once(sam: PractitionerRow, now: dt.datetime) -> None:
    row = replace(sam, availability=Availability.ON_SCENE, expected_clear_at=now - 20 * MINUTE)
    mark = marks.of_practitioner(row, now)
    assert mark is not None
    assert (mark.letter, mark.tone, mark.is_late) == ("!", "bad", True)
    assert "over the expected time" in mark.spoken


def test_that_who_does_not_answer_is_seen_at_once_whatever_became_of_the_visit(
    sam: PractitionerRow, now: dt.datetime
) -> None:
    mark = marks.of_practitioner(replace(sam, unanswered_since=now - 20 * MINUTE), now)
    assert mark is not None
    assert (mark.letter, mark.tone, mark.is_late) == ("!", "bad", True)
    assert "does not answer, not for visits" in mark.spoken


def test_that_no_mark_names_a_patient(patient: ReferralRow, sam: PractitionerRow, now: dt.datetime) -> None:
    busy = replace(sam, availability=Availability.ON_SCENE, referral_id=patient.id)
    for mark in (marks.of_referral(patient, now), marks.of_practitioner(busy, now)):
        assert mark is not None
        for words in (mark.label, mark.spoken, mark.letter):
            assert patient.family_name.casefold() not in words.casefold()
            assert patient.given_name.casefold() not in words.casefold()


def test_that_a_patient_is_told_by_priority_number_and_area(patient: ReferralRow, now: dt.datetime) -> None:
    mark = marks.of_referral(patient, now)
    assert mark is not None
    assert (mark.shape, mark.tone, mark.letter) == (Shape.CHIP, "p2", "P2")
    assert mark.spoken.startswith(f"P2 acute, {patient.number}, Hythe, waits, ")
    untriaged = marks.of_referral(replace(patient, priority=None), now)
    assert untriaged is not None
    assert (untriaged.tone, untriaged.letter) == ("untriaged", "?")


def test_that_a_late_patient_comes_before_those_in_hand(patient: ReferralRow, now: dt.datetime) -> None:
    late = marks.of_referral(patient, now + 300 * MINUTE)
    waiting = marks.of_referral(patient, now)
    sent = marks.of_referral(replace(patient, visit_status=VisitStatus.EN_ROUTE), now)
    assert late
    assert waiting
    assert sent
    assert late.weight > waiting.weight > sent.weight
    assert late.is_late
    assert sent.is_faded


def test_that_who_is_at_a_hub_or_was_seen_does_not_stand_at_home(
    patient: ReferralRow, now: dt.datetime
) -> None:
    assert marks.of_referral(replace(patient, queue_status=QueueStatus.ARRIVED), now) is None
    assert marks.of_referral(replace(patient, queue_status=QueueStatus.BOOKED), now) is not None
    assert marks.of_referral(replace(patient, met_at=now), now) is None
    assert marks.of_referral(replace(patient, lat=None), now) is None


def test_that_a_hub_counts_who_waits_in_it(now: dt.datetime) -> None:
    hub = HubRow(
        id=1, version=1, code="dover", name="Dover", phone=None, lat=51.1, lon=1.3, opens_at=None,
        closes_at=None, is_closed_down=False, diverts_to=None, diverts_until=None, diverted_by=None,
    )  # fmt: skip
    load = HubLoad(hub, now, (), (), (), None, DEFAULTS)
    mark = marks.of_hub(load)
    assert mark is not None
    assert (mark.letter, mark.label) == ("0", "Dover")
    assert mark.spoken == "Hub Dover, closed, nobody waiting"
    assert marks.of_hub(replace(load, hub=replace(hub, lat=None))) is None


@pytest.mark.parametrize(
    ("name", "short"), [("Priya Nair", "P. Nair"), ("Dr Helen Osei", "D. Osei"), ("Sam", "Sam")]
)
def test_that_names_of_practitioners_are_short(name: str, short: str) -> None:
    assert marks.short_name(name) == short
