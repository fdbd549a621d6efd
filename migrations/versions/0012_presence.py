"""Let consoles tell which referral each has open."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import WHOLE, UTCDateTime, word

revision = "0012"
down_revision = "0011"
serves_from = "0011"

ROLE = "coordinator clinician supervisor practitioner service_manager auditor administrator system"


def upgrade() -> None:
    """Add the leases: without triggers or foreign keys; PostgreSQL does not log what is true for seconds."""
    op.create_table(
        "presence",
        sa.Column("console", sa.String(), nullable=False),
        sa.Column("staff_id", WHOLE, nullable=False),
        sa.Column("role", word("role", ROLE), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("referral_id", WHOLE, nullable=False),
        sa.Column("is_editing", sa.Boolean(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("renewed_at", UTCDateTime(), nullable=False),
        sa.Column("taken_by_id", WHOLE, nullable=True),
        sa.Column("taken_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("console", name="pk_presence"),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Room on each page for the next renewal, so that no index is touched by it.
        op.execute("ALTER TABLE presence SET UNLOGGED, SET (fillfactor = 50)")
