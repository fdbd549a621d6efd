"""Keep an auditor to their hubs also in lines that name no hub themselves."""

from migrations.sql_files import run_access

revision = "0033"
down_revision = "0032"
serves_from = "0025"


def upgrade() -> None:
    """Put another policy in the place of the one that took such lines to be everybody's."""
    run_access("0033_audit_scope")
