"""Runs the SQL that a dialect needs in its own words: functions, triggers, policies and grants."""

from pathlib import Path

from alembic import op

from db.secured import is_secured

FOLDER = Path(__file__).parent / "sql"
BETWEEN = ";;"  # between statements in SQLite's files: a trigger holds single semicolons


def run_sql(name: str) -> None:
    """Run migrations/sql/<dialect>/<name>.sql inside the migration's transaction.

    A file that has been released is never changed: what comes later is a new file.
    """
    bind = op.get_bind()
    statements = (FOLDER / bind.dialect.name / f"{name}.sql").read_text(encoding="utf-8")
    cursor = bind.connection.cursor()
    try:
        if bind.dialect.name == "sqlite":
            for statement in filter(str.strip, statements.split(BETWEEN)):
                cursor.execute(statement)
        else:
            cursor.execute(statements)  # psycopg sends it as it is when there are no values
    finally:
        cursor.close()


def run_access(*names: str, grants: str | None = None) -> None:
    """Run files of sql/postgresql/access; the grants only where the roles are. SQLite has neither."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        return
    for name in (*names, *((grants,) if grants and is_secured(bind) else ())):
        run_sql(f"access/{name}")
