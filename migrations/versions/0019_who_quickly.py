"""Let the database know who asks without planning the question anew in every statement."""

from migrations.sql_files import run_access

revision = "0019"
down_revision = "0018"
serves_from = "0018"


def upgrade() -> None:
    """Put the same functions in the place of those that were slow."""
    run_access("0019_who")
