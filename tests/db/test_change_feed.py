"""The live feed tells every change once, begins again after every failure, and says when it is not live."""

import datetime as dt
import random
import threading
from collections.abc import Iterator
from contextlib import closing
from time import monotonic

import pytest
from sqlalchemy import Connection, insert, select, text, update

from console.domain.words import ReferralStatus, Role, TaskKind, VisitStatus
from db.connect import for_writing
from db.engine import Database, open_database
from db.models import Hub, MarkerAcknowledgement, Referral, Shift, Task, Visit
from db.queries.board import read_board
from tests.support.feeds import KeptBoard, by_id, following
from tests.support.postgresql import Server
from tests.support.service_data import (
    Service,
    add_marker,
    add_queue_entry,
    add_referral,
    add_referrals,
    add_report,
    add_task,
    add_visit,
    found_service,
)

WRITERS, COMMITS = 4, 100
PATIENT = "Mrs Example of 1 High Street"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database in its newest shape, open."""
    with closing(open_database(database_url)) as database:
        yield database


def writing(database: Database) -> Connection:
    """Open a connection that may write."""
    return for_writing(database.engine).connect()


@pytest.fixture
def service(database: Database, now: dt.datetime) -> Service:
    """Two hubs with four people on shift."""
    with writing(database) as connection:
        service = found_service(connection, now)
        connection.commit()
    return service


def true_rows(database: Database, service: Service, now: dt.datetime) -> dict[str, dict[int, object]]:
    """Read what a board that begins now would show."""
    with database.read() as session:
        return by_id(read_board(session, service.hubs, now))


def test_that_a_change_is_told_with_its_rows(database: Database, service: Service, now: dt.datetime) -> None:
    with following(database, service.hubs, lambda: now) as kept, writing(database) as connection:
        referral = add_referral(connection, service, now)
        connection.commit()
        kept.wait_until(lambda: referral in kept.rows["referrals"])
        add_visit(connection, referral, service.practitioners[0], now)
        connection.commit()
        kept.wait_until(lambda: kept.rows["referrals"][referral].word == "Allocated")
    assert kept.rows["practitioners"][service.practitioners[0]].referral_id == referral
    assert kept.boards == 1


def test_that_who_does_not_answer_is_told_with_their_row(
    database: Database, service: Service, now: dt.datetime
) -> None:
    sam = service.practitioners[0]
    asked = {"subject": f"practitioner:{sam}", "practitioner_id": sam, "words": "Find them"}
    with following(database, service.hubs, lambda: now) as kept, writing(database) as connection:
        for role in (Role.SUPERVISOR, Role.COORDINATOR):
            search = {"hub_id": service.hubs[0], "role": role, "kind": TaskKind.WELFARE, "due_at": now}
            connection.execute(insert(Task).values(**asked, **search, created_at=now))
        connection.commit()
        kept.wait_until(lambda: kept.rows["practitioners"][sam].unanswered_since == now)
        connection.execute(update(Task).values(done_at=now, result="Found: well"))
        connection.commit()
        kept.wait_until(lambda: kept.rows["practitioners"][sam].unanswered_since is None)
        assert kept.rows == true_rows(database, service, now)


def test_that_a_referral_that_moves_vanishes_from_the_hub_it_left(
    database: Database, service: Service, now: dt.datetime
) -> None:
    here, there = service.hubs
    with writing(database) as connection:
        referral = add_referral(connection, service, now, hub=here)
        add_queue_entry(connection, referral, now)
        connection.commit()
        with (
            following(database, [here], lambda: now) as left,
            following(database, [there], lambda: now) as came,
        ):
            assert referral in left.rows["referrals"]
            connection.execute(update(Referral).where(Referral.id == referral).values(hub_id=there))
            connection.commit()
            left.wait_until(lambda: not left.rows["referrals"] and not left.rows["queue"])
            came.wait_until(lambda: referral in came.rows["referrals"] and len(came.rows["queue"]) == 1)


def test_that_a_closed_referral_is_gone(database: Database, service: Service, now: dt.datetime) -> None:
    with writing(database) as connection:
        referral = add_referral(connection, service, now)
        connection.commit()
        with following(database, service.hubs, lambda: now) as kept:
            connection.execute(update(Referral).values(status=ReferralStatus.CLOSED))
            connection.commit()
            kept.wait_until(lambda: referral not in kept.rows["referrals"])


def test_that_a_referral_given_to_another_patient_takes_its_rows_along(
    database: Database, service: Service, now: dt.datetime
) -> None:
    with writing(database) as connection:
        referral, other = add_referrals(connection, service, now, 2)
        add_queue_entry(connection, referral, now)
        report = add_report(connection, service, referral, now)
        connection.commit()
        with following(database, service.hubs, lambda: now) as kept:
            patient = kept.rows["referrals"][other].patient_id
            connection.execute(update(Referral).where(Referral.id == referral).values(patient_id=patient))
            connection.commit()
            kept.wait_until(lambda: kept.rows["reports"][report].patient_id == patient)
            assert kept.rows == true_rows(database, service, now)


def test_that_a_hub_s_new_name_brings_the_whole_board(
    database: Database, service: Service, now: dt.datetime
) -> None:
    with following(database, service.hubs, lambda: now) as kept, writing(database) as connection:
        connection.execute(update(Hub).where(Hub.id == service.hubs[0]).values(name="Folkestone East"))
        connection.commit()
        kept.wait_until(lambda: kept.boards == 2)
        assert kept.rows == true_rows(database, service, now)


def test_that_a_shift_that_comes_near_appears_without_any_change(
    database: Database, service: Service, now: dt.datetime
) -> None:
    clock = [now]
    with writing(database) as connection:
        later = {
            "starts_at": now + dt.timedelta(hours=12, minutes=30),
            "ends_at": now + dt.timedelta(hours=20),
        }
        connection.execute(update(Shift).values(on_at=None, **later))
        connection.commit()
    with following(database, service.hubs, lambda: clock[0]) as kept:
        assert not kept.rows["practitioners"]
        clock[0] = now + dt.timedelta(hours=1)
        kept.wait_until(lambda: len(kept.rows["practitioners"]) == len(service.practitioners))


def test_that_a_live_feed_says_so_every_second(
    database: Database, service: Service, now: dt.datetime
) -> None:
    with following(database, service.hubs, lambda: now) as kept:
        began = monotonic()
        kept.wait_until(lambda: len(kept.states) >= 3)
    assert monotonic() - began < 3
    assert {state.sentence for state in kept.states} == {
        (database.capabilities.is_shared and "Live") or "Local"
    }


def test_that_stopping_takes_less_than_a_second(
    database: Database, service: Service, now: dt.datetime
) -> None:
    before = threading.active_count()
    with following(database, service.hubs, lambda: now):
        began = monotonic()
    assert monotonic() - began < 1
    assert threading.active_count() == before


def test_that_a_failing_listener_gets_the_whole_board_again(
    database: Database, service: Service, now: dt.datetime, caplog: pytest.LogCaptureFixture
) -> None:
    class Fragile(KeptBoard):
        def take_delta(self, delta: object) -> None:
            raise RuntimeError(PATIENT)

    with following(database, service.hubs, lambda: now, Fragile()) as kept, writing(database) as connection:
        referral = add_referral(connection, service, now)
        connection.commit()
        kept.wait_until(lambda: referral in kept.rows["referrals"])
    assert kept.boards == 2
    assert "RuntimeError" in caplog.text
    assert PATIENT not in caplog.text


def test_that_no_change_is_lost_or_told_twice_under_concurrent_commits(
    database: Database, service: Service, now: dt.datetime
) -> None:
    with writing(database) as connection:
        referrals = add_referrals(connection, service, now, WRITERS * 10)
        connection.commit()
    kept = KeptBoard()
    with following(database, service.hubs, lambda: now, kept):
        writers = [
            threading.Thread(target=write, args=(database, referrals[n::WRITERS], n)) for n in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        truth = true_rows(database, service, now)
        kept.wait_until(lambda: kept.rows == truth)
    told = [(row.id, row.version) for delta in kept.deltas for row in delta.referrals]
    assert len(told) == len(set(told)), "a version was told twice"
    assert kept.boards == 1


def write(database: Database, referrals: list[int], seed: int) -> None:
    """Commit changes to referrals of one's own: some slowly, some with savepoints, some taken back."""
    dice = random.Random(seed)
    with writing(database) as connection:
        for _ in range(COMMITS):
            with connection.begin():
                again(connection, dice.choice(referrals))
                if dice.random() < 0.2:
                    with connection.begin_nested() as savepoint:
                        again(connection, dice.choice(referrals))
                        if dice.random() < 0.5:
                            savepoint.rollback()
                if dice.random() < 0.1:
                    threading.Event().wait(0.03)
                if dice.random() < 0.1:
                    connection.get_transaction().rollback()  # type: ignore[union-attr]


