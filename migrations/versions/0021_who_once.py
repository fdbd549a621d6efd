"""Let the database ask once who asks, not once for each person it knows."""

from migrations.sql_files import run_access

revision = "0021"
down_revision = "0020"
serves_from = "0020"


def upgrade() -> None:
    """Put the same functions in the place of those that asked again and again."""
    run_access("0021_who_once")
