"""Send now: who is offered for which patient, and that nobody is offered who may not go."""

import pytest

from console.domain.rows import ReferralRow
from console.domain.words import Availability, Profession, QueueStatus, ReferralStatus, VisitStatus
from console.planning.offers import Offer, offers
from console.planning.travel import ESTIMATE
from tests.domain.test_sendable import NOW
from tests.planning.people import DOVER, FOLKESTONE, at, patient, person

SAM, KIT = person(1, "Sam", FOLKESTONE), person(2, "Kit", DOVER)


def test_that_a_first_priority_patient_is_offered_the_nearest_who_is_free() -> None:
    (offer,) = offers([patient(7)], [KIT, SAM], ESTIMATE, NOW)
    assert offer == Offer(7, 1, "Sam", 15, at(15), free=2)


def test_that_two_patients_are_not_pointed_at_the_same_one_while_another_is_free() -> None:
    later, sooner = patient(7, due_at=at(20)), patient(8, due_at=at(10))
    found = offers([later, sooner], [KIT, SAM], ESTIMATE, NOW)
    assert [(one.referral_id, one.name) for one in found] == [(8, "Sam"), (7, "Kit")]
    alone = offers([later, sooner], [SAM], ESTIMATE, NOW)
    assert [(one.referral_id, one.name) for one in alone] == [(8, "Sam"), (7, "Sam")]


def test_that_an_emergency_comes_before_an_acute_patient() -> None:
    found = offers([patient(7), patient(8, priority=1, due_at=at(60))], [KIT, SAM], ESTIMATE, NOW)
    assert [one.referral_id for one in found] == [8, 7]


@pytest.mark.parametrize(
    "row",
    [
        patient(7, priority=3),
        patient(7, priority=None, status=ReferralStatus.RECEIVED),
        patient(7, asks_ambulance=True),
        patient(7, visit_status=VisitStatus.ALLOCATED),
        patient(7, queue_status=QueueStatus.ARRIVED),
        patient(7, met_at=NOW),
        patient(7, failed_contact_at=NOW),
        patient(7, gp_needed=True),
    ],
)
def test_that_nobody_is_offered_where_nobody_is_to_be_sent_now(row: ReferralRow) -> None:
    assert offers([row], [SAM, KIT], ESTIMATE, NOW) == ()


def test_that_a_gp_is_offered_where_a_gp_is_needed() -> None:
    gil = person(3, "Gil", DOVER, profession=Profession.GP)
    (offer,) = offers([patient(7, gp_needed=True)], [SAM, gil], ESTIMATE, NOW)
    assert (offer.name, offer.free) == ("Gil", 1)


def test_that_nobody_busy_is_offered() -> None:
    busy = person(1, "Sam", FOLKESTONE, availability=Availability.ON_SCENE)
    assert offers([patient(7)], [busy], ESTIMATE, NOW) == ()


def test_that_people_whose_place_is_not_known_are_counted_and_not_ranked() -> None:
    nowhere = [person(1, "Sam", None), person(2, "Kit", FOLKESTONE, position_at=at(-20))]
    (offer,) = offers([patient(7)], nowhere, ESTIMATE, NOW)
    assert offer == Offer(7, None, "", None, None, free=2)
    (only,) = offers([patient(7)], nowhere[:1], ESTIMATE, NOW)
    assert only == Offer(7, 1, "Sam", None, None, free=1)
