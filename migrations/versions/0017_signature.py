"""Let only who may sign write when a report was signed."""

from migrations.sql_files import run_access

revision = "0017"
down_revision = "0016"
serves_from = "0016"


def upgrade() -> None:
    """Guard the time as well as the name."""
    run_access("0017_signature")
