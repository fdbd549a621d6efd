"""Keep the codes of key safes apart, shown only to who says why."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import WHOLE, UTCDateTime
from migrations.sql_files import run_access, run_sql

revision = "0024"
down_revision = "0023"
serves_from = "0022"


def upgrade() -> None:
    """Make the table, what is audited of it, and the only two ways to it."""
    op.create_table(
        "key_safe",
        sa.Column("patient_id", WHOLE, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("changed_by_id", WHOLE, nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["staff.id"], name="fk_key_safe_changed_by_id"),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name="fk_key_safe_patient_id"),
        sa.PrimaryKeyConstraint("id", name="pk_key_safe"),
        sa.UniqueConstraint("patient_id", name="uq_key_safe_patient_id"),
        sqlite_autoincrement=True,
    )
    run_sql("0024_audit")
    run_access("0024_key_safe", grants="0024_key_safe_grants")
