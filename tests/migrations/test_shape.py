"""The migrations make exactly what the models say, and every table has its triggers."""

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from db.base import with_conditions
from db.connect import address, for_writing, make_engine
from db.engine import Database, open_database
from db.models import Referral
from db.schema_version import KNOWN
from db.upgrade import MIGRATIONS
from migrations import sqlite_triggers
from migrations.sql_files import BETWEEN, FOLDER

METADATA = with_conditions(Referral.metadata)
TABLES = set(METADATA.tables)
RULES = {
    "sqlite": "SELECT tbl_name || ' ' || sql FROM sqlite_master WHERE type <> 'trigger' AND sql > ''",
    "postgresql": "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
    " UNION ALL SELECT tablename || ' ' || indexdef FROM pg_indexes WHERE schemaname = 'public'",
}
LOGS = ("audit_block", "audit_log", "audit_mark", "change_log")
WITHOUT_MODEL = (*LOGS, "shift_hours", "alembic_version", "sqlite_")


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
@pytest.mark.filterwarnings("ignore:Did not recognize type 'xid8'")
def test_that_the_models_and_the_database_agree(database: Database) -> None:
    is_shared = database.dialect == "postgresql"

    def is_compared(_item: object, name: str | None, kind: str, *_: object) -> bool:
        # Of SQLite, Alembic reads neither expressions in an index nor identities: the next test does.
        return name not in LOGS and (is_shared or kind != "index")

    with database.read() as session:
        options = {"include_object": is_compared, "compare_server_default": is_shared}
        context = MigrationContext.configure(session.connection(), opts=options)
        assert compare_metadata(context, METADATA) == []


def test_that_every_constraint_and_index_is_as_the_models_say(
    database: Database, request: pytest.FixtureRequest
) -> None:
    engine = make_engine(address(request.getfixturevalue(f"empty_{database.dialect}_url")))
    with for_writing(engine).begin() as connection:
        METADATA.create_all(connection)
        modelled = _rules(connection)
    engine.dispose()
    with database.read() as session:
        assert _rules(session.connection()) == modelled


def _rules(connection: Connection) -> list[str]:
    """Return every constraint and index in the database's own words, whatever their order."""
    lines = connection.execute(text(RULES[connection.dialect.name])).scalars()
    return sorted(_in_order(line) for line in lines if not _is_apart(line))


def _is_apart(line: str) -> bool:
    return line.startswith(WITHOUT_MODEL) or "ex_shift_overlap" in line


def _in_order(line: str) -> str:
    parts = re.split(r",\s+", line.replace("\t", "").strip().removesuffix(")"))
    return "\n".join(sorted(" ".join(part.split()) for part in parts))


@pytest.fixture
def triggers(database: Database) -> set[tuple[str, str]]:
    """Every trigger with its table."""
    statement = {
        "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[database.dialect]
    with database.read() as session:
        return {(row[0].strip('"'), row[1]) for row in session.execute(text(statement))}


def test_that_every_table_that_people_change_is_audited(triggers: set[tuple[str, str]]) -> None:
    audited = {table for table, name in triggers if name.startswith("zz_audit")}
    assert audited == TABLES - sqlite_triggers.NOT_AUDITED


def test_that_every_table_that_a_board_shows_feeds_it(triggers: set[tuple[str, str]]) -> None:
    kinds = {"sqlite": ("insert", "update", "delete"), "postgresql": ("new", "changed", "gone")}
    fed = TABLES - sqlite_triggers.NOT_FED
    wanted = {
        "sqlite": {(table, f"zz_feed_{table}_{kind}") for table in fed for kind in kinds["sqlite"]},
        "postgresql": {(table, f"zz_feed_{kind}") for table in fed for kind in kinds["postgresql"]},
    }
    found = {pair for pair in triggers if "zz_feed" in pair[1] and not pair[1].endswith("_moved")}
    assert found in wanted.values()


@pytest.mark.parametrize("kind", ["audit", "feed"])
def test_that_sqlites_triggers_know_every_column(sqlite_url: str, kind: str) -> None:
    database = open_database(sqlite_url)
    with database.read() as session:
        statement = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE :name"
        found = session.execute(text(statement), {"name": f"zz_{kind}_%"}).scalars()
        kept = {_plain(sql) for sql in found}
    database.close()
    written = {"audit": sqlite_triggers.audit_triggers, "feed": sqlite_triggers.feed_triggers}[kind]()
    assert kept == {_plain(sql) for sql in written}


def _plain(sql: str) -> str:
    return " ".join(sql.split())


def test_that_the_sql_of_both_dialects_stands_side_by_side() -> None:
    names = {dialect: {file.name for file in (FOLDER / dialect).glob("*.sql")} for dialect in RULES}
    assert names["sqlite"] == names["postgresql"]
    assert BETWEEN in (FOLDER / "sqlite" / "0006_logs.sql").read_text(encoding="utf-8")


def test_that_the_program_knows_every_shape_in_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(reversed([script.revision for script in scripts])) == KNOWN


def test_that_postgresql_waits_for_no_disk_when_a_console_renews_its_lease(
    postgresql_url: str,
) -> None:
    database = open_database(postgresql_url)
    with database.read() as session:
        kind = text("SELECT relpersistence FROM pg_class WHERE relname = 'presence'")
        assert session.execute(kind).scalar_one() == "u"
    database.close()
