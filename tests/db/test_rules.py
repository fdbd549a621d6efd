"""The database itself refuses what may not be, and a person is told in a sentence."""

import datetime as dt

import pytest
from sqlalchemy import select

from console.domain.refusals import Refused
from console.domain.words import ReferralStatus, VisitStatus
from db.engine import Database
from db.errors import DatabaseFault
from db.models import Hub, Patient, Referral, Shift, Visit
from tests.db.house import JO, House, add_referral, allocate, shift

HOUR = dt.timedelta(hours=1)


def test_that_a_referral_has_one_active_visit(database: Database, house: House, now: dt.datetime) -> None:
    with database.work(JO, now) as work:
        allocate(work, house.referral, house.sam)
    with pytest.raises(Refused) as told, database.work(JO, now) as work:
        allocate(work, house.referral, house.kit)
    assert str(told.value) == "R-2026-000001 is already allocated to Sam Hill. Look again before you decide."


def test_that_an_ended_visit_makes_room_for_another(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        allocate(work, house.referral, house.sam).status = VisitStatus.HANDED_BACK
    with database.work(JO, now) as work:
        allocate(work, house.referral, house.kit)
    with database.read() as session:
        assert len(session.scalars(select(Visit)).all()) == 2


def test_that_a_practitioner_works_one_visit_while_others_may_wait(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        other = add_referral(work, house.folkestone, "R-2026-000002")
        allocate(work, house.referral, house.sam).status = VisitStatus.EN_ROUTE
        waiting = allocate(work, other, house.sam)
    with pytest.raises(Refused) as told, database.work(JO, now) as work:
        work.lock(Visit, waiting.id).status = VisitStatus.ACKNOWLEDGED
    assert str(told.value) == "Sam Hill is working R-2026-000001 (en route); that visit must end first."


@pytest.mark.parametrize("offset", [-3, 0, 3, 7])
def test_that_shifts_of_one_practitioner_never_overlap(
    database: Database, house: House, now: dt.datetime, offset: int
) -> None:
    with database.work(JO, now) as work:
        work.add(shift(house, now, 8))
    with pytest.raises(Refused) as told, database.work(JO, now) as work:
        work.add(shift(house, now + offset * HOUR, 4))
    assert str(told.value) == (
        "Sam Hill already has a shift at Folkestone from 14:00 to 22:00 on 14 January."
    )


def test_that_shifts_may_meet_and_belong_to_different_people(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        work.add(shift(house, now, 8))
        work.add(shift(house, now + 8 * HOUR, 4))
        work.add(shift(house, now, 8, house.kit))


def test_that_a_shift_that_ended_early_makes_room(database: Database, house: House, now: dt.datetime) -> None:
    with database.work(JO, now) as work:
        work.add(shift(house, now, 8)).off_at = now + 2 * HOUR
        work.session.flush()
        work.add(shift(house, now + 3 * HOUR, 4))


def test_that_a_shift_cannot_be_moved_onto_another(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        work.add(shift(house, now, 4))
        second = work.add(shift(house, now + 4 * HOUR, 4))
    with pytest.raises(Refused, match="already has a shift"), database.work(JO, now) as work:
        work.lock(Shift, second.id).starts_at = now + 3 * HOUR


def test_that_a_verified_number_belongs_to_one_patient(database: Database, now: dt.datetime) -> None:
    who = {"family_name": "Marsh", "given_name": "Ivy", "nhs_number": "9000000009"}
    with database.work(JO, now) as work:
        work.add(Patient(**who, nhs_number_verified=True))
        work.add(Patient(**who))  # not verified, it may be anybody's
    with pytest.raises(Refused, match="verified NHS number"), database.work(JO, now) as work:
        work.add(Patient(**who, nhs_number_verified=True))


def test_that_one_hub_is_the_intake(database: Database, house: House, now: dt.datetime) -> None:
    with pytest.raises(Refused, match="name no hub"), database.work(JO, now) as work:
        work.lock(Hub, house.dover).is_intake = True


@pytest.mark.parametrize(
    "values", [{"priority": 5}, {"priority": None}, {"status": ReferralStatus.DUPLICATE}]
)
def test_that_a_fault_of_ours_is_named_by_its_rule_and_holds_no_values(
    database: Database, house: House, now: dt.datetime, values: dict[str, object]
) -> None:
    def change(**values: object) -> None:
        with database.work(JO, now) as work:
            referral = work.lock(Referral, house.referral)
            for name, value in values.items():
                setattr(referral, name, value)

    with pytest.raises(DatabaseFault, match="ck_referral_") as fault:
        change(problem="a private matter", **values)
    assert "private" not in str(fault.value)


def test_that_an_unknown_word_is_refused_by_the_database(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        allocate(work, house.referral, house.sam)
    with pytest.raises(DatabaseFault, match="ck_visit_visit_status"), database.work(JO, now) as work:
        work.session.connection().exec_driver_sql("UPDATE visit SET status = 'elsewhere'")
