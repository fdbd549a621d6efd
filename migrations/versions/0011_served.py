"""Let the database say which versions of the program it serves, beside its own version."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add it to the one row that tells the version; what upgrades writes it."""
    op.add_column("alembic_version", sa.Column("serves_from", sa.String(32), nullable=True))
