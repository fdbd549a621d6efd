"""Sealing beside people at work: late commits, two sealers, killed ones, and restored databases."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from subprocess import PIPE

import psycopg
import pytest
from sqlalchemy import text

from console.domain.acting import Actor
from console.domain.words import Role
from console.services import audit_check
from db import audit_chain
from db.audit_chain import Block
from db.connect import for_writing
from db.engine import Database
from tests.support.programs import Program

DOORSTEP = Actor(1, "Doorstep", Role.SYSTEM, "worker 1")


@contextmanager
def desk(database: Database) -> Iterator[psycopg.Connection]:
    """Give a connection of a console, in no transaction yet."""
    with psycopg.connect(database.url.replace("+psycopg", "")) as connection:
        yield connection


def write(connection: psycopg.Connection, code: str) -> None:
    connection.execute(
        "INSERT INTO practice (ods_code, name, address, is_active) VALUES (%s, 'A', '', true)", (code,)
    )


def seal(database: Database, now: object, at_once: int = audit_chain.AT_ONCE) -> int:
    """Let a worker come round once."""
    with database.work(DOORSTEP, now) as work:  # type: ignore[arg-type]
        return audit_chain.seal(work, at_once)


def blocks(database: Database) -> list[Block]:
    with database.read() as session:
        return list(audit_chain.blocks(session))


def assert_all_sealed_and_whole(database: Database) -> None:
    found = audit_check.check(database)
    assert found.wrong == []
    with database.read() as session:
        assert audit_chain.unsealed(session) == (0, None)
        assert found.sealed == session.scalar(text("SELECT count(*) FROM audit_log"))


def test_that_a_line_that_is_committed_late_is_neither_lost_nor_breaks_the_chain(
    shared: Database, now: object
) -> None:
    with desk(shared) as late, desk(shared) as early:
        write(late, "LATE")  # has its number, and is not committed
        write(early, "EARLY")
        early.commit()
        sealed = sum(seal(shared, now) for _ in range(5))
        assert sealed == 0, "a line with a higher number may not be sealed while a lower one can still come"
        late.commit()
    assert sum(seal(shared, now) for _ in range(5)) == 2
    assert_all_sealed_and_whole(shared)
    with desk(shared) as connection:
        order = connection.execute(
            "SELECT new ->> 'ods_code' FROM audit_log ORDER BY id DESC LIMIT 2"
        ).fetchall()
    assert order == [("EARLY",), ("LATE",)], "the late one does have the lower number"


def test_that_sealing_goes_on_while_transactions_that_overlap_are_open_all_the_time(
    shared: Database, now: object
) -> None:
    with desk(shared) as one, desk(shared) as other:
        open_now, next_one = one, other
        write(open_now, "P0")
        sealed = 0
        for number in range(1, 8):
            write(next_one, f"P{number}")
            open_now.commit()
            sealed += seal(shared, now)
            open_now, next_one = next_one, open_now
        open_now.rollback()
    assert sealed >= 3


def test_that_one_of_two_sealers_at_once_does_nothing(shared: Database, now: object) -> None:
    with desk(shared) as person, desk(shared) as first:
        write(person, "ONE")
        person.commit()
        for _ in range(2):
            seal(shared, now)
        assert first.execute("SELECT seal_audit(2000)").fetchone() == (1,)
        assert seal(shared, now) == 0
        assert blocks(shared) == []
        first.commit()
    assert [one.lines for one in blocks(shared)] == [1]
    assert_all_sealed_and_whole(shared)


def test_that_a_sealer_that_began_long_ago_seals_nothing_too_early(shared: Database, now: object) -> None:
    with desk(shared) as early, desk(shared) as late, desk(shared) as person:
        early.execute("SELECT pg_current_xact_id()")
        write(late, "LATE")
        write(person, "EARLY")
        person.commit()
        for _ in range(3):
            seal(shared, now)
        assert early.execute("SELECT seal_audit(2000)").fetchone() == (0,)
        early.commit()
        late.commit()
    for _ in range(4):
        seal(shared, now)
    assert_all_sealed_and_whole(shared)


def test_that_a_sealer_whose_connection_is_cut_leaves_nothing_half_done(
    shared: Database, now: object
) -> None:
    with desk(shared) as person:
        write(person, "ONE")
        person.commit()
    for _ in range(2):
        seal(shared, now)
    with desk(shared) as first, desk(shared) as killer:
        assert first.execute("SELECT seal_audit(2000)").fetchone() == (1,)
        killer.execute("SELECT pg_terminate_backend(%s, 2000)", (first.info.backend_pid,))
        with pytest.raises(psycopg.OperationalError):
            first.execute("SELECT 1")
    assert blocks(shared) == []
    assert seal(shared, now) == 1
    assert_all_sealed_and_whole(shared)


def busy(database: Database, seed: int, stop: threading.Event, failed: list[BaseException]) -> None:
    """Work as a console does: short and long transactions, savepoints, some taken back."""
    chance = random.Random(seed)
    try:
        with desk(database) as connection:
            for number in range(1000):
                if stop.is_set():
                    break
                for part in range(chance.randrange(1, 4)):
                    connection.execute("SAVEPOINT part")
                    write(connection, f"{seed}-{number}-{part}")
                    if chance.random() < 0.3:
                        connection.execute("ROLLBACK TO SAVEPOINT part")
                    stop.wait(chance.choice((0, 0, 0.001, 0.05)))
                (connection.rollback if chance.random() < 0.2 else connection.commit)()
    except BaseException as error:
        failed.append(error)
        raise


def sealing(database: Database, now: object, stop: threading.Event, failed: list[BaseException]) -> None:
    """Seal without a pause, as no worker does."""
    try:
        while not stop.is_set():
            seal(database, now, 5)
    except BaseException as error:
        failed.append(error)
        raise


def test_that_two_sealers_beside_many_transactions_lose_and_double_nothing(
    shared: Database, now: object
) -> None:
    stop, failed = threading.Event(), list[BaseException]()
    threads = [threading.Thread(target=busy, args=(shared, seed, stop, failed)) for seed in range(4)]
    threads += [threading.Thread(target=sealing, args=(shared, now, stop, failed)) for _ in range(2)]
    for one in threads:
        one.start()
    threading.Event().wait(1.5)
    during = len(blocks(shared))
    stop.set()
    for one in threads:
        one.join()
    assert failed == []
    assert during > 3, "it sealed while they worked"
    while any(seal(shared, now) for _ in range(4)):
        pass
    assert_all_sealed_and_whole(shared)


SEALER = """
import datetime as dt, sys
from console.domain.acting import Actor
from console.domain.words import Role
from db import audit_chain
from db.engine import open_database
database = open_database(sys.argv[1])
while True:
    with database.work(Actor(1, "Doorstep", Role.SYSTEM, "worker 1"), dt.datetime.now(dt.UTC)) as work:
        sealed = audit_chain.seal(work, 1)
    if sealed:
        print("sealed", flush=True)
