"""Make room for the service's own map, which every console of it shows."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import WHOLE, UTCDateTime
from migrations.sql_files import run_sql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the table and its audit."""
    op.create_table(
        "map_pack",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("imported_at", UTCDateTime(), nullable=False),
        sa.Column("imported_by_id", WHOLE, nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["imported_by_id"], ["staff.id"], name="fk_map_pack_imported_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_map_pack"),
        sqlite_autoincrement=True,
    )
    run_sql("0009_audit")
