"""The board shows what is open in its hubs, and reads it by the partial indexes."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, update

from console.domain.refusals import Refused
from console.domain.rows import ReferralRow
from console.domain.words import (
    Availability,
    Channel,
    ContactResult,
    ContactWith,
    QueueStatus,
    ReferralStatus,
    Role,
    VisitStatus,
)
from db.connect import for_writing
from db.engine import Database, open_database
from db.models import Competence, Contact, HubHours, MarkerAcknowledgement, Patient, Referral, Shift, Step
from db.queries import queue, referrals, reports, tasks
from db.queries.board import read_board, read_delta
from db.queries.reading import Statement
from db.queries.record import read_record
from db.queries.search import find_patients, find_practices, possible_duplicates
from db.queries.touched import Change
from tests.support.service_data import (
    Service,
    add,
    add_marker,
    add_queue_entry,
    add_referral,
    add_referrals,
    add_task,
    add_visit,
    found_service,
)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database in its newest shape, open."""
    with closing(open_database(database_url)) as database:
        yield database


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A connection that writes; nothing needs to be committed to be read on it."""
    with for_writing(database.engine).connect() as connection:
        yield connection


@pytest.fixture
def service(connection: Connection, now: dt.datetime) -> Service:
    """Two hubs with four people on shift."""
    return found_service(connection, now)


def the_referral(connection: Connection, service: Service, now: dt.datetime) -> ReferralRow:
    """Return the one open referral."""
    (row,) = read_board(connection, service.hubs, now).referrals
    return row


def test_that_a_closed_referral_and_another_hub_s_are_not_on_the_board(
    connection: Connection, service: Service, now: dt.datetime
) -> None:
    shown = add_referral(connection, service, now)
    add_referral(connection, service, now, status=ReferralStatus.CLOSED)
    add_referral(connection, service, now, hub=service.hubs[1])
    board = read_board(connection, service.hubs[:1], now)
    assert [row.id for row in board.referrals] == [shown]
    assert [hub.name for hub in board.hubs] == ["Folkestone"]


def test_that_a_task_is_read_again_without_the_row_of_its_referral(
    connection: Connection, service: Service, now: dt.datetime
) -> None:
    referral = add_referral(connection, service, now)
    task = add_task(connection, referral, now)
    of_task = Change(1, "task", "I", task, hub_id=service.hubs[0], referral_id=referral)
    delta = read_delta(connection, [of_task], service.hubs, now)
    assert [row.id for row in delta.tasks] == [task]
    assert not delta.referrals
    of_step = Change(2, "step", "I", 1, hub_id=service.hubs[0], referral_id=referral)
    assert [row.id for row in read_delta(connection, [of_step], service.hubs, now).referrals] == [referral]


def test_that_an_ambulance_is_asked_for_until_it_has_taken_over_or_was_stood_down(
    connection: Connection, service: Service, now: dt.datetime
) -> None:
    referral = add_referral(connection, service, now, asks_ambulance=True)
    assert the_referral(connection, service, now).word == "999: reference owed"
    for end in ({"ambulance_taken_over_at": now}, {"stood_down_by_id": service.staff}):
        fresh = {"ambulance_taken_over_at": None, "stood_down_by_id": None}
        connection.execute(update(Referral).where(Referral.id == referral).values(**fresh | end))
        assert not the_referral(connection, service, now).asks_ambulance


@pytest.mark.parametrize(
    ("address", "holds"),
    [
        ("12, HIGH Street", True),
        ("12 High Street, Folkestone", True),
        (None, True),
        ("21 High Street", False),
    ],
)
def test_that_a_warning_about_a_place_holds_for_its_address(
    connection: Connection, service: Service, now: dt.datetime, address: str | None, *, holds: bool
) -> None:
    add_referral(connection, service, now, visit_address="12 High Street\nFolkestone")
    add_marker(connection, service, now, place_postcode="CT20 1AA", place_address=address)
    assert the_referral(connection, service, now).markers == holds


def test_that_a_warning_about_patient_and_place_counts_once_and_is_acknowledged_for_one_referral(
    connection: Connection, service: Service, now: dt.datetime
) -> None:
    referral = add_referral(connection, service, now)
    patient = the_referral(connection, service, now).patient_id
    marker = add_marker(connection, service, now, patient_id=patient, place_postcode="CT20 1AA")
    row = the_referral(connection, service, now)
    assert (row.markers, row.markers_unacknowledged) == (1, 1)
    seen = {"marker_id": marker, "referral_id": referral, "acknowledged_by_id": service.staff}
    connection.execute(insert(MarkerAcknowledgement).values(**seen, acknowledged_at=now))
    row = the_referral(connection, service, now)
    assert (row.markers, row.markers_unacknowledged) == (1, 0)
    (read,) = read_record(connection, referral, now, service.staff).markers
    assert (read.owner, read.acknowledged_by) == ("Jo Bates", "Jo Bates")


def availability(connection: Connection, service: Service, now: dt.datetime) -> Availability | None:
    """Return what the first practitioner does; None when not on the board."""
    rows = {row.id: row for row in read_board(connection, service.hubs, now).practitioners}
    row = rows.get(service.practitioners[0])
    return row.availability if row else None


def test_that_what_a_practitioner_does_follows_from_shift_visits_and_hub_patients(
    connection: Connection, service: Service, now: dt.datetime
) -> None:
    person = service.practitioners[0]
    assert availability(connection, service, now) is Availability.FREE
    add_queue_entry(
        connection,
        add_referral(connection, service, now),
        now,
        QueueStatus.BEING_SEEN,
        practitioner_id=person,
        being_seen_at=now,
    )
    assert availability(connection, service, now) is Availability.AT_HUB
    add_visit(connection, add_referral(connection, service, now), person, now, VisitStatus.EN_ROUTE)
    add_visit(connection, add_referral(connection, service, now), person, now)
    rows = {row.id: row for row in read_board(connection, service.hubs, now).practitioners}
    assert (rows[person].availability, rows[person].waiting_visits) == (Availability.EN_ROUTE, 1)
    assert rows[person].visits_behind == 1


def test_that_a_visit_that_is_asked_for_is_not_counted_as_one_behind_itself(
    connection: Connection, service: Service, now: dt.datetime
) -> None:
    person = service.practitioners[0]
    for behind in (0, 1):
        add_visit(connection, add_referral(connection, service, now), person, now)
        rows = {row.id: row for row in read_board(connection, service.hubs, now).practitioners}
        assert (rows[person].availability, rows[person].visits_behind) == (Availability.ALLOCATED, behind)


def test_that_nobody_s_position_is_shown_off_duty_or_from_before_the_shift(
    connection: Connection, service: Service, now: dt.datetime
) -> None:
    def positions(at: dt.datetime) -> set[Any]:
        return {row.position_at for row in read_board(connection, service.hubs, at).practitioners}

    assert positions(now) == {now}
    connection.execute(update(Shift).values(on_at=now + dt.timedelta(minutes=1)))
    assert positions(now) == {None}
    connection.execute(update(Shift).values(on_at=None, starts_at=now + dt.timedelta(hours=1)))
    assert positions(now) == {None}
    connection.execute(update(Shift).values(on_at=now, off_at=now))
    assert positions(now) == set()


def test_that_only_competences_in_date_count(
    connection: Connection, service: Service, now: dt.datetime
) -> None:
    person, day = service.practitioners[0], dt.timedelta(days=1)
    for name, expires in (("Suturing", None), ("Catheters", now.date()), ("Old", now.date() - day)):
        add(connection, Competence, practitioner_id=person, name=name, expires_on=expires)
    rows = {row.id: row for row in read_board(connection, service.hubs, now).practitioners}
    assert rows[person].competences == ("Catheters", "Suturing")


@pytest.mark.parametrize(("month", "hour"), [(1, 8), (7, 7)])
def test_that_a_hub_opens_by_the_clock_on_its_wall(
    connection: Connection, service: Service, month: int, hour: int
) -> None:
    now = dt.datetime(2026, month, 15, 12, tzinfo=dt.UTC)
    hub = read_board(connection, service.hubs, now).hubs[0]
    assert hub.opens_at == now.replace(hour=hour)
    connection.execute(delete(HubHours).where(HubHours.weekday == now.weekday()))
    closed = read_board(connection, service.hubs, now).hubs[0]
    assert (closed.opens_at, closed.closes_at) == (None, None)


def test_that_a_record_holds_the_whole_of_a_closed_referral_too(
    connection: Connection, service: Service, now: dt.datetime
) -> None:
    referral = add_referral(
        connection,
        service,
        now,
        status=ReferralStatus.CLOSED,
        narrative="Long story",
        contact_phone="01304000000",
    )
    said = {"hub_id": service.hubs[0], "referral_id": referral, "happened_at": now, "entered_at": now}
    add(
        connection,
        Contact,
        **said,
        by_id=service.staff,
        contact_with=ContactWith.PRACTICE,
        channel=Channel.TELEPHONE,
        result=ContactResult.SPOKEN,
    )
    for changes in ([], [{"table": "referral"}]):
        add(
            connection,
            Step,
            **said,
            kind="received",
            words="Received",
            by_id=service.staff,
            role=Role.COORDINATOR,
            changes=changes,
        )
    record = read_record(connection, referral, now, service.staff)
    assert (record.narrative, record.phones) == ("Long story", ("01304000000", "01303123456"))
    assert [step.can_undo for step in record.timeline] == [False, True]
    assert (record.contacts[0].contact_with, record.contacts[0].result) == (
        "GP practice",
        "Spoke to the person",
    )
    later = now + dt.timedelta(minutes=11)
    assert not any(step.can_undo for step in read_record(connection, referral, later, service.staff).timeline)
    with pytest.raises(Refused):
        read_record(connection, referral + 1, now, service.staff)


def test_that_possible_duplicates_have_the_number_or_the_birth_date_and_a_like_name(
    connection: Connection, service: Service, now: dt.datetime
) -> None:
    add_referral(connection, service, now)
    row = the_referral(connection, service, now)
    named = {"family_name": "Smith-Jones", "given_name": "Ann", "nhs_number": "9434765919"}
    connection.execute(update(Patient).where(Patient.id == row.patient_id).values(**named))

    def because(number: str | None, family: str, given: str, born: dt.date | None) -> list[str]:
        return [one.because for one in possible_duplicates(connection, number, family, given, born)]

    born = row.birth_date
    assert because("9434765919", "Other", "Name", None) == ["Same NHS number"]
    assert because(None, "SMITH JONES", "ann", born) == ["Same name and birth date"]
    assert because(None, "Smyth-Jones", "Anne", born) == ["Similar name, same birth date"]
    assert because(None, "Ann", "Smith-Jones", born) == ["Same birth date, names the other way round"]
    assert because(None, "Brown", "Ann", born) == []
    (found,) = possible_duplicates(connection, "9434765919", "", "", None)
    assert found.open_referral_number == row.number


def test_that_practices_and_patients_are_found_by_what_people_type(
    connection: Connection, service: Service, now: dt.datetime
) -> None:
    add_referral(connection, service, now)
    row = the_referral(connection, service, now)
    for words in ("g82", "surg"):
        assert [practice.name for practice in find_practices(connection, words)] == ["The Surgery"]
    for words in (row.family_name[:9], f"{row.given_name.upper()}, {row.family_name}"):
        assert row.patient_id in {found.patient_id for found in find_patients(connection, words)}
    assert find_practices(connection, " ") == ()
    assert find_patients(connection, "") == ()
    assert find_practices(connection, "%") == ()


def test_that_the_partial_indexes_serve_the_board(postgresql_url: str, now: dt.datetime) -> None:
    with (
        closing(open_database(postgresql_url)) as database,
        for_writing(database.engine).connect() as connection,
    ):
        service = found_service(connection, now)
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # without audit: quicker
        add_referrals(connection, service, now, 4000, status=ReferralStatus.CLOSED)
        add_referrals(connection, service, now, 20)
        for statement in HISTORY.split(";"):
            connection.exec_driver_sql(statement)
        assert "ix_referral_board" in plan(connection, referrals.WHOLE, service)
        # Both indexes hold open entries only.
        assert re.search("ix_queue_entry_hub|uq_queue_entry_open", plan(connection, queue.WHOLE, service))
        assert "ix_report_open" in plan(connection, reports.WHOLE, service)
        assert "ix_task_open" in plan(connection, tasks.WHOLE, service)


# Each closed referral was seen at the hub, reported and has a task done; each open one waits and owes.
HISTORY = """
    INSERT INTO queue_entry (hub_id, referral_id, status)
    SELECT hub_id, id, CASE status WHEN 'closed' THEN 'seen' ELSE 'arrived' END FROM referral;
    INSERT INTO outcome (hub_id, referral_id, kind, ended_at)
    SELECT hub_id, id, 'hub_consultation', received_at FROM referral;
    INSERT INTO report (hub_id, referral_id, outcome_id, status, owed_at, due_at, latest_at, content_version)
    SELECT r.hub_id, r.id, o.id, CASE r.status WHEN 'closed' THEN 'accepted' ELSE 'owed' END,
           r.received_at, r.received_at, r.received_at, 1
      FROM referral r JOIN outcome o ON o.referral_id = r.id;
    INSERT INTO task (hub_id, role, kind, subject, words, referral_id, created_at, due_at, done_at)
    SELECT hub_id, 'clinician', 'waiting_call', number, '', id, received_at, received_at,
           CASE status WHEN 'closed' THEN received_at END FROM referral;
    ANALYZE
"""


def plan(connection: Connection, statement: Statement, service: Service) -> str:
    """Return how the server would read the whole of one kind."""
    words = statement.params(hub_ids=list(service.hubs)).compile(
        connection, compile_kwargs={"literal_binds": True}
    )
    return "\n".join(connection.exec_driver_sql(f"EXPLAIN {words}".replace("%", "%%")).scalars())
