"""What chases a report, lets it rest or was said about it comes to every console with the report."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import Connection, delete, update

from console.domain.chase_words import ChaseState, Subject, Way
from console.domain.words import Channel, ContactResult, ContactWith
from db.connect import for_writing
from db.engine import Database, open_database
from db.models import Chase, Contact, Outcome, Practitioner, Snooze
from tests.support.feeds import following
from tests.support.service_data import Service, add, add_referral, add_report, found_service


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


def test_that_what_chases_a_report_is_told_with_the_report(
    database: Database, service: Service, now: dt.datetime
) -> None:
    with writing(database) as connection:
        referral = add_referral(connection, service, now)
        report = add_report(connection, service, referral, now)
        connection.commit()
    with following(database, service.hubs, lambda: now) as kept, writing(database) as connection:
        (hub, *_), staff = service.hubs, service.staff
        subject = {"subject_kind": Subject.REPORT, "subject_id": report, "hub_id": hub}
        snooze = add(connection, Snooze, **subject, until_at=now, reason="Later", by_id=staff, at=now)
        connection.commit()
        kept.wait_until(lambda: kept.rows["reports"][report].snooze is not None)
        connection.execute(update(Snooze).where(Snooze.id == snooze).values(ended_at=now))
        connection.commit()
        kept.wait_until(lambda: kept.rows["reports"][report].snooze is None)
        key = {"ladder": "report", "step": "due", "recipient": "coordinator", "round": 1}
        times = {"due_at": now, "not_before": now, "planned_at": now}
        chase = add(connection, Chase, **subject, **key, **times, way=Way.TASK, state=ChaseState.QUEUED)
        connection.commit()
        kept.wait_until(lambda: kept.rows["reports"][report].ladder_version == 1)
        assert kept.rows["reports"][report].chased_at is None
        sent = {"state": ChaseState.SENT, "ended_at": now, "version": 2}
        connection.execute(update(Chase).where(Chase.id == chase).values(sent))
        connection.commit()
        kept.wait_until(lambda: kept.rows["reports"][report].chased_at == now)


def test_that_the_snooze_of_a_call_list_reaches_the_other_hub(
    database: Database, service: Service, now: dt.datetime
) -> None:
    here, there = service.hubs
    with writing(database) as connection:
        referral = add_referral(connection, service, now, hub=there)
        report = add_report(connection, service, referral, now)
        connection.commit()
    with following(database, [there], lambda: now) as kept, writing(database) as connection:
        subject = {"subject_kind": Subject.PRACTICE, "subject_id": service.practice, "hub_id": here}
        by = {"by_id": service.staff, "at": now}
        add(connection, Snooze, **subject, until_at=now, reason="They ring back", **by)
        connection.commit()
        kept.wait_until(lambda: kept.rows["reports"][report].list_snooze is not None)
        talk = {"report_id": report, "practice_id": service.practice, "contact_with": ContactWith.PRACTICE}
        said = {"channel": Channel.TELEPHONE, "result": ContactResult.NO_REPLY, "said": ""}
        when = {"happened_at": now, "entered_at": now, "by_id": service.staff}
        add(connection, Contact, hub_id=there, referral_id=referral, **talk, **said, **when)
        connection.commit()
        kept.wait_until(lambda: kept.rows["reports"][report].call_result is ContactResult.NO_REPLY)


def test_that_a_talk_with_the_practice_that_was_taken_back_leaves_the_report(
    database: Database, service: Service, now: dt.datetime
) -> None:
    with writing(database) as connection:
        referral = add_referral(connection, service, now)
        report = add_report(connection, service, referral, now)
        connection.commit()
    with following(database, service.hubs, lambda: now) as kept, writing(database) as connection:
        talk = add(
            connection, Contact, hub_id=service.hubs[0], referral_id=referral, report_id=report,
            practice_id=service.practice, contact_with=ContactWith.PRACTICE, channel=Channel.TELEPHONE,
            result=ContactResult.NO_REPLY,
            happened_at=now, entered_at=now, by_id=service.staff,
        )  # fmt: skip
        connection.commit()
        kept.wait_until(lambda: kept.rows["reports"][report].called_at == now)
        connection.execute(delete(Contact).where(Contact.id == talk))
        connection.commit()
        kept.wait_until(lambda: kept.rows["reports"][report].called_at is None)


def test_that_a_login_that_a_practitioner_is_given_reaches_the_reports_of_their_contacts(
    database: Database, service: Service, now: dt.datetime
) -> None:
    (nurse, *_), staff = service.practitioners, service.staff
    with writing(database) as connection:
        report = add_report(connection, service, add_referral(connection, service, now), now)
        connection.execute(update(Outcome).values(practitioner_id=nurse))
        connection.commit()
    with following(database, service.hubs, lambda: now) as kept, writing(database) as connection:
        assert kept.rows["reports"][report].contact_by_id is None
        connection.execute(update(Practitioner).where(Practitioner.id == nurse).values(staff_id=staff))
        connection.commit()
        kept.wait_until(lambda: kept.rows["reports"][report].contact_by_id == staff)
