"""Let persons take back by a function, and let roles do what they may and could not."""

from migrations.sql_files import run_access

revision = "0025"
down_revision = "0024"
serves_from = "0024"


def upgrade() -> None:
    """Add it; whoever takes back by deleting may still do so."""
    run_access("0025_take_back", "0025_allowed", grants="0025_take_back_grants")
