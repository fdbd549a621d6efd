"""What stood in a local database before reports could be released stands in it, with what refers to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.upgrade import upgrade
from tests.support.databases import bring_to

AT = "2026-03-02 09:00:00.000000"


def row(table: str, **values: object) -> str:
    """Write the statement that puts a row there."""
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(map(repr, values.values()))})"  # noqa: S608 - our own words


BEFORE = (
    row("hub", code="deal", name="Deal", is_intake=1, is_closed_down=0),
    row("staff", login="mo", name="Mo Khan", is_active=1),
    row(
        "patient", title="", family_name="Marsh", given_name="Ivy", gender="female", nhs_number_verified=0,
        home_address="", other_phones="[]",
    ),
    row(
        "referral", number="R-1", hub_id=1, patient_id=1, source="hub", status="closed", problem="Fall",
        narrative="", gp_needed=0, is_routine_request=0, received_at=AT, entered_at=AT, entered_by_id=1,
        triage_due_at=AT, due_clock="triage", visit_address="", area="", caller="", practice_link="unknown",
        record_access="unknown", asks_ambulance=0, acknowledgement_owed=0, flags="[]", issues="[]",
    ),
    row("outcome", hub_id=1, referral_id=1, kind="visit", ended_at=AT),
    row(
        "report", hub_id=1, referral_id=1, outcome_id=1, status="drafted", owed_at=AT, due_at=AT,
        latest_at=AT, content_version=1,
    ),
    row("report_version", report_id=1, number=1, content="{}", written_by_id=1, written_at=AT),
)  # fmt: skip
RELEASE = f"released_version = 1, released_by_id = 1, released_because = 'Ill', released_at = '{AT}'"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A local database with a report of the shape before, brought to the newest."""
    made = tmp_path / "doorstep.sqlite"
    bring_to(f"sqlite:///{made}", "0034", *BEFORE)
    upgrade(f"sqlite:///{made}")
    return made


def test_that_reports_and_what_refers_to_them_outlive_the_upgrade(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        shown = "SELECT status, content_version, released_version, released_at FROM report"
        assert connection.execute(shown).fetchall() == [("drafted", 1, None, None)]
        assert connection.execute("SELECT report_id FROM report_version").fetchall() == [(1,)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize(
    ("changed", "is_kept"),
    [
        (f"status = 'sent', sent_at = '{AT}', {RELEASE}", True),
        (f"status = 'sent', sent_at = '{AT}', signed_at = '{AT}'", True),
        (f"status = 'sent', sent_at = '{AT}'", False),  # nobody signed it, and nobody released it
        (
            f"status = 'sent', sent_at = '{AT}', {RELEASE}, content_version = 2",
            False,
        ),  # what was released is older
        (f"status = 'sent', {RELEASE}", False),
        ("released_version = 1", False),
        (RELEASE.replace("'Ill'", "NULL"), False),
        (RELEASE.replace("by_id = 1", "by_id = 99"), False),
    ],
)
def test_that_a_sent_report_is_signed_or_released_as_a_whole(
    file: Path, changed: str, *, is_kept: bool
) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'report'"
        for (name,) in connection.execute(names).fetchall():
            connection.execute(f"DROP TRIGGER {name}")  # they ask the program who acts
        if is_kept:
            connection.execute(f"UPDATE report SET {changed}")  # noqa: S608 - our own words
            return
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(f"UPDATE report SET {changed}")  # noqa: S608 - our own words
