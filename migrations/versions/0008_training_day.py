"""Let a training database keep which day it plays, and how far it has come."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import WHOLE

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the place in the day, which whoever plays a step moves on in the same transaction."""
    op.add_column("training", sa.Column("day", sa.Date(), nullable=True))
    op.add_column("training", sa.Column("played", WHOLE, server_default="0", nullable=False))