def again(connection: Connection, referral: int) -> None:
    """Change a referral."""
    connection.execute(update(Referral).where(Referral.id == referral).values(version=Referral.version + 1))


def test_that_the_kept_board_is_the_true_board_after_any_steps(
    database: Database, service: Service, now: dt.datetime
) -> None:
    dice = random.Random(7)
    with writing(database) as connection, following(database, service.hubs, lambda: now) as kept:
        for _ in range(12):
            for _ in range(dice.randint(1, 6)):
                any_step(connection, service, now, dice)
                if dice.random() < 0.5:
                    connection.commit()
            connection.commit()
            truth = true_rows(database, service, now)
            kept.wait_until(lambda truth=truth: kept.rows == truth)  # type: ignore[misc]
    assert kept.boards == 1


def test_that_a_row_in_the_news_counts_its_warnings_as_a_whole_board_does(
    database: Database, service: Service, now: dt.datetime
) -> None:
    with writing(database) as connection:
        referral = add_referral(connection, service, now, visit_address="12 High Street")
        patient = connection.scalar(select(Referral.patient_id).where(Referral.id == referral))
        both = add_marker(connection, service, now, patient_id=patient, place_postcode="CT20 1AA")
        read = {"marker_id": both, "referral_id": referral, "acknowledged_by_id": service.staff}
        connection.execute(insert(MarkerAcknowledgement).values(**read, acknowledged_at=now))
        for place in ("12 High Street", "21 High Street"):
            add_marker(connection, service, now, place_postcode="CT20 1AA", place_address=place)
        connection.commit()
        with following(database, service.hubs, lambda: now) as kept:
            changed = update(Referral).where(Referral.id == referral).values(problem="Fall, now in pain")
            connection.execute(changed)
            connection.commit()
            kept.wait_until(lambda: bool(kept.deltas))
            (row,) = kept.deltas[-1].referrals
    assert (row.problem, row.markers, row.markers_unacknowledged) == ("Fall, now in pain", 2, 1)
    assert row == true_rows(database, service, now)["referrals"][referral]


