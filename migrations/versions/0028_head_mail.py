"""Let nobody but a worker decide what becomes of the mail with the audit's newest hash."""

from migrations.sql_files import run_access

revision = "0028"
down_revision = "0027"
serves_from = "0025"


def upgrade() -> None:
    """Put another policy in the place of the one that let any desk cancel it."""
    run_access("0028_head_mail")
