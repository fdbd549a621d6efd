"""Let auditors read the audit by patient, person and time, and keep who took a copy of it away."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import WHOLE, UTCDateTime
from migrations.sql_files import run_access, run_sql

revision = "0029"
down_revision = "0028"
serves_from = "0025"


def upgrade() -> None:
    """Index what is asked for; a million lines take a few seconds, in which nothing is written."""
    op.create_table(
        "audit_export",
        sa.Column("by_id", WHOLE, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("wanted", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("exported_at", UTCDateTime(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_audit_export_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_export"),
        sqlite_autoincrement=True,
    )
    run_sql("0029_audit_reading")
    run_sql("0029_audit")
    run_access("0029_audit_reading", grants="0029_audit_reading_grants")
