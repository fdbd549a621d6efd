"""Let people keep how they arranged the window, and until when they have seen the board."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import JSON, WHOLE, UTCDateTime
from migrations.sql_files import run_access

revision = "0018"
down_revision = "0017"
serves_from = "0017"


def upgrade() -> None:
    """Add both without audit and feed: they are nobody else's business, and come by the minute."""
    op.create_table(
        "arrangement",
        sa.Column("staff_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("screen", sa.String(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("kept_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_arrangement_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", "name", "screen", name="pk_arrangement"),
    )
    op.create_table(
        "look",
        sa.Column("staff_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_look_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", "workspace", name="pk_look"),
    )
    run_access("0018_own", grants="0018_own_grants")
