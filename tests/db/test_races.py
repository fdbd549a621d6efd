"""Many at once: one wins, every other is told why, and nobody is sent twice."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from console.domain.refusals import Refused
from console.domain.words import VisitStatus
from db.engine import Database, open_database
from db.models import Hub, Practitioner, Referral, Staff, Step, Visit
from db.unit_of_work import UnitOfWork
from tests.db.house import JO, MO, House, add_referral, allocate
from tests.support.programs import Program

RACES = 200


def test_that_of_many_who_send_one_practitioner_one_wins_each_race(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        referrals = [add_referral(work, house.folkestone, f"R-2026-{n:06}") for n in range(10, 14)]

    def send(work: UnitOfWork, referral_id: int) -> None:
        work.lock(Practitioner, house.sam)
        busy = select(Visit).where(Visit.practitioner_id == house.sam, Visit.status == VisitStatus.EN_ROUTE)
        if work.session.scalars(busy).first():
            raise Refused("Sam Hill is on another visit.")
        allocate(work, referral_id, house.sam).status = VisitStatus.EN_ROUTE

    def compete(referral_id: int) -> str:
        start.wait()
        try:
            with database.work(JO, now) as work:
                send(work, referral_id)
        except Refused as told:
            return str(told)
        return "won"

    start = threading.Barrier(len(referrals))
    with ThreadPoolExecutor(len(referrals)) as people:
        for _ in range(RACES // len(referrals)):
            told = sorted(people.map(compete, referrals))
            assert told == ["Sam Hill is on another visit."] * (len(referrals) - 1) + ["won"]
            _end_visits(database, now)
    with database.read() as session:
        assert session.scalar(select(func.count(Visit.id))) == RACES // len(referrals)


def _end_visits(database: Database, now: dt.datetime) -> None:
    with database.work(MO, now) as work:
        for visit in work.session.scalars(select(Visit).where(Visit.status == VisitStatus.EN_ROUTE)):
            visit.status = VisitStatus.HANDED_BACK


def test_that_of_many_who_send_to_one_referral_one_wins_and_the_others_hear_who(
    database: Database, house: House, now: dt.datetime
) -> None:
    people = {house.sam: "Sam Hill", house.kit: "Kit Wood"}
    start = threading.Barrier(8)

    def compete(practitioner_id: int) -> str:
        start.wait()
        try:
            with database.work(JO, now) as work:
                allocate(work, house.referral, practitioner_id)
        except Refused as told:
            return str(told)
        return ""

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(compete, list(people) * 4))
    with database.read() as session:
        [winner] = session.scalars(select(Visit.practitioner_id))
    sentence = f"R-2026-000001 is already allocated to {people[winner]}. Look again before you decide."
    assert sorted(told) == ["", *[sentence] * 7]


def test_that_every_edit_counts_when_many_change_one_row(
    database: Database, house: House, now: dt.datetime
) -> None:
    def count_up(_: int) -> None:
        with database.work(JO, now) as work:
            referral = work.lock(Referral, house.referral)
            referral.area = str(int(referral.area or 0) + 1)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(count_up, range(60)))
    with database.read() as session:
        referral = session.get_one(Referral, house.referral)
    assert (referral.area, referral.version) == ("60", 61)


ONE_WRITER = """
import datetime as dt, sys
from db.engine import open_database
from db.models import Hub
from tests.db.house import JO
database = open_database(sys.argv[1])
for _ in range(50):
    with database.work(JO, dt.datetime.now(dt.UTC)) as work:
        hub = work.lock(Hub, 2)
        hub.name = str(int(hub.name) + 1)
        work.step("hub.renamed", "Counted", hub_id=2)
database.close()
"""


def test_that_two_processes_write_into_one_database(database_url: str, now: dt.datetime) -> None:
    database = open_database(database_url)
    with database.work(JO, now) as work:
        work.add(Staff(login="jo", name="Jo Bates"))
        work.add(Hub(code="FOL", name="Folkestone"))
        work.add(Hub(code="DOV", name="0"))
    writers = [Program("-c", ONE_WRITER, database_url) for _ in range(2)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with database.read() as session:
        assert session.get_one(Hub, 2).name == "100"
        assert session.scalar(select(func.count(Step.id))) == 100
    database.close()
