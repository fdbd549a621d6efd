"""Let only an opened record show where a patient lives and how they are rung."""

from migrations.sql_files import run_access

revision = "0023"
down_revision = "0022"
serves_from = "0022"


def upgrade() -> None:
    """Take the rights to read it directly away: a program of before 0022 would ask for it in vain."""
    run_access(grants="0023_details_grants")
