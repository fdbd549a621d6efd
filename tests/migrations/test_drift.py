"""What guards the database besides its tables is what was looked at: nothing of it changes unseen."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from db.connect import for_writing
from db.engine import Database
from tests.support.catalogue import SUMS, grants, held, kept, sums
from tests.support.secured import SecuredTeam

HOW = "Look at what changed; if it is meant, write it down: python -m tests.support.catalogue"


def test_that_functions_triggers_policies_and_grants_are_as_was_written_down(
    database: Database,
) -> None:
    with database.read() as session:
        found = held(session.connection())
    assert found == kept(database.dialect), HOW


def test_that_the_grants_of_a_secured_database_are_as_was_written_down(secured_team: SecuredTeam) -> None:
    with secured_team.database.read() as session:
        assert grants(session.connection()) == kept("secured"), HOW


def test_that_a_released_sql_file_is_never_changed() -> None:
    written = SUMS.read_text(encoding="utf-8").splitlines()
    assert sums() == written, f"A released file stays as it is; what comes later is a new file. {HOW}"


CHANGES = {
    "a trigger that is gone": "DROP TRIGGER zz_audit_new ON patient",
    "a trigger that sleeps": "ALTER TABLE patient DISABLE TRIGGER zz_audit",
    "a function with another body": "CREATE OR REPLACE FUNCTION watch_row() RETURNS trigger LANGUAGE plpgsql"
    " SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'BEGIN RETURN NULL; END'",
    "a function with the caller's path": "ALTER FUNCTION watch_row() RESET search_path",
    "a definer that is none": "ALTER FUNCTION watch_row() SECURITY INVOKER",
    "a table for everybody": "GRANT SELECT ON audit_log TO PUBLIC",
    "a column for everybody": "GRANT UPDATE (new) ON audit_log TO PUBLIC",
    "a function for nobody": "REVOKE EXECUTE ON FUNCTION watch_row() FROM PUBLIC",
    "a schema for everybody": "GRANT CREATE ON SCHEMA public TO PUBLIC",
    "a policy": "CREATE POLICY all_of_it ON audit_log USING (true)",
    "row security": "ALTER TABLE marker_acknowledgement FORCE ROW LEVEL SECURITY, ENABLE ROW LEVEL SECURITY",
    "a default": "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
    "a view": "CREATE VIEW everybody AS SELECT family_name FROM patient",
}


@pytest.fixture
def planted(shared: Database) -> Callable[[str], list[str]]:
    """Say what the catalogue gives with a change that is taken back afterwards."""

    def plant(change: str) -> list[str]:
        with for_writing(shared.engine).connect() as connection:
            connection.execute(text(change))
            return held(connection)

    return plant


def test_that_no_planted_change_goes_unseen(planted: Callable[[str], list[str]]) -> None:
    unseen = [name for name, change in CHANGES.items() if planted(change) == kept("postgresql")]
    assert unseen == []
