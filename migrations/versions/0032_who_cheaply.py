"""Let the database answer who asks with less work."""

from migrations.sql_files import run_access

revision = "0032"
down_revision = "0031"
serves_from = "0025"


def upgrade() -> None:
    """Put the same functions in the place of those that looked through the roles."""
    run_access("0032_who_cheaply")