"""


def test_that_a_sealer_that_is_killed_leaves_a_whole_chain(database: Database, now: object) -> None:
    with for_writing(database.engine).begin() as connection:
        for number in range(300):
            add_line(connection.exec_driver_sql, database.dialect, number)
    sealer = Program("-c", SEALER, database.url, stdout=PIPE)
    with sealer.stdout:
        for _ in range(17):
            assert sealer.stdout.readline()
        sealer.kill()
        sealer.wait()
    assert audit_check.check(database).wrong == []
    assert len(blocks(database)) >= 17
    while any(seal(database, now) for _ in range(4)):
        pass
    assert_all_sealed_and_whole(database)


def add_line(execute: Callable[[str], object], dialect: str, number: int) -> None:
    login = "login, " if dialect == "sqlite" else ""
    value = "'here', " if dialect == "sqlite" else ""
    execute(f"INSERT INTO audit_log ({login}tbl, op, row_id) VALUES ({value}'hub', 'U', {number})")  # noqa: S608 - our words


def test_that_a_database_that_was_restored_on_another_server_is_sealed_on(
    shared: Database, now: object
) -> None:
    with desk(shared) as person:
        write(person, "BEFORE")
        person.commit()
        for _ in range(4):
            seal(shared, now)
        write(person, "NOT SEALED")
        person.commit()
        seal(shared, now)
        # The other server had come to far higher numbers of transactions than this one.
        person.execute("SET LOCAL session_replication_role = replica")
        person.execute("UPDATE audit_log SET txid = '900000000000' WHERE new ->> 'ods_code' = 'NOT SEALED'")
        person.execute("UPDATE audit_mark SET before_xid = '900000000001'")
        person.commit()
        write(person, "AFTER")
        person.commit()
    for _ in range(5):
        seal(shared, now)
    assert_all_sealed_and_whole(shared)
