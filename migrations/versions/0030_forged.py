"""Refuse what only another program would write, such as another's step struck out."""

from migrations.sql_files import run_access

revision = "0030"
down_revision = "0029"
serves_from = "0025"


def upgrade() -> None:
    """Add what refuses; the program itself has never written any of it."""
    run_access("0030_forged", grants="0030_forged_grants")
