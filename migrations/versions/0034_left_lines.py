"""Leave lines in the audit about what changes no row: refusals, who read it, how a check of it ended."""

from migrations.sql_files import run_access, run_sql

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Add what leaves them. A program of before would change people without saying so first."""
    run_sql("0034_audit_reading")
    run_access("0034_left_lines", grants="0034_left_lines_grants")
