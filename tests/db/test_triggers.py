"""The database itself keeps the audit, the change log and which hubs may see a patient."""

import datetime as dt
import sqlite3
from contextlib import AbstractContextManager, closing

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from console.domain.refusals import Refused
from console.domain.words import MessageState, Role, TaskKind, VisitStatus
from db.engine import Database
from db.errors import DatabaseFault
from db.models import (
    Device,
    Hub,
    PatientHub,
    Position,
    ReceivedMessage,
    RecordOpening,
    Referral,
    StaffHub,
    Task,
    Visit,
)
from db.schema_version import NEWEST
from tests.db.house import JO, MO, House, allocate, build
from tests.db.logs import audit, changes


def test_that_the_audit_names_who_changed_which_columns(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(MO, now) as work:
        work.lock(Hub, house.dover).name = "Dover and Deal"
    line = audit(database, "hub")[-1]
    assert (line["op"], line["row_id"], line["made_by"]) == ("U", house.dover, "console")
    assert (line["actor_id"], line["actor_name"], line["actor_role"]) == (2, "Mo Khan", "supervisor")
    assert line["old"] == {"name": "Dover", "version": 1}
    assert line["new"] == {"name": "Dover and Deal", "version": 2}
    assert line["login"]


def test_that_the_audit_names_the_device_the_patient_and_the_referral(
    database: Database, house: House, now: dt.datetime
) -> None:
    [line] = audit(database, "referral")
    assert (line["op"], line["device"], line["hub_id"]) == ("I", "Folkestone 1", house.folkestone)
    assert (line["referral_id"], line["patient_id"]) == (house.referral, 1)
    assert (line["old"], line["new"]["problem"]) == (None, "Fall")


def test_that_nobody_acts_in_anothers_name_on_the_same_connection(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.engine.execution_options(doorstep_writer=True).begin() as connection:
        connection.execute(text("UPDATE hub SET name = 'Deal' WHERE id = 2"))
    line = audit(database, "hub")[-1]
    assert (line["actor_id"], line["actor_name"]) == (None, None)


def test_that_nothing_is_audited_when_nothing_changed(
    database: Database, house: House, now: dt.datetime
) -> None:
    before = len(audit(database, "hub"))
    with database.work(JO, now) as work:
        work.session.execute(text("UPDATE hub SET name = name"))
    assert len(audit(database, "hub")) == before


def test_that_each_row_of_one_statement_has_a_line_of_its_own(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(MO, now) as work:
        work.session.execute(text("UPDATE hub SET phone = name WHERE id IN (1, 2)"))
    lines = audit(database, "hub")[-2:]
    told = [(line["row_id"], line["old"], line["new"], line["actor_name"]) for line in lines]
    assert told == [
        (house.folkestone, {"phone": None}, {"phone": "Folkestone"}, "Mo Khan"),
        (house.dover, {"phone": None}, {"phone": "Dover"}, "Mo Khan"),
    ]


def test_that_a_row_that_takes_another_number_is_kept_under_both(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(MO, now) as work:
        work.session.execute(text("UPDATE hub SET id = 4711 WHERE id = 2"))
    lines = [line for line in audit(database, "hub") if line["op"] != "I" or line["row_id"] == 4711]
    assert [line["old"]["id"] for line in lines if line["old"]] == [house.dover]
    assert [line["new"]["id"] for line in lines if line["new"]] == [4711]


def test_that_a_deleted_row_stays_in_the_audit(database: Database, house: House, now: dt.datetime) -> None:
    with database.work(JO, now) as work:
        work.add(StaffHub(staff_id=1, hub_id=house.dover))
    with database.work(MO, now) as work:
        work.session.execute(text("DELETE FROM staff_hub"))
    line = audit(database, "staff_hub")[-1]
    assert (line["op"], line["old"], line["new"]) == ("D", {"staff_id": 1, "hub_id": house.dover}, None)


def test_that_bytes_and_secrets_stay_out_of_the_audit(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        state = MessageState.RECEIVED
        message = ReceivedMessage(
            origin="post", received_at=now, sha256="a", size=3, body=b"<x>", state=state, issues=[]
        )
        work.add(message)
        work.add(Device(practitioner_id=house.sam, label="phone", token_hash="the-hash"))
        message.state = MessageState.READ
    received, read = audit(database, "received_message")
    assert "body" not in received["new"]
    assert read["new"] == {"state": "read", "version": 2}
    assert "token_hash" not in audit(database, "device")[0]["new"]


def refused_to_change() -> AbstractContextManager[object]:
    return pytest.raises((DatabaseFault, Refused, SQLAlchemyError), match="append-only")


@pytest.mark.parametrize("log", ["audit_log", "record_opening"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET device = 'x'"])
def test_that_nobody_changes_what_was_logged(
    database: Database, house: House, now: dt.datetime, statement: str, log: str
) -> None:
    with database.work(JO, now) as work:
        opening = {"patient_id": 1, "opened_by_id": 1, "role": JO.role, "reason": "called back"}
        work.add(RecordOpening(**opening, opened_at=now))
    with refused_to_change(), database.work(JO, now) as work:
        work.session.execute(text(statement.format(log, log)))


EMPTYING = {
    "sqlite": "INSERT OR REPLACE INTO audit_log SELECT * FROM audit_log",
    "postgresql": "TRUNCATE audit_log",
}


def test_that_the_audit_is_not_replaced_or_emptied(
    database: Database, house: House, now: dt.datetime
) -> None:
    refused = refused_to_change()
    with refused, database.work(JO, now) as work:
        work.session.execute(text(EMPTYING[database.dialect]))


def test_that_a_program_that_is_not_ours_cannot_write_unseen(sqlite_url: str) -> None:
    insert = "INSERT INTO hub (code, name, is_intake, is_closed_down) VALUES ('X', 'X', 0, 0)"
    path = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.Error, match="app_account"):
        connection.execute(insert)


def test_that_many_rows_that_change_hub_at_once_leave_the_board_of_the_old_one(
    database: Database, house: House, now: dt.datetime
) -> None:
    asked = {"role": Role.CLINICIAN, "kind": TaskKind.WELFARE, "created_at": now, "due_at": now}
    with database.work(JO, now) as work:
        work.add_all([Task(hub_id=house.dover, subject=f"visit:{n}", **asked) for n in range(1, 11)])
    with database.work(MO, now) as work:
        work.session.execute(text("UPDATE task SET hub_id = 1, version = 2 WHERE id < 10"))
    told = changes(database, "task", "op", "row_id", "hub_id")[10:]
    here = [("U", n, house.folkestone) for n in range(1, 10)]
    there = [("D", n, house.dover) for n in range(1, 10)]
    assert sorted(told) == sorted([*here, *there])


def test_that_the_change_log_says_what_to_read_again(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        visit = allocate(work, house.referral, house.sam)
    concerned = ("op", "row_id", "hub_id", "referral_id", "practitioner_id", "version")
    assert changes(database, "visit", *concerned) == [
        ("I", visit.id, house.folkestone, house.referral, house.sam, 1)
    ]
    concerns = ("op", "row_id", "hub_id", "referral_id", "patient_id")
    assert changes(database, "referral", *concerns) == [
        ("I", house.referral, house.folkestone, house.referral, 1)
    ]
    assert changes(database, "practitioner", "row_id", "hub_id", "practitioner_id")[0] == (
        house.sam,
        None,
        house.sam,
    )
    assert changes(database, "hub", "row_id", "hub_id") == [(house.folkestone, None), (house.dover, None)]


def test_that_a_row_that_changes_hub_is_gone_from_the_old_one_with_all_that_hangs_on_it(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        visit = allocate(work, house.referral, house.sam)
    with database.work(JO, now) as work:
        work.lock(Referral, house.referral).hub_id = house.dover
    for table in ("referral", "visit"):
        lines = changes(database, table, "op", "hub_id", "referral_id")[1:]
        assert sorted(lines) == [
            ("D", house.folkestone, house.referral),
            ("U", house.dover, house.referral),
        ]
    with database.read() as session:
        assert session.get_one(Visit, visit.id).hub_id == house.dover


def test_that_both_practitioners_are_read_again_when_a_visit_changes_hands(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        visit = allocate(work, house.referral, house.sam)
        visit.practitioner_id = house.kit
    lines = changes(database, "visit", "op", "practitioner_id")[1:]
    assert sorted(lines) == [("U", house.sam), ("U", house.kit)]


def test_that_the_hubs_that_may_see_a_patient_follow_the_referrals(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        work.lock(Referral, house.referral).hub_id = house.dover
    with database.read() as session:
        rows = session.execute(select(PatientHub.patient_id, PatientHub.hub_id).order_by(PatientHub.hub_id))
        assert [tuple(row) for row in rows] == [(1, house.folkestone), (1, house.dover)]


def test_that_positions_ring_but_only_meddling_with_them_is_audited(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        work.add(
            Position(practitioner_id=house.sam, lat=51.1, lon=1.2, source="phone", at=now, entered_at=now)
        )
    assert changes(database, "position", "practitioner_id") == [(house.sam,)]
    assert not audit(database, "position")
    with database.work(JO, now) as work:
        work.session.execute(text("UPDATE position SET lat = 50"))
    assert len(audit(database, "position")) == 1


def test_that_the_bell_rings_for_the_hubs_concerned_and_once(shared: Database, now: dt.datetime) -> None:
    house = build(shared, now)
    address = shared.url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as listener:
        for hub in ("all", house.folkestone, house.dover):
            listener.execute(f"LISTEN board_{hub}".encode())
        with shared.work(JO, now) as work:
            allocate(work, house.referral, house.sam).status = VisitStatus.ACKNOWLEDGED
        with shared.work(JO, now) as work:
            work.lock(Hub, house.dover).name = "Deal"
        heard = [ring.channel for ring in listener.notifies(timeout=1, stop_after=2)]
    assert heard == [f"board_{house.folkestone}", "board_all"]


def test_that_the_snapshot_cursor_misses_no_late_commit(shared: Database, now: dt.datetime) -> None:
    house = build(shared, now)

    def since(cursor: str) -> tuple[str, list[tuple[str, int]]]:
        with shared.read() as session:
            rows = session.execute(
                text("SELECT * FROM feed_since(CAST(:c AS pg_snapshot))"), {"c": cursor}
            ).all()
        return rows[0].cur, [(row.tbl, row.row_id) for row in rows if row.id]

    with shared.read() as session:
        cursor = session.execute(text("SELECT CAST(pg_current_snapshot() AS text)")).scalar_one()
    with shared.work(JO, now) as slow:
        slow.lock(Hub, house.folkestone).name = "Hythe"
        slow.session.flush()
        with shared.work(MO, now) as quick:
            quick.lock(Hub, house.dover).name = "Deal"
        cursor, seen = since(cursor)
        assert seen == [("hub", house.dover)]
    cursor, seen = since(cursor)
    assert seen == [("hub", house.folkestone)]
    assert since(cursor)[1] == []


def test_that_this_is_the_newest_shape(database: Database) -> None:
    with database.read() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == NEWEST
