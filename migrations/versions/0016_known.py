"""Let whoever takes a patient in learn that another hub knows them, and keep that they asked."""

from migrations.sql_files import run_access

revision = "0016"
down_revision = "0015"
serves_from = "0015"


def upgrade() -> None:
    """Make the functions; SQLite's one account sees every patient anyway."""
    run_access("0016_known", grants="0016_known_grants")
