"""Let those who edit a row learn what became of it since they saw it, without reading the audit."""

from migrations.sql_files import run_access

revision = "0015"
down_revision = "0014"
serves_from = "0014"


def upgrade() -> None:
    """Make the function; SQLite has no logins, and its audit is read as it is."""
    run_access("0015_row_changes", grants="0015_row_changes_grants")
