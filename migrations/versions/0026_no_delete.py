"""Let nobody delete: who may delete may lock everybody out of a whole table."""

from migrations.sql_files import run_access

revision = "0026"
down_revision = "0025"
serves_from = "0025"


def upgrade() -> None:
    """Take the rights away: a program of before 0025 would ask for them in vain."""
    run_access("0026_no_delete", grants="0026_no_delete_grants")