def any_step(connection: Connection, service: Service, now: dt.datetime, dice: random.Random) -> None:
    """Do something that shows on a board."""
    referral = add_referral(connection, service, now, hub=dice.choice(service.hubs))
    patient = text("SELECT patient_id FROM referral WHERE id = :id")
    match dice.randrange(9):
        case 0:
            add_queue_entry(connection, referral, now)
        case 1:
            add_report(connection, service, referral, now)
        case 2:
            add_task(connection, referral, now)
        case 3:
            about = connection.execute(patient, {"id": referral}).scalar_one()
            add_marker(connection, service, now, patient_id=about)
        case 4:
            add_marker(
                connection, service, now, place_postcode="CT20 1AA", place_address=f"{referral} High Street"
            )
        case 5:
            visit = add_visit(connection, referral, dice.choice(service.practitioners), now)
            connection.execute(
                update(Visit)
                .where(Visit.id == visit)
                .values(status=dice.choice((VisitStatus.CLEAR, "allocated")))
            )
        case 6:
            old = max(1, referral - dice.randint(1, 5))
            connection.execute(
                update(Referral).where(Referral.id == old).values(hub_id=dice.choice(service.hubs))
            )
        case 7:
            connection.execute(text("UPDATE patient SET family_name = 'Other' WHERE id % 3 = 0"))
            connection.execute(text("UPDATE practice SET name = name || 's'"))
        case _:
            connection.execute(
                update(Referral).where(Referral.id == referral).values(status=ReferralStatus.CLOSED)
            )


def test_that_the_feed_comes_back_after_its_connection_was_ended(
    postgresql_url: str, postgresql_server: Server, now: dt.datetime
) -> None:
    name = postgresql_url.rsplit("/", 1)[1]
    with closing(open_database(postgresql_url)) as database:
        with writing(database) as connection:
            service = found_service(connection, now)
            connection.commit()
        with following(database, service.hubs, lambda: now) as kept:
            with postgresql_server.connect("postgres") as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
                )
            kept.wait_until(lambda: any(not state.is_live for state in kept.states))
            kept.wait_until(lambda: kept.boards == 2 and kept.is_live)
            with writing(database) as connection:
                referral = add_referral(connection, service, now)
                connection.commit()
            kept.wait_until(lambda: referral in kept.rows["referrals"])
    lost = [state for state in kept.states if not state.is_live]
    assert lost[0].sentence == "Reconnecting, board as of 14:00:00"
