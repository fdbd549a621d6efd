"""Let each step say whether it was entered from paper, after the database had been away."""

import sqlalchemy as sa
from alembic import op

from migrations.sql_files import run_sql

revision = "0013"
down_revision = "0012"
serves_from = "0012"


def upgrade() -> None:
    """Add it; SQLite's audit names each column and is written anew, PostgreSQL's takes a row as it is."""
    op.add_column("step", sa.Column("from_paper", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "ix_step_from_paper",
        "step",
        ["entered_at"],
        postgresql_where=sa.text("from_paper"),
        sqlite_where=sa.text("from_paper"),
    )
    run_sql("0013_audit")
