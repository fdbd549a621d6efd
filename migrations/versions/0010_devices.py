"""Let devices tell positions: what each told last, and what became of everything that was told."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import WHOLE, UTCDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add both beside `device`, which stays as it is audited: these change with every position."""
    op.create_table(
        "device_state",
        sa.Column("device_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("newest_at", UTCDateTime(), nullable=True),
        sa.Column("heard_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_device_state_device_id"),
        sa.PrimaryKeyConstraint("device_id", name="pk_device_state"),
    )
    op.create_table(
        "position_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("count", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("day", "answer", name="pk_position_count"),
    )
