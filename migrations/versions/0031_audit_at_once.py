"""Write the audit of new rows once a statement, and ask once who acts, however many they are."""

from migrations.sql_files import run_access

revision = "0031"
down_revision = "0030"
serves_from = "0025"


def upgrade() -> None:
    """Put a statement trigger beside each row trigger; those of SQLite, in this process, stay as they are."""
    run_access("0031_audit_at_once")
